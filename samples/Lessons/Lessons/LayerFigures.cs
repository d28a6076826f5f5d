using GenNet;

namespace Lessons;

/// <summary>How a layer fared at one time.</summary>
/// <param name="Number">The layer, from 1.</param>
/// <param name="Name">What it is.</param>
/// <param name="RelativeGradient">The norm of its gradient, divided by that of its weights.</param>
/// <param name="DeadShare">The share of its ReLU units that were zero all epoch.</param>
/// <param name="Reach">How much of a gradient comes back to the state behind each step; empty for a layer that does not remember.</param>
sealed record LayerFigures(int Number, string Name, double RelativeGradient, double DeadShare, IReadOnlyList<double> Reach)
{
    public static LayerFigures Of(LayerHealth layer) => new(
        layer.Number, $"{layer.Layer.Inputs}→{layer.Layer.Outputs} {layer.Layer.GetType().Name.Replace("Layer", "", StringComparison.Ordinal)} {layer.Layer.Activation}",
        layer.RelativeGradient, layer.DeadShare, [.. layer.Steps?.GradientReach ?? []]);

    /// <summary>Some of the steps, from the last to the first, with how much of a gradient comes back to them.</summary>
    public IEnumerable<(int Step, double Reach)> SomeSteps
    {
        get
        {
            const int Shown = 6;
            for (var step = Reach.Count; step > 1; step -= Math.Max(1, Reach.Count / Shown))
                yield return (step, Reach[step - 1]);
            if (Reach.Count > 0)
                yield return (1, Reach[0]);
        }
    }
}
