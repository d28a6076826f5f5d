using System.ComponentModel;
using GenNet.Activations;
using GenNet.Kernels;

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
}
