namespace Fashion;

/// <summary>What the pages of samples look like; each page says what --paper, --ink and --soft are in light and in dark.</summary>
static class ReportStyle
{
    public const string Text = """

        body { margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: 62rem; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
        h1 { margin: 0 0 .5rem; font-size: 2rem; line-height: 1.15; letter-spacing: -.02em }
        h2 { margin: 2.5rem 0 .75rem; font-size: 1.25rem }
        p { max-width: 44rem; color: var(--soft) }
        dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 1rem; margin: 1.75rem 0 }
        dl div { padding-top: .6rem; border-top: 2px solid var(--ink) }
        dt { color: var(--soft); font-size: .875rem }
        dd { margin: 0; font-size: 1.5rem; font-variant-numeric: tabular-nums }

        """;
}
