using System.Globalization;
using System.Text;

namespace Agents;

/// <summary>Writes an episode, and how returns grew, as one HTML file that needs nothing else.</summary>
static class HtmlReplay
{
    public static void Write(string path, LearningResult result)
    {
        var culture = CultureInfo.InvariantCulture;
        var html = new StringBuilder();
        html.Append(culture, $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>GenNet: {result.Task}, mean return {result.MeanReturn:F1}</title>
            <style>{Style}</style>
            </head>
            <body>
            <h1>{result.Task}: mean return {result.MeanReturn:F1}</h1>
            <p>{result.Algorithm}, {result.Steps:N0} steps in {result.Seconds:F2} s, seed {result.Seed}; mean of {result.Returns.Length} episodes.</p>
            <canvas id="picture" width="640" height="480" role="img" aria-label="An episode of the policy that was learnt"></canvas>
            <p><button id="pause" type="button">Pause</button> step <output id="step">0</output> of {result.Frames.Count - 1}</p>
            <h2>Mean return of the last 100 episodes</h2>

            """);
        html.Append(Curve(result.History));
        html.Append("\n<script>\nconst frames = [");
        foreach (var frame in result.Frames)
        {
            html.Append('[');
            foreach (var stroke in frame)
                html.Append(culture, $"{stroke.FromX:0.###},{stroke.FromY:0.###},{stroke.ToX:0.###},{stroke.ToY:0.###},");
            html.Append("],");
        }
        html.Append(culture, $"];\nconst milliseconds = {1000 * result.FrameSeconds};\n{Script}\n</script>\n</body>\n</html>\n");
        File.WriteAllText(path, html.ToString());
    }

    static string Curve(IReadOnlyList<(long Steps, double MeanReturn)> history)
    {
        const int Width = 640, Height = 200, Margin = 60;
        var known = history.Where(point => !double.IsNaN(point.MeanReturn)).ToArray();
        if (known.Length < 2)
            return "<p>No episode has ended.</p>";
        var (least, most, steps) = (known.Min(point => point.MeanReturn), known.Max(point => point.MeanReturn), known[^1].Steps);
        var range = Math.Max(most - least, 1e-9);
        var culture = CultureInfo.InvariantCulture;
        var points = string.Join(' ', known.Select(point => string.Create(culture,
            $"{Margin + (Width - Margin - 10) * (double)point.Steps / steps:F1},{10 + (Height - 40) * (1 - (point.MeanReturn - least) / range):F1}")));
        return string.Create(culture, $"""
            <svg viewBox="0 0 {Width} {Height}" role="img" aria-label="From {known[0].MeanReturn:F0} to {known[^1].MeanReturn:F0}">
            <path d="M{Margin} 10V{Height - 30}H{Width - 10}"/><polyline points="{points}"/>
            <text x="{Margin - 6}" y="16" text-anchor="end">{most:F0}</text><text x="{Margin - 6}" y="{Height - 30}" text-anchor="end">{least:F0}</text>
            <text x="{Margin}" y="{Height - 12}">0</text><text x="{Width - 10}" y="{Height - 12}" text-anchor="end">{steps:N0} steps</text>
            </svg>
            """);
    }

    const string Style = """
        :root { color-scheme: light dark; --ink: light-dark(#1d3557, #dde6f2); --line: light-dark(#c1121f, #ff8a80); }
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 680px; margin: 2rem auto; padding: 0 1rem; color: var(--ink); background: Canvas; }
        canvas { width: 100%; border: 1px solid; border-radius: 4px; }
        svg { width: 100%; } path, polyline { fill: none; stroke: currentColor; } polyline { stroke: var(--line); stroke-width: 2; } text { font-size: 12px; fill: currentColor; }
        """;

    const string Script = """
        const canvas = document.getElementById('picture'), context = canvas.getContext('2d'), button = document.getElementById('pause');
        const x = value => (value * canvas.height / 2 + canvas.width / 2), y = value => (1 - value) * canvas.height / 2;
        let step = 0, running = !matchMedia('(prefers-reduced-motion: reduce)').matches, last = 0;
        const draw = () => {
          context.clearRect(0, 0, canvas.width, canvas.height);
          context.strokeStyle = getComputedStyle(canvas).color;
          context.lineWidth = 4;
          context.lineCap = 'round';
          for (let i = 0, f = frames[step]; i < f.length; i += 4) {
            context.beginPath();
            context.moveTo(x(f[i]), y(f[i + 1]));
            context.lineTo(x(f[i + 2]), y(f[i + 3]));
            context.stroke();
          }
          document.getElementById('step').value = step;
        };
        const label = () => { button.textContent = running ? 'Pause' : 'Play'; };
        const tick = now => {
          if (running && now - last >= milliseconds) {
            step = (step + 1) % frames.length;
            last = now;
            draw();
          }
          requestAnimationFrame(tick);
        };
        button.onclick = () => { running = !running; label(); };
        label();
        draw();
        requestAnimationFrame(tick);
        """;
}
