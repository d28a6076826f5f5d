namespace GenNet.Interrupted;

/// <summary>A run without end: each step's samples follow from the number of the step.</summary>
public sealed class LongRun
{
    const int Samples = 8;

    readonly RunNetwork _network = new(1);
    readonly float[] _inputs = new float[Samples * RunNetwork.InputSize];
    readonly float[] _targets = new float[Samples * RunNetwork.OutputSize];

    /// <summary>Starts at step 0.</summary>
    public LongRun() => Trainer = _network.CreateTrainer(new Adam(0.001), Samples);

    /// <summary>Holds the number of steps made.</summary>
    public Trainer Trainer { get; }

    /// <summary>Of the weights.</summary>
    public ulong Hash => _network.Hash();

    /// <summary>Makes one step.</summary>
    public void Step()
    {
        var random = new RandomStream((ulong)Trainer.StepCount);
        foreach (ref var input in _inputs.AsSpan())
            input = random.NextSingle();
        foreach (ref var target in _targets.AsSpan())
            target = random.NextSingle();
        Trainer.Step(_inputs, _targets);
    }
}
