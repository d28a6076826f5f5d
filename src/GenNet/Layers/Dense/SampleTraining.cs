using System.ComponentModel;
using System.Runtime.CompilerServices;
using GenNet.Activations;
using GenNet.Kernels;
using GenNet.Losses;
using GenNet.Simd;

namespace GenNet.Runtime;

/// <summary>
/// Training of a network of dense layers on one sample. No gradient is kept: each layer's weights change by xᵀδ as soon as δ of the layer
/// below is known. The same bits as a batch of one.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class SampleTraining
{
    readonly ParameterBlock _parameters;
    readonly AlignedBuffer _a, _delta, _scratch;

    SampleTraining(ParameterBlock parameters, int length)
    {
        _parameters = parameters;
        (_a, _delta) = (new AlignedBuffer(length), new AlignedBuffer(length));
        _scratch = new AlignedBuffer(PanelLayout.Line + LossKernels.ScratchLength(length, rows: 1));
    }

    /// <summary>Allocates room for the activations and the δ of all layers; null where a derivative needs z, which the forward pass of one sample does not keep.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="length">Floats of all activations, each layer's padded to whole cache lines.</param>
    /// <param name="derivativesNeedPreactivation">Whether any activation's derivative needs z.</param>
    public static SampleTraining? Create(ParameterBlock parameters, int length, bool derivativesNeedPreactivation) =>
        derivativesNeedPreactivation ? null : new(parameters, length);

    /// <summary>The network's first parameter.</summary>
    public ref float Parameters => ref *_parameters.Pointer;

    /// <summary>The first of all activations: generated code knows where each layer's start.</summary>
    public ref float Activations => ref *_a.Pointer;

    internal Rows ActivationsAt(int at, int units) => new(_a.Pointer + at, PanelLayout.RowStride(units), 1);

    /// <summary>Takes the sample's target, long before the loss reads it: a vector read right after a part of it was written waits for the write.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take<THead>(Targets targets, int outputs) where THead : struct, ILossHead => targets.WriteFirst(outputs, !THead.MeanOverOutputs, Target);

    /// <summary>Returns the sample's loss, and writes δ of the last layer.</summary>
    /// <param name="targets">The sample's target, taken before.</param>
    /// <param name="outputs">The layer's outputs.</param>
    /// <param name="at">Where they start.</param>
    public double Loss<THead>(Targets targets, int outputs, int at) where THead : struct, ILossHead
    {
        var z = _a.Pointer + at;
        var scale = LossKernels.Scale<THead>(1, outputs);
        LossKernels.LossOfRows<THead>(z, z, _delta.Pointer + at, PanelLayout.RowStride(outputs), targets, 0, 1, outputs, (float)scale, _scratch.Pointer, Lanes);
        return scale * *_scratch.Pointer;
    }

    /// <summary><see cref="Loss{THead}"/> in the caller, for a short loss: of four outputs or fewer, whose δ is also returned in a register.</summary>
    /// <param name="a">The layer's activations.</param>
    /// <param name="targets">The sample's target, taken before.</param>
    /// <param name="outputs">The layer's outputs.</param>
    /// <param name="at">Where its δ starts.</param>
    /// <param name="delta">δ of the last layer; lanes behind the outputs are undefined.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Loss<TLoss, TActivation, Q>(Q a, Targets targets, int outputs, int at, out Q delta)
        where TLoss : struct, ILoss
        where TActivation : struct, IActivation
        where Q : struct, ISimd<Q>
    {
        var scale = LossKernels.Scale<ElementwiseHead<TLoss, TActivation>>(1, outputs);
        var weight = targets.WeightOfOne(weighClasses: false);
        var loss = ElementwiseHead<TLoss, TActivation>.Few(a, Target, outputs, (float)scale * weight, Lanes, _delta.Pointer + at, out delta);
        return scale * (weight * loss);
    }

    /// <summary><see cref="Loss{THead}"/> in the caller, for a short loss of more outputs.</summary>
    /// <typeparam name="THead">The loss.</typeparam>
    /// <typeparam name="V">As wide as the outputs, or the widest there are.</typeparam>
    /// <param name="targets">The sample's target, taken before.</param>
    /// <param name="outputs">The layer's outputs.</param>
    /// <param name="at">Where they start.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Loss<THead, V>(Targets targets, int outputs, int at) where THead : struct, ILossHead where V : struct, ISimd<V>
    {
        var z = _a.Pointer + at;
        var scale = LossKernels.Scale<THead>(1, outputs);
        var weight = targets.WeightOfOne(!THead.MeanOverOutputs);
        return scale * (weight * THead.Row<V>(z, z, Target, _delta.Pointer + at, outputs, (float)scale * weight, Lanes));
    }

    /// <summary>The activations of a layer of four outputs or fewer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Q Outputs<Q>(int at) where Q : struct, ISimd<Q> => Q.Load(_a.Pointer + at);

    /// <summary>The first vector of a layer's δ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Delta<V>(int at) where V : struct, ISimd<V> => V.LoadFours(_delta.Pointer + at);

    // Zero where no output ever falls.
    float* Lanes => _scratch.Pointer + PanelLayout.Line;

    float* Target => Lanes + 2 * LaneSum.Lanes;

    /// <summary>δ of the layer below = δWᵀ ∘ g′, g the activation of the layer below.</summary>
    /// <param name="shape">The layer.</param>
    /// <param name="from">Where its δ starts.</param>
    /// <param name="to">Where activations and δ of the layer below start.</param>
    public void BackwardTo<TActivation>(in DenseShape shape, int from, int to) where TActivation : struct, IActivation =>
        SampleKernels.InputGradient<TActivation>(shape, _parameters.Pointer, _delta.Pointer + from, _a.Pointer + to, _delta.Pointer + to);

    /// <summary>Changes a layer's weights by xᵀδ and its biases by δ.</summary>
    /// <param name="shape">The layer.</param>
    /// <param name="x">Its inputs, which are the network's.</param>
    /// <param name="at">Where its δ starts.</param>
    /// <param name="use">How.</param>
    public void Update<TOptimizer>(in DenseShape shape, in Rows x, int at, GradientUse<TOptimizer> use) where TOptimizer : struct, IOptimizer<TOptimizer> =>
        SampleKernels.Update(shape, x.Pointer, _delta.Pointer + at, use);

    /// <inheritdoc cref="Update{TOptimizer}(in DenseShape, in Rows, int, GradientUse{TOptimizer})"/>
    /// <param name="shape">The layer.</param>
    /// <param name="below">Where the activations that are its inputs start.</param>
    /// <param name="at">Where its δ starts.</param>
    /// <param name="use">How.</param>
    public void Update<TOptimizer>(in DenseShape shape, int below, int at, GradientUse<TOptimizer> use) where TOptimizer : struct, IOptimizer<TOptimizer> =>
        SampleKernels.Update(shape, _a.Pointer + below, _delta.Pointer + at, use);

    /// <summary>
    /// <see cref="BackwardTo{TActivation}(in DenseShape, int, int)"/> in the caller: for a small layer, where the constants of its shape leave little to do.
    /// </summary>
    /// <typeparam name="TActivation">The activation of the layer below.</typeparam>
    /// <typeparam name="V">As wide as the layer below, or the widest there are.</typeparam>
    /// <param name="inputs">The layer's inputs.</param>
    /// <param name="outputs">Its outputs.</param>
    /// <param name="offset">Where its weights start.</param>
    /// <param name="from">Where its δ starts.</param>
    /// <param name="to">Where activations and δ of the layer below start.</param>
    /// <returns>δ of the layer below, if it is one vector.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V BackwardTo<TActivation, V>(int inputs, int outputs, int offset, int from, int to)
        where TActivation : struct, IActivation
        where V : struct, ISimd<V> =>
        SampleKernels.InputGradient<TActivation, V>(inputs, outputs, _parameters.Pointer + offset, _delta.Pointer + from, _a.Pointer + to, _delta.Pointer + to);

    /// <inheritdoc cref="BackwardTo{TActivation, V}(int, int, int, int, int)"/>
    /// <param name="inputs">The layer's inputs.</param>
    /// <param name="outputs">Its outputs, four at most.</param>
    /// <param name="offset">Where its weights start.</param>
    /// <param name="delta">Its δ.</param>
    /// <param name="to">Where activations and δ of the layer below start.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V BackwardTo<TActivation, V, Q>(int inputs, int outputs, int offset, Q delta, int to)
        where TActivation : struct, IActivation
        where V : struct, ISimd<V>
        where Q : struct, ISimd<Q> =>
        SampleKernels.InputGradient<TActivation, V, Q>(inputs, outputs, _parameters.Pointer + offset, delta, _a.Pointer + to, _delta.Pointer + to);

    /// <summary>Update in the caller, for a layer of one panel.</summary>
    /// <typeparam name="TOptimizer">How a gradient changes a weight.</typeparam>
    /// <typeparam name="V">As wide as the panel, or the widest there are.</typeparam>
    /// <param name="inputs">The layer's inputs.</param>
    /// <param name="width">Its panel's width.</param>
    /// <param name="weights">Where its weights start.</param>
    /// <param name="biases">Where its biases start.</param>
    /// <param name="x">Its inputs, which are the network's.</param>
    /// <param name="delta">Its δ, if it is one vector.</param>
    /// <param name="at">Where its δ starts.</param>
    /// <param name="use">How.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TOptimizer, V>(int inputs, int width, int weights, int biases, in Rows x, V delta, int at, GradientUse<TOptimizer> use)
        where TOptimizer : struct, IOptimizer<TOptimizer>
        where V : struct, ISimd<V> =>
        use.Update(weights, biases, x.Pointer, inputs, delta, _delta.Pointer + at, width);

    /// <inheritdoc cref="Update{TOptimizer, V}(int, int, int, int, in Rows, V, int, GradientUse{TOptimizer})"/>
    /// <param name="inputs">The layer's inputs.</param>
    /// <param name="width">Its panel's width.</param>
    /// <param name="weights">Where its weights start.</param>
    /// <param name="biases">Where its biases start.</param>
    /// <param name="below">Where the activations that are its inputs start.</param>
    /// <param name="delta">Its δ, if it is one vector.</param>
    /// <param name="at">Where its δ starts.</param>
    /// <param name="use">How.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TOptimizer, V>(int inputs, int width, int weights, int biases, int below, V delta, int at, GradientUse<TOptimizer> use)
        where TOptimizer : struct, IOptimizer<TOptimizer>
        where V : struct, ISimd<V> =>
        use.Update(weights, biases, _a.Pointer + below, inputs, delta, _delta.Pointer + at, width);
}
