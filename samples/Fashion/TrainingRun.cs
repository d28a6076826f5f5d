using System.Diagnostics;
using GenNet;

namespace Fashion;

sealed record EpochResult(int Epoch, double Loss, double TestLoss, double Accuracy, double Seconds, ulong Hash);

/// <summary>Trains a network and tests it after each epoch. May be watched from other threads meanwhile.</summary>
sealed class TrainingRun
{
    readonly Trainer<Adam> _trainer;
    readonly Dataset _train;
    readonly Dataset _test;
    EpochResult[] _epochs = [];
    int _samplesDone;
    long _trainTicks;
    long _steps;

    public TrainingRun(Settings settings, ImageData images)
    {
        (Settings, Images) = (settings, images);
        Network = Networks.Create(settings.Network, images.ClassNames.Count, settings.Seed, settings.Health);
        BatchSize = Math.Min(settings.BatchSize, images.Train.Count);
        _trainer = Network.CreateTrainer(new Adam(learningRate: settings.LearningRate), BatchSize);
        var standardizer = Standardizer.FitGlobal(images.Train);
        _train = standardizer.Transform(images.Train);
        if (settings.Network == Networks.Convolutional)
            _train = _train.AsImages(ImageData.Side, ImageData.Side).Augmented(new Augmentation { FlipHorizontally = true });
        _test = standardizer.Transform(images.Test);

        // The learning rate falls in a straight line to zero, so that the last epochs settle.
        _trainer.Schedule = new PolynomialSchedule((long)Math.Max(1, settings.Epochs) * _train.Batches(BatchSize).Count);
        Outputs = new float[_test.Count * Network.OutputSize];
        Confusion = new ConfusionMatrix(Network.OutputSize);
    }

    public Settings Settings { get; }

    public ImageData Images { get; }

    public INetwork Network { get; }

    public int BatchSize { get; }

    /// <summary>How gradients fare; null unless that was asked for.</summary>
    public GradientHealth? Health => ((Trainer)_trainer).Health;

    /// <summary>The epochs that are over.</summary>
    public IReadOnlyList<EpochResult> Epochs => Volatile.Read(ref _epochs);

    /// <summary>Samples trained on in the epoch that is under way.</summary>
    public int SamplesDone => Volatile.Read(ref _samplesDone);

    /// <summary>[test images, classes] probabilities after the last epoch.</summary>
    public float[] Outputs { get; }

    public ConfusionMatrix Confusion { get; private set; }

    /// <summary>What the steps and their batches took, without evaluation and display.</summary>
    public double TrainSeconds => (double)_trainTicks / Stopwatch.Frequency;

    public double SamplesPerSecond => (double)_train.Count * _epochs.Length / TrainSeconds;

    /// <summary>
    /// Bytes of managed memory that the training thread took in the steps and their batches, in the epoch that was least disturbed:
    /// a garbage collection for another thread, the display's, ends this thread's allocation buffer, whose rest then counts as allocated.
    /// </summary>
    public double AllocatedBytesPerStep { get; private set; } = double.PositiveInfinity;

    public void Train()
    {
        // The buffers of shuffled batches are made here, once for all epochs.
        foreach (var _ in _train.Shuffled(0).Batches(BatchSize))
            break;

        var order = new RandomStream(Settings.Seed);
        for (var epoch = 1; epoch <= Settings.Epochs; epoch++)
        {
            var stepsBefore = _steps;
            var allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            var loss = TrainEpoch(order.Split((ulong)epoch).Key);
            var ticks = Stopwatch.GetTimestamp() - start;
            var allocated = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
            AllocatedBytesPerStep = Math.Min(AllocatedBytesPerStep, (double)allocated / (_steps - stepsBefore));
            _trainTicks += ticks;
            Health?.EndEpoch();
            var testLoss = Test();
            var result = new EpochResult(epoch, loss, testLoss, Confusion.Accuracy, (double)ticks / Stopwatch.Frequency, Network.Hash());
            Volatile.Write(ref _samplesDone, 0);
            Volatile.Write(ref _epochs, [.. _epochs, result]);
        }
    }

    /// <summary>What each layer of a convolutional network makes of a test image.</summary>
    public IEnumerable<LayerView> ViewsOf(int image)
    {
        var pixels = new float[ImageData.PixelCount];
        _test.CopyInputs(image, pixels);
        return LayerView.Of(Network, pixels);
    }

    double TrainEpoch(ulong seed)
    {
        var sum = 0.0;
        foreach (var batch in _train.Shuffled(seed).Batches(BatchSize))
        {
            sum += (double)_trainer.Step(batch.Inputs, batch.Labels) * batch.Count;
            Volatile.Write(ref _samplesDone, batch.FirstIndex + batch.Count);
            _steps++;
        }
        return sum / _train.Count;
    }

    double Test()
    {
        foreach (var batch in _test.Batches(BatchSize))
            Network.ForwardBatch(batch.Inputs, Outputs.AsSpan(batch.FirstIndex * Network.OutputSize, batch.Count * Network.OutputSize));
        if (Outputs.Any(float.IsNaN))
            throw new UserErrorException("the training diverged: the network's outputs are NaN. Lower --learning-rate.");
        Confusion = new ConfusionMatrix(Network.OutputSize);
        Confusion.AddBatch(_test.Labels, Outputs);
        return _trainer.Evaluate(_test).Loss;
    }
}
