using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace GenNet.CodeFixes;

/// <summary>GN0075: lets a constructor call the one that makes the weights, with its own parameter <c>seed</c> where it has one that fits.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class CallSeedFix() : CodeFix("GN0075", "Call 'this(seed)'")
{
    const string Seed = "seed";

    /// <inheritdoc/>
    protected override IEnumerable<TextChange> Fix(SemanticModel model, SyntaxNode root, SourceText text, Diagnostic diagnostic)
    {
        // Where it gives arguments to its base class, calling another constructor would lose them.
        if (root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is not { Initializer: null } constructor)
            yield break;
        // A ulong, lest an overload of the user's fit as well.
        var seed = constructor.ParameterList.Parameters.FirstOrDefault(IsSeed);
        var argument = seed is null ? "seed: 0UL" : seed.Type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.ULongKeyword } ? Seed : $"(ulong){Seed}";
        yield return new(new(constructor.ParameterList.Span.End, 0), $" : this({argument})");
    }

    static bool IsSeed(ParameterSyntax parameter) => parameter is { Identifier.ValueText: Seed, Type: PredefinedTypeSyntax type }
        && (type.Keyword.IsKind(SyntaxKind.ULongKeyword) || type.Keyword.IsKind(SyntaxKind.UIntKeyword) || type.Keyword.IsKind(SyntaxKind.UShortKeyword) || type.Keyword.IsKind(SyntaxKind.ByteKeyword));
}
