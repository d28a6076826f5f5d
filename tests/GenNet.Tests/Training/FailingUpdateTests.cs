using GenNet.Tests.Networks;
using GenNet.Tests.Training.Histories;

namespace GenNet.Tests.Training;

/// <summary>An update that is refused leaves everything as it was: for every optimiser, kind of layer and reason, with and without limits, health and threads.</summary>
[Collection(nameof(ParallelismTests))] // The number of threads is the process's.
public sealed class FailingUpdateTests : IDisposable
{
    const int Inputs = 5, Rows = 40;

    static readonly Func<INetwork>[] Networks =
        [() => new EveryLayer(1), () => new LotsOfRows(1), () => new SingleSamples(1), () => new PlainClassifier(1), () => new NormalizedClassifier(1)];

    /// <summary>Every optimiser, bare and in what may be added to it: <see cref="Optimizers.SettingTests.Every_optimizer_is_here"/>.</summary>
    static readonly Dictionary<string, Func<INetwork, Trainer>> Optimizers = new()
    {
        ["Sgd"] = network => network.CreateTrainer(new Sgd(0.1, weightDecay: 0.1), Rows),
        ["Momentum"] = network => network.CreateTrainer(new Momentum(0.1, nesterov: true), Rows),
        ["RMSProp"] = network => network.CreateTrainer(new RMSProp(0.01) { Momentum = 0.5, Centered = true }, Rows),
        ["Adagrad"] = network => network.CreateTrainer(new Adagrad(0.1), Rows),
        ["Adadelta"] = network => network.CreateTrainer(new Adadelta(), Rows),
        ["Adam"] = network => network.CreateTrainer(new Adam { AMSGrad = true }, Rows),
        ["AdamW"] = network => network.CreateTrainer(new AdamW(), Rows),
        ["NAdam"] = network => network.CreateTrainer(new NAdam(), Rows),
        ["RAdam"] = network => network.CreateTrainer(new RAdam(), Rows),
        ["Lion"] = network => network.CreateTrainer(new Lion(), Rows),
        ["Regularized"] = network => network.CreateTrainer(new Sgd(0.1).WithPenalty(1e-3, 1e-3), Rows),
        ["ValueClipped"] = network => network.CreateTrainer(new Adam().ClipByValue(0.1), Rows),
        ["Averaged"] = network => network.CreateTrainer(new Adam().WithAverage(0.9), Rows),
    };

    /// <summary>Why an update is refused.</summary>
    public enum Reason
    {
        NothingKept, PartsMissing, ScheduleIsNoNumber, ScheduleThrows, NormIsInfinite, NormIsNoNumber,
    }

    public static TheoryData<string, int> Cases
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var optimizer in Optimizers.Keys)
                foreach (var threads in new[] { 1, 2 })
                    data.Add(optimizer, threads);
            return data;
        }
    }

    public void Dispose() => Parallelism.Threads = 1;

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_update_that_fails_changes_nothing(string optimizer, int threads)
    {
        Parallelism.Threads = threads;
        var number = threads + optimizer.Length;

        // Threads wait for each other, which takes its time on a machine that has others to run: one kind of network for each optimiser.
        var networks = threads == 1 ? Networks : [Networks[number % Networks.Length]];
        foreach (var network in networks)
            foreach (var reason in Enum.GetValues<Reason>())
            {
                // Limits and what is measured change places, so that each meets each reason and network with some optimiser.
                var (limits, interval) = (++number % 2 == 0, 1 + number / 2 % 2);
                Compare(() => Trained(Optimizers[optimizer](network()), limits, interval), reason);
            }
    }

    [Fact]
    public void Every_optimizer_is_here()
    {
        var all = typeof(Sgd).Assembly.GetExportedTypes().Where(type => type.IsValueType && type.GetInterfaces().Any(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IOptimizer<>)));
        Assert.Equal(all.Select(type => type.Name.Split('`')[0]).Order(), Optimizers.Keys.Order());
    }

    /// <summary>Lets the update of one of two trainers fail; then both go on alike.</summary>
    static void Compare(Func<Trainer> create, Reason reason)
    {
        var (twin, trainer) = (create(), create());
        foreach (var item in new[] { twin, trainer })
            Prepare(item, reason);
        var keeps = reason != Reason.NothingKept;
        var before = Snapshot(twin, keeps);
        var thrown = Assert.ThrowsAny<Exception>(trainer.Update);
        Assert.True(Fits(thrown, reason), thrown.ToString());
        Assert.Equal(before, Snapshot(trainer, keeps));
        foreach (var item in new[] { twin, trainer })
            GoOn(item, reason);
        Assert.Equal(TrainerSnapshot.Of(twin, false), TrainerSnapshot.Of(trainer, false));
    }

    /// <summary>A schedule that throws has no rate to compare.</summary>
    static List<string> Snapshot(Trainer trainer, bool keepsGradients)
    {
        var schedule = trainer.Schedule;
        trainer.Schedule = null;
        var lines = TrainerSnapshot.Of(trainer, keepsGradients);
        trainer.Schedule = schedule;
        return lines;
    }

    static bool Fits(Exception thrown, Reason reason) => reason switch
    {
        Reason.NothingKept or Reason.PartsMissing => thrown is InvalidOperationException,
        Reason.ScheduleIsNoNumber => thrown is ArgumentOutOfRangeException,
        Reason.ScheduleThrows => thrown is NotSupportedException,
        _ => thrown is TrainingDivergedException,
    };

    static void Prepare(Trainer trainer, Reason reason)
    {
        if (reason == Reason.PartsMissing)
            trainer.Accumulate(Samples.X.AsSpan(0, 30 * Inputs), Samples.Labels.AsSpan(0, 30), Rows);
        else if (reason != Reason.NothingKept)
            trainer.Backward(Samples.X, Samples.Labels);
        trainer.Schedule = reason switch
        {
            Reason.ScheduleIsNoNumber => new BadSchedule(Throws: false),
            Reason.ScheduleThrows => new BadSchedule(Throws: true),
            _ => null,
        };
        if (reason < Reason.NormIsInfinite)
            return;

        // What is kept may be written.
        trainer.MaxGradientNorm = 1;
        trainer.GradientBlock.Dense(0).Weights[1, 2] = reason == Reason.NormIsInfinite ? float.NegativeInfinity : float.NaN;
    }

    static void GoOn(Trainer trainer, Reason reason)
    {
        trainer.Schedule = null;
        if (reason >= Reason.NormIsInfinite)
            trainer.GradientBlock.Dense(0).Weights[1, 2] = 0.25f;
        if (reason == Reason.PartsMissing)
            trainer.Accumulate(Samples.X.AsSpan(30 * Inputs), Samples.Labels.AsSpan(30), Rows);
        if (reason != Reason.NothingKept)
            trainer.Update();
        trainer.Step(Samples.X, Samples.Labels);
        trainer.Health?.EndEpoch();
    }

    static Trainer Trained(Trainer trainer, bool limits, int interval)
    {
        trainer.Seed = 5;
        if (trainer.Health is { } health)
            health.Interval = interval;
        for (var step = 0; step < 3; step++)
            trainer.Step(Samples.X, Samples.Labels);
        if (limits)
            (trainer.MaxGradientNorm, trainer.MaxWeightNorm) = (0.1, 1);
        return trainer;
    }

    static (float[] X, int[] Labels) Samples { get; } = (FitSamples.Create(Rows, 3).Inputs.ToArray(), FitSamples.Create(Rows, 3).Labels.ToArray());

    sealed record BadSchedule(bool Throws) : ISchedule
    {
        public double At(long step) => Throws ? throw new NotSupportedException() : double.NaN;
    }
}
