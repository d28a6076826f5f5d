using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace GenNet.Agents;

/// <summary>
/// Proximal policy optimisation (Schulman and others, 2017) with generalised advantage estimation, as Stable-Baselines3 has it: learns a policy from reward in environments, and is done with an ordinary network.
/// All of it follows from the seed: the same bits with any number of threads, in one go or in pieces, stopped and resumed.
/// </summary>
/// <remarks>
/// The policy's outputs have no activation: for a discrete action space they are logits, one an action, for a box the means of the actions. One thread at a time may use it.
/// After the first update nothing is allocated for an environment step.
/// </remarks>
/// <typeparam name="TEnvironment">The environment: best a struct, whose steps are compiled into the loop.</typeparam>
public sealed partial class Ppo<TEnvironment> : Agent<PpoIteration> where TEnvironment : IEnvironment
{
    const double Epsilon = 1e-5;

    readonly ActorCritic _networks;
    readonly PolicyHead _head;
    Trainer<Adam> _policyTrainer;
    Trainer<Adam>? _valueTrainer;
    readonly Rollout<TEnvironment> _rollout;
    ulong _seed;

    /// <summary>Learns with a network for the policy and one for the values of states.</summary>
    /// <param name="policy">Observations in, logits or means of actions out. It is trained in place.</param>
    /// <param name="value">Observations in, one number out: the discounted return that is expected. It is trained in place.</param>
    /// <param name="environments">The environments that it acts in, side by side: <c>new CartPole[8]</c>. They are stepped in place.</param>
    /// <param name="options">The hyper-parameters.</param>
    /// <param name="seed">What all that is random follows from.</param>
    /// <exception cref="ArgumentOutOfRangeException">An array cannot hold as many steps.</exception>
    /// <exception cref="InsufficientMemoryException">Memory cannot.</exception>
    /// <exception cref="ArgumentException">A network does not fit the environment, steps or samples are no whole windows of a recurrent network, or an environment is missing or given twice.</exception>
    /// <exception cref="InvalidOperationException">A recurrent network has a layer that its windows cannot be trained with.</exception>
    public Ppo(INetwork policy, INetwork value, TEnvironment[] environments, PpoOptions? options = null, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(value);
        EnvironmentList.Check(environments);
        Options = options ?? new PpoOptions();
        _seed = seed;
        var space = TEnvironment.ActionSpace;
        _networks = new ActorCritic(policy, value, typeof(TEnvironment), TEnvironment.ObservationSize, space);
        _head = space.IsDiscrete ? new CategoricalHead(space.Count) : new GaussianHead(space.Count, Options.LogStdInit, Epsilon);
        CheckWindows();
        _rollout = Setting.Make(nameof(PpoOptions.NSteps), Options.NSteps, () => new Rollout<TEnvironment>(_networks, _head, environments, Options, seed, Returns));
        CreateTrainers(areDivided: false);
        _order = new int[_rollout.Samples / _networks.Window];
        _shuffle = new RowPasses(Shuffle());
    }

    /// <summary>Learns with a network of two heads on one trunk, <c>Policy</c> and <c>Value</c>.</summary>
    /// <param name="actorCritic">Observations in; logits or means of actions out of the head <c>Policy</c>, one number out of the head <c>Value</c>. It is trained in place.</param>
    /// <param name="environments">The environments that it acts in, side by side: <c>new CartPole[8]</c>. They are stepped in place.</param>
    /// <param name="options">The hyper-parameters.</param>
    /// <param name="seed">What all that is random follows from.</param>
    /// <exception cref="ArgumentException">The network does not fit the environment, or an environment is missing or given twice.</exception>
    public Ppo(INetwork actorCritic, TEnvironment[] environments, PpoOptions? options = null, ulong seed = 0) : this(actorCritic, actorCritic, environments, options, seed) { }

    /// <summary>The hyper-parameters.</summary>
    public PpoOptions Options { get; }

    /// <summary>The network of the policy.</summary>
    public INetwork Policy => _networks.Policy;

    /// <inheritdoc/>
    public override long Steps => _learnt + (long)_rollout.StepsDone * _rollout.Environments;

    /// <summary>The natural logarithms of the actions' standard deviations; empty for a discrete action space.</summary>
    public ReadOnlySpan<float> LogStd => _head is GaussianHead gaussian ? gaussian.LogDeviations : [];

    /// <summary>How observations are normalised at present, to be saved with the policy: <c>policy.Save(path, standardizer: ppo.Standardizer)</c>. Null where they are not.</summary>
    public Standardizer? Standardizer => _rollout.Standardizer;

    void CheckWindows()
    {
        var window = _networks.Window;
        foreach (var (count, name) in ((int, string)[])[(Options.NSteps, nameof(PpoOptions.NSteps)), (Options.BatchSize, nameof(PpoOptions.BatchSize))])
            if (count % window != 0)
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} is {count}, but the networks are trained on whole windows of {window} steps, as they declare: set a multiple of it."), "options");
    }

    /// <summary>Samples of a minibatch.</summary>
    int BatchSize => Math.Min(Options.BatchSize, _rollout.Samples);

    /// <param name="areDivided">Whether ranks divide minibatches, which they take as wholes.</param>
    [MemberNotNull(nameof(_policyTrainer), nameof(_update))]
    void CreateTrainers(bool areDivided)
    {
        var rows = areDivided ? BatchSize : PpoUpdate.RowsAtOnce(_networks.Window, BatchSize);
        _policyTrainer = CreateTrainer(Policy, _networks.PolicyWindow, rows);
        _valueTrainer = _networks.IsShared ? null : CreateTrainer(_networks.Value, _networks.ValueWindow, rows);
        _update = new PpoUpdate(_networks, _head, TEnvironment.ObservationSize, TEnvironment.ActionSpace.Width, TEnvironment.HasActionMasks, _policyTrainer, _valueTrainer, Options, BatchSize, areDivided);
    }

    Trainer<Adam> CreateTrainer(INetwork network, int window, int rows)
    {
        var trainer = network.CreateTrainer(new Adam(Options.LearningRate, epsilon: Epsilon), rows / Math.Max(1, window));
        trainer.Seed = _seed;
        trainer.Schedule = Options.Schedule;
        trainer.MaxGradientNorm = Options.MaxGradNorm;
        return trainer;
    }

    /// <inheritdoc/>
    public override bool Advance() => _training ? Train(pieces: 1) : Collect(steps: 1, pieces: 1);

    private protected override bool IsDue => _training || _rollout.StepsLeft == 0;

    /// <summary>Steps of a roll-out that threads make without waiting for each other at most, and pieces of what is not made of steps.</summary>
    const int MostStepsFar = 128, PiecesFar = 128;

    /// <summary>How long such steps take where they can: a cancellation waits for them.</summary>
    static readonly TimeSpan Short = TimeSpan.FromMilliseconds(5), Long = TimeSpan.FromMilliseconds(50);

    /// <summary>Whole pieces of a roll-out, or all of it, so that the clock decides over nothing and all ranks end alike.</summary>
    private protected override long EndOf(long steps)
    {
        var count = (Int128)_rollout.Environments;
        var (rollouts, rest) = Int128.DivRem(_rollout.StepsDone + (steps - Steps + count - 1) / count, Options.NSteps);
        var end = rollouts * Options.NSteps + Int128.Min((rest + MostStepsFar - 1) / MostStepsFar * MostStepsFar, Options.NSteps);
        return (long)Int128.Min(_learnt + end * count, long.MaxValue);
    }

    /// <summary>Steps made so at once: as many as keep to that. What is learnt does not depend on it.</summary>
    int _stepsFar = 1;

    private protected override bool AdvanceFar(long steps)
    {
        if (_training)
            return Train(PiecesFar);
        var start = Stopwatch.GetTimestamp();
        var left = Math.Min(_rollout.StepsLeft, (steps - Steps - 1) / _rollout.Environments + 1);
        var more = Collect((int)Math.Min(_stepsFar, left), PiecesFar);
        var elapsed = Stopwatch.GetElapsedTime(start);
        _stepsFar = elapsed < Short ? Math.Min(2 * _stepsFar, MostStepsFar) : elapsed > Long ? Math.Max(1, _stepsFar / 2) : _stepsFar;
        return more;
    }

    /// <summary>Lets the policy act for whole episodes without chance: by the likeliest action, or the mean. Learns nothing and leaves the environments that it learns in alone.</summary>
    /// <param name="environment">An environment for it.</param>
    /// <param name="episodes">Episodes.</param>
    /// <param name="seed">What the episodes follow from.</param>
    /// <param name="cancellationToken">Ends it between two steps.</param>
    /// <returns>The return of each episode.</returns>
    /// <exception cref="ArgumentException">The environment is an object that the agent is learning in.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="episodes"/> is not positive.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public double[] Evaluate(TEnvironment environment, int episodes = 100, ulong seed = 0, CancellationToken cancellationToken = default)
    {
        _rollout.CheckFree(environment);
        return Episodes.Run(Policy, _networks.PolicyOutputs, _networks.PolicyOutput, Standardizer, environment, episodes, seed, cancellationToken);
    }

    /// <summary>What is learnt and how, in words.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"PPO of {Policy.GetType().Name} in {_rollout.Environments} × {typeof(TEnvironment).Name}, {Steps} steps, {History.Count} updates");
}
