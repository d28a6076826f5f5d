using GenNet.Tests.Networks;

namespace GenNet.Tests.Training;

public class FitCallbackTests
{
    static readonly Dataset Train = FitSamples.Create(20, 1);

    [Fact]
    public void Is_told_everything_in_order()
    {
        var log = new Log();
        var result = new SmallClassifier(1).Fit(Train, new Sgd(0.1), new() { Epochs = 2, BatchSize = 8, Callbacks = [log] });
        Assert.Equal(
            ["fit", "epoch 1", "1.1", "1.2", "1.3", "end 1", "epoch 2", "2.1", "2.2", "2.3", "end 2", "over Completed"], log.Events);
        Assert.Equal(result.Epochs.Select(epoch => epoch.Loss), log.Losses, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void May_stop_between_steps_and_epochs()
    {
        var log = new Log { StopAt = "2.1" };
        var result = new SmallClassifier(1).Fit(Train, new Sgd(0.1), new() { Epochs = 5, BatchSize = 8, Callbacks = [log] });
        Assert.Equal((FitEnd.StoppedByCallback, 1), (result.End, result.Epochs.Count));
        Assert.Equal("2.1", log.Events[^2]);

        log = new Log { StopAt = "end 2" };
        result = new SmallClassifier(1).Fit(Train, new Sgd(0.1), new() { Epochs = 5, BatchSize = 8, Callbacks = [log] });
        Assert.Equal((FitEnd.StoppedByCallback, 2), (result.End, result.Epochs.Count));
    }

    [Fact]
    public void Steps_with_callbacks_allocate_nothing()
    {
        var counter = new AllocationCounter();
        new SmallClassifier(1).Fit(Train, new Adam(), new() { Epochs = 4, BatchSize = 2, Sampling = Sampling.Balanced, Callbacks = [counter] });
        Assert.Equal(0, counter.Least);
    }

    sealed class AllocationCounter : FitCallback
    {
        long _before;

        /// <summary>Bytes allocated in the steps of the epoch that took the least.</summary>
        public long Least { get; private set; } = long.MaxValue;

        public override void OnBatchEnd(FitContext context)
        {
            if (context.Step == 1)
                _before = GC.GetAllocatedBytesForCurrentThread();
            else if (context.Step == context.StepsPerEpoch)
                Least = Math.Min(Least, GC.GetAllocatedBytesForCurrentThread() - _before);
        }
    }

    sealed class Log : FitCallback
    {
        double _sum;

        public List<string> Events { get; } = [];

        public List<double> Losses { get; } = [];

        public string? StopAt { get; init; }

        public override void OnFitBegin(FitContext context) => Add(context, "fit");

        public override void OnEpochBegin(FitContext context)
        {
            Assert.True(float.IsNaN(context.BatchLoss));
            Assert.Equal(0, context.Step);
            _sum = 0;
            Add(context, $"epoch {context.Epoch}");
        }

        public override void OnBatchEnd(FitContext context)
        {
            _sum += (double)context.BatchLoss * (context.Step < 3 ? 8 : 4);
            Assert.Equal(3, context.StepsPerEpoch);
            Assert.Equal((context.Epoch - 1) * 3 + context.Step, context.Trainer.StepCount);
            Add(context, $"{context.Epoch}.{context.Step}");
        }

        public override void OnEpochEnd(FitContext context, EpochResult result)
        {
            Losses.Add(_sum / 20);
            Add(context, $"end {result.Epoch}");
        }

        public override void OnFitEnd(FitContext context, FitResult result) => Add(context, $"over {result.End}");

        void Add(FitContext context, string what)
        {
            Events.Add(what);
            if (what == StopAt)
                context.Stop();
        }
    }
}
