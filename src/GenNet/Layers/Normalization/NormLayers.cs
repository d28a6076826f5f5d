using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet;

/// <summary>Finds normalisations.</summary>
public static class NormLayers
{
    /// <summary>The parameters of the normalisation layer number <paramref name="layer"/>, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    /// <exception cref="InvalidOperationException">The layer is no normalisation.</exception>
    public static NormParameters Norm(this ParameterBlock parameters, int layer)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return new(parameters, layer, parameters.LayerAs<NormLayer>(layer).Shape);
    }

    /// <summary>A place for the scales and shifts of a normalisation of the values that the next layer takes.</summary>
    internal static NormShape PlaceNorm(this ArchitectureBuilder builder, bool statistics)
    {
        var vectors = 2L * ((builder.Units + (long)PanelLayout.Line - 1) & -PanelLayout.Line);
        return new(builder.Units, builder.PlaceTrained(vectors), statistics ? builder.PlaceStatistics(vectors) : 0);
    }
}
