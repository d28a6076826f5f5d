using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace GenNet.CodeFixes;

/// <summary>Offers one change of one file for each diagnostic of one kind.</summary>
public abstract class CodeFix(string id, string title) : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(id);

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
            if (Fix(root!, diagnostic) is { } changed)
                context.RegisterCodeFix(
                    CodeAction.Create(Title(diagnostic), _ => Task.FromResult(context.Document.WithSyntaxRoot(changed)), equivalenceKey: title),
                    diagnostic);
    }

    /// <summary>What the editor offers.</summary>
    protected virtual string Title(Diagnostic diagnostic) => title;

    /// <summary>The changed file, or null if there is nothing obvious to do.</summary>
    protected abstract SyntaxNode? Fix(SyntaxNode root, Diagnostic diagnostic);
}
