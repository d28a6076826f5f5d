using System.ComponentModel;
using GenNet.Kernels;

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
}
