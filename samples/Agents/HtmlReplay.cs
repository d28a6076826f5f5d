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
        html.Append(ReturnCurves.Draw([result], isFile: false));
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

    const string Style = """
        :root { color-scheme: light dark; --ink: light-dark(#1d3557, #dde6f2); }
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 680px; margin: 2rem auto; padding: 0 1rem; color: var(--ink); background: Canvas; }
        canvas { width: 100%; border: 1px solid; border-radius: 4px; }
        svg { width: 100%; }
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
