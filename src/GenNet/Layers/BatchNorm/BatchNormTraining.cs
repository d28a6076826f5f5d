using System.ComponentModel;
using GenNet.Activations;
using GenNet.Kernels;
using static GenNet.Kernels.NormalizationKernels;

namespace GenNet.Runtime;

/// <summary>Batch normalisation in training.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class BatchNormTraining : LayerTraining
{
    readonly ParameterBlock _parameters;
    readonly NormShape _shape;
    readonly float _momentum, _epsilon;
    readonly AlignedBuffer _statistics;

    /// <summary>For each thread a line of columns of all rows without what is behind the end of shorter sequences: [rows][line]. None before there are such.</summary>
    readonly AlignedBuffer[] _there;
    readonly int _mostRows;
    int _rows;

    /// <summary>Allocates the layer's memory.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="shape">The layer's place among them.</param>
    /// <param name="momentum">The share of a batch in the running mean and variance.</param>
    /// <param name="epsilon">ε, added to the variance.</param>
    /// <param name="samples">The largest number of samples computed at a time.</param>
    /// <param name="threads">The largest number of threads that compute them.</param>
    /// <param name="keepsPreactivation">Whether z is needed after a is known.</param>
    /// <param name="positions">Rows that each sample has.</param>
    public BatchNormTraining(ParameterBlock parameters, NormShape shape, float momentum, float epsilon, int samples, int threads, bool keepsPreactivation, int positions = 1)
        : base(shape.Units, shape.Units, samples, threads, keepsPreactivation, positions)
    {
        (_parameters, _shape, _momentum, _epsilon) = (parameters, shape, momentum, epsilon);
        _statistics = new AlignedBuffer(BatchStatistics.Length(shape.Padded));
        (_there, _mostRows) = (PerThread(threads, 0), samples * positions);
    }

    BatchStatistics Batch => new(_statistics.Pointer, _shape.Padded);

    float* Scale => _parameters.Pointer + _shape.Offset;

    float* Shift => _parameters.Pointer + _shape.ShiftOffset;

    float* RunningMean => _parameters.Pointer + _shape.StatisticsOffset;

    float* RunningVariance => _parameters.Pointer + _shape.VarianceOffset;

    /// <summary>Whether rows are steps of which some are behind the end of their sequence.</summary>
    bool LeavesOut => Positions > 1 && Sequences.HasLengths;

    bool TakesBatch(in Share share) => share.Pass.Training && !UsesRunningStatistics;

    /// <summary>μ and σ² over all rows in training, else the running ones, for a share of the units.</summary>
    public void Statistics(in Rows x, in Share share)
    {
        var first = share.Of(_shape.Padded / PanelLayout.Line, out var end);
        if (TakesBatch(share) && Ranks is not null)
        {
            // One thread has all units.
            StatisticsOfRanks(Ranks, x, share);
            return;
        }
        for (var j = first * PanelLayout.Line; j < end * PanelLayout.Line; j += PanelLayout.Line)
        {
            if (TakesBatch(share))
            {
                SumsOf(x, 0, j, Batch.Mean, share);
                Means(Batch.Mean + j, Batch.Mean + j, RowsThere(x.Count));
                SquaresOf(x, 0, j, Batch.Variance, share);
                Means(Batch.Variance + j, Batch.Variance + j, RowsThere(x.Count));
                InverseDeviations(Batch.Variance + j, Batch.InverseDeviation + j, _epsilon);
            }
            else
            {
                new ReadOnlySpan<float>(RunningMean + j, PanelLayout.Line).CopyTo(new(Batch.Mean + j, PanelLayout.Line));
                InverseDeviations(RunningVariance + j, Batch.InverseDeviation + j, _epsilon);
            }
        }
    }

    void StatisticsOfRanks(RankColumns ranks, in Rows x, in Share share)
    {
        for (var node = 0; node < ranks.Own.Length; node++)
            for (var j = 0; j < _shape.Padded; j += PanelLayout.Line)
                SumsOf(RowsOf(ranks, node, x), FirstOf(ranks, node), j, ranks.Node(node, _shape.Padded), share);
        MeansOf(ranks.Add(_shape.Padded), Batch.Mean, ranks.Samples);
        for (var node = 0; node < ranks.Own.Length; node++)
            for (var j = 0; j < _shape.Padded; j += PanelLayout.Line)
                SquaresOf(RowsOf(ranks, node, x), FirstOf(ranks, node), j, ranks.Node(node, _shape.Padded), share);
        MeansOf(ranks.Add(_shape.Padded), Batch.Variance, ranks.Samples);
        for (var j = 0; j < _shape.Padded; j += PanelLayout.Line)
            InverseDeviations(Batch.Variance + j, Batch.InverseDeviation + j, _epsilon);
    }

    void MeansOf(float* sums, float* means, int samples)
    {
        for (var j = 0; j < _shape.Padded; j += PanelLayout.Line)
            Means(sums + j, means + j, RowsThere(samples * Positions));
    }

    /// <summary>The rows of the batch that are there, of so many.</summary>
    int RowsThere(int rows) => LeavesOut ? Sequences.StepsThere : rows;

    /// <summary>Σx of a line of columns.</summary>
    /// <param name="x">The rows of some samples.</param>
    /// <param name="sample">The first of these.</param>
    /// <param name="first">The first column.</param>
    /// <param name="sums">[units], of which the line is written.</param>
    /// <param name="share">The pass.</param>
    void SumsOf(in Rows x, int sample, int first, float* sums, in Share share)
    {
        if (LeavesOut)
            NormalizationKernels.Sums(LineOf(x, sample, first, null, share), SampleParts.Rows(Positions), 0, sums + first);
        else
            NormalizationKernels.Sums(x, SampleParts.Rows(Positions), first, sums);
    }

    /// <summary>Σ(x − μ)² of it.</summary>
    void SquaresOf(in Rows x, int sample, int first, float* squares, in Share share)
    {
        if (LeavesOut)
            Squares(LineOf(x, sample, first, Batch.Mean + first, share), SampleParts.Rows(Positions), 0, Batch.Mean + first, squares + first);
        else
            Squares(x, SampleParts.Rows(Positions), first, Batch.Mean, squares);
    }

    /// <summary>A line of columns, copied. What is behind the end of a sequence is such as adds nothing: zeros where that is null.</summary>
    Rows LineOf(in Rows x, int sample, int first, float* behind, in Share share)
    {
        ref var line = ref _there[share.Part];
        if (line.Length == 0)
            line = new AlignedBuffer(checked(_mostRows * PanelLayout.Line));
        for (var row = 0; row < x.Count; row++)
        {
            var (number, step) = Math.DivRem(row, Positions);
            var from = step < Sequences.Length(Told(sample + number - share.First, share)) ? x.Pointer + (nint)row * x.Stride + first : behind;
            var to = new Span<float>(line.Pointer + (nint)row * PanelLayout.Line, PanelLayout.Line);
            if (from == null)
                to.Clear();
            else
                new ReadOnlySpan<float>(from, PanelLayout.Line).CopyTo(to);
        }
        return new Rows(line.Pointer, PanelLayout.Line, x.Count, Positions);
    }

    /// <summary>The first sample of one of this rank's nodes among those that it has.</summary>
    static int FirstOf(RankColumns ranks, int node) => ranks.Own[node].First - ranks.Own[0].First;

    /// <summary>The rows of one of this rank's nodes.</summary>
    Rows RowsOf(RankColumns ranks, int node, in Rows all)
    {
        return new Rows(all.Pointer + (nint)FirstOf(ranks, node) * Positions * all.Stride, all.Stride, ranks.Own[node].Count * Positions, Positions);
    }

    /// <summary>z = γ·(x − μ)/√(σ² + ε) + β, a = g(z).</summary>
    public void Forward<TActivation>(in Rows x, in Share share) where TActivation : struct, IActivation =>
        ForwardColumns<TActivation>(
            x.From(share), Batch.Mean, Batch.InverseDeviation, Scale, Shift, Z(share), A(share), Stride, Outputs);

    /// <summary>Σδ and Σδ·x̂ over all rows, for a share of the units.</summary>
    public void Sums(in Rows x, in Share share)
    {
        if (Ranks is not null)
        {
            SumsOfRanks(Ranks, x);
            return;
        }
        _rows = RowsThere(x.Count);
        var first = share.Of(_shape.Padded / PanelLayout.Line, out var end);
        for (var j = first * PanelLayout.Line; j < end * PanelLayout.Line; j += PanelLayout.Line)
            GradientsOfColumns(x, DeltaOfAll(x.Count), SampleParts.Rows(Positions), j, Batch, Batch.ShiftGradient, Batch.ScaleGradient);
    }

    void SumsOfRanks(RankColumns ranks, in Rows x)
    {
        _rows = RowsThere(ranks.Samples * Positions);
        for (var node = 0; node < ranks.Own.Length; node++)
        {
            var sums = ranks.Node(node, 2 * _shape.Padded);
            for (var j = 0; j < _shape.Padded; j += PanelLayout.Line)
                GradientsOfColumns(RowsOf(ranks, node, x), RowsOf(ranks, node, DeltaOfAll(x.Count)), SampleParts.Rows(Positions), j, Batch, sums, sums + _shape.Padded);
        }
        new ReadOnlySpan<float>(ranks.Add(2 * _shape.Padded), 2 * _shape.Padded).CopyTo(new(Batch.ShiftGradient, 2 * _shape.Padded));
    }

    /// <summary>∂L/∂x = γ/√(σ² + ε)·(δ − Σδ/n − x̂·Σδx̂/n); the running μ and σ² do not follow from x, which leaves γ/√(σ² + ε)·δ: that of n = ∞.</summary>
    public override void InputGradient(LayerTraining below, in Share share)
    {
        BackwardColumns(
            ActivationsOf(below, share), DeltaOf(share), Batch, Scale, DeltaOf(below, share), StrideOf(below), Outputs, TakesBatch(share) ? _rows : float.PositiveInfinity);

        // No mean was taken of what is behind the end of a sequence.
        var stride = StrideOf(below);
        for (var sample = 0; LeavesOut && sample < share.Count; sample++)
            new Span<float>(DeltaOf(below, share) + (nint)sample * Positions * stride, Positions * stride)[(Sequences.Length(Told(sample, share)) * stride)..].Clear();
    }

    /// <summary>∂L/∂γ = Σδ·x̂, ∂L/∂β = Σδ, for a share of the units.</summary>
    public void Gradient<TOptimizer>(in Rows x, GradientUse<TOptimizer> use, in Share share) where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        // Those of ranks are written when all else is added.
        if (use.Of(Index) is not { } own || Ranks is not null)
            return;
        var first = share.Of(_shape.Padded / PanelLayout.Line, out var end);
        for (var j = first * PanelLayout.Line; j < end * PanelLayout.Line; j += PanelLayout.Line)
        {
            var units = Math.Min(PanelLayout.Line, Outputs - j);
            own.Add(_shape.Offset + j, Batch.ScaleGradient + j, units);
            own.Add(_shape.ShiftOffset + j, Batch.ShiftGradient + j, units);
        }
    }

    internal override void AddToSums(float* gradients)
    {
        if (IsFrozen)
            return;
        BlockMath.Add(Batch.ScaleGradient, gradients + _shape.Offset, Outputs);
        BlockMath.Add(Batch.ShiftGradient, gradients + _shape.ShiftOffset, Outputs);
    }

    internal override void WriteSums(float* gradients)
    {
        if (IsFrozen)
            return;
        new ReadOnlySpan<float>(Batch.ScaleGradient, Outputs).CopyTo(new(gradients + _shape.Offset, Outputs));
        new ReadOnlySpan<float>(Batch.ShiftGradient, Outputs).CopyTo(new(gradients + _shape.ShiftOffset, Outputs));
    }

    internal override void KeepStatistics()
    {
        if (UsesRunningStatistics)
            return;
        var unbiased = (float)(_rows / (_rows - 1.0));
        for (var j = 0; j < _shape.Padded; j += PanelLayout.Line)
        {
            var units = Math.Min(PanelLayout.Line, Outputs - j);
            Run(RunningMean + j, Batch.Mean + j, _momentum, 1, units);
            Run(RunningVariance + j, Batch.Variance + j, _momentum, unbiased, units);
        }
    }
}
