using System.ComponentModel;
using GenNet.Activations;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>A recurrent layer in training: forward through the steps of each sample, and backward through them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract unsafe partial class RecurrentTraining : LayerTraining
{
    readonly ParameterBlock _parameters;
    readonly RecurrentShape _shape;

    /// <summary>xW + b of each step, [samples × steps][gates], and on the way back its gradient; the gradient of hU + c, the same memory where the two do not differ.</summary>
    readonly AlignedBuffer _x, _h;

    /// <summary>hU + c of the step at hand, [samples][gates].</summary>
    readonly AlignedBuffer _product;

    /// <summary>The state before each step, [samples × steps][units].</summary>
    readonly AlignedBuffer _before;

    /// <summary>The cell, if there is one, before each step and behind the last, [samples × (steps + 1)][units].</summary>
    readonly AlignedBuffer _cells;

    /// <summary>What is kept of each step for the way back, and ∂L/∂cell of the step at hand.</summary>
    readonly AlignedBuffer _kept, _deltaOfCells;

    /// <summary>Of recurrent dropout the mask of each step, [samples × steps][units].</summary>
    readonly AlignedBuffer _masks;

    /// <summary>What the product takes: the state before each step, or that with its mask, [samples × steps][units]; with a second row behind each where the product takes what is reset too.</summary>
    readonly AlignedBuffer _taken;

    /// <summary>∂L/∂ of what the product takes, and of the gate that resets it, at the step at hand, [samples][units].</summary>
    readonly AlignedBuffer _deltaOfTaken, _deltaOfReset;

    /// <summary>The second product of the step at hand, [samples][gates].</summary>
    readonly AlignedBuffer _second;

    /// <summary>Rows of a step that the state's weights multiply: what is reset before its product is another than the state.</summary>
    readonly int _products;

    readonly AlignedBuffer[] _transposed;
    readonly int _values;

    private protected RecurrentTraining(ParameterBlock parameters, RecurrentShape shape, int samples, int threads, int kept, bool hasCell, bool hasTwoGradients, Func<RecurrentShape, RecurrentTraining> create, bool resetsBefore = false)
        : base(shape.Inputs, shape.Outputs, samples, threads, keepsPreactivation: false, shape.Steps, DenseKernels.ScratchLength)
    {
        (_parameters, _shape, _values, _products) = (parameters, shape, kept, resetsBefore ? 2 : 1);
        if (shape.Bidirectional)
            _both = new BothDirections(this, create(shape.Forward), create(shape.Reverse), samples);
        if (shape.Bidirectional)
            samples = 0;
        var rows = checked(samples * shape.Steps);
        _x = new AlignedBuffer(checked(rows * shape.GateStride));
        _h = hasTwoGradients ? new AlignedBuffer(checked(rows * _products * shape.GateStride)) : _x;
        _product = new AlignedBuffer(checked(samples * shape.GateStride));
        _before = new AlignedBuffer(rows * Stride);
        _cells = new AlignedBuffer(hasCell ? checked((rows + samples) * Stride) : 0);
        _kept = new AlignedBuffer(checked(rows * kept * Stride));
        _deltaOfCells = new AlignedBuffer(hasCell ? samples * Stride : 0);
        _masks = new AlignedBuffer(shape.RecurrentDropout > 0 ? rows * Stride : 0);
        _taken = Drops || resetsBefore ? new AlignedBuffer(checked(rows * _products * Stride)) : _before;
        _deltaOfTaken = new AlignedBuffer(Drops || resetsBefore ? samples * Stride : 0);
        _deltaOfReset = new AlignedBuffer(resetsBefore ? samples * Stride : 0);
        _second = new AlignedBuffer(resetsBefore ? samples * shape.GateStride : 0);
        _transposed = PerThread(threads, Math.Max(DenseKernels.TransposedLength(shape.OfInputs), DenseKernels.WholeTransposedLength(shape.OfState)));
    }

    private protected abstract void Step(in RecurrentStep step);

    private protected abstract void StepBack(in RecurrentStep step);

    bool HasCell => _cells.Length > 0;

    bool Drops => _masks.Length > 0;

    bool ResetsBefore => _products > 1;

    /// <summary>h of each step, from x of the step and h before it.</summary>
    public void Forward(in Rows x, in Share share)
    {
        if (_both is { } both)
        {
            both.Forward(x, share);
            return;
        }
        DenseKernels.Forward<Identity>(_shape.OfInputs, _parameters.Pointer, x.From(share), Of(_x, share, _shape.GateStride), Of(_x, share, _shape.GateStride), _shape.GateStride);
        var products = _product.Pointer + (nint)share.First * _shape.GateStride;
        for (var sample = 0; sample < share.Count; sample++)
            Begin(sample, share);
        for (var sample = 0; Drops && sample < share.Count; sample++)
            DrawMasks(sample, share);
        for (var step = 0; step < Positions; step++)
        {
            if (step > 0 && (Sequences.HasLengths || Sequences.HasResets))
                Interrupt(step, share);
            var at = At(step, share);
            Product(at, step, products, share);
            at.H = products;
            at.HStride = _shape.GateStride;
            at.Next = step + 1 == Positions ? null : at.Before + Stride;
            at.NextCell = HasCell ? at.Cell + Stride : null;
            Step(at);
        }
        for (var sample = 0; Sequences.KeepsFinal && sample < share.Count; sample++)
            if (Sequences.Length(Told(sample, share)) == Positions)
                Keep(sample, share);
    }

    /// <summary>hU + c of a step, of what is dropped and reset of h.</summary>
    void Product(in RecurrentStep at, int step, float* products, in Share share)
    {
        var (before, taken) = (StepOf(_before, step, share), Taken(step, share));
        if (Drops)
            RowKernels.Multiply(before, StepOf(_masks, step, share), taken.Pointer, taken.Stride, Outputs);
        else if (ResetsBefore)
            RowKernels.Copy(before, taken.Pointer, taken.Stride, Outputs);
        DenseKernels.Forward<Identity>(_shape.OfState, _parameters.Pointer, taken, products, products, _shape.GateStride);
        if (ResetsBefore)
            ResetKernels.Product(_shape, _parameters.Pointer, at, taken, products, new(taken.Pointer + Stride, taken.Stride, taken.Count), _second.Pointer + (nint)share.First * _shape.GateStride);
    }

    /// <summary>The state before the first step: zeros, or what a sample goes on from.</summary>
    void Begin(int sample, in Share share)
    {
        Forget(sample, 0, share);
        var number = Told(sample, share);
        if (!Sequences.HasInitial || Sequences.BeginsWith(number, 0))
            return;
        var state = Sequences.Initial(number)[StateOffset..];
        state[..Outputs].CopyTo(Before(sample, 0, share));
        if (HasCell)
            state.Slice(Stride, Outputs).CopyTo(Cell(sample, 0, share));
    }

    /// <summary>The masks of a sample's steps: those of a sequence are the same, and ones where nothing is dropped.</summary>
    void DrawMasks(int sample, in Share share)
    {
        var (threshold, scale) = RowKernels.MaskScaling(_shape.RecurrentDropout);
        for (var step = 0; step < Positions; step++)
        {
            var mask = Of(_masks, share, Stride) + ((nint)sample * Positions + step) * Stride;
            if (!share.Pass.Training)
                new Span<float>(mask, Outputs).Fill(1);
            else if (step > 0 && !Sequences.Resets(Told(sample, share), step))
                new Span<float>(mask - Stride, Stride).CopyTo(new(mask, Stride));
            else
            {
                var (masks, number) = StartOf(sample, step, share).Mask(share.Pass.Seed, MaskNumber);
                RowKernels.DrawMask(mask, Outputs, masks.Split((ulong)number).Key, threshold, scale);
            }
        }
    }

    /// <summary>Keeps the state of samples that end before a step, and forgets it there and where others begin anew.</summary>
    void Interrupt(int step, in Share share)
    {
        for (var sample = 0; sample < share.Count; sample++)
        {
            var number = Told(sample, share);
            if (Sequences.KeepsFinal && Sequences.Length(number) == step)
                Keep(sample, share);
            if (Sequences.BeginsWith(number, step))
                Forget(sample, step, share);
        }
    }

    void Forget(int sample, int step, in Share share)
    {
        Before(sample, step, share).Clear();
        if (HasCell)
            Cell(sample, step, share).Clear();
    }

    /// <summary>The state behind a sample's last step.</summary>
    void Keep(int sample, in Share share)
    {
        var number = Told(sample, share);
        var length = Sequences.Length(number);
        var state = Sequences.Final(number)[StateOffset..];
        new Span<float>(A(share) + ((nint)sample * Positions + length - 1) * Stride, Stride).CopyTo(state);
        if (HasCell)
            Cell(sample, length, share).CopyTo(state[Stride..]);
    }

    /// <summary>The state of a sample before a step.</summary>
    Span<float> Before(int sample, int step, in Share share) => new(Of(_before, share, Stride) + ((nint)sample * Positions + step) * Stride, Stride);

    /// <summary>The cell before it.</summary>
    Span<float> Cell(int sample, int step, in Share share) => new(CellsOf(share) + ((nint)sample * (Positions + 1) + step) * Stride, Stride);

    float* CellsOf(in Share share) => _cells.Pointer + (nint)share.First * (Positions + 1) * Stride;

    /// <summary>The gradients of both products of each step, backward through the steps, and with them δ as all later steps have it.</summary>
    public void PrepareGradients(in Share share)
    {
        if (_both is { } both)
        {
            both.PrepareGradients(share);
            return;
        }
        var transposed = _transposed[share.Part].Pointer;
        DenseKernels.Transpose(_shape.OfState, _parameters.Pointer, transposed);
        if (HasCell)
            new Span<float>(_deltaOfCells.Pointer + (nint)share.First * Stride, share.Count * Stride).Clear();
        var measure = _measure is { IsOn: true } asked ? asked : null;
        for (var step = Positions - 1; step >= 0; step--)
        {
            var at = At(step, share);
            at.DeltaBefore = step > 0 ? at.Delta - Stride : null;
            if (measure is not null)
                MeasureTaken(measure, at, step, share);
            if (Sequences.HasResets)
                CopyDeltas(step, share, back: false);
            StepBack(at);
            if (step > 0 || ResetsBefore)
                AddDeltaBefore(at, step, transposed, share);
            if (Sequences.HasResets)
                CopyDeltas(step, share, back: true);
            if (measure is not null)
                MeasurePassed(measure, at, step, share);
        }
    }

    /// <summary>Adds ∂L/∂h before a step that comes through the product.</summary>
    void AddDeltaBefore(in RecurrentStep at, int step, float* transposed, in Share share)
    {
        var delta = new Rows(at.H, (int)at.HStride, share.Count);
        if (!Drops && !ResetsBefore)
        {
            DenseKernels.AddInputGradient(_shape.OfState, transposed, delta, at.DeltaBefore, (int)at.DeltaStride);
            return;
        }
        var ofTaken = new Rows(_deltaOfTaken.Pointer + (nint)share.First * Stride, Stride, share.Count);
        new Span<float>(ofTaken.Pointer, share.Count * Stride).Clear();
        if (ResetsBefore)
            BackFromReset(at, step, ofTaken, transposed, share);
        if (step == 0)
            return;
        DenseKernels.AddInputGradient(_shape.OfState, transposed, delta, ofTaken.Pointer, Stride);
        if (Drops)
            RowKernels.AddProduct(ofTaken, StepOf(_masks, step, share), at.DeltaBefore, (int)at.DeltaStride, Outputs);
        else
            RowKernels.Add<Identity>(ofTaken, new(at.DeltaBefore, (int)at.DeltaStride, share.Count), at.DeltaBefore, at.DeltaBefore, (int)at.DeltaStride, Outputs);
    }

    /// <summary>The gradient of the second product, which is the third gate's, and with it that of the first gate and what comes through r∘h.</summary>
    void BackFromReset(in RecurrentStep at, int step, in Rows ofTaken, float* transposed, in Share share)
    {
        var (taken, units) = (Taken(step, share), _shape.Units);
        var second = new Rows(at.H + _shape.GateStride, (int)at.HStride, share.Count);
        ResetKernels.CopyThird(at.X, at.XStride, second.Pointer, second.Stride, share.Count, units);
        DenseKernels.AddInputGradient(_shape.OfState, transposed, second, ofTaken.Pointer, Stride);
        var ofGate = new Rows(_deltaOfReset.Pointer + (nint)share.First * Stride, Stride, share.Count);
        ResetKernels.Back(ofTaken, taken, new(at.Kept, (int)at.KeptStride, share.Count), ofGate, units);
        RowKernels.Copy(ofGate, at.X, (int)at.XStride, units);
        RowKernels.Copy(ofGate, at.H, (int)at.HStride, units);
    }

    /// <summary>Where a sample begins anew with a step, what is before knows nothing of it: δ of the step before is put aside, and back where the step has added its own.</summary>
    void CopyDeltas(int step, in Share share, bool back)
    {
        for (var sample = 0; step > 0 && sample < share.Count; sample++)
        {
            if (!Sequences.BeginsWith(Told(sample, share), step))
                continue;
            var delta = new Span<float>(Delta(share) + ((nint)sample * Positions + step - 1) * Stride, Stride);
            var aside = new Span<float>(_product.Pointer + (nint)(share.First + sample) * _shape.GateStride, Stride);
            if (!back)
                delta.CopyTo(aside);
            else
                aside.CopyTo(delta);
            if (back && HasCell)
                new Span<float>(_deltaOfCells.Pointer + (nint)(share.First + sample) * Stride, Stride).Clear();
        }
    }

    /// <summary>Where the values of a step are.</summary>
    RecurrentStep At(int step, in Share share) => new()
    {
        Count = share.Count,
        Units = Outputs,
        X = Of(_x, share, _shape.GateStride) + (nint)step * _shape.GateStride,
        XStride = (nint)Positions * _shape.GateStride,
        H = Of(_h, share, _products * _shape.GateStride) + (nint)step * _products * _shape.GateStride,
        HStride = (nint)Positions * _products * _shape.GateStride,
        Before = Of(_before, share, Stride) + (nint)step * Stride,
        BeforeStride = (nint)Positions * Stride,
        State = A(share) + (nint)step * Stride,
        StateStride = (nint)Positions * Stride,
        Cell = HasCell ? CellsOf(share) + (nint)step * Stride : null,
        CellStride = (nint)(Positions + 1) * Stride,
        Kept = _values == 0 ? null : Of(_kept, share, _values * Stride) + (nint)step * _values * Stride,
        KeptStride = (nint)Positions * _values * Stride,
        ValueStride = Stride,
        Delta = Delta(share) + (nint)step * Stride,
        DeltaStride = (nint)Positions * Stride,
        DeltaOfCell = HasCell ? _deltaOfCells.Pointer + (nint)share.First * Stride : null,
    };

    /// <summary>The rows of a step, one a sample.</summary>
    Rows StepOf(AlignedBuffer buffer, int step, in Share share) => new(Of(buffer, share, Stride) + (nint)step * Stride, Positions * Stride, share.Count);

    /// <summary>The rows that the product takes at a step.</summary>
    Rows Taken(int step, in Share share) => new(Of(_taken, share, _products * Stride) + (nint)step * _products * Stride, Positions * _products * Stride, share.Count);

    float* Of(AlignedBuffer buffer, in Share share, int stride) => buffer.Pointer + FirstRow(share) * stride;

    /// <summary>∂L/∂x = ∂L/∂(xW + b)·Wᵀ.</summary>
    public override void InputGradient(LayerTraining below, in Share share)
    {
        if (_both is { } both)
            both.InputGradient(DeltaOf(below, share), StrideOf(below), share);
        else
            InputGradient(DeltaOf(below, share), StrideOf(below), share);
    }

    void InputGradient(
        float* result, // [samples × steps][stride]
        int stride, in Share share) =>
        DenseKernels.InputGradient(
            _shape.OfInputs, _parameters.Pointer, new(Of(_x, share, _shape.GateStride), _shape.GateStride, share.Count * Positions), result, stride, _transposed[share.Part].Pointer);

    /// <summary>The gradients of both products' weights and biases, over all steps, for a share of the weights.</summary>
    public void Gradient<TOptimizer>(in Rows x, GradientUse<TOptimizer> use, in Share share) where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        if (_both is { } both)
        {
            both.Gradient(x, use, share);
            return;
        }
        if (use.Of(Index) is not { } own)
            return;
        DenseKernels.WeightGradient(_shape.OfInputs, own, x, _x.Pointer, _shape.GateStride, Positions, share, Scratch(share));
        DenseKernels.WeightGradient(
            _shape.OfState, own, new(_taken.Pointer, Stride, x.Count * _products, Positions * _products), _h.Pointer, _shape.GateStride, Positions * _products, share, Scratch(share));
    }
}
