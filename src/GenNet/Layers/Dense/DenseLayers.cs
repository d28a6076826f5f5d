using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet;

/// <summary>Finds and adds dense layers.</summary>
public static class DenseLayers
{
    /// <summary>The parameters of the dense layer number <paramref name="layer"/>, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    /// <exception cref="InvalidOperationException">The layer is not dense.</exception>
    public static DenseParameters Dense(this ParameterBlock parameters, int layer)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return new(parameters, layer, parameters.LayerAs<DenseLayer>(layer).Shape);
    }

    /// <summary>Adds a dense layer.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="outputs"/> is not positive, or the network would not fit into an array.</exception>
    public static ArchitectureBuilder Dense(this ArchitectureBuilder builder, int outputs, LayerActivation activation)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outputs);

        // The padded length, in numbers that cannot overflow, before the layout works it out exactly.
        var atMost = (outputs + (long)PanelLayout.Width) * (builder.Units + 1L) + PanelLayout.Line;
        var offset = builder.PlaceTrained(atMost > int.MaxValue ? atMost : PanelLayout.LayerLength(builder.Units, outputs));
        return builder.Add(new DenseLayer(new DenseShape(builder.Units, outputs, 1, offset), activation) { Pixels = builder.TakePixels() });
    }
}
