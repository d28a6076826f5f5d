using GenNet.Tests.Networks;
using GenNet.Tests.Reference;

namespace GenNet.Tests.Schedules;

/// <summary>Every schedule against PyTorch, at its ends, and in training.</summary>
public class ScheduleTests
{
    const double Tolerance = 1e-12;

    static readonly Dictionary<string, Func<ISchedule>> Schedules = new()
    {
        ["Constant"] = () => new ConstantSchedule(1),
        ["ConstantFactor"] = () => new ConstantSchedule(0.25, 30),
        ["Step"] = () => new StepSchedule(30, 0.5),
        ["MultiStep"] = () => new MultiStepSchedule(0.3, 5, 40, 41, 90),
        ["Exponential"] = () => new ExponentialSchedule(0.95),
        ["Polynomial"] = () => new PolynomialSchedule(80),
        ["PolynomialPower"] = () => new PolynomialSchedule(80, 2.5),
        ["Cosine"] = () => new CosineSchedule(100),
        ["CosineMinimum"] = () => new CosineSchedule(99, 0.125),
        ["CosineRestarts"] = () => new CosineRestartsSchedule(17),
        ["CosineRestartsGrowing"] = () => new CosineRestartsSchedule(10, 2, 0.0625),
        ["Warmup"] = () => new WarmupSchedule(40, 0.125),
        ["OneCycle"] = () => new OneCycleSchedule(100),
        ["OneCycleLinear"] = () => new OneCycleSchedule(100) { RiseShare = 0.25, Linear = true, InitialDivisor = 10, FinalDivisor = 100 },
        ["OneCycleThreePhase"] = () => new OneCycleSchedule(100) { RiseShare = 0.4, ThreePhase = true },
        ["Sequential"] = () => new WarmupSchedule(20, 0.1).Then(20, new StepSchedule(15, 0.5)).Then(70, new ConstantSchedule(0.5, 7)),
        ["Product"] = () => new WarmupSchedule(30, 0.125).Times(new ExponentialSchedule(0.97)),
        ["Plateau"] = () => new PlateauSchedule(0.5, patience: 3),
        ["PlateauCooldown"] = () => new PlateauSchedule(0.5, patience: 2, threshold: 0.01, cooldown: 5, minimum: 0.1),
        ["PlateauMaximum"] = () => new PlateauSchedule(0.5, patience: 3, largerIsBetter: true),
    };

    public static TheoryData<string> Names => new(ScheduleReference.Names);

    [Theory]
    [MemberData(nameof(Names))]
    public void Agrees_with_PyTorch(string name)
    {
        var reference = ScheduleReference.Load(name);
        var schedule = Schedules[name]();
        Assert.Equal(100, reference.Rates.Length);
        for (var step = 0; step < reference.Rates.Length; step++)
        {
            Assert.Equal(reference.Rates[step], schedule.At(step), Tolerance);
            if (reference.Metrics is not null)
                schedule = ((IMetricSchedule)schedule).Report(reference.Metrics[step]);
        }
    }

    [Fact]
    public void Every_reference_is_tested() => Assert.Equal(Schedules.Keys.Order(StringComparer.Ordinal), ScheduleReference.Names);

    [Fact]
    public void Schedules_hold_their_last_factor()
    {
        const long Far = 1L << 40;
        Assert.Equal(0.125, new CosineSchedule(10, 0.125).At(Far));
        Assert.Equal(0, new PolynomialSchedule(10, 0.5).At(Far));
        Assert.Equal(2, new WarmupSchedule(10, 0, 2).At(Far));
        Assert.Equal(1 / 25.0 / 1e4, new OneCycleSchedule(10).At(Far), Tolerance);
        Assert.Equal(0.01, new MultiStepSchedule(0.1, 3, 5).At(Far), Tolerance);
        Assert.Equal(0, new ExponentialSchedule(0.9).At(Far));
        Assert.InRange(new CosineRestartsSchedule(7, 3).At(Far), 0, 1);
        Assert.Equal(1, new CosineRestartsSchedule(8).At(Far));
    }

    [Fact]
    public void A_schedule_of_epochs_changes_between_them()
    {
        var schedule = new StepSchedule(2, 0.5).PerEpoch(10);
        Assert.Equal([1, 1, 0.5, 0.25], new long[] { 0, 19, 20, 40 }.Select(schedule.At));
        var plateau = new PlateauSchedule(0.5, patience: 0);
        IMetricSchedule reported = new WarmupSchedule(10).Then(10, plateau.Times(new ConstantSchedule(3)).PerEpoch(4));
        Assert.Equal(1.5, reported.Report(1).Report(2).At(10));
        Assert.Equal(3, reported.At(10));
    }

    [Fact]
    public void A_plateau_goes_on_from_its_state()
    {
        var metrics = ScheduleReference.Load("PlateauCooldown").Metrics!;
        PlateauSchedule Create() => (PlateauSchedule)Schedules["PlateauCooldown"]();
        static PlateauSchedule After(PlateauSchedule schedule, IEnumerable<double> metrics) => metrics.Aggregate(schedule, (reported, metric) => reported.Report(metric));
        var whole = After(Create(), metrics);
        var first = After(Create(), metrics[..17]);
        var second = After(Create() with { State = first.State }, metrics[17..]);
        Assert.Equal(whole.State, second.State);
        Assert.NotEqual(first.State, second.State);
        Assert.Equal(first.State.Best, first.Report(double.NaN).State.Best);
    }

    [Fact]
    public void A_trainer_follows_its_schedule_and_goes_on_with_it()
    {
        float[] inputs = [0, 0, 0, 1, 1, 0, 1, 1], targets = [0, 1, 1, 0];
        Xor byHand = new(1), whole = new(1), resumed = new(1);
        var handTrainer = byHand.CreateTrainer(new Adam(0.1), 4);
        var wholeTrainer = whole.CreateTrainer(new Adam(0.1), 4);
        wholeTrainer.Schedule = new OneCycleSchedule(20);
        Assert.Equal(0.1 / 25, wholeTrainer.LearningRate, Tolerance);
        for (var step = 0; step < 20; step++)
        {
            handTrainer.Optimizer = handTrainer.Optimizer with { LearningRate = 0.1 * wholeTrainer.Schedule.At(step) };
            handTrainer.Step(inputs, targets);
            wholeTrainer.Step(inputs, targets);
            if (step != 9)
                continue;
            resumed.Parameters.CopyFrom(whole.Parameters);
        }
        Assert.Equal(byHand.Hash(), whole.Hash());
        Assert.Equal(0.1, wholeTrainer.Optimizer.LearningRate);

        var again = new Xor(1);
        var firstTrainer = again.CreateTrainer(new Adam(0.1), 4);
        firstTrainer.Schedule = new OneCycleSchedule(20);
        for (var step = 0; step < 10; step++)
            firstTrainer.Step(inputs, targets);
        var secondTrainer = resumed.CreateTrainer(new Adam(), 4);
        secondTrainer.CopyStateFrom(firstTrainer);
        for (var step = 10; step < 20; step++)
            secondTrainer.Step(inputs, targets);
        Assert.Equal(whole.Hash(), resumed.Hash());
    }

    /// <summary>A user's own schedule is a small struct.</summary>
    readonly struct InverseRoot : ISchedule
    {
        public double At(long step) => 1 / Math.Sqrt(1 + step);
    }

    readonly struct Broken : ISchedule
    {
        public double At(long step) => double.NaN;
    }

    [Fact]
    public void Fit_follows_a_schedule_and_reports_to_it()
    {
        var data = new Dataset(new float[] { 0, 0, 0, 1, 1, 0, 1, 1 }, 2, new[] { 0, 1, 1, 0 }, 2);
        Trainer Fit(ISchedule? schedule)
        {
            var trainer = new Xor(1).CreateTrainer(new Sgd(0.5), 2);
            trainer.Fit(data, new() { Epochs = 6, Schedule = schedule });
            return trainer;
        }
        ulong Train(ISchedule? schedule) => Fit(schedule).Network.Parameters.Hash();
        Assert.Equal(Train(null), Train(new ConstantSchedule()));
        Assert.NotEqual(Train(null), Train(new InverseRoot()));
        Assert.Equal(new Xor(1).Hash(), Train(new ConstantSchedule(0)));

        // It never gets better by a half, so the rate falls after each epoch but the first.
        var plateau = new PlateauSchedule(0.5, patience: 0, threshold: 0.5);
        Assert.Equal(Math.Pow(0.5, 5), ((PlateauSchedule)Fit(plateau).Schedule!).State.Factor);
        Assert.Equal(1, plateau.State.Factor);
        Assert.Throws<ArgumentOutOfRangeException>(() => Train(new Broken()));
    }

    [Fact]
    public void Schedules_refuse_what_makes_no_sense()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new StepSchedule(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineSchedule(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OneCycleSchedule(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OneCycleSchedule(10) { RiseShare = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExponentialSchedule(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PlateauSchedule(1));
        Assert.Throws<ArgumentException>(() => new MultiStepSchedule(0.1, 5, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WarmupSchedule(5).PerEpoch(0));
        Assert.Throws<ArgumentNullException>(() => new WarmupSchedule(5).Then(5, null!));
    }
}
