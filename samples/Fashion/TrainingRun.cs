using System.Diagnostics;
using GenNet;

namespace Fashion;

sealed record EpochResult(int Epoch, double Loss, double TestLoss, double Accuracy, double Seconds, ulong Hash);

/// <summary>Trains a network and tests it after each epoch. May be watched from other threads meanwhile.</summary>
sealed class TrainingRun
{
    readonly Trainer<Adam> trainer;
    readonly Dataset train;
    readonly Dataset test;
    EpochResult[] epochs = [];
    int samplesDone;
    long trainTicks;
    long steps;

    public TrainingRun(Settings settings, ImageData images)
    {
        (Settings, Images) = (settings, images);
        Network = Networks.Create(settings.Network, images.ClassNames.Count, settings.Seed);
        BatchSize = Math.Min(settings.BatchSize, images.Train.Count);
        trainer = Network.CreateTrainer(new Adam(learningRate: settings.LearningRate), BatchSize);
        var standardizer = Standardizer.FitGlobal(images.Train);
        train = standardizer.Transform(images.Train);
        test = standardizer.Transform(images.Test);
        Outputs = new float[test.Count * Network.OutputSize];
        Confusion = new ConfusionMatrix(Network.OutputSize);
    }

    public Settings Settings { get; }

    public ImageData Images { get; }

    public INetwork Network { get; }

    public int BatchSize { get; }

    /// <summary>The epochs that are over.</summary>
    public IReadOnlyList<EpochResult> Epochs => Volatile.Read(ref epochs);

    /// <summary>Samples trained on in the epoch that is under way.</summary>
    public int SamplesDone => Volatile.Read(ref samplesDone);

    /// <summary>[test images, classes] probabilities after the last epoch.</summary>
    public float[] Outputs { get; }

    public ConfusionMatrix Confusion { get; private set; }

    /// <summary>What the steps and their batches took, without evaluation and display.</summary>
    public double TrainSeconds => (double)trainTicks / Stopwatch.Frequency;

    public double SamplesPerSecond => (double)train.Count * epochs.Length / TrainSeconds;

    /// <summary>
    /// Bytes of managed memory that the training thread took in the steps and their batches, in the epoch that was least disturbed:
    /// a garbage collection for another thread, the display's, ends this thread's allocation buffer, whose rest then counts as allocated.
    /// </summary>
    public double AllocatedBytesPerStep { get; private set; } = double.PositiveInfinity;

    public void Train()
    {
        // The buffers of shuffled batches are made here, once for all epochs.
        foreach (var _ in train.Shuffled(0).Batches(BatchSize))
            break;

        var order = new RandomStream(Settings.Seed);
        for (var epoch = 1; epoch <= Settings.Epochs; epoch++)
        {
            var stepsBefore = steps;
            var allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            var loss = TrainEpoch(order.Split((ulong)epoch).Key);
            var ticks = Stopwatch.GetTimestamp() - start;
            var allocated = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
            AllocatedBytesPerStep = Math.Min(AllocatedBytesPerStep, (double)allocated / (steps - stepsBefore));
            trainTicks += ticks;
            var testLoss = Test();
            var result = new EpochResult(epoch, loss, testLoss, Confusion.Accuracy, (double)ticks / Stopwatch.Frequency, Network.Hash());
            Volatile.Write(ref samplesDone, 0);
            Volatile.Write(ref epochs, [.. epochs, result]);
        }
    }

    double TrainEpoch(ulong seed)
    {
        var sum = 0.0;
        var stepsInAll = (double)Settings.Epochs * train.Batches(BatchSize).Count;
        foreach (var batch in train.Shuffled(seed).Batches(BatchSize))
        {
            // The learning rate falls in a straight line to zero, so that the last epochs settle.
            trainer.Optimizer = trainer.Optimizer with { LearningRate = Settings.LearningRate * (1 - steps / stepsInAll) };
            sum += (double)trainer.Step(batch.Inputs, batch.Labels) * batch.Count;
            Volatile.Write(ref samplesDone, batch.FirstIndex + batch.Count);
            steps++;
        }
        return sum / train.Count;
    }

    double Test()
    {
        Network.ForwardBatch(test.Inputs, Outputs);
        if (Outputs.Any(float.IsNaN))
            throw new UserErrorException("the training diverged: the network's outputs are NaN. Lower --learning-rate.");
        Confusion = new ConfusionMatrix(Network.OutputSize);
        Confusion.AddBatch(test.Labels, Outputs);
        return trainer.Evaluate(test).Loss;
    }
}
