using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace GenNet.Consumers.Tests;

/// <summary>A generator that the compiler cannot use is an error that says so.</summary>
[Trait("Category", "Consumers")]
public class GeneratorLoadTests
{
    const string Program = "<TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType>";

    [Fact]
    public void A_damaged_file_is_an_error() => AssertErrors(Consumer("Damaged", generator => generator[..(generator.Length / 2)]).Build(), "CS8034");

    [Fact]
    public void A_generator_for_a_newer_compiler_is_an_error() => AssertErrors(Consumer("Newer", ForNewerCompiler).Build(), "CS9057");

    [Fact]
    public void A_generator_that_fails_is_an_error()
    {
        var failing = new ConsumerProject("Failing", """
            <TargetFramework>netstandard2.0</TargetFramework>
            <AssemblyName>GenNet.Generator</AssemblyName>
            <EnforceExtendedAnalyzerRules>true</EnforceExtendedAnalyzerRules>
            <LangVersion>12</LangVersion>
            """, """<PackageReference Include="Microsoft.CodeAnalysis.CSharp" Version="4.8.0" />""", "FailingGenerators.cs");
        failing.Build().Succeeded();

        var consumer = Consumer("Fails", _ => failing.Output("GenNet.Generator.dll"));
        AssertErrors(consumer.Build(), "CS8032");
        AssertErrors(consumer.Build("-p:WarningsNotAsErrors=CS8032"), "CS8784", "CS8785");
    }

    static ConsumerProject Consumer(string name, Func<byte[], byte[]> change) =>
        new(name, Program, Workshop.ChangePackage(name, "analyzers/dotnet/cs/GenNet.Generator.dll", change));

    static void AssertErrors(ToolRun build, params string[] codes) =>
        Assert.All(codes, code => Assert.True(build.Failed().Contains($"error {code}: ", StringComparison.Ordinal), build.ToString()));

    /// <summary>The assembly with references to version 99 of the compiler.</summary>
    static byte[] ForNewerCompiler(byte[] assembly)
    {
        using var image = new PEReader(new MemoryStream(assembly));
        var metadata = image.GetMetadataReader();
        var table = image.PEHeaders.MetadataStartOffset + metadata.GetTableMetadataOffset(TableIndex.AssemblyRef);
        var size = metadata.GetTableRowSize(TableIndex.AssemblyRef);
        foreach (var handle in metadata.AssemblyReferences)
            if (metadata.GetString(metadata.GetAssemblyReference(handle).Name).StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal))
                assembly[table + (MetadataTokens.GetRowNumber(handle) - 1) * size] = 99;
        return assembly;
    }
}
