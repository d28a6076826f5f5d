using System.Runtime.CompilerServices;
using GenNet.Activations;
using GenNet.Runtime;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>Inference of recurrent layers.</summary>
static unsafe class RecurrentForward
{
    /// <summary>hU + c of one stream.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Product<V>(int units, int gates, int parts, int weights, int biases, ref float parameters, ref float h, ref float u) where V : struct, ISimd<V> =>
        Dense.Forward<Identity, V>(units, gates, parts, weights, biases, ref parameters, ref h, ref u);

    /// <summary>h of each step of some samples, from zeros on; of two directions, one beside the other.</summary>
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
        var a = workspace.Slot(slot, shape.Outputs, x.Count);
        var own = checked((x.Count + samples) * gates + (samples + 1) * state + (TCell.ResetsBefore ? samples * (gates + state) : 0));
        var memory = workspace.Image(checked(own + (shape.Bidirectional ? x.Count * state : 0)));
        Run<TCell>(parameters, shape.Forward, x, memory, a.Pointer, a.Stride, first: 0, next: 1);
        if (shape.Bidirectional)
        {
            var reverse = memory + own;
            Run<TCell>(parameters, shape.Reverse, x, memory, reverse, state, first: shape.Steps - 1, next: -1);
            RowKernels.Join(new(reverse, state, x.Count), shape.Units, a);
        }
        return new Rows(a.Pointer, a.Stride, a.Count, shape.Steps);
    }

    /// <summary>h of each step of some samples, in one direction.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="shape">The direction.</param>
    /// <param name="x">[samples × steps] rows of features.</param>
    /// <param name="memory">[samples × steps + samples][gates] and [samples + 1][units], for products and cells; of a state that is reset before its product as much for each sample once more.</param>
    /// <param name="h">[samples × steps][stride], written.</param>
    /// <param name="stride">Floats from one row to the next.</param>
    /// <param name="first">The first step.</param>
    /// <param name="next">From one step to the next.</param>
    static void Run<TCell>(ParameterBlock parameters, in RecurrentShape shape, in Rows x, float* memory, float* h, int stride, int first, int next) where TCell : struct, IRecurrentCell
    {
        var (samples, gates, state) = (x.Count / shape.Steps, shape.GateStride, shape.StateStride);
        float* products = memory + (nint)x.Count * gates, zeros = products + (nint)samples * gates, cells = zeros + state, second = cells + (nint)samples * state;
        new Span<float>(zeros, (samples + 1) * state).Clear();
        DenseKernels.Forward<Identity>(shape.OfInputs, parameters.Pointer, x, memory, memory, gates);
        for (var (step, left) = (first, shape.Steps); left > 0; step += next, left--)
        {
            var at = new RecurrentStep
            {
                Count = samples,
                Units = shape.Units,
                X = memory + (nint)step * gates,
                XStride = (nint)shape.Steps * gates,
                H = products,
                HStride = gates,
                Before = step == first ? zeros : h + (nint)(step - next) * stride,
                BeforeStride = step == first ? 0 : (nint)shape.Steps * stride,
                State = h + (nint)step * stride,
                StateStride = (nint)shape.Steps * stride,
                Cell = cells,
                NextCell = cells,
                CellStride = state,
            };
            var before = new Rows(at.Before, (int)at.BeforeStride, samples);
            DenseKernels.Forward<Identity>(shape.OfState, parameters.Pointer, before, products, products, gates);
            if (TCell.ResetsBefore)
                ResetKernels.Product(shape, parameters.Pointer, at, before, products, new(second + (nint)samples * gates, state, samples), second);
            RecurrentKernels.Forward<TCell>(at);
        }
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
        var memory = workspace.Image(2 * x.Count * gates + (TCell.ResetsBefore ? x.Count * (gates + shape.StateStride) : 0));
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
        var before = new Rows(state.Pointer, state.Stride, x.Count);
        DenseKernels.Forward<Identity>(shape.OfState, parameters.Pointer, before, at.H, at.H, gates);
        if (TCell.ResetsBefore)
        {
            float* second = at.H + (nint)x.Count * gates, reset = second + (nint)x.Count * gates;
            ResetKernels.Product(shape, parameters.Pointer, at, before, at.H, new(reset, shape.StateStride, x.Count), second);
        }
        RecurrentKernels.Forward<TCell>(at);
        return a;
    }
}
