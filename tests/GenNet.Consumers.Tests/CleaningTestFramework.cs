using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestFramework("GenNet.Consumers.Tests.CleaningTestFramework", "GenNet.Consumers.Tests")]

namespace GenNet.Consumers.Tests;

/// <summary>Removes the workshop after the last test: the test host does not wait for that when its process ends.</summary>
sealed class CleaningTestFramework(IMessageSink messages) : XunitTestFramework(messages)
{
    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) =>
        new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    sealed class Executor(AssemblyName name, ISourceInformationProvider sources, IMessageSink diagnostics) : XunitTestFrameworkExecutor(name, sources, diagnostics)
    {
        protected override async void RunTestCases(IEnumerable<IXunitTestCase> testCases, IMessageSink messages, ITestFrameworkExecutionOptions options)
        {
            using var runner = new Runner(TestAssembly, testCases, DiagnosticMessageSink, messages, options);
            await runner.RunAsync();
        }
    }

    sealed class Runner(
        ITestAssembly assembly, IEnumerable<IXunitTestCase> testCases, IMessageSink diagnostics, IMessageSink messages, ITestFrameworkExecutionOptions options)
        : XunitTestAssemblyRunner(assembly, testCases, diagnostics, messages, options)
    {
        protected override Task BeforeTestAssemblyFinishedAsync()
        {
            Workshop.Delete();
            return base.BeforeTestAssemblyFinishedAsync();
        }
    }
}
