using GenNet.Tests.Training;

namespace GenNet.Tests.Data;

/// <summary>Alone in its collection: the number of threads is the process's.</summary>
[Collection(nameof(ParallelismTests))]
public sealed class AugmentationTests : IDisposable
{
    public void Dispose() => Parallelism.Threads = 1;

    static readonly (int Height, int Width, int Channels)[] Sizes = [(1, 1, 1), (1, 6, 2), (5, 5, 1), (4, 7, 3), (12, 12, 1)];

    static readonly Augmentation All = new() { Shift = 2, FlipHorizontally = true, FlipVertically = true, Rotation = 40, CutOut = 3, Fill = 0.5f };

    static readonly Augmentation[] Settings =
    [
        new(), new() { Shift = 2, Fill = -1 }, new() { Shift = 100 }, new() { FlipHorizontally = true }, new() { FlipVertically = true }, new() { CutOut = 1, Fill = 2 }, new() { CutOut = 4 }, new() { CutOut = 1000, Fill = 3 },
        new() { Rotation = 180, Fill = 7 }, new() { Shift = 1, FlipHorizontally = true, FlipVertically = true, CutOut = 2, Fill = -2 }, All,
    ];

    /// <summary>The naive reference draws the declared numbers of each place of the epoch, and asks for each pixel of the result where it comes from.</summary>
    [Fact]
    public void Each_pixel_is_what_a_naive_reference_says()
    {
        foreach (var (height, width, channels) in Sizes)
            foreach (var settings in Settings)
            {
                var data = Images(20, height, width, channels);
                var image = new float[data.InputSize];
                const ulong Seed = 9;
                var place = 0;
                foreach (var batch in data.Augmented(settings).Shuffled(Seed).Batches(6))
                    for (var i = 0; i < batch.Count; i++, place++)
                    {
                        data.CopyInputs(batch.DatasetIndex(i), image);
                        Assert.Equal(batch.DatasetIndex(i), batch.Labels[i]);
                        var naive = new NaiveAugmentation(settings, height, width, new RandomStream(Seed).SplitFor(RandomPurpose.Augmentation).Split((ulong)place));
                        for (var k = 0; k < image.Length; k++)
                            Assert.Equal(
                                naive.Pixel((y, x) => image[(y * width + x) * channels + k % channels], k / channels / width, k / channels % width),
                                batch.Inputs[i * image.Length + k], settings.Rotation > 0 ? 1e-4 : 0);
                    }
                Assert.Equal(20, place);
            }
    }

    /// <summary>1 2 3 / 4 5 6 / 7 8 9, and where it comes to lie.</summary>
    [Theory]
    [InlineData(0, 0, 0, false, false, new float[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 })]
    [InlineData(0, 1, -1, false, false, new float[] { 0, 0, 0, 2, 3, 0, 5, 6, 0 })]
    [InlineData(0, -2, 0, false, false, new float[] { 7, 8, 9, 0, 0, 0, 0, 0, 0 })]
    [InlineData(0, 0, 3, false, false, new float[] { 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(0, 0, 0, false, true, new float[] { 3, 2, 1, 6, 5, 4, 9, 8, 7 })]
    [InlineData(0, 0, 0, true, false, new float[] { 7, 8, 9, 4, 5, 6, 1, 2, 3 })]
    [InlineData(0, 0, 1, false, true, new float[] { 0, 3, 2, 0, 6, 5, 0, 9, 8 })]
    [InlineData(90, 0, 0, false, false, new float[] { 3, 6, 9, 2, 5, 8, 1, 4, 7 })]
    [InlineData(-90, 0, 0, false, false, new float[] { 7, 4, 1, 8, 5, 2, 9, 6, 3 })]
    [InlineData(180, 0, 0, false, false, new float[] { 9, 8, 7, 6, 5, 4, 3, 2, 1 })]
    [InlineData(-180, 0, 0, false, false, new float[] { 9, 8, 7, 6, 5, 4, 3, 2, 1 })]
    [InlineData(90, 0, 0, false, true, new float[] { 1, 4, 7, 2, 5, 8, 3, 6, 9 })]
    [InlineData(90, 1, 0, false, false, new float[] { 0, 0, 0, 3, 6, 9, 2, 5, 8 })]
    public void Shifts_flips_and_quarter_turns_are_exact(double degrees, int down, int right, bool upsideDown, bool mirrored, float[] expected)
    {
        var augmenter = new Augmenter(new(), new(3, 3));
        float[] image = [1, 2, 3, 4, 5, 6, 7, 8, 9], result = new float[9];
        augmenter.Rotate(image, result, upsideDown, mirrored, degrees, down, right);
        Assert.Equal(expected, result);
        if (degrees != 0)
            return;
        augmenter.Move(image, result, upsideDown, mirrored, down, right);
        Assert.Equal(expected, result);
    }

    [Fact]
    public void An_image_of_one_shade_is_rotated_to_itself()
    {
        var augmenter = new Augmenter(new() { Fill = 0.1f }, new(5, 4, 2));
        var (image, result) = (Enumerable.Repeat(0.1f, 40).ToArray(), new float[40]);
        for (var degrees = -180.0; degrees <= 180; degrees += 7.3)
        {
            augmenter.Rotate(image, result, false, false, degrees, 0, 0);
            Assert.Equal(image, result);
        }
    }

    [Fact]
    public void Every_shift_flip_angle_and_place_comes_as_often_as_another()
    {
        var stream = new RandomStream(4);
        var draws = Enumerable.Range(0, 20_000).Select(i => new NaiveAugmentation(All, 12, 12, stream.Split((ulong)i))).ToArray();
        foreach (var counts in new[] { draws.CountBy(draw => draw.Down), draws.CountBy(draw => draw.Right) })
        {
            Assert.Equal([-2, -1, 0, 1, 2], counts.Select(count => count.Key).Order());
            Assert.All(counts, count => Assert.InRange(count.Value, 3800, 4200));
        }
        Assert.All(draws.CountBy(draw => (draw.UpsideDown, draw.Mirrored)), count => Assert.InRange(count.Value, 4800, 5200));
        Assert.All(draws.CountBy(draw => Math.Floor(draw.Degrees / 10)), count => Assert.InRange(count.Value, 2350, 2650));
        Assert.InRange(draws.Max(draw => Math.Abs(draw.Degrees)), 39.9, 40);
        Assert.All(draws.CountBy(draw => draw.Row), count => Assert.InRange(count.Value, 1500, 1850));
        Assert.All(draws.CountBy(draw => draw.Column), count => Assert.InRange(count.Value, 1500, 1850));
    }

    [Fact]
    public void Images_follow_from_the_seed_whatever_the_batches()
    {
        var data = Images(50, 12, 12, 1).Augmented(All);
        var expected = Epoch(data, 1, 7);
        Assert.Equal(expected, Epoch(data, 1, 7));
        Assert.Equal(expected, Epoch(data, 1, 1));
        Assert.Equal(expected, Epoch(data, 1, 50));
        Assert.Equal(expected[(21 * 144)..], Epoch(data, 1, 7, skip: 3));
        Assert.NotEqual(expected, Epoch(data, 2, 7));

        // A sample that is drawn several times is altered each time in another way.
        var seen = new Dictionary<int, List<float[]>>();
        foreach (var batch in data.Sampled(Sampling.Weighted(Enumerable.Range(0, 50).Select(i => i < 2 ? 1f : 0).ToArray()), 1).Batches(7))
            for (var i = 0; i < batch.Count; i++)
            {
                if (!seen.TryGetValue(batch.DatasetIndex(i), out var images))
                    seen[batch.DatasetIndex(i)] = images = [];
                var altered = batch.Inputs.Slice(i * 144, 144).ToArray();
                Assert.All(images, image => Assert.NotEqual(image, altered));
                images.Add(altered);
            }
        Assert.Equal(50, seen.Sum(images => images.Value.Count));
    }

    [Fact]
    public void Only_what_is_trained_on_is_altered()
    {
        var plain = Images(60, 12, 12, 1, classes: 3);
        var data = plain.Augmented(All);
        float[] row = new float[144], expected = new float[144];
        foreach (var batch in data.Batches(7))
            for (var i = 0; i < batch.Count; i++)
            {
                plain.CopyInputs(batch.FirstIndex + i, expected);
                data.CopyInputs(batch.FirstIndex + i, row);
                Assert.Equal(expected, batch.Inputs.Slice(i * 144, 144).ToArray());
                Assert.Equal(expected, row);
            }
        Assert.Equal(Standardizer.Fit(plain).Means.ToArray(), Standardizer.Fit(data).Means.ToArray());

        var (network, other) = (new ImageNetwork(1), new ImageNetwork(1));
        var trainer = network.CreateTrainer(new Adam(0.01), 8);
        Assert.Equal(trainer.Evaluate(plain), trainer.Evaluate(data));
        var options = new FitOptions { Epochs = 2, Seed = 3, ValidationSplit = 0.3 };
        var validation = trainer.Fit(data, options).Epochs[^1].Validation;
        var held = plain.SplitIndices(0.3, new RandomStream(3).Split(0UL).Key).First;
        Assert.Equal(trainer.Evaluate(plain.Subset(held)), validation);
        other.CreateTrainer(new Adam(0.01), 8).Fit(plain, options);
        Assert.NotEqual(other.Hash(), network.Hash());

        // The training part of a fold is altered, the other is judged as it is.
        var fold = data.Folds(3, 1)[0];
        Assert.NotEqual(Epoch(fold.TrainingData(), 1, 8), Epoch(plain.Folds(3, 1)[0].TrainingData(), 1, 8));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_fit_that_was_interrupted_goes_on_with_the_same_images(bool bytes)
    {
        var data = (bytes ? Bytes(50, 12, 12, 1, classes: 3) : Images(50, 12, 12, 1, classes: 3)).Augmented(All);
        var options = new FitOptions { Epochs = 4, BatchSize = 8, Seed = 5 };
        var whole = new ImageNetwork(1);
        whole.CreateTrainer(new Adam(0.01), 8).Fit(data, options);

        var network = new ImageNetwork(1);
        var trainer = network.CreateTrainer(new Adam(0.01), 8);
        var state = new FitState();
        trainer.Fit(data, options with { Callbacks = [new StopAt(10)] }, state);
        Assert.Equal((1, 3), (state.EpochsDone, state.StepsDone));
        foreach (var other in new[] { All with { Shift = 1 }, All with { FlipHorizontally = false }, All with { FlipVertically = false }, All with { Rotation = 41 }, All with { CutOut = 2 }, All with { Fill = 0 } })
            Assert.Contains("other training data", Assert.Throws<ArgumentException>(() => trainer.Fit(data.Augmented(other), options, state)).Message, StringComparison.Ordinal);
        trainer.Fit(data, options, state);
        Assert.Equal(whole.Hash(), network.Hash());
    }

    [Fact]
    public void Any_number_of_threads_sees_the_same_images()
    {
        var data = Bytes(60, 12, 12, 1, classes: 3).Augmented(All);
        var hashes = new HashSet<ulong>();
        foreach (var threads in new[] { 1, 2, 5 })
        {
            Parallelism.Threads = threads;
            var network = new ImageNetwork(1);
            network.CreateTrainer(new Adam(0.01), 16).Fit(data, new() { Epochs = 3, Seed = 7 });
            hashes.Add(network.Hash());
        }
        Assert.Single(hashes);
    }

    /// <summary>Whichever comes first; what comes in from outside is standardised too.</summary>
    [Fact]
    public void Augmenting_and_standardising_may_change_places()
    {
        foreach (var data in new[] { Images(300, 4, 4, 2), Bytes(300, 4, 4, 2) })
            foreach (var standardizer in new[] { Standardizer.FitGlobal(data), Standardizer.FitChannels(data), Standardizer.Fit(data) })
            {
                var settings = new Augmentation { Shift = 1, FlipHorizontally = true, CutOut = 2, Fill = 0.25f };
                var rows = Epoch(data.Augmented(settings), 1, 8);
                var standardized = new float[rows.Length];
                foreach (var fill in new[] { 0f, 0.25f })
                {
                    var after = Epoch(standardizer.Transform(data.Augmented(settings with { Fill = fill })), 1, 8);
                    Epoch(data.Augmented(settings with { Fill = fill }), 1, 8).CopyTo(rows, 0);

                    // Where features have numbers of their own, an image that has moved is standardised by those of where it was.
                    if (standardizer.Means[2] != standardizer.Means[0])
                        continue;
                    standardizer.Transform(rows, standardized);
                    Assert.Equal(standardized, after);
                }
                Assert.Equal(Epoch(data.Augmented(settings), 1, 8), Epoch(standardizer.InverseTransform(standardizer.Transform(data.Augmented(settings))), 1, 8), (a, b) => Math.Abs(a - b) < 1e-5);
            }
    }

    [Fact]
    public void Resized_images_are_altered_in_their_new_size()
    {
        var settings = new Augmentation { Shift = 3, Fill = 0.5f };
        var data = Images(30, 4, 6, 1);
        Assert.Equal(Epoch(data.Resized(8, 8).Augmented(settings), 1, 8), Epoch(data.Augmented(settings).Resized(8, 8), 1, 8));
        Assert.Throws<InvalidOperationException>(() => data.Augmented(settings).AsImages(6, 4));
        Assert.Equal(data.Image, data.Augmented(settings).AsImages(4, 6).Image);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_epoch_allocates_nothing(bool bytes)
    {
        var data = (bytes ? Bytes(100, 12, 12, 3) : Images(100, 12, 12, 3)).Augmented(All);
        var (sum, least) = (0f, long.MaxValue);
        for (ulong epoch = 0; epoch < 40; epoch++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            foreach (var batch in data.Shuffled(epoch).Batches(16))
                sum += batch.Inputs[0] + batch.Count;
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.NotEqual(0, sum);
        Assert.Equal(0, least);
    }

    [Fact]
    public void What_cannot_be_done_is_refused()
    {
        Assert.Contains("AsImages", Assert.Throws<InvalidOperationException>(() => new Dataset(new float[4], 4, new int[1], 1).Augmented(All)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => Images(1, 2, 2, 1).Augmented(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Augmentation { Shift = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Augmentation { CutOut = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Augmentation { Fill = float.NaN });
        foreach (var degrees in new[] { -1, 181, double.NaN })
            Assert.Throws<ArgumentOutOfRangeException>(() => new Augmentation { Rotation = degrees });
    }

    static float[] Epoch(Dataset data, ulong seed, int batchSize, int skip = 0)
    {
        var rows = new List<float>();
        foreach (var batch in data.Shuffled(seed).Batches(batchSize).Skip(skip))
            rows.AddRange(batch.Inputs);
        return [.. rows];
    }

    static byte[] Pixels(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)((i * 37 + i / 5) % 251 + 1))];

    static int[] Labels(int count, int classes) => [.. Enumerable.Range(0, count).Select(i => i % classes)];

    static Dataset Bytes(int count, int height, int width, int channels, int classes = 1000) =>
        new Dataset(Pixels(count * height * width * channels), height * width * channels, Labels(count, classes), classes).AsImages(height, width, channels);

    static Dataset Images(int count, int height, int width, int channels, int classes = 1000) =>
        new Dataset(Array.ConvertAll(Pixels(count * height * width * channels), value => value / 255f), height * width * channels, Labels(count, classes), classes).AsImages(height, width, channels);

    sealed class StopAt(int steps) : FitCallback
    {
        public override void OnBatchEnd(FitContext context)
        {
            if (context.Trainer.StepCount == steps)
                context.Stop();
        }
    }
}
