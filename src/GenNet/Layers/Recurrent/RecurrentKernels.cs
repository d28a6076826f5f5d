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
