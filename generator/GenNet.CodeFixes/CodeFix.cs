using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace GenNet.CodeFixes;

/// <summary>Offers one change of one file for each diagnostic of one kind. Changes are of the text, so that nothing else in it is touched.</summary>
public abstract class CodeFix(string id, string title) : CodeFixProvider
{
    static readonly FixAllProvider All = FixAllProvider.Create((context, document, diagnostics) =>
        ((CodeFix)context.CodeFixProvider).FixAsync(document, diagnostics, context.CancellationToken)!);

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(id);

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => All;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            var changed = await FixAsync(context.Document, ImmutableArray.Create(diagnostic), context.CancellationToken).ConfigureAwait(false);
            if (changed != context.Document)
                context.RegisterCodeFix(CodeAction.Create(Title(diagnostic), (CancellationToken _) => Task.FromResult(changed), equivalenceKey: title), diagnostic);
        }
    }

    /// <summary>What the editor offers.</summary>
    protected virtual string Title(Diagnostic diagnostic) => title;

    /// <summary>Where the change will be; two diagnostics with one place need one change.</summary>
    protected virtual TextSpan Place(Diagnostic diagnostic) => diagnostic.Location.SourceSpan;

    /// <summary>What to change, from first to last; nothing if nothing is obvious.</summary>
    protected abstract IEnumerable<TextChange> Fix(SemanticModel model, SyntaxNode root, SourceText text, Diagnostic diagnostic);

    /// <summary>Fixes from the end of the file to its start, so that places yet to be fixed stay where they are.</summary>
    async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        foreach (var diagnostic in diagnostics.GroupBy(Place).OrderByDescending(place => place.Key.Start).Select(place => place.First()))
        {
            var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
            var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
            var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
            var changes = Place(diagnostic).End <= text.Length ? Fix(model!, root!, text, diagnostic).ToList() : [];
            if (changes.Count > 0)
                document = document.WithText(text.WithChanges(changes));
        }
        return document;
    }
}
