using System.ComponentModel;

namespace GenNet.Runtime;

/// <summary>What generated code implements for <see cref="StepForward"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IStepNetwork : IRowNetwork, IStreamNetwork
{
    /// <summary>Computes the next step of some streams and returns where their outputs lie.</summary>
    /// <param name="x">A row for the step of each stream.</param>
    /// <param name="workspace">The thread's memory.</param>
    /// <param name="states">A row for the state of each stream, written.</param>
    Rows Step(in Rows x, Workspace workspace, in Rows states);
}
