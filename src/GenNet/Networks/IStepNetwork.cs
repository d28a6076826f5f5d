using System.ComponentModel;

namespace GenNet.Runtime;

/// <summary>What generated code implements for <see cref="StepForward"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IStepNetwork : IRowNetwork
{
    /// <summary>Computes the next step of some streams and returns where their outputs lie.</summary>
    /// <param name="x">A row for the step of each stream.</param>
    /// <param name="workspace">The thread's memory.</param>
    /// <param name="states">A row for the state of each stream, written. All stand alike: layers do the same with the step of each.</param>
    /// <returns>No rows where the network does not answer that step.</returns>
    Rows Step(in Rows x, Workspace workspace, in Rows states);
}
