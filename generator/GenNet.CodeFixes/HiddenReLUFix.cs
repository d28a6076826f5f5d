using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace GenNet.CodeFixes;

/// <summary>GN0008: puts ReLU in the place of a hidden layer's softmax.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class HiddenReLUFix() : CodeFix("GN0008", "Use ReLU")
{
    /// <inheritdoc/>
    protected override IEnumerable<TextChange> Fix(SemanticModel model, SyntaxNode root, SourceText text, Diagnostic diagnostic)
    {
        if (root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeArgumentSyntax>()?.Expression is not { } expression)
            yield break;
        while (expression is ParenthesizedExpressionSyntax inner)
            expression = inner.Expression;
        if (model.GetTypeInfo(expression).Type is not INamedTypeSymbol { TypeKind: TypeKind.Enum } activation)
            yield break;
        // A constant of the user's own has a name of its own.
        var name = expression as IdentifierNameSyntax ?? (expression as MemberAccessExpressionSyntax)?.Name;
        if (name is not null && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(expression).Symbol?.ContainingType, activation))
            yield return new(name.Span, "ReLU");
        else
            foreach (var change in Cut.Replace(text, expression, activation.ToMinimalDisplayString(model, expression.SpanStart) + ".ReLU"))
                yield return change;
    }
}
