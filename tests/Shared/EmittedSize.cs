using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;

namespace GenNet.Shared;

/// <summary>How much the generator adds to a program.</summary>
/// <param name="Lines">Lines of source.</param>
/// <param name="ILBytes">Bytes of IL in the bodies of all methods.</param>
/// <param name="LargestMethod">Bytes of IL of the largest.</param>
sealed record EmittedSize(int Lines, int ILBytes, int LargestMethod)
{
    /// <summary>Measures what is emitted for sources that declare networks and do nothing else.</summary>
    /// <exception cref="InvalidOperationException">There is an error or a warning.</exception>
    public static EmittedSize Of(params string[] sources)
    {
        var written = InMemoryCompiler.Compilation([.. sources.Select(InMemoryCompiler.Parse)], NullableContextOptions.Enable, OptimizationLevel.Release);
        var run = InMemoryCompiler.Driver().RunGeneratorsAndUpdateCompilation(written, out var compilation, out _).GetRunResult();
        using var image = new PEReader(InMemoryCompiler.Emit(compilation));
        var metadata = image.GetMetadataReader();
        var bodies = metadata.MethodDefinitions
            .Select(handle => metadata.GetMethodDefinition(handle).RelativeVirtualAddress)
            .Where(address => address != 0)
            .Select(address => image.GetMethodBody(address).GetILReader().Length)
            .ToArray();
        return new EmittedSize(run.GeneratedTrees.Sum(tree => tree.GetText().Lines.Count), bodies.Sum(), bodies.Max());
    }
}
