using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>Inference of a gated recurrent unit that resets the state before its product: what generated code calls.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ResetBeforeGRU
{
    /// <summary>h of each step of some samples.</summary>
    public static Rows Forward(Workspace workspace, int slot, ParameterBlock parameters, in RecurrentShape shape, in Rows x) =>
        RecurrentForward.Run<ResetBeforeGRUCell>(workspace, slot, parameters, shape, x);

    /// <summary>h of the next step of some streams.</summary>
    public static Rows Step(Workspace workspace, int slot, ParameterBlock parameters, in RecurrentShape shape, in Rows x, in Rows state) =>
        RecurrentForward.Step<ResetBeforeGRUCell>(workspace, slot, parameters, shape, x, state);
}
