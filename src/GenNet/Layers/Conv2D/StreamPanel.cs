using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>What a step brings to windows, of a panel of filters.</summary>
unsafe struct StreamPanel
{
    /// <summary>Filters.</summary>
    public int Width;

    /// <summary>Floats by which windows move up, where the first one ends.</summary>
    public int Shift;

    /// <summary>Floats back from the weights of the step's place in a window to those in the next.</summary>
    public nint WeightStep;

    /// <summary>Those in the first window, [channels][width].</summary>
    public float* Weights;

    /// <summary>The biases.</summary>
    public float* Biases;

    /// <summary>The channels of the step.</summary>
    public float* X;

    /// <summary>What the first window has so far.</summary>
    public float* Windows;

    /// <summary>Where it goes.</summary>
    public float* Ended;

    /// <summary>A vector of a window's sums.</summary>
    /// <param name="windows">The windows.</param>
    /// <param name="number">The number of the vector, those of the first window first.</param>
    /// <param name="shift">How many a window has, as a power of two.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Chain At<V>(in StreamWindows windows, int number, int shift) where V : struct, ISimd<V>
    {
        var k = number >> shift;
        var column = (number - (k << shift)) * V.Count;
        var window = Windows + (nint)k * windows.Row;
        return new((windows.Begins && k == windows.Count - 1 ? Biases : window) + column, Weights - k * WeightStep + column, (k == 0 ? Ended : window - Shift) + column);
    }

    /// <summary>A chain of additions.</summary>
    /// <param name="start">What it starts from.</param>
    /// <param name="weights">The first weights.</param>
    /// <param name="target">Where its end goes.</param>
    public readonly struct Chain(float* start, float* weights, float* target)
    {
        public readonly float* Start = start, Weights = weights, Target = target;
    }
}
