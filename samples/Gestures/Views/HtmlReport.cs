using System.Globalization;
using System.Text;
using Fashion;

namespace Gestures;

/// <summary>Writes an experiment as one HTML file that needs nothing else.</summary>
static class HtmlReport
{
    const int MistakesShown = 4;

    /// <summary>Pixels of a step, and of the probabilities from 0 to 1.</summary>
    const int StepWidth = 10, ProbabilityHeight = 150;

    public static void Write(string path, IReadOnlyList<Experiment> experiments)
    {
        var experiment = experiments[0];
        var html = new StringBuilder();
        Append(html, $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <title>GenNet: {100 * experiment.Accuracy:F1} % of the gestures recognised</title>
            <style>{ReportStyle.Text}{Style}</style>
            </head>
            <body>
            <h1>{100 * experiment.Accuracy:F1} % of {experiment.Traces.Count} gestures recognised, {100 * experiment.AccuracyAt(0.5):F1} % when half drawn</h1>
            <p>A convolution, a GRU of {GestureNet.Units} units and a dense layer, {GestureNet.ParameterCount:N0} parameters, learnt from {experiment.Examples.Count} drawings, seed {experiment.Seed}. They see one step after the other: how far the pen drew to the right and down, and whether it touches the paper.</p>
            <dl>
            <div><dt>Test accuracy</dt><dd>{experiment.Accuracy:F4}</dd></div>

            """);
        if (experiments.Count > 1)
            Append(html, $"<div><dt>Median of {experiments.Count} seeds</dt><dd>{Experiment.Median([.. experiments.Select(item => item.Accuracy)]):F4}</dd></div>\n");
        Append(html, $"""
            <div><dt>Training time</dt><dd>{experiment.TrainSeconds:F2} s</dd></div>
            <div><dt>Drawn when the answer stands</dt><dd>{100 * experiment.ShareAtRecognition:F0} %</dd></div>
            </dl>

            """);
        AppendAccuracy(html, experiment);
        var order = StateMap.Order(experiment.Network);
        html.Append("<h2>While they are drawn</h2>\n<p>Of each: the drawing; the probability of every gesture, step by step; and what the GRU remembers, a row a unit, ordered by the gesture that each speaks for, with strong colours for numbers near 1 and −1. The drawing begins and ends at the dashed lines. Move the slider to see a moment.</p>\n");
        foreach (var trace in experiment.Traces.Take(GestureNet.OutputSize))
            AppendTrace(html, trace, order);
        AppendMistakes(html, experiment, order);
        Append(html, $"<script>{Script}</script>\n</body>\n</html>\n");
        File.WriteAllText(path, html.ToString());
    }

    /// <summary>The share that is told right by how much is drawn.</summary>
    static void AppendAccuracy(StringBuilder html, Experiment experiment)
    {
        const int Width = 460, Height = 220, Left = 50, Right = 20, Top = 12, Bottom = 40;
        html.Append("<h2>How early they are recognised</h2>\n");
        Append(html, $"<svg class=\"chart\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"test accuracy by how much is drawn\">");
        for (var quarter = 0; quarter <= 4; quarter++)
        {
            Append(html, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(quarter / 4.0):F1}\" y2=\"{Y(quarter / 4.0):F1}\"/><text x=\"{Left - 8}\" y=\"{Y(quarter / 4.0) + 4:F1}\" text-anchor=\"end\">{25 * quarter} %</text>");
            Append(html, $"<text x=\"{X(quarter / 4.0):F1}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{25 * quarter} %</text>");
        }
        Append(html, $"<text x=\"{Width - Right}\" y=\"{Height - 5}\" text-anchor=\"end\">drawn</text>\n<path class=\"accuracy\" d=\"");
        for (var i = 0; i < Experiment.Shares.Count; i++)
            Append(html, $"{(i == 0 ? 'M' : 'L')}{X(Experiment.Shares[i]):F1},{Y(experiment.AccuracyAt(Experiment.Shares[i])):F1}");
        html.Append("\"/>");
        foreach (var share in Experiment.Shares)
            Append(html, $"<circle class=\"accuracy\" cx=\"{X(share):F1}\" cy=\"{Y(experiment.AccuracyAt(share)):F1}\" r=\"3\"><title>{100 * share:F0} % drawn: {100 * experiment.AccuracyAt(share):F1} % told right</title></circle>");
        html.Append("</svg>\n");

        double X(double share) => Left + (Width - Left - Right) * share;
        double Y(double accuracy) => Height - Bottom - (Height - Bottom - Top) * accuracy;
    }

    static void AppendMistakes(StringBuilder html, Experiment experiment, int[] order)
    {
        Trace[] mistakes = [.. experiment.Traces.Where(trace => !trace.IsRight)];
        if (mistakes.Length == 0)
        {
            html.Append("<h2>Not one was taken for another</h2>\n");
            return;
        }
        Append(html, $"<h2>Mistakes: {mistakes.Length} of {experiment.Traces.Count}</h2>\n");
        foreach (var trace in mistakes.Take(MistakesShown))
            AppendTrace(html, trace, order);
    }

    static void AppendTrace(StringBuilder html, Trace trace, int[] order)
    {
        var drawing = trace.Drawing;
        Append(html, $"<figure class=\"trace\" style=\"--step:{Drawing.StepCount}\" data-p=\"");
        for (var step = 0; step < Drawing.StepCount; step++)
            foreach (var probability in trace.Probabilities(step))
                Append(html, $"{100 * probability:F0} ");
        Append(html, $"\">\n<figcaption>{drawing.Gesture.Name()}<span>{(trace.IsRight
            ? Text($"recognised from step {trace.RecognisedAt} on, with {100 * trace.ShareAtRecognition:F0} % drawn")
            : $"taken for: {trace.Answer.Name()}")}</span></figcaption>\n<div class=\"moment\">");
        AppendPaper(html, drawing);
        html.Append("<ul>");
        for (var gesture = 0; gesture < GestureNet.OutputSize; gesture++)
            Append(html, $"<li class=\"g{gesture}\">{((Gesture)gesture).Name()} <b>{100 * trace.Probabilities(Drawing.StepCount - 1)[gesture]:F0} %</b></li>");
        html.Append("</ul></div>\n<div class=\"time\">");
        AppendProbabilities(html, trace);
        html.Append(StateMap.Svg(trace, order));
        Append(html, $"<input type=\"range\" min=\"1\" max=\"{Drawing.StepCount}\" value=\"{Drawing.StepCount}\" aria-label=\"step\"/></div>\n</figure>\n");
    }

    /// <summary>Each step's stroke by itself, so that those of the future can be pale.</summary>
    static void AppendPaper(StringBuilder html, Drawing drawing)
    {
        html.Append("<svg class=\"paper\" viewBox=\"-1.1 -1.1 2.2 2.2\" role=\"img\" aria-label=\"the drawing\">");
        for (var step = 1; step < Drawing.StepCount; step++)
            if (drawing.Points[step - 1] is { Draws: true } from && drawing.Points[step] is { Draws: true } to)
                Append(html, $"<path style=\"--at:{step}\" d=\"M{from.X:F3},{from.Y:F3}L{to.X:F3},{to.Y:F3}\"/>");
        html.Append("</svg>");
    }

    static void AppendProbabilities(StringBuilder html, Trace trace)
    {
        Append(html, $"<svg class=\"chart\" viewBox=\"0 0 {StepWidth * Drawing.StepCount} {ProbabilityHeight}\" role=\"img\" aria-label=\"probabilities after each step\">");
        foreach (var edge in (int[])[trace.Drawing.First, trace.Drawing.End])
            Append(html, $"<line class=\"edge\" x1=\"{StepWidth * edge}\" x2=\"{StepWidth * edge}\" y1=\"0\" y2=\"{ProbabilityHeight}\"/>");
        for (var gesture = 0; gesture < GestureNet.OutputSize; gesture++)
        {
            Append(html, $"<path class=\"g{gesture}\" d=\"");
            for (var step = 0; step < Drawing.StepCount; step++)
                Append(html, $"{(step == 0 ? 'M' : 'L')}{StepWidth * step + StepWidth / 2},{2 + (ProbabilityHeight - 4) * (1 - trace.Probabilities(step)[gesture]):F1}");
            Append(html, $"\"><title>{((Gesture)gesture).Name()}</title></path>");
        }
        Append(html, $"<line class=\"now\" y1=\"0\" y2=\"{ProbabilityHeight}\"/></svg>\n");
    }

    static void Append(StringBuilder html, FormattableString text) => html.Append(Text(text));

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    const string Script = """

        for (const figure of document.querySelectorAll('.trace')) {
          const slider = figure.querySelector('input'), percents = figure.dataset.p.trim().split(' ');
          slider.oninput = () => {
            figure.style.setProperty('--step', slider.value);
            figure.querySelectorAll('b').forEach((b, i, all) => b.textContent = percents[(slider.value - 1) * all.length + i] + ' %');
          };
        }

        """;

    const string Style = """

        :root { color-scheme: light dark; --paper: #fcfcfb; --ink: #1c1d22; --soft: #63656e; --line: #dddde2; --g0: #2463c9; --g1: #b25d00; --g2: #1b7d4d; --g3: #8a3fb5; --plus: #0b7a75; --minus: #b3315b }
        @media (prefers-color-scheme: dark) { :root { --paper: #16171b; --ink: #ececf0; --soft: #a0a2ac; --line: #35363d; --g0: #79a9f5; --g1: #f0a04b; --g2: #5cc48f; --g3: #c795e6; --plus: #4fd1c5; --minus: #ff8fab } }
        svg { display: block; width: 100%; height: auto }
        body > svg { max-width: 34rem }
        text { fill: var(--soft); font-size: 12px }
        .chart path { fill: none; stroke-width: 2.5; stroke-linejoin: round }
        .chart .accuracy { stroke: var(--ink) }
        circle.accuracy { fill: var(--ink) }
        .grid { stroke: var(--line) }
        .edge { stroke: var(--soft); stroke-dasharray: 4 4 }
        .now { stroke: var(--ink); stroke-width: 1.5; transform: translateX(calc(var(--step) * 10px - 5px)) }
        path.g0 { stroke: var(--g0) }
        path.g1 { stroke: var(--g1) }
        path.g2 { stroke: var(--g2) }
        path.g3 { stroke: var(--g3) }
        li.g0 { color: var(--g0) }
        li.g1 { color: var(--g1) }
        li.g2 { color: var(--g2) }
        li.g3 { color: var(--g3) }
        .plus { fill: var(--plus) }
        .minus { fill: var(--minus) }
        .trace { display: grid; grid-template-columns: 12rem minmax(0, 1fr); gap: .75rem 1.5rem; margin: 2rem 0 0; padding-top: .75rem; border-top: 1px solid var(--line) }
        @media (max-width: 40rem) { .trace { grid-template-columns: 1fr } .moment { display: grid; grid-template-columns: 9rem 1fr; gap: 1rem } }
        figcaption { grid-column: 1 / -1; font-weight: 600 }
        figcaption span { margin-left: .75rem; color: var(--soft); font-weight: 400 }
        .paper { border: 1px solid var(--line) }
        .paper path { stroke: var(--ink); stroke-width: .045; stroke-linecap: round; opacity: clamp(.12, calc(var(--step) - var(--at)), 1) }
        ul { margin: .5rem 0 0; padding: 0; list-style: none; font-size: .875rem; font-variant-numeric: tabular-nums }
        li { display: flex; justify-content: space-between }
        .time { display: grid; gap: .5rem }
        .time .chart { border-bottom: 1px solid var(--line) }
        input { width: 100%; margin: 0; accent-color: var(--ink) }

        """;
}
