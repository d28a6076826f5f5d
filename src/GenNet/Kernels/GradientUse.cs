using System.ComponentModel;
using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>What a backward pass does with the gradients of the weights: store them, add to them, or change the weights at once.</summary>
/// <typeparam name="TOptimizer">How a gradient changes a weight.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct GradientUse<TOptimizer> where TOptimizer : struct, IOptimizer<TOptimizer>
{
    /// <summary>Where gradients are kept.</summary>
    internal readonly float* Gradients;

    /// <summary>Whether sums start from the gradients kept, not from zero.</summary>
    internal readonly bool Add;

    /// <summary>Whether the weights are changed at once and the gradients forgotten.</summary>
    internal readonly bool Apply;

    readonly float* _weights, _state0, _state1;
    readonly TOptimizer _optimizer;

    internal GradientUse(float* gradients, bool add, bool apply, float* weights, float* state0, float* state1, TOptimizer optimizer)
    {
        Gradients = gradients;
        Add = add;
        Apply = apply;
        _weights = weights;
        _state0 = state0;
        _state1 = state1;
        _optimizer = optimizer;
    }

    /// <summary>What sums of gradients start from: those kept, or zero.</summary>
    internal void Begin(int offset, float* sums, int count)
    {
        if (Add)
            new ReadOnlySpan<float>(Gradients + offset, count).CopyTo(new(sums, count));
        else
            new Span<float>(sums, count).Clear();
    }

    /// <summary>Keeps gradients that were summed elsewhere, or changes the parameters by them.</summary>
    internal void End(int offset, float* sums, int count)
    {
        if (Apply)
            Update(offset, sums, count);
        else
            new ReadOnlySpan<float>(sums, count).CopyTo(new(Gradients + offset, count));
    }

    /// <summary>Changes <paramref name="count"/> parameters from <paramref name="offset"/> on, rounded up to whole cache lines; clears the gradients of that padding.</summary>
    internal void Update(int offset, float* gradients, int count)
    {
        var whole = PanelLayout.RoundUp(count, PanelLayout.Line);
        new Span<float>(gradients + count, whole - count).Clear();
        if (SimdWidth.Bits == 512)
            Update<Simd512>(offset, gradients, whole);
        else if (SimdWidth.Bits == 256)
            Update<Simd256>(offset, gradients, whole);
        else
            Update<Simd128>(offset, gradients, whole);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    void Update<V>(int offset, float* gradients, int count) where V : struct, ISimd<V>
    {
        var optimizer = _optimizer;
        var states = TOptimizer.StateCount;
        float* w = _weights + offset, m = _state0 + offset, v = _state1 + offset;
        V unused = default;
        for (var i = 0; i < count; i += V.Count)
        {
            var weight = V.Load(w + i);
            var gradient = V.Load(gradients + i);
            if (states == 0)
                optimizer.Update(ref weight, gradient, ref unused, ref unused);
            else
            {
                var state0 = V.Load(m + i);
                if (states == 1)
                    optimizer.Update(ref weight, gradient, ref state0, ref unused);
                else
                {
                    var state1 = V.Load(v + i);
                    optimizer.Update(ref weight, gradient, ref state0, ref state1);
                    state1.Store(v + i);
                }
                state0.Store(m + i);
            }
            weight.Store(w + i);
        }
    }
}
