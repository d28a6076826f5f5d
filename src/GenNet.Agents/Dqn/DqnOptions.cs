namespace GenNet.Agents;

/// <summary>The hyper-parameters of <see cref="Dqn{TEnvironment}"/>, with the names and values that they have in Stable-Baselines3, but for what a table of the documentation says.</summary>
public sealed record DqnOptions
{
    readonly double _learningRate = 1e-4, _tau = 1, _gamma = 0.99, _initialEps = 1, _finalEps = 0.05, _maxGradNorm = 10, _alpha = 0.6, _beta = 0.4;
    readonly int _bufferSize = 100_000, _learningStarts = 100, _batchSize = 32, _trainFreq = 4, _gradientSteps = 1, _targetUpdateInterval = 10_000, _explorationSteps = 10_000, _nStep = 1;

    /// <summary>The step size of Adam.</summary>
    public double LearningRate { get => _learningRate; init => _learningRate = Setting.NotNegative(value); }

    /// <summary>Steps that the replay memory holds, all of whose memory is taken at once; the oldest give way.</summary>
    public int BufferSize { get => _bufferSize; init => _bufferSize = Setting.Check(value, value > 0, "positive"); }

    /// <summary>Steps in the memory before anything is learnt.</summary>
    public int LearningStarts { get => _learningStarts; init => _learningStarts = Setting.Check(value, value >= 0, "0 or more"); }

    /// <summary>Samples of an update, drawn from the memory.</summary>
    public int BatchSize { get => _batchSize; init => _batchSize = Setting.Check(value, value > 0, "positive"); }

    /// <summary>How far the target network goes towards the network at each of its updates: 1 copies.</summary>
    public double Tau { get => _tau; init => _tau = Setting.Check(value, (float)value > 0 && value <= 1, "above 0, also as a float, and up to 1"); }

    /// <summary>What a reward counts one step later.</summary>
    public double Gamma { get => _gamma; init => _gamma = Setting.Check(value, value is >= 0 and <= 1, "from 0 to 1"); }

    /// <summary>Steps of each environment between two times that something is learnt.</summary>
    public int TrainFreq { get => _trainFreq; init => _trainFreq = Setting.Check(value, value > 0, "positive"); }

    /// <summary>Updates at each of these times.</summary>
    public int GradientSteps { get => _gradientSteps; init => _gradientSteps = Setting.Check(value, value > 0, "positive"); }

    /// <summary>Steps of each environment between two updates of the target network.</summary>
    public int TargetUpdateInterval { get => _targetUpdateInterval; init => _targetUpdateInterval = Setting.Check(value, value > 0, "positive"); }

    /// <summary>Environment steps over which the share of random actions falls, evenly, from <see cref="ExplorationInitialEps"/> to <see cref="ExplorationFinalEps"/>.</summary>
    public int ExplorationSteps { get => _explorationSteps; init => _explorationSteps = Setting.Check(value, value >= 0, "0 or more"); }

    /// <summary>The share of random actions at first.</summary>
    public double ExplorationInitialEps { get => _initialEps; init => _initialEps = Setting.Check(value, value is >= 0 and <= 1, "from 0 to 1"); }

    /// <summary>The share of random actions in the end.</summary>
    public double ExplorationFinalEps { get => _finalEps; init => _finalEps = Setting.Check(value, value is >= 0 and <= 1, "from 0 to 1"); }

    /// <summary>The largest norm of the gradients; ∞ for no limit.</summary>
    public double MaxGradNorm { get => _maxGradNorm; init => _maxGradNorm = Setting.Limit(value); }

    /// <summary>Whether the network chooses the action that the target network judges (van Hasselt and others, <i>Deep reinforcement learning with double Q-learning</i>, 2016).</summary>
    public bool DoubleQ { get; init; } = true;

    /// <summary>Rewards that are summed before the target network's judgement of what follows.</summary>
    public int NStep { get => _nStep; init => _nStep = Setting.Check(value, value is > 0 and <= 1000, "from 1 to 1000"); }

    /// <summary>Whether samples are drawn the more often the larger their error was (Schaul and others, <i>Prioritized experience replay</i>, 2016).</summary>
    public bool Prioritized { get; init; }

    /// <summary>The power of the error to which samples are drawn, where they are <see cref="Prioritized"/>.</summary>
    public double PriorityAlpha { get => _alpha; init => _alpha = Setting.Check(value, value is >= 0 and <= 1, "from 0 to 1"); }

    /// <summary>How far weights make up for it: 1 in full.</summary>
    public double PriorityBeta { get => _beta; init => _beta = Setting.Check(value, value is >= 0 and <= 1, "from 0 to 1"); }

    /// <summary>All of them in words, for checkpoints.</summary>
    internal (string Name, string Text)[] Texts =>
    [
        Setting.Of(LearningRate), Setting.Of(BufferSize), Setting.Of(LearningStarts), Setting.Of(BatchSize), Setting.Of(Tau), Setting.Of(Gamma), Setting.Of(TrainFreq), Setting.Of(GradientSteps), Setting.Of(TargetUpdateInterval),
        Setting.Of(ExplorationSteps), Setting.Of(ExplorationInitialEps), Setting.Of(ExplorationFinalEps), Setting.Of(MaxGradNorm), Setting.Of(DoubleQ), Setting.Of(NStep), Setting.Of(Prioritized), Setting.Of(PriorityAlpha),
        Setting.Of(PriorityBeta),
    ];
}
