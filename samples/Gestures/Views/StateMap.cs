using System.Globalization;
using System.Text;

namespace Gestures;

/// <summary>Draws what a GRU remembers over time as SVG: a row a unit, a column a step.</summary>
static class StateMap
{
    /// <summary>Pixels of a cell.</summary>
    const int Cell = 10;

    /// <summary>Shades of either sign.</summary>
    const int Levels = 8;

    /// <summary>The units in the order of the gesture that each speaks for most, and of how much it does: neighbours mean the same.</summary>
    public static int[] Order(GestureNet net)
    {
        var weights = net.Layer4.Weights;
        return [.. Enumerable.Range(0, GestureNet.Units).OrderBy(SpokenFor).ThenByDescending(unit => weights[SpokenFor(unit), unit])];

        int SpokenFor(int unit) => Enumerable.Range(0, GestureNet.OutputSize).MaxBy(gesture => weights[gesture, unit]);
    }

    /// <param name="trace">What was remembered.</param>
    /// <param name="order">Units from the top.</param>
    public static string Svg(Trace trace, int[] order)
    {
        // One path for each shade; steps of the same shade are one piece of it.
        var paths = new StringBuilder[2 * Levels + 1];
        for (var row = 0; row < order.Length; row++)
            for (var (step, next) = (0, 0); step < Drawing.StepCount; step = next)
            {
                var level = Level(trace, step, order[row]);
                for (next = step + 1; next < Drawing.StepCount && Level(trace, next, order[row]) == level;)
                    next++;
                if (level != 0)
                    (paths[level + Levels] ??= new()).Append(CultureInfo.InvariantCulture, $"M{step},{row}h{next - step}v1h{step - next}z");
            }

        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"state\" viewBox=\"0 0 {Cell * Drawing.StepCount} {Cell * order.Length}\" role=\"img\" aria-label=\"what the GRU remembers after each step\">");
        svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"scale({Cell})\" shape-rendering=\"crispEdges\">");
        for (var i = 0; i < paths.Length; i++)
            if (paths[i] is { } path)
                svg.Append(CultureInfo.InvariantCulture, $"<path class=\"{(i < Levels ? "minus" : "plus")}\" fill-opacity=\"{(double)Math.Abs(i - Levels) / Levels:0.###}\" d=\"{path}\"/>");
        return svg.Append(CultureInfo.InvariantCulture, $"</g><line class=\"now\" y1=\"0\" y2=\"{Cell * order.Length}\"/></svg>\n").ToString();
    }

    static int Level(Trace trace, int step, int unit) => (int)Math.Round(trace.State(step)[unit] * Levels);
}
