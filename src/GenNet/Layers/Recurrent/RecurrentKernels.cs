using System.Runtime.CompilerServices;
using GenNet.Activations;
using GenNet.Runtime;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>What recurrent layers do step by step.</summary>
[SkipLocalsInit]
static unsafe class RecurrentKernels
{
    /// <summary>The state of one stream behind a step, from what its gates get.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Next<TCell, V>(int units, ref float g, ref float u, ref float state, ref float cells, ref float a)
        where TCell : struct, IRecurrentCell
        where V : struct, ISimd<V> =>
        // On the stack, and in memory that never moves.
        Next<TCell, V>(
            (float*)Unsafe.AsPointer(ref g), (float*)Unsafe.AsPointer(ref u), (float*)Unsafe.AsPointer(ref state), (float*)Unsafe.AsPointer(ref cells), (float*)Unsafe.AsPointer(ref a), units);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Next<TCell, V>(
        float* g, // [gates]
        float* u, // [gates]
        float* state, // [units]
        float* cells, // [units]
        float* a, // [units]
        int units)
        where TCell : struct, IRecurrentCell
        where V : struct, ISimd<V>
    {
        for (var j = 0; j < units; j += V.Count)
        {
            var c = TCell.HasCell ? V.Load(cells + j) : V.Zero;
            var mask = V.FirstLanes(units - j);
            var value = mask & TCell.Step(g + j, u + j, units, V.Load(state + j), ref c, null, 0);
            value.Store(state + j);
            value.Store(a + j);
            if (TCell.HasCell)
                (mask & c).Store(cells + j);
        }
    }

    /// <summary>The next step of one stream whose LSTM has eight vectors of gates: hU + c stays in registers, in the order of its sums, until the cell takes it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void NextOfTwo<V>(
        float* w, // [4 panels][units][2 vectors]
        float* biases, // [gates]
        float* g, // [gates] what the step gives them
        float* state, // [units]
        float* cells, // [units]
        float* a) // [units]
        where V : struct, ISimd<V>
    {
        var units = 2 * V.Count;
        nint panel = units * units;
        float* w1 = w + panel, w2 = w1 + panel, w3 = w2 + panel;
        V i0 = V.Load(biases), f0 = V.Load(biases + units), g0 = V.Load(biases + 2 * units), o0 = V.Load(biases + 3 * units);
        V i1 = V.Load(biases + V.Count), f1 = V.Load(biases + units + V.Count), g1 = V.Load(biases + 2 * units + V.Count), o1 = V.Load(biases + 3 * units + V.Count);
        for (nint k = 0, at = 0; k < units; k++, at += units)
        {
            var h = V.Splat(state[k]);
            i0 = V.Fma(h, w + at, i0);
            f0 = V.Fma(h, w1 + at, f0);
            g0 = V.Fma(h, w2 + at, g0);
            o0 = V.Fma(h, w3 + at, o0);
            i1 = V.Fma(h, w + at + V.Count, i1);
            f1 = V.Fma(h, w1 + at + V.Count, f1);
            g1 = V.Fma(h, w2 + at + V.Count, g1);
            o1 = V.Fma(h, w3 + at + V.Count, o1);
        }
        for (var j = 0; j < units; j += V.Count)
        {
            var c = V.Load(cells + j);
            var value = LSTMCell.Next(V.Load(g + j) + i0, V.Load(g + units + j) + f0, V.Load(g + 2 * units + j) + g0, V.Load(g + 3 * units + j) + o0, ref c);
            value.Store(state + j);
            value.Store(a + j);
            c.Store(cells + j);
            (i0, f0, g0, o0) = (i1, f1, g1, o1);
        }
    }

    /// <summary>The state behind a step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Forward<TCell>(in RecurrentStep step) where TCell : struct, IRecurrentCell => Vectors.Run(new ForwardWork<TCell>(step), step.Units);

    readonly struct ForwardWork<TCell>(RecurrentStep step) : IVectorWork where TCell : struct, IRecurrentCell
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Forward<TCell, V>(step);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Forward<TCell, V>(in RecurrentStep p)
        where TCell : struct, IRecurrentCell
        where V : struct, ISimd<V>
    {
        float* x = p.X, h = p.H, before = p.Before, state = p.State, next = p.Next, cell = p.Cell, nextCell = p.NextCell, kept = p.Kept;
        var units = p.Units;
        for (var sample = p.Count; sample > 0; sample--)
        {
            for (var j = 0; j < units; j += V.Count)
            {
                var c = TCell.HasCell ? V.Load(cell + j) : V.Zero;
                var value = TCell.Step(x + j, h + j, units, V.Load(before + j), ref c, kept == null ? null : kept + j, p.ValueStride);

                // Behind the last unit are zeros, whatever the gates have there.
                var mask = V.FirstLanes(units - j);
                value = mask & value;
                value.Store(state + j);
                if (next != null)
                    value.Store(next + j);
                if (TCell.HasCell && nextCell != null)
                    (mask & c).Store(nextCell + j);
            }
            x += p.XStride;
            h += p.HStride;
            before += p.BeforeStride;
            state += p.StateStride;
            if (next != null)
                next += p.BeforeStride;
            if (TCell.HasCell)
            {
                cell += p.CellStride;
                if (nextCell != null)
                    nextCell += p.CellStride;
            }
            if (kept != null)
                kept += p.KeptStride;
        }
    }

    /// <summary>The gradients of a step's products, and what of ∂L/∂h before the step does not come through them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Back<TCell>(in RecurrentStep step) where TCell : struct, IRecurrentCell => Vectors.Run(new BackWork<TCell>(step), step.Units);

    readonly struct BackWork<TCell>(RecurrentStep step) : IVectorWork where TCell : struct, IRecurrentCell
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Back<TCell, V>(step);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Back<TCell, V>(in RecurrentStep p)
        where TCell : struct, IRecurrentCell
        where V : struct, ISimd<V>
    {
        float* x = p.X, h = p.H, before = p.Before, state = p.State, cell = p.Cell, kept = p.Kept, delta = p.Delta, deltaBefore = p.DeltaBefore, ofCells = p.DeltaOfCell;
        var units = p.Units;
        for (var sample = p.Count; sample > 0; sample--)
        {
            // From the last vector down: what it writes of a gate behind the last unit, the next gate's first vector writes over.
            for (var j = (units - 1) / V.Count * V.Count; j >= 0; j -= V.Count)
            {
                var mask = V.FirstLanes(units - j);
                var ofCell = TCell.HasCell ? V.Load(ofCells + j) : V.Zero;
                var rest = TCell.Back(
                    V.Load(delta + j), V.Load(state + j), V.Load(before + j), TCell.HasCell ? V.Load(cell + j) : V.Zero, ref ofCell,
                    kept + j, p.ValueStride, mask, x + j, h + j, units);
                if (TCell.HasCell)
                    (mask & ofCell).Store(ofCells + j);
                if (deltaBefore != null && TCell.PassesState)
                    (mask & (V.Load(deltaBefore + j) + rest)).Store(deltaBefore + j);
            }
            x += p.XStride;
            h += p.HStride;
            before += p.BeforeStride;
            state += p.StateStride;
            delta += p.DeltaStride;
            kept += p.KeptStride;
            if (deltaBefore != null)
                deltaBefore += p.DeltaStride;
            if (TCell.HasCell)
            {
                cell += p.CellStride;
                ofCells += p.ValueStride;
            }
        }
    }
}
