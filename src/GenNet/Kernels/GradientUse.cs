using System.ComponentModel;
using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>What a backward pass does with the gradients of the weights: store them, add to them, or change the weights at once.</summary>
/// <typeparam name="TOptimizer">How a gradient changes a weight.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SkipLocalsInit]
public readonly unsafe struct GradientUse<TOptimizer> where TOptimizer : struct, IOptimizer<TOptimizer>
{
    /// <summary>Where gradients are kept.</summary>
    internal readonly float* Gradients;

    /// <summary>Whether sums start from the gradients kept, not from zero.</summary>
    internal readonly bool Add;

    /// <summary>Whether the weights are changed at once and the gradients forgotten.</summary>
    internal readonly bool Apply;

    readonly float* _weights, _states;
    readonly nint _stateStride;
    readonly TOptimizer _ofWeights, _ofBiases;

    internal GradientUse(float* gradients, bool add, bool apply, float* weights, OptimizerStates states, in TOptimizer optimizer)
    {
        Gradients = gradients;
        Add = add;
        Apply = apply;
        _weights = weights;
        _states = states.Pointer;
        _stateStride = states.Stride;
        _ofWeights = optimizer;
        _ofBiases = optimizer.ForBiases();
    }

    /// <summary>What sums of gradients start from: those kept, or zero.</summary>
    internal void Begin(int offset, float* sums, int count)
    {
        if (Add)
            new ReadOnlySpan<float>(Gradients + offset, count).CopyTo(new(sums, count));
        else
            new Span<float>(sums, count).Clear();
    }

    /// <summary>Keeps gradients of biases, scales or shifts that were summed elsewhere, or changes these parameters by them.</summary>
    internal void End(int offset, float* sums, int count)
    {
        if (Apply)
            UpdateBiases(offset, sums, count);
        else
            new ReadOnlySpan<float>(sums, count).CopyTo(new(Gradients + offset, count));
    }

    /// <summary>Changes <paramref name="count"/> weights from <paramref name="offset"/> on, rounded up to whole cache lines; clears the gradients of that padding.</summary>
    internal void UpdateWeights(int offset, float* gradients, int count) => Update(_ofWeights, offset, gradients, count);

    /// <summary>The same for biases and the scale and shift of a normalisation, which need not decay as weights do.</summary>
    internal void UpdateBiases(int offset, float* gradients, int count) => Update(_ofBiases, offset, gradients, count);

    void Update(in TOptimizer optimizer, int offset, float* gradients, int count)
    {
        var whole = PanelLayout.RoundUp(count, PanelLayout.Line);
        if (whole != count)
            new Span<float>(gradients + count, whole - count).Clear();
        if (SimdWidth.Bits == 512)
            Update<Simd512>(optimizer, offset, gradients, whole);
        else if (SimdWidth.Bits == 256)
            Update<Simd256>(optimizer, offset, gradients, whole);
        else
            Update<Simd128>(optimizer, offset, gradients, whole);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    void Update<V>(in TOptimizer constants, int offset, float* gradients, int count) where V : struct, ISimd<V>
    {
        var optimizer = constants;
        float* weights = _weights + offset, states = _states + offset;
        var stride = _stateStride;
        for (var i = 0; i < count; i += V.Count)
            optimizer.Update(V.Load(weights + i), V.Load(gradients + i), new OptimizerState<V>(states + i, stride)).Store(weights + i);
    }
}
