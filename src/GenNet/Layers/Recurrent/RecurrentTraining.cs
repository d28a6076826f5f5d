using System.ComponentModel;
using GenNet.Activations;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>A recurrent layer in training: forward through the steps of each sample, and backward through them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract unsafe class RecurrentTraining : LayerTraining
{
    readonly ParameterBlock _parameters;
    readonly RecurrentShape _shape;

    /// <summary>xW + b of each step, [samples × steps][gates], and on the way back its gradient; the gradient of hU + c, the same memory where the two do not differ.</summary>
    readonly AlignedBuffer _x, _h;

    /// <summary>hU + c of the step at hand, [samples][gates].</summary>
    readonly AlignedBuffer _product;

    /// <summary>The state before each step, [samples × steps][units], and the cell, if there is one.</summary>
    readonly AlignedBuffer _before, _cells;

    /// <summary>What is kept of each step for the way back, and ∂L/∂cell of the step at hand.</summary>
    readonly AlignedBuffer _kept, _deltaOfCells;

    readonly AlignedBuffer[] _transposed;
    readonly int _values;

    private protected RecurrentTraining(ParameterBlock parameters, RecurrentShape shape, int samples, int threads, int kept, bool hasCell, bool hasTwoGradients)
        : base(shape.Inputs, shape.Units, samples, threads, keepsPreactivation: false, shape.Steps, DenseKernels.ScratchLength)
    {
        (_parameters, _shape, _values) = (parameters, shape, kept);
        var rows = checked(samples * shape.Steps);
        _x = new AlignedBuffer(checked(rows * shape.GateStride));
        _h = hasTwoGradients ? new AlignedBuffer(rows * shape.GateStride) : _x;
        _product = new AlignedBuffer(checked(samples * shape.GateStride));
        _before = new AlignedBuffer(rows * Stride);
        _cells = new AlignedBuffer(hasCell ? rows * Stride : 0);
        _kept = new AlignedBuffer(checked(rows * kept * Stride));
        _deltaOfCells = new AlignedBuffer(hasCell ? samples * Stride : 0);
        _transposed = PerThread(threads, Math.Max(DenseKernels.TransposedLength(shape.OfInputs), DenseKernels.WholeTransposedLength(shape.OfState)));
    }

    private protected abstract void Step(in RecurrentStep step);

    private protected abstract void StepBack(in RecurrentStep step);

    bool HasCell => _cells.Length > 0;

    /// <summary>h of each step, from x of the step and h before it; zeros before the first.</summary>
    public void Forward(in Rows x, in Share share)
    {
        DenseKernels.Forward<Identity>(_shape.OfInputs, _parameters.Pointer, x.From(share), Of(_x, share, _shape.GateStride), Of(_x, share, _shape.GateStride), _shape.GateStride);
        var products = _product.Pointer + (nint)share.First * _shape.GateStride;
        for (var sample = 0; sample < share.Count; sample++)
        {
            new Span<float>(Of(_before, share, Stride) + (nint)sample * Positions * Stride, Stride).Clear();
            if (HasCell)
                new Span<float>(Of(_cells, share, Stride) + (nint)sample * Positions * Stride, Stride).Clear();
        }
        for (var step = 0; step < Positions; step++)
        {
            var isLast = step + 1 == Positions;
            var at = At(step, share);
            RecurrentKernels.Product(_shape.OfState, _parameters.Pointer, new(at.Before, (int)at.BeforeStride, share.Count), products, _shape.GateStride);
            at.H = products;
            at.HStride = _shape.GateStride;
            at.Next = isLast ? null : at.Before + Stride;
            at.NextCell = isLast || !HasCell ? null : at.Cell + Stride;
            Step(at);
        }
    }

    /// <summary>The gradients of both products of each step, backward through the steps, and with them δ as all later steps have it.</summary>
    public void PrepareGradients(in Share share)
    {
        var transposed = _transposed[share.Part].Pointer;
        DenseKernels.Transpose(_shape.OfState, _parameters.Pointer, transposed);
        if (HasCell)
            new Span<float>(_deltaOfCells.Pointer + (nint)share.First * Stride, share.Count * Stride).Clear();
        for (var step = Positions - 1; step >= 0; step--)
        {
            var at = At(step, share);
            at.DeltaBefore = step > 0 ? at.Delta - Stride : null;
            StepBack(at);
            if (step > 0)
                DenseKernels.AddInputGradient(_shape.OfState, transposed, new(at.H, (int)at.HStride, share.Count), at.DeltaBefore, (int)at.DeltaStride);
        }
    }

    /// <summary>Where the values of a step are.</summary>
    RecurrentStep At(int step, in Share share) => new()
    {
        Count = share.Count,
        Units = Outputs,
        X = Of(_x, share, _shape.GateStride) + (nint)step * _shape.GateStride,
        XStride = (nint)Positions * _shape.GateStride,
        H = Of(_h, share, _shape.GateStride) + (nint)step * _shape.GateStride,
        HStride = (nint)Positions * _shape.GateStride,
        Before = Of(_before, share, Stride) + (nint)step * Stride,
        BeforeStride = (nint)Positions * Stride,
        State = A(share) + (nint)step * Stride,
        StateStride = (nint)Positions * Stride,
        Cell = HasCell ? Of(_cells, share, Stride) + (nint)step * Stride : null,
        CellStride = (nint)Positions * Stride,
        Kept = _values == 0 ? null : Of(_kept, share, _values * Stride) + (nint)step * _values * Stride,
        KeptStride = (nint)Positions * _values * Stride,
        ValueStride = Stride,
        Delta = Delta(share) + (nint)step * Stride,
        DeltaStride = (nint)Positions * Stride,
        DeltaOfCell = HasCell ? _deltaOfCells.Pointer + (nint)share.First * Stride : null,
    };

    float* Of(AlignedBuffer buffer, in Share share, int stride) => buffer.Pointer + FirstRow(share) * stride;

    /// <summary>∂L/∂x = ∂L/∂(xW + b)·Wᵀ.</summary>
    public override void InputGradient(LayerTraining below, in Share share) =>
        DenseKernels.InputGradient(
            _shape.OfInputs, _parameters.Pointer, new(Of(_x, share, _shape.GateStride), _shape.GateStride, share.Count * Positions),
            DeltaOf(below, share), StrideOf(below), _transposed[share.Part].Pointer);

    /// <summary>The gradients of both products' weights and biases, over all steps, for a share of the weights.</summary>
    public void Gradient<TOptimizer>(in Rows x, GradientUse<TOptimizer> use, in Share share) where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        if (use.Of(Index) is not { } own)
            return;
        DenseKernels.WeightGradient(_shape.OfInputs, own, x, _x.Pointer, _shape.GateStride, Positions, share, Scratch(share));
        DenseKernels.WeightGradient(_shape.OfState, own, new(_before.Pointer, Stride, x.Count, Positions), _h.Pointer, _shape.GateStride, Positions, share, Scratch(share));
    }
}
