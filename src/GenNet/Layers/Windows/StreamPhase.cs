using GenNet.Runtime;

namespace GenNet.Kernels;

/// <summary>
/// Where streams stand among the windows of a layer. A step belongs to windows that are open; what it brings to each is added to what that has so far, and one may end with it. So nothing is read twice,
/// and what is added to several windows waits for none of them.
/// </summary>
/// <remarks>
/// A stream's values are [line][dilation][open windows][features]: the number of steps, and of every so many steps the windows, the one that ends next first. The number is counted as far as it
/// matters; behind that it goes around, one stride or one dilation at a time.
/// </remarks>
readonly unsafe struct StreamPhase
{
    /// <summary>Steps until a window ends, 0 where one does now.</summary>
    public readonly int UntilEnd;

    /// <summary>Whether one does that has begun in this stream, or with zeros before it.</summary>
    public readonly bool Ends;

    /// <summary>Whether its windows have zeros before them and are to be begun.</summary>
    public readonly bool IsFirst;

    /// <summary>Floats from a stream's values to those of the first window to which the step belongs.</summary>
    public readonly int Windows;

    StreamPhase(in ImageWindow window, uint steps, int features, out float next)
    {
        var (size, stride) = (window.Width, (uint)window.Stride.Width);
        var dilation = size == 1 ? 1u : (uint)window.Dilation.Width;
        var before = (uint)(size - 1) * dilation;
        var delay = window.Left > 0 ? 0 : before;

        // Steps modulo the stride, the first window's last step being a multiple.
        var late = stride == 1 ? 0 : (steps + (delay > 0 ? stride - delay % stride : 0)) % stride;
        UntilEnd = late == 0 ? 0 : (int)(stride - late);
        Ends = late == 0 && steps >= delay;
        IsFirst = window.Left > 0 && steps < dilation;
        Windows = PanelLayout.Line + (dilation == 1 ? 0 : (int)(steps % dilation) * WindowLayout.OpenWindows(size, 1) * PanelLayout.PaddedOutputs(features));
        next = steps + 1 == before + stride * dilation ? before : steps + 1;
    }

    /// <summary>What the next step is to streams that stand alike, and counts it.</summary>
    /// <param name="window">The windows.</param>
    /// <param name="features">Values that each has.</param>
    /// <param name="state">[streams] rows of their values.</param>
    public static StreamPhase Next(in ImageWindow window, int features, in Rows state)
    {
        // Where every step is a window there is nothing to remember.
        if (window.Width == 1 && window.Stride.Width == 1)
            return new(window, 0, features, out _);

        // Whatever was written there, no place beyond the windows follows from it.
        var phase = new StreamPhase(window, (uint)(int)*state.Pointer, features, out var next);
        for (var stream = 0; stream < state.Count; stream++)
            state.Pointer[(nint)stream * state.Stride] = next;
        return phase;
    }

    /// <summary>Windows to which the step belongs.</summary>
    public int Count(in ImageWindow window) => UntilEnd >= window.Width ? 0 : (window.Width - 1 - UntilEnd) / window.Stride.Width + 1;
}
