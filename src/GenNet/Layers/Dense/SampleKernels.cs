using System.Runtime.CompilerServices;
using GenNet.Activations;
using GenNet.Runtime;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>Products of a dense layer in training on one sample.</summary>
static unsafe class SampleKernels
{
    /// <summary>δ of the layer below = δWᵀ ∘ g′(z).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void InputGradient<TActivation>(
        in DenseShape shape,
        float* parameters, // the network's
        float* delta, // [outputs]
        float* a, // [inputs]
        float* result) // [inputs]
        where TActivation : struct, IActivation =>
        Vectors.Run(new InputGradientWork<TActivation>(shape.Inputs, shape.Outputs, parameters + shape.Offset, delta, a, result), shape.Inputs);

    readonly struct InputGradientWork<TActivation>(int inputs, int outputs, float* weights, float* delta, float* a, float* result) : IVectorWork where TActivation : struct, IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Run<V>() where V : struct, ISimd<V>
        {
            for (var i = 0; i < inputs; i += V.Count)
            {
                var last = LastRow<V>(inputs, i);
                var sum = V.Zero;
                for (var first = 0; first < outputs; first += PanelLayout.Width)
                {
                    var width = PanelLayout.PanelWidth(outputs, first);
                    var rows = weights + first * inputs + i * width;

                    // With constants there are no addresses to work out, which would take twice the time of the sums.
                    sum = width == PanelLayout.Width && last == V.Count - 1
                        ? AddPanel(sum, rows, PanelLayout.Width, V.Count - 1, delta, first, outputs)
                        : AddPanel(sum, rows, width, last, delta, first, outputs);
                }
                End<TActivation, V>(sum, inputs, i, a, result);
            }
        }
    }

    /// <summary>
    /// The same in the caller, whose constants decide most of the conditions: a vector of units at a time, each sum in order of the layer's outputs,
    /// as <see cref="RegisterTile"/> adds. Writes zeros behind the last unit.
    /// </summary>
    /// <returns>δ of the layer below, if it is one vector.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V InputGradient<TActivation, V>(int inputs, int outputs, float* weights, float* delta, float* a, float* result)
        where TActivation : struct, IActivation
        where V : struct, ISimd<V>
    {
        var d = V.Zero;
        for (var i = 0; i < inputs; i += V.Count)
        {
            var last = LastRow<V>(inputs, i);
            var sum = V.Zero;
            for (var first = 0; first < outputs; first += PanelLayout.Width)
            {
                var width = PanelLayout.PanelWidth(outputs, first);
                sum = AddPanel(sum, weights + first * inputs + i * width, width, last, delta, first, outputs);
            }
            d = End<TActivation, V>(sum, inputs, i, a, result);
        }
        return d;
    }

    /// <summary>The same for a layer of four outputs or fewer, whose δ is in a register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V InputGradient<TActivation, V, Q>(int inputs, int outputs, float* weights, Q delta, float* a, float* result)
        where TActivation : struct, IActivation
        where V : struct, ISimd<V>
        where Q : struct, ISimd<Q>
    {
        var d = V.Zero;
        for (var i = 0; i < inputs; i += V.Count)
        {
            V.LoadColumns(weights + 4 * i, 4, LastRow<V>(inputs, i), out var w0, out var w1, out var w2, out var w3);
            var sum = V.Fma(V.Splat(Q.Lane(delta, 0)), w0, V.Zero);
            if (outputs > 1)
                sum = V.Fma(V.Splat(Q.Lane(delta, 1)), w1, sum);
            if (outputs > 2)
                sum = V.Fma(V.Splat(Q.Lane(delta, 2)), w2, sum);
            if (outputs > 3)
                sum = V.Fma(V.Splat(Q.Lane(delta, 3)), w3, sum);
            d = End<TActivation, V>(sum, inputs, i, a, result);
        }
        return d;
    }

    /// <summary>Adds what a panel gives to a vector of units, in order of its outputs.</summary>
    /// <param name="sum">The sums so far.</param>
    /// <param name="row">The weights of the first unit, in the panel.</param>
    /// <param name="width">The panel's width.</param>
    /// <param name="last">The last unit that there is, from the first.</param>
    /// <param name="delta">δ of all outputs.</param>
    /// <param name="first">The panel's first output.</param>
    /// <param name="outputs">The layer's outputs.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V AddPanel<V>(V sum, float* row, int width, int last, float* delta, int first, int outputs) where V : struct, ISimd<V>
    {
        var end = Math.Min(outputs, first + width);
        var o = first;
        for (; outputs >= 4 && o <= end - 4; o += 4, row += 4)
        {
            V.LoadColumns(row, width, last, out var w0, out var w1, out var w2, out var w3);
            sum = V.Fma(V.Splat(delta[o]), w0, sum);
            sum = V.Fma(V.Splat(delta[o + 1]), w1, sum);
            sum = V.Fma(V.Splat(delta[o + 2]), w2, sum);
            sum = V.Fma(V.Splat(delta[o + 3]), w3, sum);
        }
        if (outputs % 4 != 0 && o < end)
        {
            V.LoadColumns(row, width, last, out var w0, out var w1, out var w2, out _);
            sum = V.Fma(V.Splat(delta[o]), w0, sum);
            if (outputs % 4 > 1)
                sum = V.Fma(V.Splat(delta[o + 1]), w1, sum);
            if (outputs % 4 > 2)
                sum = V.Fma(V.Splat(delta[o + 2]), w2, sum);
        }
        return sum;
    }

    /// <summary>Which row of the vector from input <paramref name="i"/> on is the last that there is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int LastRow<V>(int inputs, int i) where V : struct, ISimd<V> =>
        inputs % V.Count == 0 ? V.Count - 1 : inputs < V.Count ? inputs - 1 : Math.Min(inputs - i, V.Count) - 1;

    /// <summary>From the sums of the units from <paramref name="i"/> on to their δ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V End<TActivation, V>(V sum, int inputs, int i, float* a, float* result)
        where TActivation : struct, IActivation
        where V : struct, ISimd<V>
    {
        var activation = V.Load(a + i);
        var d = sum * TActivation.Derivative(activation, activation);
        if (inputs % V.Count != 0)
            d &= V.FirstLanes(inputs < V.Count ? inputs : inputs - i);
        d.Store(result + i);
        return d;
    }

    /// <summary>Changes a layer's weights by xᵀδ and its biases by δ, of one sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Update<TOptimizer>(
        in DenseShape shape,
        float* x, // [inputs]
        float* delta, // [outputs]
        GradientUse<TOptimizer> use) where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        for (var first = 0; first < shape.Outputs; first += PanelLayout.Width)
        {
            var width = PanelLayout.PanelWidth(shape.Outputs, first);
            var (panel, biases) = (shape.Offset + first * shape.Inputs, shape.BiasOffset + first);
            Vectors.Run(new UpdatePanelWork<TOptimizer>(use, panel, biases, x, shape.Inputs, delta + first, width), width);
        }
    }

    readonly struct UpdatePanelWork<TOptimizer>(GradientUse<TOptimizer> use, int panel, int biases, float* x, int inputs, float* delta, int width) : IVectorWork
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => use.UpdatePanel<V>(panel, biases, x, inputs, delta, width);
    }
}
