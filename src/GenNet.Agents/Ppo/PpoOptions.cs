namespace GenNet.Agents;

/// <summary>The hyper-parameters of <see cref="Ppo{TEnvironment}"/>, with the names and values that they have in Stable-Baselines3. What differs from it is in a table of the documentation.</summary>
public sealed record PpoOptions
{
    readonly double _learningRate = 3e-4, _gamma = 0.99, _gaeLambda = 0.95, _clipRange = 0.2, _entCoef, _vfCoef = 0.5, _maxGradNorm = 0.5, _logStdInit;
    readonly int _nSteps = 2048, _batchSize = 64, _nEpochs = 10;
    readonly double? _clipRangeVf, _targetKl;

    /// <summary>The step size of Adam, whose ε is 1e-5.</summary>
    public double LearningRate { get => _learningRate; init => _learningRate = Setting.NotNegative(value); }

    /// <summary>How the learning rate changes from update to update, one of each minibatch; null for a constant rate. One that watches a metric is told of none.</summary>
    public ISchedule? Schedule { get; init; }

    /// <summary>Steps of each environment between two updates.</summary>
    public int NSteps { get => _nSteps; init => _nSteps = Setting.Check(value, value > 0, "positive"); }

    /// <summary>Samples of a minibatch. The last of an epoch may have fewer.</summary>
    public int BatchSize { get => _batchSize; init => _batchSize = Setting.Check(value, value > 0, "positive"); }

    /// <summary>How often the samples of an update are gone through.</summary>
    public int NEpochs { get => _nEpochs; init => _nEpochs = Setting.Check(value, value > 0, "positive"); }

    /// <summary>What a reward counts one step later.</summary>
    public double Gamma { get => _gamma; init => _gamma = Setting.Check(value, value is >= 0 and <= 1, "from 0 to 1"); }

    /// <summary>λ of generalised advantage estimation: 1 trusts rewards, 0 the values that are expected.</summary>
    public double GaeLambda { get => _gaeLambda; init => _gaeLambda = Setting.Check(value, value is >= 0 and <= 1, "from 0 to 1"); }

    /// <summary>How far the ratio of an action's probabilities, now and then, may go from 1 before its sample no longer counts.</summary>
    public double ClipRange { get => _clipRange; init => _clipRange = Setting.Positive(value); }

    /// <summary>How far a value may go from what it was before its sample no longer counts; null for no limit.</summary>
    public double? ClipRangeVf { get => _clipRangeVf; init => _clipRangeVf = value is null ? null : Setting.Positive(value.Value); }

    /// <summary>Whether the advantages of a minibatch are brought to mean 0 and deviation 1.</summary>
    public bool NormalizeAdvantage { get; init; } = true;

    /// <summary>What the entropy of the policy counts in the loss.</summary>
    public double EntCoef { get => _entCoef; init => _entCoef = Setting.Check(value, float.IsFinite((float)value), "a number that a float can hold"); }

    /// <summary>What the squared error of the values counts in the loss.</summary>
    public double VfCoef { get => _vfCoef; init => _vfCoef = Setting.NotNegative(value); }

    /// <summary>The largest norm of a network's gradients; ∞ for no limit.</summary>
    public double MaxGradNorm { get => _maxGradNorm; init => _maxGradNorm = Setting.Limit(value); }

    /// <summary>The divergence from the policy that acted, 1.5 times of which ends an update early; null for no limit.</summary>
    public double? TargetKl { get => _targetKl; init => _targetKl = value is null ? null : Setting.Check(value.Value, value > 0, "positive"); }

    /// <summary>The natural logarithm of the standard deviation of actions at first, where they are numbers.</summary>
    public double LogStdInit { get => _logStdInit; init => _logStdInit = Setting.Check(value, value is >= -20 and <= 20, "from −20 to 20"); }

    /// <summary>Whether observations are brought to mean 0 and deviation 1, by those of all steps before the roll-out, and limited to ±10.</summary>
    public bool NormalizeObservations { get; init; }

    /// <summary>Whether rewards are divided by the standard deviation of the discounted returns of all steps so far, and limited to ±10.</summary>
    public bool NormalizeRewards { get; init; }

    /// <summary>All of them in words, for checkpoints.</summary>
    internal (string Name, string Text)[] Texts =>
    [
        Setting.Of(LearningRate), Setting.Of(Schedule), Setting.Of(NSteps), Setting.Of(BatchSize), Setting.Of(NEpochs), Setting.Of(Gamma), Setting.Of(GaeLambda), Setting.Of(ClipRange), Setting.Of(ClipRangeVf),
        Setting.Of(NormalizeAdvantage), Setting.Of(EntCoef), Setting.Of(VfCoef), Setting.Of(MaxGradNorm), Setting.Of(TargetKl), Setting.Of(LogStdInit), Setting.Of(NormalizeObservations), Setting.Of(NormalizeRewards),
    ];
}
