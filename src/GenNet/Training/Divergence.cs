using GenNet.Runtime;

namespace GenNet;

/// <summary>Finds where numbers stopped being finite.</summary>
static unsafe class Divergence
{
    /// <summary>The first layer with a weight or an activation that is not finite, and what it is; no layer where all are finite.</summary>
    /// <param name="parameters">The network's weights.</param>
    /// <param name="layers">Its layers, with the activations of the samples last computed.</param>
    /// <param name="rows">How many samples these are.</param>
    /// <param name="firstRow">The number in the batch of the first of them.</param>
    /// <param name="numbers">What the samples of the batch are called.</param>
    public static (int? Layer, string What) Find(ParameterBlock parameters, IReadOnlyList<LayerTraining> layers, int rows, int firstRow, in SampleNumbers numbers)
    {
        for (var layer = 0; layer < layers.Count; layer++)
        {
            foreach (var tensor in parameters.Tensors.Where(tensor => tensor.Layer == layer))
                if (FindIn(tensor) is { } spoiled)
                    return (layer + 1, $"element {spoiled.Index} of its {tensor} is {spoiled.Value}, since the last update or before");
            var positions = layers[layer].PositionCount;
            for (var row = 0; row < rows * positions; row++)
            {
                var units = layers[layer].ActivationsAt(row / positions, row % positions);
                for (var unit = 0; unit < units.Length; unit++)
                    if (!float.IsFinite(units[unit]))
                        return (layer + 1, $"the activation of unit {unit} is {units[unit]} for {numbers.Of(firstRow + row / positions)}{(positions > 1 ? $", {parameters.Architecture.PositionName} {row % positions}" : "")}");
            }
        }
        return (null, "all activations are finite, but the loss of them is too large for a number");
    }

    /// <summary>The last layer that has a gradient that is not finite: they are computed from the last layer down.</summary>
    public static int? LastLayerNotFinite(ParameterBlock gradients) => gradients.Tensors.LastOrDefault(tensor => FindIn(tensor) is not null)?.Layer + 1;

    static (int Index, float Value)? FindIn(ParameterTensor tensor)
    {
        var values = new float[tensor.Length];
        tensor.CopyTo(values);
        var index = Array.FindIndex(values, value => !float.IsFinite(value));
        return index < 0 ? null : (index, values[index]);
    }
}
