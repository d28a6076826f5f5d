using System.Runtime.CompilerServices;

namespace GenNet.Kernels;

/// <summary>What one pixel of a row or column made larger takes of the old ones, by linear interpolation between their centres: one of them, or two side by side.</summary>
readonly struct Taps
{
    /// <summary>The first pixel that it takes something of.</summary>
    public readonly int First;

    /// <summary>How many, 1 or 2.</summary>
    public readonly int Count;

    readonly float _second;

    /// <param name="pixels">Old pixels.</param>
    /// <param name="times">New pixels for each.</param>
    /// <param name="pixel">The new pixel.</param>
    public Taps(int pixels, int times, int pixel)
    {
        // Its centre lies at (pixel + ½)/times − ½: within old pixel number `old`, so many halves of a new pixel from its centre, a multiple of 1/(2·times).
        var (old, phase) = Math.DivRem(pixel, times);
        var beyond = 2 * phase + 1 - times;
        First = beyond < 0 ? old - 1 : old;
        if (beyond == 0 || First < 0 || First + 1 == pixels)
            (First, Count, _second) = (old, 1, 0);
        else
            (Count, _second) = (2, (float)(beyond < 0 ? 2 * times + beyond : beyond) / (2 * times));
    }

    /// <summary>How much it takes of a pixel, 0 for the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Weight(int tap) => tap == 0 ? 1 - _second : _second;
}
