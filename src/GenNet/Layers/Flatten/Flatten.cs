using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>Inference of a layer that makes one row of a sample: what generated code calls.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Flatten
{
    /// <summary>a = x, [samples × positions][features] as [samples][positions × features].</summary>
    public static Rows Forward(Workspace workspace, int slot, int positions, int features, in Rows x)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        var a = workspace.Slot(slot, positions * features, x.Count / positions);
        Copy(x, a.Pointer, a.Stride, positions, features);
        return a;
    }

    /// <summary>The rows of each sample, one behind the other.</summary>
    internal static void Copy(
        in Rows x, // [samples × positions][features]
        float* a, // [samples][stride]
        int stride, int positions, int features)
    {
        for (var row = 0; row < x.Count; row++)
            new ReadOnlySpan<float>(x.Pointer + (nint)row * x.Stride, features).CopyTo(new(Place(a, stride, row, positions, features), features));
    }

    /// <summary>The reverse: each position its own row, with zeros behind it.</summary>
    internal static void Spread(
        in Rows rows, // [samples][positions × features]
        float* x, // [samples × positions][stride]
        int stride, int positions, int features)
    {
        for (var row = 0; row < rows.Count * positions; row++)
        {
            var target = new Span<float>(x + (nint)row * stride, stride);
            new ReadOnlySpan<float>(Place(rows.Pointer, rows.Stride, row, positions, features), features).CopyTo(target);
            target[features..].Clear();
        }
    }

    static float* Place(float* flat, int stride, int row, int positions, int features) => flat + (nint)(row / positions) * stride + row % positions * features;
}
