using System.ComponentModel;
using System.Runtime.CompilerServices;
using GenNet.Kernels;
using GenNet.Simd;

namespace GenNet.Runtime;

/// <summary>Inference of long short-term memory: what generated code calls.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LSTM
{
    /// <summary>h of each step of some samples.</summary>
    public static Rows Forward(Workspace workspace, int slot, ParameterBlock parameters, in RecurrentShape shape, in Rows x) =>
        RecurrentForward.Run<LSTMCell>(workspace, slot, parameters, shape, x);

    /// <summary>h of the next step of some streams.</summary>
    public static Rows Step(Workspace workspace, int slot, ParameterBlock parameters, in RecurrentShape shape, in Rows x, in Rows state) =>
        RecurrentForward.Step<LSTMCell>(workspace, slot, parameters, shape, x, state);

    /// <summary>h of the next step of one stream, when what its gates get is known.</summary>
    /// <typeparam name="V">As wide as the units, or the widest there are.</typeparam>
    /// <param name="units">Values of the state.</param>
    /// <param name="g">What the step gives the gates, on the stack.</param>
    /// <param name="u">What the state before gives them, on the stack.</param>
    /// <param name="h">The state, written.</param>
    /// <param name="c">The cells, written.</param>
    /// <param name="a">h, written, on the stack.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Next<V>(int units, ref float g, ref float u, ref float h, ref float c, ref float a) where V : struct, ISimd<V> =>
        RecurrentKernels.Next<LSTMCell, V>(units, ref g, ref u, ref h, ref c, ref a);

    /// <summary>h of the next step of one stream, when what the step gives the gates is known and what the state gives them is not.</summary>
    /// <typeparam name="V">The widest vectors.</typeparam>
    /// <param name="units">Values of the state.</param>
    /// <param name="parts">Parts of each sum.</param>
    /// <param name="weights">Where the weights of the state begin.</param>
    /// <param name="biases">Where its biases do.</param>
    /// <param name="p">The parameters.</param>
    /// <param name="g">What the step gives the gates, on the stack.</param>
    /// <param name="u">Room for what the state gives them, on the stack.</param>
    /// <param name="h">The state, written.</param>
    /// <param name="c">The cells, written.</param>
    /// <param name="a">h, written, on the stack.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Next<V>(int units, int parts, int weights, int biases, ref float p, ref float g, ref float u, ref float h, ref float c, ref float a) where V : struct, ISimd<V>
    {
        // Parameters, states and the stack never move.
        if (typeof(V) == typeof(Simd512) && units == PanelLayout.Width && parts == 1)
        {
            var first = (float*)Unsafe.AsPointer(ref p);
            LSTMStep.OfTwoVectors<V>(first + weights, first + biases, (float*)Unsafe.AsPointer(ref g), (float*)Unsafe.AsPointer(ref h), (float*)Unsafe.AsPointer(ref c), (float*)Unsafe.AsPointer(ref a));
            return;
        }
        RecurrentForward.Product<V>(units, 4 * units, parts, weights, biases, ref p, ref h, ref u);
        Next<V>(units, ref g, ref u, ref h, ref c, ref a);
    }
}
