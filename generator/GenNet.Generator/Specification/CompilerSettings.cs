using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GenNet.Generator.Specification;

/// <summary>How the user's program is compiled, as far as it matters to what is emitted.</summary>
/// <param name="Optimizes">Whether emitted code will be compiled with optimisation. If not, everything is computed in the library, which is.</param>
/// <param name="AllowsUnsafe">Whether emitted code may leave the stack as it is instead of clearing what it is about to overwrite.</param>
sealed record CompilerSettings(bool Optimizes, bool AllowsUnsafe)
{
    public static CompilerSettings Of(Compilation compilation) =>
        new(compilation.Options.OptimizationLevel == OptimizationLevel.Release, compilation.Options is CSharpCompilationOptions { AllowUnsafe: true });
}
