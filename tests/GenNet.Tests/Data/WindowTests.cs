using GenNet.Tests.Networks;

namespace GenNet.Tests.Data;

[Network]
[Sequence(8, 3)]
[GRU(6)]
[LastStep]
[Dense(4, Activation.Softmax)]
sealed partial class WindowNet;

[Network]
[Sequence(8, 3)]
[LSTM(5)]
[Dense(2)]
[Flatten]
sealed partial class EachStepNet;

/// <summary>Recordings cut into windows.</summary>
public sealed class WindowTests
{
    const int Steps = 203, Features = 3, Classes = 4;

    static readonly byte[] Bytes = [.. Enumerable.Range(0, Steps * Features).Select(i => (byte)(i * 37 + i / 7))];
    static readonly int[] Labels = [.. Enumerable.Range(0, Steps).Select(i => i % 11 == 5 ? Dataset.IgnoredLabel : i * i % Classes)];
    static readonly float[] Targets = TestNumbers.Create(2 * Steps, 2), Weights = [.. Enumerable.Range(1, Steps).Select(i => i / 7f)];

    static readonly (string Name, Dataset Data)[] Recordings =
    [
        ("labels", new Dataset(Floats, Features, Labels, Classes).WithSampleWeights(Weights)),
        ("targets", new Dataset(Floats, Features, Targets, 2)),
        ("bytes", new Dataset(Bytes, Features, Labels, Classes)),
        ("bytes with targets", new Dataset(Bytes, Features, Targets, 2).WithSampleWeights(Weights)),
    ];

    static float[] Floats => Array.ConvertAll(Bytes, value => value / 255f);

    static readonly (int Steps, int Stride, int[] Lengths)[] Cuts =
    [
        (8, 8, []), (8, 1, []), (8, 3, [50, 7, 8, 138]), (203, 5, []), (1, 1, []), (1, 2, [1, 202]), (7, 20, []), (8, 8, [200, 3]), (29, 29, []),
    ];

    public static TheoryData<string, int, int, bool, int[]> Cases
    {
        get
        {
            var cases = new TheoryData<string, int, int, bool, int[]>();
            foreach (var (name, _) in Recordings)
                foreach (var (steps, stride, lengths) in Cuts)
                {
                    cases.Add(name, steps, stride, false, lengths);
                    cases.Add(name, steps, stride, true, lengths);
                }
            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Are_what_steps_one_by_one_say(string name, int steps, int stride, bool eachStep, int[] lengths)
    {
        var recording = Recordings.Single(item => item.Name == name).Data;
        var windows = recording.Windows(steps, stride, eachStep, lengths);
        var starts = new List<int>();
        var first = 0;
        foreach (var length in lengths is [] ? [Steps] : lengths)
        {
            starts.AddRange(Enumerable.Range(0, length).Where(step => step % stride == 0 && step + steps <= length).Select(step => first + step));
            first += length;
        }
        AssertWindows(recording, windows, starts, steps, eachStep);
    }

    [Theory]
    [InlineData(8, 3)]
    [InlineData(8, 1)]
    [InlineData(1, 203)]
    [InlineData(50, 4)]
    public void Consecutive_ones_go_on_where_the_batch_before_ended(int steps, int streams)
    {
        foreach (var (_, recording) in Recordings)
        {
            var starts = new List<int>();
            for (var window = 0; window < Steps / streams / steps; window++)
                for (var stream = 0; stream < streams; stream++)
                    starts.Add(stream * (Steps / streams) + window * steps);
            AssertWindows(recording, recording.ConsecutiveWindows(steps, streams), starts, steps, eachStep: true);
            AssertWindows(recording, recording.ConsecutiveWindows(steps, streams, eachStep: false), starts, steps, eachStep: false);
        }
    }

    static void AssertWindows(Dataset recording, Dataset windows, List<int> starts, int steps, bool eachStep)
    {
        var answers = eachStep ? steps : 1;
        Assert.Equal((starts.Count, steps * Features), (windows.Count, windows.InputSize));
        Assert.Equal((recording.LabelSize * answers, recording.TargetSize * answers, recording.ClassCount), (windows.LabelSize, windows.TargetSize, windows.ClassCount));
        Assert.Equal(recording.SampleWeights.IsEmpty, windows.SampleWeights.IsEmpty);
        var row = new float[steps * Features];
        for (var i = 0; i < windows.Count; i++)
        {
            windows.CopyInputs(i, row);
            Assert.Equal(Floats.AsSpan(starts[i] * Features, steps * Features).ToArray(), row);
        }
        Check(windows.Batches(7));
        Check(windows.Shuffled(1).Batches(7));
        if (windows.Count < 3)
            return;
        int[] some = [windows.Count - 1, 0, 1];
        var part = windows.Subset(some);
        var kept = starts;
        starts = [.. some.Select(i => kept[i])];
        Check(part.Batches(2));

        void Check(BatchSequence batches)
        {
            var seen = 0;
            foreach (var batch in batches)
                for (var i = 0; i < batch.Count; i++, seen++)
                {
                    var start = starts[batch.DatasetIndex(i)];
                    var (from, last) = (eachStep ? start : start + steps - 1, start + steps - 1);
                    Assert.Equal(Floats.AsSpan(start * Features, steps * Features), batch.Inputs.Slice(i * steps * Features, steps * Features));
                    if (recording.HasLabels)
                        Assert.Equal(Labels.AsSpan(from, answers), batch.Labels.Slice(i * answers, answers));
                    else
                        Assert.Equal(Targets.AsSpan(2 * from, 2 * answers), batch.Targets.Slice(2 * i * answers, 2 * answers));
                    if (!recording.SampleWeights.IsEmpty)
                        Assert.Equal(Weights[last], batch.SampleWeights[i]);
                }
            Assert.Equal(starts.Count, seen);
        }
    }

    /// <summary>As many windows as there are steps take the memory of the steps, and epochs none.</summary>
    [Fact]
    public void Steps_lie_in_memory_once()
    {
        const int Many = 100_000;
        var recording = new Dataset(new float[Many * 4], 4, new int[Many], 2);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var windows = recording.Windows(64, stride: 1);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 8 * 4L * Many);
        Assert.Equal(Many - 63, windows.Count);
        long allocated = 1;
        for (var epoch = 0; epoch < 3; epoch++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            var numbers = 0L;
            foreach (var batch in windows.Shuffled((ulong)epoch).Batches(1000))
                numbers += batch.Inputs.Length;
            foreach (var batch in windows.Batches(1000))
                numbers += batch.Inputs.Length;
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.Equal(2 * 256L * windows.Count, numbers);
        }
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void A_fit_on_them_is_one_on_copies()
    {
        var windows = Recordings[0].Data.Windows(8, stride: 3);
        float[] rows = new float[windows.Count * windows.InputSize];
        for (var i = 0; i < windows.Count; i++)
            windows.CopyInputs(i, rows.AsSpan(i * windows.InputSize, windows.InputSize));
        var copies = new Dataset(rows, windows.InputSize, windows.Labels.ToArray(), Classes).WithSampleWeights(windows.SampleWeights.ToArray());
        WindowNet first = new(1), second = new(1);
        FitOptions options = new() { Epochs = 2, BatchSize = 16, Validation = copies };
        Assert.Equal(first.Fit(windows, new Adam(), options).Epochs.Select(epoch => epoch.Loss), second.Fit(copies, new Adam(), options).Epochs.Select(epoch => epoch.Loss));
        Assert.Equal(second.Hash(), first.Hash());
    }

    [Fact]
    public void Standardised_they_have_the_bits_of_copies()
    {
        foreach (var (_, recording) in Recordings)
        {
            var windows = recording.Windows(8, stride: 3);
            var rows = new float[windows.Count * windows.InputSize];
            foreach (var batch in windows.Batches(windows.Count))
                batch.Inputs.CopyTo(rows);
            var copies = new Dataset(rows, windows.InputSize, new int[windows.Count], 1);
            foreach (var standardizer in new[] { Standardizer.Fit(copies), Standardizer.FitGlobal(copies), Standardizer.OfChannels([0.1, -2, 3], [1, 0.5, 7], 8) })
            {
                AssertRows(standardizer.Transform(copies), standardizer.Transform(windows));
                AssertRows(standardizer.InverseTransform(copies), standardizer.InverseTransform(windows));
            }
            AssertRows(copies.AsImages(4, 6).Resized(2, 3), windows.AsImages(4, 6).Resized(2, 3));
        }

        static void AssertRows(Dataset expected, Dataset actual)
        {
            foreach (var batch in actual.Batches(expected.Count))
                Assert.Equal(expected.Inputs, batch.Inputs);
        }
    }

    /// <summary>Weights as they are: the states behind all windows are those of streams that took the same steps.</summary>
    [Fact]
    public void States_are_carried_through_a_recording()
    {
        const int Streams = 3;
        var recording = Recordings[1].Data;
        var net = new EachStepNet(1);
        var trainer = net.CreateTrainer(new Sgd(0.1), Streams);
        NetworkState states = net.CreateState(Streams), expected = net.CreateState(Streams);
        var windows = recording.ConsecutiveWindows(8, Streams);
        Assert.Equal(Steps / Streams / 8 * Streams, windows.Count);
        foreach (var batch in windows.Batches(Streams))
            trainer.Loss(batch.Inputs, batch.Targets, new Sequences { InitialStates = states, FinalStates = states });
        float[] step = new float[Streams * Features], outputs = new float[Streams * EachStepNet.StepOutputSize];
        for (var number = 0; number < Steps / Streams / 8 * 8; number++)
        {
            for (var stream = 0; stream < Streams; stream++)
                recording.CopyInputs(stream * (Steps / Streams) + number, step.AsSpan(stream * Features, Features));
            net.ForwardBatch(step, expected, outputs);
        }
        Assert.Equal(expected.Values().ToArray(), states.Values().ToArray());
    }

    [Fact]
    public void Those_that_overlap_are_not_divided_at_random()
    {
        var windows = Recordings[0].Data.Windows(8, stride: 7);
        const string Message = "Windows overlap: divided at random, the same steps would be on both sides. Divide the recording before (recording.SplitInOrder(0.8)) and cut each part into windows.";
        Assert.Equal(Message, Assert.Throws<InvalidOperationException>(() => windows.Split(0.5, 1)).Message);
        Assert.Equal(Message, Assert.Throws<InvalidOperationException>(() => windows.Folds(3, 1)).Message);
        Assert.Equal(Message, Assert.Throws<InvalidOperationException>(() => new WindowNet(1).Fit(windows, new Adam(), new() { ValidationSplit = 0.1 })).Message);

        // Every second one, or one behind the other, they have nothing in common.
        windows.Subset([4, 0, 2]).Split(0.5, 1);
        Assert.Equal(Message, Assert.Throws<InvalidOperationException>(() => windows.Subset([4, 0, 1]).Split(0.5, 1)).Message);
        Recordings[0].Data.Windows(8).Split(0.5, 1);
        Recordings[0].Data.Windows(8, stride: 9).Folds(3, 1);
        Recordings[0].Data.ConsecutiveWindows(8, 5).Split(0.5, 1);
    }

    [Fact]
    public void What_is_made_of_windows_that_overlap_is_not_divided_either()
    {
        foreach (var (_, data) in Recordings)
        {
            var windows = data.Windows(8, stride: 7);
            var byStep = Standardizer.FitGlobal(windows);
            Dataset[] made =
            [
                windows, Standardizer.Fit(windows).Transform(windows), Standardizer.Fit(windows).Transform(windows).Subset([0, 1, 2, 3]), byStep.Transform(windows),
                windows.WithSampleWeights(new float[windows.Count]), windows.Windows(2), Standardizer.Fit(windows).Transform(windows).Windows(2),
            ];
            foreach (var dataset in made)
            {
                Assert.Throws<InvalidOperationException>(() => dataset.Split(0.5, 1));
                Assert.Throws<InvalidOperationException>(() => dataset.Folds(2, 1));
                Assert.StartsWith("Windows overlap: the last of the first part", Assert.Throws<InvalidOperationException>(() => dataset.SplitInOrder(0.5)).Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_recording_is_divided_in_order()
    {
        var (first, second) = Recordings[0].Data.SplitInOrder(0.8);
        Assert.Equal((162, 41), (first.Count, second.Count));
        Assert.Equal(Floats, (float[])[.. first.Inputs, .. second.Inputs]);
        Assert.Equal(Labels, (int[])[.. first.Labels, .. second.Labels]);
        Assert.Throws<ArgumentOutOfRangeException>(() => Recordings[0].Data.SplitInOrder(0.001));
    }

    [Fact]
    public void A_fingerprint_tells_windows_from_others()
    {
        var recording = Recordings[0].Data;
        ulong[] hashes = [.. new[] { recording.Windows(8, 3), recording.Windows(8, 4), recording.Windows(7, 3), recording.Windows(8, 3, recordings: [100, 103]) }.Select(data => data.HashInputs(1))];
        Assert.Equal(hashes.Length, hashes.Distinct().Count());
    }

    [Fact]
    public void What_makes_no_windows_is_refused()
    {
        var recording = Recordings[0].Data;
        Refused("steps ('0')", () => recording.Windows(0));
        Refused("stride ('0')", () => recording.Windows(8, stride: 0));
        Refused("recordings ('0')", () => recording.Windows(8, recordings: [203, 0]));
        Refused("The recordings have 202 steps, the dataset 203.", () => recording.Windows(8, recordings: [100, 102]));
        Refused("The recordings have more steps, the dataset 203.", () => recording.Windows(8, recordings: [int.MaxValue, int.MaxValue]));
        Refused("No window of 204 steps fits a recording of 203.", () => recording.Windows(204));
        Refused("No window of 150 steps fits any of the recordings.", () => recording.Windows(150, recordings: [103, 100]));
        Refused("streams ('0')", () => recording.ConsecutiveWindows(8, 0));
        Refused("steps ('-1')", () => recording.ConsecutiveWindows(-1, 2));
        Refused("A recording of 203 steps for 30 streams has parts of 6 steps, which no window of 8 fits.", () => recording.ConsecutiveWindows(8, 30));
        Invalid("are windows of recordings: take floats from its batches", () => _ = recording.Windows(8, 1).Inputs[0]);
        Invalid("Give the scale to the recording", () => Recordings[2].Data.Windows(8, 1).WithScale(1));
        Invalid("cut the recording into windows before", () => recording.AsImages(1, Features).Augmented(new() { Shift = 1 }).Windows(8));
        var long1 = new Dataset(new byte[1 << 20], 1, new int[1 << 20], 2);
        Invalid("have more numbers than fit one array", () => long1.Windows(1 << 14, stride: 1, eachStep: true));
    }

    static void Refused(string message, Action act) => Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(act).Message, StringComparison.Ordinal);

    static void Invalid(string message, Action act) => Assert.Contains(message, Assert.Throws<InvalidOperationException>(act).Message, StringComparison.Ordinal);
}
