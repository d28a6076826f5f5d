using System;
using Microsoft.CodeAnalysis;

[Generator]
public class FailsWhenCreated : IIncrementalGenerator
{
    public FailsWhenCreated() => throw new InvalidOperationException();

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
    }
}

[Generator]
public class FailsToInitialize : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context) => throw new InvalidOperationException();
}

[Generator]
public class FailsToGenerate : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context) =>
        context.RegisterSourceOutput(context.CompilationProvider, (output, compilation) => throw new InvalidOperationException());
}
