using System.Diagnostics;
using System.Globalization;

namespace GenNet.Agents;

/// <summary>
/// Proximal policy optimisation (Schulman and others, 2017) with generalised advantage estimation, as Stable-Baselines3 has it: learns a policy from reward in environments, and is done with an ordinary network.
/// All of it follows from the seed: the same bits with any number of threads, with <see cref="Learn"/> or <see cref="Advance()"/>, stopped and resumed.
/// </summary>
/// <remarks>
/// The policy's outputs have no activation: for a discrete action space they are logits, one an action, for a box the means of the actions. One thread at a time may use it.
/// After the first update nothing is allocated for an environment step.
/// </remarks>
/// <typeparam name="TEnvironment">The environment: best a struct, whose steps are compiled into the loop.</typeparam>
public sealed partial class Ppo<TEnvironment> where TEnvironment : IEnvironment
{
    const double Epsilon = 1e-5;

    readonly ActorCritic _networks;
    readonly PolicyHead _head;
    readonly Trainer<Adam> _policyTrainer;
    readonly Trainer<Adam>? _valueTrainer;
    readonly Rollout<TEnvironment> _rollout;
    readonly RecentReturns _returns = new();
    readonly List<PpoIteration> _history = new(capacity: 1024);
    ulong _seed;

    /// <summary>Learns with a network for the policy and one for the values of states.</summary>
    /// <param name="policy">Observations in, logits or means of actions out. It is trained in place.</param>
    /// <param name="value">Observations in, one number out: the discounted return that is expected. It is trained in place.</param>
    /// <param name="environments">The environments that it acts in, side by side: <c>new CartPole[8]</c>. They are stepped in place.</param>
    /// <param name="options">The hyper-parameters.</param>
    /// <param name="seed">What all that is random follows from.</param>
    /// <exception cref="ArgumentException">A network does not fit the environment, or there is no environment.</exception>
    public Ppo(INetwork policy, INetwork value, TEnvironment[] environments, PpoOptions? options = null, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(environments);
        if (environments.Length == 0)
            throw new ArgumentException($"There is no environment to act in: give one {typeof(TEnvironment).Name} at least.", nameof(environments));
        Options = options ?? new PpoOptions();
        _seed = seed;
        var space = TEnvironment.ActionSpace;
        _networks = new ActorCritic(policy, value, typeof(TEnvironment), TEnvironment.ObservationSize, space.Count);
        _head = space.IsDiscrete ? new CategoricalHead(space.Count) : new GaussianHead(space.Count, Options.LogStdInit, Epsilon);
        _rollout = new Rollout<TEnvironment>(_networks, _head, environments, Options, seed);
        _policyTrainer = CreateTrainer(policy);
        _valueTrainer = _networks.IsShared ? null : CreateTrainer(value);
        _update = new PpoUpdate(_networks, _head, space.Width, TEnvironment.HasActionMasks, _policyTrainer, _valueTrainer, Options);
        _order = new int[_rollout.Samples];
    }

    /// <summary>Learns with a network of two heads on one trunk, <c>Policy</c> and <c>Value</c>.</summary>
    /// <param name="actorCritic">Observations in; logits or means of actions out of the head <c>Policy</c>, one number out of the head <c>Value</c>. It is trained in place.</param>
    /// <param name="environments">The environments that it acts in, side by side: <c>new CartPole[8]</c>. They are stepped in place.</param>
    /// <param name="options">The hyper-parameters.</param>
    /// <param name="seed">What all that is random follows from.</param>
    /// <exception cref="ArgumentException">The network does not fit the environment, or there is no environment.</exception>
    public Ppo(INetwork actorCritic, TEnvironment[] environments, PpoOptions? options = null, ulong seed = 0) : this(actorCritic, actorCritic, environments, options, seed) { }

    /// <summary>The hyper-parameters.</summary>
    public PpoOptions Options { get; }

    /// <summary>The network of the policy.</summary>
    public INetwork Policy => _networks.Policy;

    /// <summary>Environment steps so far, of all environments.</summary>
    public long Steps => _learnt + (long)_rollout.StepsDone * _rollout.Environments;

    /// <summary>Updates so far, the first one first.</summary>
    public IReadOnlyList<PpoIteration> History => _history;

    /// <summary>The natural logarithms of the actions' standard deviations; empty for a discrete action space.</summary>
    public ReadOnlySpan<float> LogStd => _head is GaussianHead gaussian ? gaussian.LogDeviations : [];

    /// <summary>How observations are normalised at present, to be saved with the policy: <c>policy.Save(path, standardizer: ppo.Standardizer)</c>. Null where they are not.</summary>
    public Standardizer? Standardizer => _rollout.Standardizer;

    Trainer<Adam> CreateTrainer(INetwork network)
    {
        var trainer = network.CreateTrainer(new Adam(Options.LearningRate, epsilon: Epsilon), Math.Min(PolicyHead.Rows, Math.Min(Options.BatchSize, _rollout.Samples)));
        trainer.Seed = _seed;
        trainer.Schedule = Options.Schedule;
        trainer.MaxGradientNorm = Options.MaxGradNorm;
        return trainer;
    }

    /// <summary>Learns until there are so many environment steps, counted from the first: to the end of the update that reaches them.</summary>
    /// <param name="steps">Environment steps, of all environments.</param>
    /// <param name="targetReturn">Ends after the update before which the mean return of the last 100 episodes was this or more; null to go on.</param>
    /// <param name="progress">Told of each update.</param>
    /// <param name="cancellationToken">Ends it between two updates, or in the middle of one: it goes on from there.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="NotFiniteNumberException">An observation, a reward, an output or a gradient is no finite number. What was learnt is kept.</exception>
    /// <exception cref="InvalidOperationException">An environment allows no action. What was learnt is kept.</exception>
    public void Learn(long steps, double? targetReturn = null, IProgress<PpoIteration>? progress = null, CancellationToken cancellationToken = default)
    {
        _history.EnsureCapacity(_history.Count + (int)Math.Clamp((steps - Steps) / _rollout.Samples + 2, 0, 1_000_000));
        while (Steps < steps || _training)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!(_training ? Advance() : Collect(_rollout.StepsLeft)))
                continue;
            progress?.Report(_history[^1]);
            if (_history[^1].MeanReturn >= targetReturn)
                break;
        }
    }

    /// <summary>
    /// Goes on by the smallest piece: a step of each environment, what follows from the last of them, or a minibatch. So a program learns between two frames, and the bits do not depend on the clock.
    /// </summary>
    /// <returns>Whether that was the end of an update, which is then the last of <see cref="History"/>.</returns>
    /// <inheritdoc cref="Learn"/>
    public bool Advance() => _training ? Train() : Collect(1);

    /// <summary>Goes on piece by piece for as long as there is time. A piece that has begun is finished.</summary>
    /// <param name="budget">The time.</param>
    /// <returns>Whether an update has come to its end.</returns>
    /// <inheritdoc cref="Learn"/>
    public bool Advance(TimeSpan budget)
    {
        var start = Stopwatch.GetTimestamp();
        var updated = false;
        do
            updated |= Advance();
        while (Stopwatch.GetElapsedTime(start) < budget);
        return updated;
    }

    /// <summary>Lets the policy act for whole episodes without chance: by the likeliest action, or the mean. Learns nothing and leaves the environments that it learns in alone.</summary>
    /// <param name="environment">An environment for it.</param>
    /// <param name="episodes">Episodes.</param>
    /// <param name="seed">What the episodes follow from.</param>
    /// <returns>The return of each episode.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="episodes"/> is not positive.</exception>
    public double[] Evaluate(TEnvironment environment, int episodes = 100, ulong seed = 0) =>
        Episodes.Run(Policy, _networks.PolicyOutput, Standardizer, environment, episodes, seed);

    /// <summary>What is learnt and how, in words.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"PPO of {Policy.GetType().Name} in {_rollout.Environments} × {typeof(TEnvironment).Name}, {Steps} steps, {_history.Count} updates");
}
