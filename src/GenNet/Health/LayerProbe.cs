using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet;

/// <summary>Measures one layer.</summary>
sealed unsafe class LayerProbe
{
    const int MeasuresOfActivations = 3;

    readonly LayerTraining _training;
    readonly TensorPlace[] _trained;
    readonly TensorPlace? _weights;
    readonly UnitWatch? _watch;
    readonly StepHealth[] _directions;
    readonly bool _isOutput;

    public LayerProbe(int number, Layer layer, LayerTraining training, int threads, bool isOutput)
    {
        _directions = [.. training.MeasureSteps().Select(measure => new StepHealth(measure))];
        (Health, _training, _isOutput) = (new(number, layer, _directions), training, isOutput);
        Measures = MeasuresOfActivations + _directions.Sum(direction => direction.Length);
        _trained = [.. layer.Tensors.Where(place => place.Trained)];
        _weights = _trained.FirstOrDefault();
        if (layer.Activation.BuiltIn == Activation.ReLU)
            _watch = new UnitWatch(layer.Outputs, threads);
    }

    public LayerHealth Health { get; }

    /// <param name="measures">Whether the batch is measured.</param>
    public void Begin(bool measures)
    {
        _watch?.Begin();
        foreach (var direction in _directions)
            direction.IsOn = measures;
    }

    public void Accept() => _watch?.Accept();

    public void Watch(in Share share) => _watch?.Observe(_training.ActivationsOf(share), share.Part);

    /// <summary>Looks at one sample's activations, which start at <paramref name="at"/>.</summary>
    public void Watch(SampleTraining sample, int at) => _watch?.Observe(sample.ActivationsAt(at, Health.Layer.Outputs), 0);

    /// <summary>Bytes of <see cref="EndEpoch"/>.</summary>
    public int Length => _watch?.Length ?? 0;

    /// <summary>Writes which units were positive, and starts anew.</summary>
    public void EndEpoch(Span<byte> positive) => _watch?.EndEpoch(positive);

    /// <summary>Which units were positive on any rank.</summary>
    /// <param name="positive">What <see cref="EndEpoch"/> wrote.</param>
    /// <param name="keepsUnseen">Whether the share stays as it was where no row was seen.</param>
    public void Judge(ReadOnlySpan<byte> positive, bool keepsUnseen)
    {
        if (_watch is not null && !(keepsUnseen && positive[^1] == 0))
            Health.DeadShare = _watch.DeadShare(positive);
    }

    /// <summary>Numbers of <see cref="Write"/>.</summary>
    public int Measures { get; }

    /// <summary>What was measured of activations and steps, for other ranks.</summary>
    public void Write(Span<double> measured)
    {
        (measured[0], measured[1], measured[2]) = (Health.ActivationMean, Health.ActivationDeviation, Health.SaturatedShare);
        var at = MeasuresOfActivations;
        foreach (var direction in _directions)
        {
            direction.Write(measured[at..]);
            at += direction.Length;
        }
    }

    /// <summary>What another rank measured of them.</summary>
    public void Read(ReadOnlySpan<double> measured)
    {
        (Health.ActivationMean, Health.ActivationDeviation, Health.SaturatedShare) = (measured[0], measured[1], measured[2]);
        var at = MeasuresOfActivations;
        foreach (var direction in _directions)
        {
            direction.Read(measured[at..]);
            at += direction.Length;
        }
    }

    public void MeasureGradients(ParameterBlock weights, ParameterBlock gradients)
    {
        if (_weights is null)
            return;
        var squares = 0.0;
        foreach (var place in _trained)
            squares += SumOfSquares(gradients, place);
        Health.IsFrozen = _training.IsFrozen;
        Health.GradientNorm = Math.Sqrt(squares);
        Health.WeightNorm = Math.Sqrt(SumOfSquares(weights, _weights));
    }

    /// <param name="before">The weights before the update; the update afterwards.</param>
    /// <param name="after">The weights after it.</param>
    public void MeasureUpdate(ParameterBlock before, ParameterBlock after)
    {
        if (_weights is null)
            return;
        HealthKernels.Subtract(before.Pointer + _weights.Offset, after.Pointer + _weights.Offset, _weights.End - _weights.Offset);
        Health.UpdateRatio = LayerHealth.Relative(Math.Sqrt(SumOfSquares(before, _weights)), Health.WeightNorm);
    }

    /// <summary>Measures the first of those rows that belong to the last part: the same whatever else is in memory.</summary>
    /// <param name="rows">Rows in memory, whose first begins a part.</param>
    public void MeasureActivations(int rows)
    {
        foreach (var direction in _directions)
            direction.Measure(rows);
        var (first, end) = StepMeasure.LastPart(rows);
        var (low, high) = Limits();
        var activations = _training.Activations(first, end - first);
        var (sum, squares, saturated) = HealthKernels.Moments(activations, Health.Layer.Outputs, low, high);
        var count = (double)activations.Count * Health.Layer.Outputs; // at every position
        Health.ActivationMean = sum / count;
        Health.ActivationDeviation = Math.Sqrt(Math.Max(0, squares / count - Health.ActivationMean * Health.ActivationMean));
        if (!float.IsNaN(low))
            Health.SaturatedShare = saturated / count;
    }

    /// <summary>Where g′ falls to 5 % of its largest value: a(1 − a) = 0.05/4, or 1 − a² = 0.05.</summary>
    (float Low, float High) Limits() => (_isOutput ? null : Health.Layer.Activation.BuiltIn) switch
    {
        Activation.Sigmoid => (0.012660f, 0.987340f),
        Activation.Tanh => (-0.974679f, 0.974679f),
        Activation.HardSigmoid => (0, 1),
        Activation.HardTanh => (-1, 1),
        _ => (float.NaN, float.NaN),
    };

    /// <summary>Of a tensor with its padding, which is zero.</summary>
    static double SumOfSquares(ParameterBlock block, TensorPlace place) => EuclideanNorm.SumOfSquares(block.Pointer + place.Offset, place.End - place.Offset);
}
