using System.Globalization;
using System.Reflection;
using GenNet.Tests.Generation;
using GenNet.Tests.Networks;
using GenNet.Runtime;
using GenNet.Shared;
using GenNet.Tests.Reference;
using GenNet.Tests.Robustness;

namespace GenNet.Tests.Layers.Recurrent;

/// <summary>Steps that come one by one, against whole sequences: bit for bit.</summary>
public sealed class StreamTests
{
    const int Steps = 6, Features = 3;

    /// <summary>Units of every tail of a vector, and beyond the panels of both products.</summary>
    static readonly int[] Units = [.. Enumerable.Range(1, 33), 40, 43, 63, 64, 65, 96, 128, 130];

    static readonly string[] Cells = ["GRU({0})", "GRU({0}, ResetAfter = false)", "LSTM({0})", "SimpleRNN({0})", "SimpleRNN({0}, Nonlinearity = Nonlinearity.ReLU)", "Conv1D({0}, 3, Activation.Tanh, Dilation = 2, Causal = true)", "Conv1D({0}, 5, Activation.ReLU, Causal = true)",
        "Conv1D({0}, 4, Activation.ReLU)", "Conv1D({0}, 3, Causal = true, Stride = 2)", "Conv1D({0}, 2, Stride = 3)", "Conv1D({0}, 3)] [Conv1D({0}, 3, Activation.Tanh, Groups = {0}, Causal = true)", "Conv1D({0}, 1)] [MaxPool1D(3, Stride = 2)", "Conv1D({0}, 1)] [AveragePool1D(2)",
        "Conv1D({0}, 1, Activation.Tanh)", "Conv1D(4, 1, Causal = true)] [LSTM({0})", "GRU({0})] [Dense({0}, Activation.Tanh)] [Residual(2, Activation.Tanh, Projection = true)", "Dense({0})] [Residual(1, Projection = true)",
        "SimpleRNN({0})] [GlobalAveragePool1D", "Dense({0})] [GlobalMaxPool1D", "Conv1D({0}, 2, Stride = 2)] [GlobalAveragePool1D"];

    static readonly Lazy<Assembly> Sized = new(() => InMemoryCompiler.Load(
        "using GenNet;\n" + string.Concat(
            from units in Units
            from cell in Enumerable.Range(0, Cells.Length)
            select $"/// <summary>A test's network.</summary>\n[Network] [Sequence({Steps}, {Features})] [{string.Format(CultureInfo.InvariantCulture, Cells[cell], units)}]{EndOf(Cells[cell], "LastStep")} [Dense(3, Activation.Tanh)]\npublic partial class Net{cell}_{units};\n")));

    /// <summary>A layer that makes one row of all steps, where none of these has.</summary>
    static string EndOf(string layers, string layer) => layers.Contains("Global") || layers.Contains("LastStep") ? "" : $" [{layer}]";

    public static TheoryData<int> Sizes => [.. Units];

    /// <summary>PyTorch's networks that can go step by step.</summary>
    public static TheoryData<string> Names => [.. LayerReference.SortedNames().Where(name => NetworkStream.Has(LayerTests.Create(name).Network))];

    /// <summary>PyTorch's networks of sequences.</summary>
    public static TheoryData<string> Sequences => [.. LayerReference.SortedNames().Where(name => LayerTests.Create(name).Network.Architecture.IsSequence)];

    [Theory, MemberData(nameof(Names))]
    public void A_stream_of_PyTorchs_network_has_the_bits_of_the_whole_sequence(string name)
    {
        var (reference, network) = LayerTests.Create(name);
        Check(network, reference.Inputs.Length / network.InputSize, reference.Inputs);
    }

    [Theory, MemberData(nameof(Sizes))]
    public void A_stream_of_any_units_has_the_bits_of_the_whole_sequence(int units)
    {
        var random = new RandomStream((ulong)units);
        for (var cell = 0; cell < Cells.Length; cell++)
        {
            var network = InMemoryCompiler.Create(Sized.Value, string.Create(CultureInfo.InvariantCulture, $"Net{cell}_{units}"), seed: 5);
            foreach (var tensor in network.Parameters.Tensors.Where(tensor => tensor.Kind == ParameterKind.Bias))
                tensor.CopyFrom([.. Enumerable.Range(0, tensor.Length).Select(_ => random.NextSingle() - 0.5f)]);
            Check(network, 9, [.. Enumerable.Range(0, 9 * network.InputSize).Select(_ => 2 * random.NextSingle() - 1)]);
        }
    }

    /// <summary>Each sample as a stream by itself, all as streams of one state, and once more after they were forgotten.</summary>
    static void Check(INetwork network, int samples, float[] inputs)
    {
        var expected = new float[samples * network.OutputSize];
        network.ForwardBatch(inputs, expected);

        // What the thread's memory has of them would hide what a step leaves unwritten.
        network.ForwardBatch(Indices.Put(network.Architecture, [.. inputs.Select(input => 3 - 2 * input)]), new float[expected.Length]);
        var stream = new NetworkStream(network);
        var (steps, width, given) = (network.Architecture.Positions, stream.Features, stream.Outputs);
        var (state, states) = (stream.CreateState(), stream.CreateState(samples));
        Assert.Equal(network.GetType().GetField("StateSize")!.GetRawConstantValue(), state.Size);

        // The outputs of each step that has some, or those of the last.
        float[] Expected(int sample) => expected[(sample * network.OutputSize)..((sample + 1) * network.OutputSize)];
        float[] Given(List<float> outputs) => [.. stream.AnswersEach ? outputs : outputs.TakeLast(given)];
        for (var round = 0; round < 2; round++)
        {
            for (var sample = 0; sample < samples; sample++)
            {
                state.Reset();
                var (output, outputs) = (new float[given], new List<float>());
                for (var step = 0; step < steps; step++)
                    if (stream.Next(inputs.AsSpan(sample * network.InputSize + step * width, width), state, output))
                        outputs.AddRange(output);
                Assert.Equal(Expected(sample), Given(outputs));
            }
            var (together, ofEach) = (new float[samples * given], Enumerable.Range(0, samples).Select(_ => new List<float>()).ToArray());
            for (var step = 0; step < steps; step++)
            {
                var answered = stream.NextOfEach((float[])[.. Enumerable.Range(0, samples).SelectMany(sample => inputs[(sample * network.InputSize + step * width)..(sample * network.InputSize + (step + 1) * width)])], states, together);
                for (var sample = 0; sample < samples; sample++)
                    if (answered[sample])
                        ofEach[sample].AddRange(together[(sample * given)..((sample + 1) * given)]);
            }
            for (var sample = 0; sample < samples; sample++)
                Assert.Equal(Expected(sample), Given(ofEach[sample]));
            states.Reset();
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_shorter_sequence_has_the_bits_of_its_steps(string name)
    {
        var (reference, network) = LayerTests.Create(name);
        var stream = new NetworkStream(network);
        var (steps, width, given) = (network.Architecture.Positions, stream.Features, stream.Outputs);
        var whole = new float[network.OutputSize];
        network.Forward(reference.Inputs.AsSpan(0, network.InputSize), whole);
        var (state, output, answers) = (stream.CreateState(), new float[given], 0);
        for (var length = 1; length <= steps; length++)
        {
            if (stream.Next(reference.Inputs.AsSpan((length - 1) * width, width), state, output))
                answers++;
            if (answers == 0)
            {
                Assert.Contains($"steps or more, got {length}: with fewer there are no outputs.", Assert.Throws<ArgumentException>(() => network.Forward(reference.Inputs.AsSpan(0, length * width), new float[given])).Message, StringComparison.Ordinal);
                continue;
            }
            var all = new float[stream.AnswersEach ? answers * given : given];
            network.Forward(reference.Inputs.AsSpan(0, length * width), all);
            Assert.Equal(output, all[^given..]);
            if (given < all.Length)
                Assert.Equal(whole[..all.Length], all);
        }
        Assert.Equal(whole[^given..], output);
        foreach (var wrong in new[] { 0, (steps + 1) * width, width + 1, width - 1 })
            if (wrong % width != 0 || wrong is 0 || wrong > network.InputSize)
                Assert.Contains("of each of fewer steps, got", Assert.Throws<ArgumentException>(() => network.Forward(new float[wrong], whole)).Message, StringComparison.Ordinal);
        if (steps > 1 && network is IStreamNetwork)
            Assert.Contains("expects room for", Assert.Throws<ArgumentException>(() => network.Forward(new float[width], new float[given + 1])).Message, StringComparison.Ordinal);
    }

    /// <summary>More streams than rows are computed at a time, each at a step of its own.</summary>
    [Fact]
    public void Streams_do_not_see_each_other()
    {
        var network = new Gestures(3);
        var random = new RandomStream(8);
        var states = network.CreateState(150);
        var alone = Enumerable.Range(0, 150).Select(_ => network.CreateState()).ToArray();
        var inputs = new float[150 * Gestures.StepSize];
        var (outputs, expected) = (new float[150 * Gestures.OutputSize], new float[Gestures.OutputSize]);
        for (var step = 0; step < 20; step++)
        {
            for (var i = 0; i < inputs.Length; i++)
                inputs[i] = 2 * random.NextSingle() - 1;
            if (step % 3 == 2)
            {
                states.Reset(7 * step);
                alone[7 * step].Reset();
            }
            network.ForwardBatch(inputs, states, outputs);
            for (var stream = 0; stream < alone.Length; stream++)
            {
                network.Forward(inputs.AsSpan(stream * Gestures.StepSize, Gestures.StepSize), alone[stream], expected);
                Assert.Equal(expected, outputs[(stream * expected.Length)..((stream + 1) * expected.Length)]);
                Assert.Equal(alone[stream].Values().ToArray(), states.Values(stream).ToArray());
            }
        }
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        var network = new Gestures(3);
        var (one, many) = (network.CreateState(), network.CreateState(100));
        var (step, output, steps, outputs) = (new float[Gestures.StepSize], new float[Gestures.OutputSize], new float[100 * Gestures.StepSize], new float[100 * Gestures.OutputSize]);
        NetworkContractTests.AssertAllocatesNothing(() => network.Forward(step, one, output));
        NetworkContractTests.AssertAllocatesNothing(() => network.ForwardBatch(steps, many, outputs));
        NetworkContractTests.AssertAllocatesNothing(one.Reset);
    }

    [Fact]
    public void A_state_can_be_copied_saved_and_loaded()
    {
        var network = new Gestures(3);
        var (first, second, third) = (network.CreateState(2), network.CreateState(2), network.CreateState(2));
        float[] steps = [1, -1, 0.5f, 0.25f, 2, -2];
        var (outputs, expected) = (new float[2 * Gestures.OutputSize], new float[2 * Gestures.OutputSize]);
        network.ForwardBatch(steps, first, expected);
        second.CopyFrom(first);
        var file = new MemoryStream();
        first.Save(file);
        file.Position = 0;
        third.Load(file);
        network.ForwardBatch(steps, first, expected);
        foreach (var state in new[] { second, third })
        {
            network.ForwardBatch(steps, state, outputs);
            Assert.Equal(expected, outputs);
        }
        var swapped = network.CreateState(2);
        swapped.CopyFrom(0, first, 1);
        swapped.CopyFrom(1, first, 0);
        Assert.Equal(first.Values(1).ToArray(), swapped.Values(0).ToArray());
        Assert.Equal(first.Values(0).ToArray(), swapped.Values(1).ToArray());
        Assert.Equal("state of Gestures, 2 streams of 112 values", swapped.ToString());
    }

    [Fact]
    public void What_does_not_fit_is_said_and_changes_nothing()
    {
        var network = new Gestures(3);
        var (state, two, other) = (network.CreateState(), network.CreateState(2), new OtherGestures(1).CreateState());
        float[] step = [1, 2, 3], output = new float[Gestures.OutputSize];
        network.Forward(step, state, output);
        var before = state.Values().ToArray();
        Assert.StartsWith("Gestures.Forward expects the 3 inputs of one step, got 2.", Assert.Throws<ArgumentException>(() => network.Forward(step.AsSpan(1), state, output)).Message, StringComparison.Ordinal);
        Assert.StartsWith("Gestures.Forward expects room for 4 outputs, got 3.", Assert.Throws<ArgumentException>(() => network.Forward(step, state, output.AsSpan(1))).Message, StringComparison.Ordinal);
        Assert.StartsWith("Gestures.ForwardBatch expects the 6 inputs of one step of 2 streams, got 3.", Assert.Throws<ArgumentException>(() => network.ForwardBatch(step, two, output)).Message, StringComparison.Ordinal);
        Assert.StartsWith("Gestures.Forward takes a state of one stream, got one of 2", Assert.Throws<ArgumentException>(() => network.Forward(step, two, output)).Message, StringComparison.Ordinal);
        Assert.StartsWith("Gestures.Forward takes a state that its own CreateState made, got one of OtherGestures", Assert.Throws<ArgumentException>(() => network.Forward(step, other, output)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => network.Forward(step, null!, output));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.CreateState(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.CreateState(int.MaxValue));
        Assert.StartsWith("This state has stream 0 alone", Assert.Throws<ArgumentOutOfRangeException>(() => state.Values(1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => state.CopyFrom(two));
        Assert.Throws<ArgumentException>(() => state.CopyFrom(other));

        var file = new MemoryStream();
        state.Save(file);
        Assert.Throws<InvalidDataException>(() => two.Load(new MemoryStream(file.ToArray())));
        Assert.Throws<InvalidDataException>(() => other.Load(new MemoryStream(file.ToArray())));
        Assert.Throws<InvalidDataException>(() => state.Load(new MemoryStream(new byte[file.Length])));
        for (var length = 0; length < file.Length; length++)
            Assert.Throws<EndOfStreamException>(() => state.Load(new MemoryStream(file.ToArray()[..length])));
        var damaged = file.ToArray();
        BitConverter.TryWriteBytes(damaged.AsSpan(damaged.Length - 4), float.NaN);
        Assert.Throws<InvalidDataException>(() => state.Load(new MemoryStream(damaged)));
        Assert.Equal(before, state.Values().ToArray());
    }

    [Fact]
    public void A_file_of_other_units_is_said_in_units()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        try
        {
            new OtherGestures(1).Save(path);
            Assert.Contains("declare that layer with 20 units on 3 inputs", Assert.Throws<InvalidDataException>(() => new WiderGestures(1).Load(path, checkSchema: false)).Message, StringComparison.Ordinal);
            Assert.Contains("a layer of the kind that the file has", Assert.Throws<InvalidDataException>(() => new LongerGestures(1).Load(path, checkSchema: false)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The user's own members stand in the place of none that is emitted without a word.</summary>
    [Theory]
    [InlineData("public NetworkState CreateState() => null!;")]
    [InlineData("public NetworkState CreateState(int streams) => null!;")]
    [InlineData("public const int StepSize = 1;")]
    [InlineData("public int StateSize => 1;")]
    public void A_member_of_the_users_collides(string member)
    {
        var run = GeneratorHarness.Run($"using GenNet;\n[Network] [Sequence(6, 3)] [GRU(4)] [LastStep] partial class Net {{ {member} }}");
        Assert.Equal("GN0012", Assert.Single(run.Diagnostics, diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error).Id);
    }

    /// <summary>Streams that began at different moments stand differently among windows, so that some answer a step and others do not.</summary>
    [Fact]
    public void Streams_of_a_crowd_answer_as_each_does_alone()
    {
        foreach (var layers in new[]
        {
            "[Conv1D(20, 3, Activation.ReLU, Causal = true, Stride = 3)] [Conv1D(7, 2, Causal = true, Stride = 2)] [GRU(5)] [LastStep]",
            "[Conv1D(40, 3, Dilation = 3)] [Conv1D(33, 4, Causal = true)]",
            "[Conv1D(36, 2, Groups = 2, Stride = 3)] [LastStep]",
            "[AveragePool1D(3, Stride = 1)] [Conv1D(9, 3, Activation.ReLU, Causal = true, Dilation = 2)] [MaxPool1D(3, Stride = 2)] [LastStep]",
            "[Conv1D(16, 3, Causal = true, Stride = 2)] [Conv1D(16, 3, Causal = true)] [Residual(2, Activation.ReLU, Projection = true)] [LastStep]",
            "[GRU(20)] [GlobalAveragePool1D]",
            "[Conv1D(36, 3, Activation.ReLU, Stride = 2)] [GlobalMaxPool1D]",
        })
        {
            var network = InMemoryCompiler.Create(InMemoryCompiler.Load($"using GenNet;\n/// <summary>A test's network.</summary>\n[Network] [Sequence(20, 4)] {layers} [Dense(2)]{EndOf(layers, "Flatten")}\npublic partial class Paced;\n"), "Paced", seed: 3);
            var (stream, random) = (new NetworkStream(network), new RandomStream(8));
            const int Streams = 70;
            var states = stream.CreateState(Streams);
            var alone = Enumerable.Range(0, Streams).Select(_ => stream.CreateState()).ToArray();
            var (steps, outputs, output) = (new float[Streams * stream.Features], new float[Streams * stream.Outputs], new float[stream.Outputs]);
            for (var step = 0; step < 40; step++)
            {
                for (var i = 0; i < steps.Length; i++)
                    steps[i] = 2 * random.NextSingle() - 1;
                if (step % 3 == 2)
                {
                    states.Reset(step);
                    alone[step].Reset();
                }
                var answered = stream.NextOfEach(steps, states, outputs);
                for (var of = 0; of < Streams; of++)
                {
                    Assert.Equal(stream.Next(steps.AsSpan(of * stream.Features, stream.Features), alone[of], output), answered[of]);
                    if (answered[of])
                        Assert.Equal(output, outputs[(of * output.Length)..((of + 1) * output.Length)]);
                    Assert.Equal(alone[of].Values().ToArray(), states.Values(of).ToArray());
                }
            }
        }
    }

    /// <summary>Of every kind of layer that has one, in every stream.</summary>
    [Theory]
    [InlineData("[Conv1D(4, 3, Causal = true)]")]
    [InlineData("[Conv1D(4, 3)]")]
    [InlineData("[MaxPool1D(2)]")]
    [InlineData("[AveragePool1D(2, Stride = 1)]")]
    [InlineData("[GlobalAveragePool1D]")]
    [InlineData("[GlobalMaxPool1D]")]
    public void A_file_with_a_number_of_steps_that_cannot_be_is_refused(string layer)
    {
        var end = layer.StartsWith("[Global", StringComparison.Ordinal) ? "" : "[LastStep]";
        var network = InMemoryCompiler.Create(InMemoryCompiler.Load($"using GenNet;\n/// <summary>A test's network.</summary>\n[Network] [Sequence(12, 3)] [GRU(5)] {layer} {end} [Dense(2)]\npublic partial class Counted;\n"), "Counted", seed: 3);
        var number = network.Architecture.Layers[0].StateLength;
        foreach (var (wrong, words) in new[] { (-1f, "-1"), (0.5f, "0.5"), (33554432f, "33554432") })
        {
            var (state, file) = (new NetworkState(network.Architecture, 3), new MemoryStream());
            state.Values(2)[number] = wrong;
            state.Save(file);
            file.Position = 0;
            var loaded = new NetworkState(network.Architecture, 3);
            loaded.Values(1)[0] = 0.25f;
            var message = Assert.Throws<InvalidDataException>(() => loaded.Load(file)).Message;
            Assert.Contains($"Stream 2 of this state has had {words} steps in layer 2", message, StringComparison.Ordinal);
            Assert.Equal(0.25f, loaded.Values(1)[0]);
        }
        var (kept, good) = (new NetworkState(network.Architecture, 3), new MemoryStream());
        kept.Values(2)[number] = 7;
        kept.Save(good);
        good.Position = 0;
        kept.Load(good);
        Assert.Equal(7, kept.Values(2)[number]);
    }

    /// <summary>Whatever somebody writes into a state, no step touches memory beside it.</summary>
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(-1e30f)]
    [InlineData(3e9f)]
    [InlineData(-3)]
    [InlineData(1234567)]
    public void A_number_of_steps_that_cannot_be_leads_nowhere(float count)
    {
        var network = InMemoryCompiler.Create(
            InMemoryCompiler.Load("using GenNet;\n/// <summary>A test's network.</summary>\n[Network] [Sequence(40, 3)] [Conv1D(8, 3, Dilation = 7)] [Conv1D(4, 6, Causal = true, Stride = 4)] [AveragePool1D(3, Stride = 1)] [GlobalAveragePool1D] [Dense(2)]\npublic partial class Spoilt;\n"), "Spoilt", seed: 3);
        var stream = new NetworkStream(network);
        var state = stream.CreateState();
        var output = new float[stream.Outputs];
        for (var step = 0; step < 60; step++)
        {
            state.Values().Fill(count);
            stream.Next([1, 2, 3], state, output);
        }
        state.Reset();
        for (var step = 0; step < 40; step++)
            stream.Next([1, 2, 3], state, output);
        Assert.DoesNotContain(output, value => !float.IsFinite(value));
    }

    /// <summary>What a pool of all steps gives behind each step of a stream is what the kernel of whole sequences makes of as many.</summary>
    [Theory]
    [InlineData("[GRU(5)] [GlobalAveragePool1D]")]
    [InlineData("[Dense(33)] [GlobalAveragePool1D]")]
    [InlineData("[Dense(33)] [GlobalMaxPool1D]")]
    [InlineData("[GlobalMaxPool1D] [Dense(2)]")]
    [InlineData("[Conv1D(7, 3, Causal = true)] [BatchNorm(Activation.ReLU)] [GlobalAveragePool1D] [LayerNorm]")]
    [InlineData("[Dense(6, Activation.Tanh)] [Head(\"Mean\")] [GlobalAveragePool1D] [Dense(2)] [Head(\"Most\")] [GlobalMaxPool1D] [Dense(3)]")]
    public void A_pool_of_all_steps_is_of_those_so_far(string layers)
    {
        const int Longest = 9;
        var assembly = InMemoryCompiler.Load("using GenNet;\n" + string.Concat(Enumerable.Range(1, Longest).Select(steps =>
            $"/// <summary>A test's network.</summary>\n[Network] [Sequence({steps}, 3)] {layers}\npublic partial class Of{steps};\n")));
        var stream = new NetworkStream(InMemoryCompiler.Create(assembly, $"Of{Longest}", seed: 4));
        var (random, state, output) = (new RandomStream(8), stream.CreateState(), new float[stream.Outputs]);
        float[] inputs = [.. Enumerable.Range(0, 3 * Longest).Select(_ => 2 * random.NextSingle() - 1)];
        for (var steps = 1; steps <= Longest; steps++)
        {
            var whole = InMemoryCompiler.Create(assembly, string.Create(CultureInfo.InvariantCulture, $"Of{steps}"), seed: 4);
            var expected = new float[whole.OutputSize];
            whole.ForwardBatch(inputs.AsSpan(0, 3 * steps), expected);
            Assert.True(stream.Next(inputs.AsSpan(3 * (steps - 1), 3), state, output));
            Assert.Equal(expected, output);
        }
    }

    /// <summary>A stream has no end, and floats have one: steps that are very many count half, so that a mean goes on to follow.</summary>
    [Fact]
    public void A_mean_of_very_many_steps_follows_the_next()
    {
        const int Many = 1 << 20, First = 16; // what is kept begins behind a cache line
        var (mean, most, output) = (new MeanSoFar(1), new MostSoFar(1), new float[2]);
        mean.Layer2.Weights.CopyFrom([1, 0, 0, 1]);
        most.Layer2.Weights.CopyFrom([1, 0, 0, 1]);
        var (sums, maxima) = (mean.CreateState(), most.CreateState());
        (sums.Values()[0], sums.Values()[First], sums.Values()[First + 1]) = (Many, 3 * Many, -Many);
        mean.Forward([5, 7], sums, output);
        Assert.Equal((Many / 2 + 1, 3 * Many / 2 + 5, 7 - Many / 2), (sums.Values()[0], sums.Values()[First], sums.Values()[First + 1]));
        Assert.Equal([(3 * Many / 2 + 5) / (Many / 2 + 1f), (7 - Many / 2) / (Many / 2 + 1f)], output);
        (sums.Values()[0], sums.Values()[First]) = (Many - 1, 3 * Many);
        mean.Forward([5, 7], sums, output);
        Assert.Equal((Many, 3 * Many + 5f), (sums.Values()[0], sums.Values()[First]));
        (maxima.Values()[0], maxima.Values()[First], maxima.Values()[First + 1]) = (Many, 6, -2);
        most.Forward([5, -7], maxima, output);
        Assert.Equal([6, -2], output);
    }

    [Fact]
    public void What_a_pool_has_so_far_goes_with_its_state()
    {
        var network = new MeanOfGestures(3);
        var (first, copied, loaded, one) = (network.CreateState(2), network.CreateState(2), network.CreateState(2), network.CreateState());
        var (outputs, expected, output) = (new float[2 * MeanOfGestures.StepOutputSize], new float[2 * MeanOfGestures.StepOutputSize], new float[MeanOfGestures.StepOutputSize]);
        float[] steps = [1, -1, 0.5f, 0.25f, 2, -2];
        network.ForwardBatch(steps, first, expected);
        first.Reset(1);
        network.ForwardBatch(steps, first, expected);
        copied.CopyFrom(first);
        one.CopyFrom(0, first, 1);
        var file = new MemoryStream();
        first.Save(file);
        file.Position = 0;
        loaded.Load(file);
        float[] next = [0.5f, 0, 1, 2, -1, 0];
        network.ForwardBatch(next, first, expected);
        foreach (var state in new[] { copied, loaded })
        {
            network.ForwardBatch(next, state, outputs);
            Assert.Equal(expected, outputs);
        }
        network.Forward(next.AsSpan(3), one, output);
        Assert.Equal(expected[output.Length..], output);

        // Behind the reset stream lie two steps, and three behind the other: each has a mean of its own.
        Assert.Equal((3, 2), (first.Values(0)[first.Size - 32], first.Values(1)[first.Size - 32]));
        NetworkContractTests.AssertAllocatesNothing(() => network.Forward(next.AsSpan(3), one, output));
        NetworkContractTests.AssertAllocatesNothing(() => network.ForwardBatch(next, first, outputs));
    }

    /// <summary>Training would begin such a mean anew with each window.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void Training_carries_no_mean_from_window_to_window(int steps)
    {
        var network = InMemoryCompiler.Create(InMemoryCompiler.Load($"using GenNet;\n/// <summary>A test's network.</summary>\n[Network] [Sequence({steps}, 3)] [GRU(4)] [GlobalAveragePool1D]\npublic partial class Carried;\n"), "Carried", seed: 3);
        var trainer = network.CreateTrainer(new Sgd(0.1), 1);
        var state = new NetworkState(network.Architecture, streams: 1);
        Assert.Contains("layer 2, AveragePool1D, sees more than one step, and what it saw before is not carried from window to window", Assert.Throws<InvalidOperationException>(
            () => trainer.Step(new float[3 * steps], new float[4], new Sequences { InitialStates = state, FinalStates = state })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_that_has_no_outputs_allocates_nothing_and_leaves_them()
    {
        var network = new Halved(3);
        var (one, many) = (network.CreateState(), network.CreateState(100));
        var (step, output, steps, outputs, answered) = (new float[Halved.StepSize], new float[Halved.StepOutputSize], new float[100 * Halved.StepSize], new float[100 * Halved.StepOutputSize], new bool[100]);
        Assert.Equal([false, true, false, true], Enumerable.Range(0, 4).Select(_ => network.Forward(step, one, output)));
        output.AsSpan().Fill(7);
        Assert.False(network.Forward(step, one, output));
        Assert.Equal([7, 7], output);
        NetworkContractTests.AssertAllocatesNothing(() => network.Forward(step, one, output));
        NetworkContractTests.AssertAllocatesNothing(() => network.ForwardBatch(steps, many, outputs, answered));
        Assert.Contains("Halved.ForwardBatch expects room to say of 100 streams whether it answered, got 99.", Assert.Throws<ArgumentException>(() => network.ForwardBatch(steps, many, outputs, answered.AsSpan(1))).Message, StringComparison.Ordinal);
        Assert.False(network is INetwork and IStreamNetwork);
    }

    /// <summary>A network that needs the whole sequence says so where a state is asked for.</summary>
    [Theory]
    [InlineData("[GRU(4)] [Flatten]", "layer 2, flatten, needs the whole sequence.")]
    [InlineData("[GRU(4)] [LSTM(5, Bidirectional = true)] [LastStep]", "layer 2, LSTM, both directions, is Bidirectional, so it begins with the last step too and needs the whole sequence.")]
    [InlineData("[Conv1D(4, 3, Padding = Padding.Same)] [LastStep]", "layer 1, conv of 3 padding 1, has zeros behind the last step, and a stream has no last one: let it be causal or without padding.")]
    [InlineData("[Conv1D(4, 2, Stride = 2, Dilation = 2)] [LastStep]", "layer 1, conv of 2 stride 2 dilation 2, has a stride and a dilation: a stream can have either.")]
    [InlineData("[Conv1D(3, 3)] [Residual(1, Projection = true)] [LastStep]", "layer 2, residual 1, conv of 1 stride 2, adds to what comes out of its block what another step brought.", 5)]
    [InlineData("[GRU(4)] [Head(\"First\")] [LastStep] [Dense(2)] [Head(\"Second\")] [MaxPool1D(2)] [LastStep]", "layer 4, max pool of 2 stride 2, has values with other steps than the layer below it, and heads answer together.")]
    [InlineData("[Conv1D(2048, 2500)] [LastStep]", "layer 1, conv of 2500, would have to remember too much.", 3000)]
    [InlineData("[Conv1D(2, 1, Stride = 100000)] [Conv1D(2, 1, Stride = 100000)] [LastStep]", "layer 2, conv of 1 stride 100000, comes only with steps that are too far apart.")]
    public void Who_asks_for_a_state_of_a_layer_that_needs_all_steps_is_told_so(string layers, string why, int steps = 6)
    {
        var compilation = GeneratorHarness.Run($"using GenNet;\n[Network] [Sequence({steps}, 3)] {layers} [Dense(2)] partial class Net;\nclass Use {{ object State(Net net) => net.CreateState(3); }}").Compilation;
        var error = Assert.Single(compilation.GetDiagnostics(), diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
        Assert.Contains($"Net cannot go step by step: {why}", error.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }
}

/// <summary>A pool that answers every second step.</summary>
[Network]
[Sequence(20, 3)]
[MaxPool1D(2)]
[Conv1D(8, 3, Activation.Tanh, Causal = true)]
[LastStep]
[Dense(2)]
public sealed partial class Halved;

/// <summary>The mean of the steps so far.</summary>
[Network]
[Sequence(4, 2)]
[GlobalAveragePool1D]
[Dense(2)]
public sealed partial class MeanSoFar;

/// <summary>The largest values of the steps so far.</summary>
[Network]
[Sequence(4, 2)]
[GlobalMaxPool1D]
[Dense(2)]
public sealed partial class MostSoFar;

/// <summary>Gestures by the mean of what is remembered.</summary>
[Network]
[Sequence(64, 3)]
[GRU(16)]
[GlobalAveragePool1D]
[Dense(4, Activation.Softmax)]
public sealed partial class MeanOfGestures;

/// <summary>Gestures, step by step.</summary>
[Network]
[Sequence(64, 3)]
[Conv1D(8, 5, Activation.Tanh, Causal = true)]
[GRU(20)]
[LayerNorm]
[LSTM(16)]
[LastStep]
[Dense(4, Activation.Softmax)]
public sealed partial class Gestures;

/// <summary>Others.</summary>
[Network]
[Sequence(64, 3)]
[GRU(20)]
[LastStep]
[Dense(4, Activation.Softmax)]
public sealed partial class OtherGestures;

/// <summary>More units.</summary>
[Network]
[Sequence(64, 3)]
[GRU(21)]
[LastStep]
[Dense(4, Activation.Softmax)]
public sealed partial class WiderGestures;

/// <summary>Another kind.</summary>
[Network]
[Sequence(64, 3)]
[LSTM(20)]
[LastStep]
[Dense(4, Activation.Softmax)]
public sealed partial class LongerGestures;
