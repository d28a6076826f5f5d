using GenNet.Tests.Networks;
using GenNet.Tests.Training;

namespace GenNet.Tests.Schedules;

/// <summary>A schedule is a value: no run leaves anything in it for the next.</summary>
public class ScheduleValueTests
{
    static readonly Dataset Data = FitSamples.Create(60, 1);

    public static TheoryData<string> Kinds => new("plateau", "sequential", "product", "epochs", "own");

    static ISchedule Create(string kind) => kind switch
    {
        "plateau" => new PlateauSchedule(0.1, 0, threshold: 0.02),
        "sequential" => new WarmupSchedule(3).Then(3, new PlateauSchedule(0.1, 0, threshold: 0.02)),
        "product" => new PlateauSchedule(0.5, 0, threshold: 0.02).Times(new PlateauSchedule(0.1, 1, threshold: 0.5)),
        "epochs" => new PlateauSchedule(0.1, 0, threshold: 0.02).PerEpoch(3),
        _ => new Halving(1),
    };

    /// <summary>One's own that knows something of the past.</summary>
    sealed record Halving(double Factor) : IMetricSchedule
    {
        public double At(long step) => Factor;

        public IMetricSchedule Report(double metric) => new Halving(Factor / 2);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_fold_begins_with_the_schedule_as_it_was_given(string kind)
    {
        var schedule = Create(kind);
        var rates = new FirstRates();
        var options = new FitOptions { Epochs = 6, BatchSize = 8, Schedule = schedule, Callbacks = [rates] };
        var result = CrossValidation.Run(Data, () => new SmallClassifier(1), new Adam(0.01), options, folds: 4);
        var first = 0.01 * Create(kind).At(0);
        Assert.Equal(Enumerable.Repeat(first, 4), rates.Rates);

        // As with a schedule of its own for each fold, and the same once more.
        foreach (var (fold, actual) in Data.Folds(4, 0).Zip(result.Folds))
        {
            var network = new SmallClassifier(1);
            network.Fit(fold.TrainingData(), new Adam(0.01), options with { Schedule = Create(kind), Callbacks = [] });
            Assert.Equal(network.CreateTrainer(new Adam(), 8).Evaluate(fold.ValidationData()), actual.Validation);
        }
        Assert.Equal(result.Mean, CrossValidation.Run(Data, () => new SmallClassifier(1), new Adam(0.01), options, folds: 4).Mean);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_schedule_serves_two_fits_and_two_trainers(string kind)
    {
        var options = new FitOptions { Epochs = 6, BatchSize = 8, Schedule = Create(kind) };
        SmallClassifier first = new(1), second = new(1);
        first.Fit(Data, new Adam(0.01), options);
        second.Fit(Data, new Adam(0.01), options);
        Assert.Equal(first.Hash(), second.Hash());

        // What one trainer learns, another that took over its state does not.
        var trainer = new SmallClassifier(1).CreateTrainer(new Adam(0.01), 8);
        trainer.Schedule = Create(kind);
        var other = new SmallClassifier(1).CreateTrainer(new Adam(0.01), 8);
        other.CopyStateFrom(trainer);
        foreach (var metric in new double[] { 1, 2, 3 })
            trainer.Report(metric);
        Assert.Equal(0.01 * Create(kind).At(10), 0.01 * other.Schedule!.At(10), 1e-15);
        Assert.NotEqual(other.Schedule!.At(10), trainer.Schedule.At(10));
    }

    [Fact]
    public void A_trainer_without_a_schedule_may_report_too()
    {
        var trainer = new SmallClassifier(1).CreateTrainer(new Adam(0.01), 8);
        trainer.Report(1);
        trainer.Schedule = new ConstantSchedule(0.5);
        trainer.Report(1);
        Assert.Equal(new ConstantSchedule(0.5), trainer.Schedule);
    }

    [Fact]
    public void Three_phases_need_steps_for_the_third()
    {
        Assert.Equal(1 / 25.0 / 1e4, new OneCycleSchedule(100) { RiseShare = 0.49, ThreePhase = true }.At(99), 1e-12);
        Assert.Contains("less than ½ with ThreePhase", Assert.Throws<ArgumentOutOfRangeException>(() => new OneCycleSchedule(100) { RiseShare = 0.5, ThreePhase = true }).Message, StringComparison.Ordinal);
        Assert.Contains("less than ½ with ThreePhase", Assert.Throws<ArgumentOutOfRangeException>(() => new OneCycleSchedule(100) { ThreePhase = true, RiseShare = 0.7 }).Message, StringComparison.Ordinal);
        Assert.Equal(0.7, new OneCycleSchedule(100) { RiseShare = 0.7 }.RiseShare);
    }

    sealed class FirstRates : FitCallback
    {
        public List<double> Rates { get; } = [];

        public override void OnFitBegin(FitContext context) => Rates.Add(context.Trainer.LearningRate);
    }
}
