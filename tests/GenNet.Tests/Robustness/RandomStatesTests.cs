using System.Globalization;
using GenNet.Tests.Files;

namespace GenNet.Tests.Robustness;

/// <summary>Whatever the state of a run: it is saved and comes back as it was, or it is refused and nothing is written.</summary>
public sealed class RandomStatesTests : TestFolder
{
    /// <summary>More with GENNET_RANDOM_STATES=100000, for example.</summary>
    static readonly ulong States = ulong.TryParse(Environment.GetEnvironmentVariable("GENNET_RANDOM_STATES"), CultureInfo.InvariantCulture, out var states) ? states : 200;

    [Fact]
    public void States_come_back_as_they_were()
    {
        for (var seed = 0UL; seed < States; seed++)
        {
            var run = new Run(seed, wildness: 0);
            Checkpoint.Save(Path("run"), run.Trainer, run.State);
            ComesBack(run);
        }
    }

    [Fact]
    public void What_cannot_be_loaded_is_not_saved()
    {
        var (saved, refused) = (0UL, 0UL);
        var store = new CheckpointStore(Path("store"), keep: 1);
        for (var seed = 0UL; seed < States; seed++)
        {
            var run = new Run(seed, wildness: 0.05);
            var before = Directory.GetFiles(store.Folder);
            try
            {
                File.Copy(store.Save(run.Trainer, run.State), Path("run"), overwrite: true);
                ComesBack(run);
                saved++;
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException)
            {
                Assert.EndsWith("othing was written.", e.Message.Split(" (Parameter")[0], StringComparison.OrdinalIgnoreCase);
                Assert.Equal(before, Directory.GetFiles(store.Folder));
                refused++;
            }
        }
        Assert.True(Math.Min(saved, refused) >= States / 10, $"{saved} saved, {refused} refused");
    }

    void ComesBack(Run run)
    {
        var loaded = run.Create(2, 0.5);
        Same.As(run.State, Checkpoint.Load(Path("run"), loaded));
        Same.As(Told(run.Trainer), Told(loaded));
    }

    static object Told(Trainer trainer) => new
    {
        trainer.Network.Parameters,
        trainer.StepCount,
        trainer.BatchCount,
        trainer.Seed,
        trainer.LearningRate,
        trainer.MaxGradientNorm,
        trainer.MaxWeightNorm,
        trainer.LabelSmoothing,
        ClassWeights = trainer.ClassWeights.ToArray(),
        States = trainer.StateNames.Select(trainer.State).ToArray(),
    };

    /// <summary>A trainer somewhere in a run, and the state of it.</summary>
    sealed class Run
    {
        /// <summary>Values at the limits of what a trainer takes: it can be saved with whatever it took.</summary>
        static readonly double[] Rates = [0.01, 0, -0.0, 1e-300], Limits = [1e-45, 0.5, 3, 1e300, double.PositiveInfinity], Smoothings = [0, 1e-300, 0.1, 1];

        public Run(ulong seed, double wildness)
        {
            Create = (seed % 3) switch
            {
                0 => (weights, rate) => new Classifier(weights).CreateTrainer(new Momentum(rate), 8),
                1 => (weights, rate) => new Normalized(weights).CreateTrainer(new Adam(rate).WithAverage(), 8),
                _ => (weights, rate) => new Classifier(weights).CreateTrainer(new Sgd(rate), 8),
            };
            var values = new RandomValues(seed, wildness, weights => Create(weights, 0).Network);
            Trainer = Create(1, Rates[values.Next(Rates.Length)]);
            State = values.Fill(new TrainingState());
            Trainer.Seed = (ulong)values.Next(1000) << values.Next(64);
            var (inputs, labels) = (new float[8 * 5], new int[8]);
            for (var i = 0; i < inputs.Length; i++)
                (inputs[i], labels[i / 5]) = (values.Next(9) - 4, values.Next(3));
            for (var steps = values.Next(3); steps > 0; steps--)
                Trainer.Step(inputs, labels);
            (Trainer.MaxGradientNorm, Trainer.MaxWeightNorm) = (Limits[values.Next(Limits.Length)], Limits[values.Next(Limits.Length)]);
            Trainer.LabelSmoothing = Smoothings[values.Next(Smoothings.Length)];
            Trainer.ClassWeights = values.Chance(0.5) ? [float.Epsilon, float.MaxValue, 0] : [];
        }

        public Func<ulong, double, Trainer> Create { get; }

        public Trainer Trainer { get; }

        public TrainingState State { get; }
    }
}
