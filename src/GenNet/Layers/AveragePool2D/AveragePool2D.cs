using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>Inference of a pool: what generated code calls.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class AveragePool2D
{
    /// <summary>a = the mean of x over each window, of some images.</summary>
    public static Rows Forward(Workspace workspace, int slot, in PoolShape shape, in Rows x)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        var window = shape.Window;
        var samples = x.Count / window.Inputs;
        var a = workspace.Slot(slot, shape.Channels, samples * window.Outputs);
        for (var sample = 0; sample < samples; sample++)
            PoolKernels.Mean(shape, x.Pointer + (nint)sample * window.Inputs * x.Stride, x.Stride, a.Pointer + (nint)sample * window.Outputs * a.Stride, a.Stride);
        return a;
    }

    /// <summary>The same of the next step of some streams that stand alike, along whose steps the windows go.</summary>
    /// <param name="workspace">The thread's memory.</param>
    /// <param name="slot">The slot for a.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="x">[streams] rows of features.</param>
    /// <param name="state">[streams] rows of what windows have so far, written.</param>
    /// <returns>No rows where no window ends with the step.</returns>
    public static Rows Step(Workspace workspace, int slot, in PoolShape shape, in Rows x, in Rows state)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return StreamPool.Step<StreamMean>(shape, x, state, workspace.Slot(slot, shape.Channels, x.Count));
    }

    /// <summary>The same of the next step of one stream. Rows have room for whole cache lines.</summary>
    /// <returns>Whether a window ends with the step: whether a has been written.</returns>
    public static bool Step(in PoolShape shape, ref readonly float x, ref float state, ref float a)
    {
        fixed (float* step = &x, windows = &state, output = &a)
        {
            return StreamPool.Step<StreamMean>(shape, new(step, 0, 1), new(windows, 0, 1), new(output, 0, 1)).Count > 0;
        }
    }
}
