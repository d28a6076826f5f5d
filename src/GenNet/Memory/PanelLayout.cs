using System.Runtime.CompilerServices;

namespace GenNet.Kernels;

/// <summary>
/// Where a dense layer's parameters lie. Weights stand in panels of 32 outputs, [outputs/32][inputs][32], so that the register tile
/// reads them in order; the last panel is 4, 8, 16 or 32 wide. Biases follow, padded in the same way. Padding is zero and stays zero.
/// </summary>
/// <remarks>The generator compiles this file too: it must know the same offsets.</remarks>
static class PanelLayout
{
    /// <summary>Outputs of a full panel.</summary>
    public const int Width = 32;

    /// <summary>Floats of a cache line: layers and rows start at a multiple of it.</summary>
    public const int Line = 16;

    /// <summary>Width of the panel that starts at output <paramref name="first"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PanelWidth(int outputs, int first) => (outputs - first) switch
    {
        <= 4 => 4,
        <= 8 => 8,
        <= 16 => 16,
        _ => Width,
    };

    /// <summary>Outputs with the last panel's padding.</summary>
    public static int PaddedOutputs(int outputs)
    {
        var last = (outputs - 1) / Width * Width;
        return last + PanelWidth(outputs, last);
    }

    /// <summary>Where the weight from input <paramref name="i"/> to output <paramref name="o"/> lies, from the layer's first weight.</summary>
    public static int WeightOffset(int inputs, int outputs, int o, int i)
    {
        var first = o / Width * Width;
        return first * inputs + i * PanelWidth(outputs, first) + (o - first);
    }

    /// <summary>Where the biases lie, from the layer's first weight.</summary>
    public static int BiasOffset(int inputs, int outputs) => RoundUp(PaddedOutputs(outputs) * inputs, Line);

    /// <summary>Floats of a layer: weights, biases and padding.</summary>
    public static int LayerLength(int inputs, int outputs) => BiasOffset(inputs, outputs) + RowLength(outputs);

    /// <summary>Floats of one sample's values, or of a vector of parameters: padded, in whole cache lines.</summary>
    public static int RowLength(int units) => RoundUp(PaddedOutputs(units), Line);

    /// <summary>
    /// Floats from one row of activations to the next: whole cache lines, and an odd number of them from 128 floats on,
    /// because rows a power of two apart fall on each other in the cache.
    /// </summary>
    public static int RowStride(int units)
    {
        var lines = RowLength(units) / Line;
        return (lines >= 8 ? lines | 1 : lines) * Line;
    }

    /// <summary><paramref name="value"/> or the next multiple of <paramref name="multiple"/>, a power of two.</summary>
    public static int RoundUp(int value, int multiple) => (value + multiple - 1) & -multiple;
}
