using System.ComponentModel;

namespace GenNet.Runtime;

/// <summary>What generated code implements for <see cref="StepForward"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IStepNetwork : IRowNetwork
{
    /// <summary>Computes the next step of one stream.</summary>
    /// <param name="step">[features] the step.</param>
    /// <param name="state">The stream's memory, written.</param>
    /// <param name="output">[outputs] of the step, written.</param>
    void Forward(ReadOnlySpan<float> step, NetworkState state, Span<float> output);

    /// <summary>Computes the next step of some streams and returns where their outputs lie.</summary>
    /// <param name="x">A row for the step of each stream.</param>
    /// <param name="workspace">The thread's memory.</param>
    /// <param name="states">A row for the state of each stream, written.</param>
    Rows Step(in Rows x, Workspace workspace, in Rows states);
}
