using GenNet;

namespace Lessons;

/// <summary>How a layer fared at one time.</summary>
/// <param name="Number">The layer, from 1.</param>
/// <param name="Name">What it is.</param>
/// <param name="RelativeGradient">The norm of its gradient, divided by that of its weights.</param>
/// <param name="DeadShare">The share of its ReLU units that were zero all epoch.</param>
sealed record LayerFigures(int Number, string Name, double RelativeGradient, double DeadShare)
{
    public static LayerFigures Of(LayerHealth layer) => new(
        layer.Number, $"{layer.Layer.Inputs}→{layer.Layer.Outputs} {layer.Layer.GetType().Name.Replace("Layer", "", StringComparison.Ordinal)} {layer.Layer.Activation}",
        layer.RelativeGradient, layer.DeadShare);
}
