using GenNet.Generator.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenNet.Generator.Specification;

/// <summary>How the user's program is compiled, as far as it matters to what is emitted.</summary>
/// <param name="Optimizes">Whether emitted code will be compiled with optimisation. If not, everything is computed in the library, which is.</param>
/// <param name="AllowsUnsafe">Whether emitted code may leave the stack as it is instead of clearing what it is about to overwrite.</param>
/// <param name="GlobalAliases">Names that a <c>global using</c> gives, which a file cannot give again.</param>
sealed record CompilerSettings(bool Optimizes, bool AllowsUnsafe, EquatableArray<string> GlobalAliases = default)
{
    public static CompilerSettings Of(Compilation compilation) => new(
        compilation.Options.OptimizationLevel == OptimizationLevel.Release,
        compilation.Options is CSharpCompilationOptions { AllowUnsafe: true },
        compilation.SyntaxTrees.SelectMany(AliasesOf).ToEquatableArray());

    static IEnumerable<string> AliasesOf(SyntaxTree tree) => tree.GetRoot() is CompilationUnitSyntax unit
        ? unit.Usings.Where(directive => directive.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword) && directive.Alias is not null).Select(directive => directive.Alias!.Name.Identifier.ValueText)
        : [];
}
