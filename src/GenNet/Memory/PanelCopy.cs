using System.Runtime.CompilerServices;

namespace GenNet.Kernels;

/// <summary>Moves weights between rows, [outputs, inputs], and panels. Programs do it once, when they start: it is fast at its first call.</summary>
static unsafe class PanelCopy
{
    /// <summary>Rows → panels. The padding of the panels stays as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FromRows(ReadOnlySpan<float> rows, Span<float> panels, int inputs, int outputs)
    {
        fixed (float* row = rows, panel = panels)
            for (var output = 0; output < outputs; output++)
            {
                nint first = PanelLayout.WeightOffset(inputs, outputs, output, 0), width = Width(outputs, output), start = (nint)output * inputs;
                for (var input = 0; input < inputs; input++)
                    panel[first + input * width] = row[start + input];
            }
    }

    /// <summary>Panels → rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToRows(ReadOnlySpan<float> panels, Span<float> rows, int inputs, int outputs)
    {
        fixed (float* row = rows, panel = panels)
            for (var output = 0; output < outputs; output++)
            {
                nint first = PanelLayout.WeightOffset(inputs, outputs, output, 0), width = Width(outputs, output), start = (nint)output * inputs;
                for (var input = 0; input < inputs; input++)
                    row[start + input] = panel[first + input * width];
            }
    }

    /// <summary>Floats from an output's weight for one input to that for the next.</summary>
    static int Width(int outputs, int output) => PanelLayout.PanelWidth(outputs, output / PanelLayout.Width * PanelLayout.Width);
}
