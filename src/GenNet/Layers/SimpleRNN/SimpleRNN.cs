using System.ComponentModel;
using System.Runtime.CompilerServices;
using GenNet.Activations;
using GenNet.Kernels;
using GenNet.Simd;

namespace GenNet.Runtime;

/// <summary>Inference of a simple recurrent layer: what generated code calls.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SimpleRNN
{
    /// <summary>h of each step of some samples.</summary>
    public static Rows Forward(Workspace workspace, int slot, ParameterBlock parameters, in RecurrentShape shape, Nonlinearity nonlinearity, in Rows x) =>
        nonlinearity == Nonlinearity.ReLU ? RecurrentForward.Run<SimpleRNNCell<ReLU>>(workspace, slot, parameters, shape, x) : RecurrentForward.Run<SimpleRNNCell<Tanh>>(workspace, slot, parameters, shape, x);

    /// <summary>h of the next step of some streams.</summary>
    public static Rows Step(Workspace workspace, int slot, ParameterBlock parameters, in RecurrentShape shape, Nonlinearity nonlinearity, in Rows x, in Rows state) =>
        nonlinearity == Nonlinearity.ReLU
            ? RecurrentForward.Step<SimpleRNNCell<ReLU>>(workspace, slot, parameters, shape, x, state)
            : RecurrentForward.Step<SimpleRNNCell<Tanh>>(workspace, slot, parameters, shape, x, state);

    /// <summary>h of the next step of one stream, when what its units get is known.</summary>
    /// <typeparam name="V">As wide as the units, or the widest there are.</typeparam>
    /// <param name="units">Values of the state.</param>
    /// <param name="nonlinearity">What the sums go through.</param>
    /// <param name="g">What the step gives, on the stack.</param>
    /// <param name="u">What the state before gives, on the stack.</param>
    /// <param name="h">The state, written.</param>
    /// <param name="a">h, written, on the stack.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Next<V>(int units, Nonlinearity nonlinearity, ref float g, ref float u, ref float h, ref float a) where V : struct, ISimd<V>
    {
        if (nonlinearity == Nonlinearity.ReLU)
            RecurrentKernels.Next<SimpleRNNCell<ReLU>, V>(units, ref g, ref u, ref h, ref h, ref a);
        else
            RecurrentKernels.Next<SimpleRNNCell<Tanh>, V>(units, ref g, ref u, ref h, ref h, ref a);
    }
}
