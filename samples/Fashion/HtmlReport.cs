using System.Globalization;
using System.Net;
using System.Text;
using GenNet;

namespace Fashion;

/// <summary>Writes a run as one HTML file that needs nothing else.</summary>
static class HtmlReport
{
    const int MistakesShown = 40;

    public static void Write(string path, TrainingRun run)
    {
        var accuracy = run.Confusion.Accuracy;
        var html = new StringBuilder();
        Append(html, $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>GenNet: {accuracy:P1} of the clothes told apart</title>
            <style>{ReportStyle.Text}{Style}</style>
            </head>
            <body>
            <h1>{accuracy:P2} of {run.Confusion.Total:N0} test images recognised</h1>
            <p>A {run.Settings.Network} network with {run.Network.ParameterCount:N0} parameters, trained for {run.Epochs.Count} epochs on {run.Images.Train.Count:N0} images ({Escape(run.Images.Source)}); Adam with learning rate {run.Settings.LearningRate}, batches of {run.BatchSize}, seed {run.Settings.Seed}.</p>
            <dl>
            <div><dt>Test accuracy</dt><dd>{accuracy:F4}</dd></div>
            <div><dt>Training time</dt><dd>{run.TrainSeconds:F2} s</dd></div>
            <div><dt>Samples per second</dt><dd>{run.SamplesPerSecond:N0}</dd></div>
            <div><dt>Allocated per step</dt><dd>{run.AllocatedBytesPerStep:0.##} B</dd></div>
            </dl>
            <section class="charts">
            """);
        html.Append(LineChart.Svg("Loss", null, [("training", [.. run.Epochs.Select(e => e.Loss)]), ("test", [.. run.Epochs.Select(e => e.TestLoss)])]));
        html.Append(LineChart.Svg("Test accuracy", 1, [("test", [.. run.Epochs.Select(e => e.Accuracy)])]));
        html.Append("</section>\n");
        AppendConfusion(html, run);
        AppendFilters(html, run);
        AppendLayers(html, run);
        AppendMistakes(html, run);
        html.Append("</body>\n</html>\n");
        File.WriteAllText(path, html.ToString());
    }

    static void AppendConfusion(StringBuilder html, TrainingRun run)
    {
        var (matrix, names) = (run.Confusion, run.Images.ClassNames);
        html.Append("<h2>What was taken for what</h2>\n<div class=\"scroll\"><table>\n<tr><th class=\"corner\">actual ↓ predicted →</th>");
        foreach (var name in names)
            Append(html, $"<th scope=\"col\">{Escape(name)}</th>");
        html.Append("<th scope=\"col\">recall</th><th scope=\"col\">precision</th><th scope=\"col\">F1</th></tr>\n");
        for (var actual = 0; actual < names.Count; actual++)
        {
            Append(html, $"<tr><th scope=\"row\">{Escape(names[actual])}</th>");
            var total = Enumerable.Range(0, names.Count).Sum(predicted => matrix[actual, predicted]);
            for (var predicted = 0; predicted < names.Count; predicted++)
            {
                var count = matrix[actual, predicted];
                // The square root makes a few mistakes among thousands visible.
                var strength = count == 0 ? 0 : 15 + 60 * Math.Sqrt((double)count / total);
                Append(html, $"<td class=\"{(actual == predicted ? "right" : "wrong")}\" style=\"--strength:{strength:F0}%\">{(count == 0 ? "·" : $"{count}")}</td>");
            }
            Append(html, $"<td>{matrix.Recall(actual):F3}</td><td>{matrix.Precision(actual):F3}</td><td>{matrix.F1(actual):F3}</td></tr>\n");
        }
        html.Append("</table></div>\n");
    }

    /// <summary>The kernels of a convolution that sees the image itself: dark where they want ink, bright where they want none.</summary>
    static void AppendFilters(StringBuilder html, TrainingRun run)
    {
        if (run.Network.Architecture.Layers[0] is not Conv2DLayer)
            return;
        var kernels = run.Network.Parameters.Conv2D(0);
        Append(html, $"<h2>What the first layer looks for</h2>\n<p>Its {kernels.Filters} filters of {kernels.KernelHeight} × {kernels.KernelWidth} pixels: dark where a filter wants ink, bright where it wants none.</p>\n<div class=\"filters\">\n");
        for (var filter = 0; filter < kernels.Filters; filter++)
        {
            var weights = new float[kernels.KernelHeight * kernels.KernelWidth];
            for (var i = 0; i < weights.Length; i++)
                weights[i] = kernels[filter, 0, i / kernels.KernelWidth, i % kernels.KernelWidth];
            var largest = Math.Max(1e-6f, weights.Max(Math.Abs));
            float[] shades = [.. weights.Select(weight => 0.5f + 0.5f * weight / largest)];
            Append(html, $"<img alt=\"filter {filter}\" src=\"{Bitmap.DataUri(shades, kernels.KernelWidth)}\">\n");
        }
        html.Append("</div>\n");
    }

    /// <summary>What each layer of a convolutional network makes of an image, channel by channel.</summary>
    static void AppendLayers(StringBuilder html, TrainingRun run)
    {
        if (run.Settings.Network != Networks.Convolutional)
            return;
        var number = run.Settings.Image;
        var pixels = new float[ImageData.PixelCount];
        run.Images.Test.CopyInputs(number, pixels);
        Append(html, $"""
            <h2>What each layer sees of an image</h2>
            <p>Test image {number}, and what each layer makes of it, channel by channel: dark where the channel found what it looks for. The same shade is the same value throughout a layer.</p>
            <div class="layers"><figure><img alt="test image {number}" src="{Bitmap.DataUri(pixels, ImageData.Side)}"><figcaption>{Escape(run.Images.ClassNames[run.Images.Test.Labels[number]])}</figcaption></figure></div>

            """);
        foreach (var view in run.ViewsOf(number))
        {
            var largest = Math.Max(1e-6f, view.Channels.Max(channel => channel.Max()));
            Append(html, $"<h3>{Escape(view.Name)}: {view.Side} × {view.Side} × {view.Channels.Count}</h3>\n<div class=\"layers\">\n");
            for (var channel = 0; channel < view.Channels.Count; channel++)
                Append(html, $"<img alt=\"channel {channel}\" src=\"{Bitmap.DataUri([.. view.Channels[channel].Select(value => value / largest)], view.Side)}\">\n");
            html.Append("</div>\n");
        }
    }

    static void AppendMistakes(StringBuilder html, TrainingRun run)
    {
        var (test, names) = (run.Images.Test, run.Images.ClassNames);
        var mistakes = new List<(int Image, int Actual, int Predicted, float Probability)>();
        for (var i = 0; i < test.Count; i++)
        {
            var outputs = run.Outputs.AsSpan(i * names.Count, names.Count);
            var (actual, predicted) = (test.Labels[i], Metrics.ArgMax(outputs));
            if (actual != predicted)
                mistakes.Add((i, actual, predicted, outputs[predicted]));
        }
        html.Append("<h2>The worst mistakes</h2>\n");
        if (mistakes.Count == 0)
        {
            html.Append("<p>Not one test image was misclassified.</p>\n");
            return;
        }
        Append(html, $"<p>{Math.Min(mistakes.Count, MistakesShown)} of {mistakes.Count} misclassified images, those first of which the network was surest.</p>\n<div class=\"mistakes\">\n");
        var pixels = new float[ImageData.PixelCount];
        foreach (var (image, actual, predicted, probability) in mistakes.OrderByDescending(m => m.Probability).Take(MistakesShown))
        {
            test.CopyInputs(image, pixels);
            Append(html, $"""
                <figure><img alt="test image {image}" width="112" height="112" src="{Bitmap.DataUri(pixels, ImageData.Side)}">
                <figcaption><b>{Escape(names[actual])}</b>taken for {Escape(names[predicted])} <span>({probability:P0})</span></figcaption></figure>

                """);
        }
        html.Append("</div>\n");
    }

    static string Escape(string text) => WebUtility.HtmlEncode(text);

    static void Append(StringBuilder html, FormattableString text) => html.Append(text.ToString(CultureInfo.InvariantCulture));

    const string Style = """

        :root { color-scheme: light dark; --paper: #fcfcfb; --ink: #1c1d22; --soft: #63656e; --line: #dddde2; --first: #2463c9; --second: #c2570c; --right: #23915a; --wrong: #d13b3b }
        @media (prefers-color-scheme: dark) { :root { --paper: #16171b; --ink: #ececf0; --soft: #a0a2ac; --line: #35363d; --first: #79a9f5; --second: #f29b5c; --right: #3fae76; --wrong: #e06464 } }
        .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); gap: 2rem }
        svg { width: 100%; height: auto }
        svg text { fill: var(--soft); font-size: 12px }
        svg .title { fill: var(--ink); font-size: 15px; font-weight: 600 }
        svg .grid { stroke: var(--line) }
        svg path { fill: none; stroke-width: 2; stroke-linejoin: round }
        .s0 { stroke: var(--first); fill: var(--first) }
        .s1 { stroke: var(--second); fill: var(--second) }
        svg text.s0, svg text.s1 { stroke: none; font-weight: 600 }
        .scroll { overflow-x: auto }
        table { border-collapse: separate; border-spacing: 2px; font-size: .875rem; font-variant-numeric: tabular-nums }
        th { padding: .35rem .6rem; font-weight: 500; text-align: right; color: var(--soft) }
        .corner { font-weight: 400; font-size: .75rem }
        td { padding: .45rem .6rem; min-width: 2.2rem; text-align: right }
        td.right { background: color-mix(in srgb, var(--right) var(--strength), transparent) }
        td.wrong { background: color-mix(in srgb, var(--wrong) var(--strength), transparent) }
        .mistakes { display: grid; grid-template-columns: repeat(auto-fill, minmax(7rem, 1fr)); gap: 1.25rem 1rem }
        .filters { display: grid; grid-template-columns: repeat(auto-fill, minmax(2.5rem, 1fr)); gap: .6rem }
        .layers { display: grid; grid-template-columns: repeat(auto-fill, minmax(3.5rem, 1fr)); gap: .5rem }
        h3 { margin: 1.5rem 0 .5rem; font-size: 1rem; font-weight: 500 }
        figure { margin: 0 }
        img { display: block; width: 100%; height: auto; aspect-ratio: 1; image-rendering: pixelated; border: 1px solid var(--line) }
        figcaption { margin-top: .35rem; font-size: .8125rem; line-height: 1.3; color: var(--soft) }
        figcaption b { display: block; color: var(--ink) }
        figcaption span { white-space: nowrap }

        """;
}
