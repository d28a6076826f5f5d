using GenNet.Tests.Training.Histories;

namespace GenNet.Tests.Training;

/// <summary>After any exception everything is as it was: for every kind of layer, every way to fail, every method that takes samples and whatever was kept before. Updates: <see cref="FailingUpdateTests"/>.</summary>
public class RefusalTests
{
    const int Inputs = 5, Outputs = 3;

    static readonly Func<INetwork>[] Networks = [() => new EveryLayer(1), () => new LotsOfRows(1), () => new SingleSamples(1), () => new PlainClassifier(1)];

    /// <summary>What is wrong with a batch.</summary>
    public enum Fault
    {
        Input, LateInput, Target, Loss, LateLoss, Weights, GradientNorm, FewInputs, ManyRows, NoRows, Label, FewWeights, NegativeWeight, Schedule,
    }

    /// <summary>What is kept before.</summary>
    public enum Kept
    {
        Nothing, Part, Whole,
    }

    public static TheoryData<Fault> Faults => new(Enum.GetValues<Fault>());

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_call_that_fails_changes_nothing(Fault fault)
    {
        var refused = 0;
        foreach (var create in Networks)
            foreach (var kept in Enum.GetValues<Kept>())
                foreach (var rows in new[] { 1, 12, 300 })
                    foreach (var clips in new[] { false, true })
                        refused += Compare(create, fault, kept, rows, clips);
        Assert.True(refused >= 20, $"{refused} calls were refused");
    }

    /// <summary>Lets one of two trainers fail; returns how often it did.</summary>
    static int Compare(Func<INetwork> create, Fault fault, Kept kept, int rows, bool clips)
    {
        var network = create();
        if (rows == 1 && network is EveryLayer)
            return 0;
        var (twin, trainer) = (Trained(create(), rows, kept, clips), Trained(network, rows, kept, clips));
        var refused = 0;
        foreach (var call in Enum.GetValues<Call>().Where(call => Applies(call, fault)))
        {
            // A spoiled weight or schedule belongs to both; it is put right afterwards.
            if (fault == Fault.Weights)
                foreach (var item in new[] { twin, trainer })
                    Set(item, float.NaN);
            if (fault == Fault.Schedule)
                twin.Schedule = trainer.Schedule = new NotANumber();
            var before = TrainerSnapshot.Of(twin, kept != Kept.Nothing);
            try
            {
                Do(trainer, call, new Samples(rows, fault), fault);
                return refused;
            }
            catch (Exception e) when (e is ArgumentException or NotFiniteNumberException or InvalidOperationException)
            {
                refused++;
            }
            Assert.Equal(before, TrainerSnapshot.Of(trainer, kept != Kept.Nothing));
            if (fault == Fault.Weights)
                foreach (var item in new[] { twin, trainer })
                    Set(item, 0.25f);
            twin.Schedule = trainer.Schedule = null;
        }

        // And both go on alike: dropout's masks, the parts of a batch, what is known of dead units.
        foreach (var item in new[] { twin, trainer })
        {
            var samples = new Samples(rows, null);
            if (kept == Kept.Part)
                item.Accumulate(samples.X, samples.Labels, 2 * rows);
            if (kept != Kept.Nothing)
                item.Update();
            item.Step(samples.X, samples.Labels);
            item.Health?.EndEpoch();
        }
        Assert.Equal(TrainerSnapshot.Of(twin, false), TrainerSnapshot.Of(trainer, false));
        return refused;
    }

    enum Call
    {
        Step, StepOnTargets, Backward, Accumulate,
    }

    /// <summary>Only targets can be no numbers, only labels no classes; some faults show in an update alone.</summary>
    static bool Applies(Call call, Fault fault) => call switch
    {
        Call.Step => fault != Fault.Target,
        Call.StepOnTargets => fault != Fault.Label,
        Call.Backward => fault is not (Fault.Target or Fault.GradientNorm or Fault.Schedule),
        _ => true,
    };

    static void Do(Trainer trainer, Call call, Samples samples, Fault fault)
    {
        ReadOnlySpan<float> weights = fault is Fault.FewWeights or Fault.NegativeWeight or Fault.GradientNorm ? samples.Weights : default;
        switch (call)
        {
            case Call.Step:
                trainer.Step(samples.X, samples.Labels, weights);
                break;
            case Call.Backward:
                trainer.Backward(samples.X, samples.Labels, weights);
                break;
            case Call.StepOnTargets:
                trainer.Step(samples.X, samples.Targets, weights);
                break;
            case Call.Accumulate when fault is not (Fault.Target or Fault.GradientNorm or Fault.FewWeights or Fault.NegativeWeight or Fault.Schedule):
                trainer.Accumulate(samples.X, samples.Labels, 2 * samples.Count);
                break;
            case Call.Accumulate:
                trainer.Accumulate(samples.X, samples.Labels, samples.Count - 1);
                break;
        }
    }

    static void Set(Trainer trainer, float value)
    {
        var bias = trainer.Network.Parameters.Dense(trainer.Network.Parameters.LayerCount - 1).Biases;
        bias[1] = value;
    }

    /// <summary>After some steps, with something kept.</summary>
    static Trainer Trained(INetwork network, int rows, Kept kept, bool clips)
    {
        // Hardly any weight of the first input: with an input of 1e30, z is a usual number and the gradient of the weight is not.
        var first = network.Parameters.Dense(0).Weights;
        for (var unit = 0; unit < network.Parameters.Dense(0).Outputs; unit++)
            first[unit, 0] *= 1e-30f;
        var trainer = network.CreateTrainer(new Momentum(1e-3).WithAverage(0.9), rows);
        trainer.Seed = 5;
        if (trainer.Health is { } health)
            health.Interval = 2;
        var samples = new Samples(rows, null);
        for (var step = 0; step < 3; step++)
            trainer.Step(samples.X, samples.Labels);
        if (clips)
            trainer.MaxGradientNorm = 100;
        if (kept == Kept.Whole)
            trainer.Backward(samples.X, samples.Labels);
        if (kept == Kept.Part)
            trainer.Accumulate(samples.X, samples.Labels, 2 * rows);
        return trainer;
    }

    readonly struct NotANumber : ISchedule
    {
        public double At(long step) => double.NaN;
    }

    sealed class Samples
    {
        public Samples(int rows, Fault? fault)
        {
            Count = rows;
            var random = new RandomStream(7);
            X = new float[rows * Inputs];
            foreach (ref var value in X.AsSpan())
                value = (float)random.NextNormal();

            // So that the weights of the first input stay as small as they are.
            for (var row = 0; row < rows; row++)
                X[row * Inputs] = 0;
            Labels = [.. Enumerable.Range(0, rows).Select(row => row % Outputs)];
            Targets = new float[rows * Outputs];
            for (var row = 0; row < rows; row++)
                Targets[row * Outputs + Labels[row]] = 1;
            Weights = new float[rows];
            Weights.AsSpan().Fill(1e10f);
            switch (fault)
            {
                case Fault.Input:
                    X[2] = float.NaN;
                    break;
                case Fault.LateInput:
                    X[^1] = float.PositiveInfinity;
                    break;
                case Fault.Target:
                    Targets[^1] = float.NaN;
                    break;
                case Fault.Loss:
                    X.AsSpan(0, Inputs).Fill(3e38f);
                    break;
                case Fault.LateLoss:
                    X.AsSpan(X.Length - Inputs).Fill(3e38f);
                    break;
                case Fault.GradientNorm:
                    for (var row = 0; row < rows; row++)
                        X[row * Inputs] = 1e30f;
                    break;
                case Fault.FewInputs:
                    X = X[1..];
                    break;
                case Fault.ManyRows:
                    (X, Labels, Targets) = ([.. X, .. X], [.. Labels, .. Labels], [.. Targets, .. Targets]);
                    break;
                case Fault.NoRows:
                    (X, Labels, Targets) = ([], [], []);
                    break;
                case Fault.Label:
                    Labels[^1] = Outputs;
                    break;
                case Fault.FewWeights:
                    Weights = new float[rows + 1];
                    break;
                case Fault.NegativeWeight:
                    Weights[^1] = -1;
                    break;
            }
        }

        public int Count { get; }

        public float[] X { get; }

        public float[] Targets { get; }

        public float[] Weights { get; }

        public int[] Labels { get; }
    }
}
