using GenNet.Agents;
using GenNet.Agents.Environments;

namespace GenNet.Tests.Agents;

/// <summary>Of three actions the one that is right gives 1, and one, which changes, is not there. Episodes have ten steps.</summary>
struct MaskedChoice : IEnvironment
{
    int _steps, _right, _forbidden;
    ulong _seed;

    public static int ObservationSize => 2;

    public static ActionSpace ActionSpace { get; } = ActionSpace.Discrete(3);

    public static bool HasActionMasks => true;

    public void Reset(ulong seed, Span<float> observation)
    {
        (_steps, _seed) = (0, seed);
        Observe(observation);
    }

    public StepResult Step(AgentAction action, Span<float> observation)
    {
        if (action.Index == _forbidden)
            throw new InvalidOperationException("That is forbidden.");
        var reward = action.Index == _right ? 1 : 0;
        _steps++;
        Observe(observation);
        return new StepResult(reward, Terminated: _steps == 10);
    }

    public readonly void WriteActionMask(Span<bool> allowed) => allowed[_forbidden] = false;

    void Observe(Span<float> observation)
    {
        var random = new RandomStream(_seed).Split((ulong)_steps);
        _right = random.NextInt32(3);
        _forbidden = (_right + 1 + random.NextInt32(2)) % 3;
        (observation[0], observation[1]) = (_right - 1, _right == 1 ? 1 : 0);
    }
}

/// <summary>The action is to be the observation, turned round; a step is an episode.</summary>
struct OneStep : IEnvironment
{
    float _wanted;

    public static int ObservationSize => 3;

    public static ActionSpace ActionSpace { get; } = ActionSpace.Box([-1], [1]);

    public static int TimeLimit => 1;

    public void Reset(ulong seed, Span<float> observation)
    {
        observation.Clear();
        observation[0] = 2 * new RandomStream(seed).NextSingle() - 1;
        _wanted = -observation[0];
    }

    public readonly StepResult Step(AgentAction action, Span<float> observation) => new(-Math.Abs(action.Values[0] - _wanted));
}

/// <summary>A class, as a game's world is, that does as it is told.</summary>
sealed class Told : IEnvironment, ISavedEnvironment
{
    public static int ObservationSize => 4;

    public static ActionSpace ActionSpace { get; } = ActionSpace.Discrete(2);

    public static bool HasActionMasks => true;

    /// <summary>Steps so far.</summary>
    public int Steps { get; private set; }

    /// <summary>The step in which something goes wrong, and what.</summary>
    public int BadStep { get; set; } = int.MaxValue;

    public string Fault { get; set; } = "";

    /// <summary>How often it writes its state into checkpoints; it reads it once.</summary>
    public int SavedNumbers { get; set; } = 1;

    public void Reset(ulong seed, Span<float> observation) => observation.Fill(Fault == "reset" && Steps >= BadStep ? float.PositiveInfinity : seed % 1024 / 1024f);

    public StepResult Step(AgentAction action, Span<float> observation)
    {
        var bad = ++Steps >= BadStep;
        observation.Fill(bad && Fault == "observation" ? float.NaN : Steps % 7 / 7f);
        if (bad && Fault == "throws")
            throw new DivideByZeroException();
        return new StepResult(bad && Fault == "reward" ? float.NaN : action.Index, Terminated: Steps % 11 == 0 || bad && Fault == "reset");
    }

    public void WriteActionMask(Span<bool> allowed)
    {
        if (Steps >= BadStep && Fault == "mask")
            allowed.Clear();
    }

    public void Save(BinaryWriter writer)
    {
        for (var i = 0; i < SavedNumbers; i++)
            writer.Write(Steps);
    }

    public void Load(BinaryReader reader) => Steps = reader.ReadInt32();
}

/// <summary>Episodes of a hundred steps, in the fifth of which something happens once.</summary>
sealed class Stopping : IEnvironment
{
    int _steps;

    public static int ObservationSize => 4;

    public static ActionSpace ActionSpace { get; } = ActionSpace.Discrete(2);

    public static int TimeLimit => 100;

    /// <summary>Steps so far, of all episodes.</summary>
    public int Steps { get; private set; }

    public Action? Step5 { get; set; }

    public void Reset(ulong seed, Span<float> observation)
    {
        _steps = 0;
        observation.Fill(seed % 10);
    }

    public StepResult Step(AgentAction action, Span<float> observation)
    {
        Steps++;
        if (++_steps == 5)
            Step5?.Invoke();
        observation.Fill(_steps % 3);
        return new StepResult(action.Index);
    }
}

/// <summary>A world with references that does not write itself into checkpoints.</summary>
sealed class Unsaved : IEnvironment
{
    readonly List<int> _actions = [];

    public static int ObservationSize => 4;

    public static ActionSpace ActionSpace { get; } = ActionSpace.Discrete(2);

    public void Reset(ulong seed, Span<float> observation) => observation.Clear();

    public StepResult Step(AgentAction action, Span<float> observation)
    {
        _actions.Add(action.Index);
        return default;
    }
}

/// <summary>Rewards of any size, and a space of actions that is another object whenever it is asked for.</summary>
struct Rich : IEnvironment
{
    int _steps;

    public float Reward { get; set; }

    public static int ObservationSize => 4;

    public static ActionSpace ActionSpace => ActionSpace.Discrete(2);

    public void Reset(ulong seed, Span<float> observation) => observation.Fill(seed % 10);

    public StepResult Step(AgentAction action, Span<float> observation)
    {
        observation.Fill(++_steps % 5);
        return new StepResult(Reward, Terminated: _steps % 20 == 0);
    }
}

/// <summary>A sign is shown in the first step, and asked for some steps later, when nothing of it is to be seen: 1 for the right action, −1 for the other. Every third episode is broken off before.</summary>
struct Recall : IEnvironment
{
    int _left;
    bool _right, _ends;

    public static int ObservationSize => 2;

    public static ActionSpace ActionSpace { get; } = ActionSpace.Discrete(2);

    public void Reset(ulong seed, Span<float> observation)
    {
        var random = new RandomStream(seed);
        (_right, _left, _ends) = (random.NextInt32(2) == 1, 2 + random.NextInt32(4), random.NextInt32(3) > 0);
        (observation[0], observation[1]) = (_right ? 1 : -1, 0);
    }

    public StepResult Step(AgentAction action, Span<float> observation)
    {
        _left--;
        (observation[0], observation[1]) = (0, _left == 0 ? 1 : 0);
        return _left >= 0 ? new StepResult(0, Truncated: _left == 0 && !_ends) : new StepResult(action.Index == 1 == _right ? 1 : -1, Terminated: true);
    }
}

/// <summary>A pole on a cart that takes its time.</summary>
sealed class SlowCart : IEnvironment
{
    CartPole _cart;

    public static int ObservationSize => CartPole.ObservationSize;

    public static ActionSpace ActionSpace => CartPole.ActionSpace;

    public int Steps { get; private set; }

    public Action? AtStep10 { get; set; }

    public void Reset(ulong seed, Span<float> observation) => _cart.Reset(seed, observation);

    public StepResult Step(AgentAction action, Span<float> observation)
    {
        Thread.Sleep(10);
        if (++Steps == 10)
            AtStep10?.Invoke();
        return _cart.Step(action, observation);
    }
}

/// <summary>A pole on a cart, of which one episode in eight does not begin.</summary>
struct Unready : IEnvironment
{
    CartPole _cart;

    public static int ObservationSize => CartPole.ObservationSize;

    public static ActionSpace ActionSpace => CartPole.ActionSpace;

    public static int TimeLimit => 10;

    public bool Throws { get; set; }

    public void Reset(ulong seed, Span<float> observation)
    {
        _cart.Reset(seed, observation);
        if (seed % 8 != 0)
            return;
        if (Throws)
            throw new DivideByZeroException();
        observation[0] = float.NaN;
    }

    public StepResult Step(AgentAction action, Span<float> observation) => _cart.Step(action, observation);
}
