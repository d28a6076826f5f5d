using GenNet.Activations;
using GenNet.Runtime;

namespace GenNet.Kernels;

/// <summary>Inference of recurrent layers.</summary>
static unsafe class RecurrentForward
{
    /// <summary>h of each step of some samples, from zeros on.</summary>
    /// <param name="workspace">The thread's memory.</param>
    /// <param name="slot">The slot for h.</param>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="x">[samples × steps] rows of features.</param>
    public static Rows Run<TCell>(Workspace workspace, int slot, ParameterBlock parameters, in RecurrentShape shape, in Rows x) where TCell : struct, IRecurrentCell
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(parameters);
        var (samples, gates, state) = (x.Count / shape.Steps, shape.GateStride, shape.StateStride);
        var a = workspace.Slot(slot, shape.Units, x.Count);
        var memory = workspace.Image(checked((x.Count + samples) * gates + (samples + 1) * state));
        float* products = memory + (nint)x.Count * gates, zeros = products + (nint)samples * gates, cells = zeros + state;
        new Span<float>(zeros, (samples + 1) * state).Clear();
        DenseKernels.Forward<Identity>(shape.OfInputs, parameters.Pointer, x, memory, memory, gates);
        for (var step = 0; step < shape.Steps; step++)
        {
            var at = new RecurrentStep
            {
                Count = samples,
                Units = shape.Units,
                X = memory + (nint)step * gates,
                XStride = (nint)shape.Steps * gates,
                H = products,
                HStride = gates,
                Before = step == 0 ? zeros : a.Pointer + (nint)(step - 1) * a.Stride,
                BeforeStride = step == 0 ? 0 : (nint)shape.Steps * a.Stride,
                State = a.Pointer + (nint)step * a.Stride,
                StateStride = (nint)shape.Steps * a.Stride,
                Cell = cells,
                NextCell = cells,
                CellStride = state,
            };
            DenseKernels.Forward<Identity>(shape.OfState, parameters.Pointer, new(at.Before, (int)at.BeforeStride, samples), products, products, gates);
            RecurrentKernels.Forward<TCell>(at);
        }
        return new Rows(a.Pointer, a.Stride, a.Count, shape.Steps);
    }

    /// <summary>h of the next step of some streams, which becomes their state.</summary>
    /// <param name="workspace">The thread's memory.</param>
    /// <param name="slot">The slot for h.</param>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="x">[streams] rows of features.</param>
    /// <param name="state">[streams] rows of h and, behind it, the cells, if there are any.</param>
    public static Rows Step<TCell>(Workspace workspace, int slot, ParameterBlock parameters, in RecurrentShape shape, in Rows x, in Rows state) where TCell : struct, IRecurrentCell
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(parameters);
        var gates = shape.GateStride;
        var a = workspace.Slot(slot, shape.Units, x.Count);
        var memory = workspace.Image(2 * x.Count * gates);
        var cells = state.Pointer + shape.StateStride;
        var at = new RecurrentStep
        {
            Count = x.Count,
            Units = shape.Units,
            X = memory,
            XStride = gates,
            H = memory + (nint)x.Count * gates,
            HStride = gates,
            Before = state.Pointer,
            BeforeStride = state.Stride,
            State = a.Pointer,
            StateStride = a.Stride,
            Next = state.Pointer,
            Cell = cells,
            NextCell = cells,
            CellStride = state.Stride,
        };
        DenseKernels.Forward<Identity>(shape.OfInputs, parameters.Pointer, x, at.X, at.X, gates);
        DenseKernels.Forward<Identity>(shape.OfState, parameters.Pointer, new(state.Pointer, state.Stride, x.Count), at.H, at.H, gates);
        RecurrentKernels.Forward<TCell>(at);
        return a;
    }
}
