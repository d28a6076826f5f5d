using System.Reflection;
using GenNet.Shared;
using GenNet.Tests.Networks;
using GenNet.Tests.Reference;
using GenNet.Tests.Robustness;

namespace GenNet.Tests.Layers.Recurrent;

/// <summary>Sequences of unequal lengths, and windows of longer ones.</summary>
public sealed class SequencesTests
{
    const double Tolerance = 1e-5;

    static readonly Lazy<Assembly> Compiled = new(() => InMemoryCompiler.Load(
        "using GenNet;\n" + string.Concat(SequenceReference.Names.Select(name => $"/// <summary>A test's network.</summary>\n{SequenceReference.Load(name).Source}\npublic partial class {name};\n"))));

    public static TheoryData<string> Names => [.. SequenceReference.Names];

    /// <summary>Those that go step by step, and learn from what they then give.</summary>
    public static TheoryData<string> Streaming => [.. SequenceReference.Names.Where(name => Create(name).Network is var network && Remembers(network) && !Differs(network))];

    /// <summary>Those whose samples nothing has in common but the weights.</summary>
    public static TheoryData<string> Dividing => [.. SequenceReference.Names.Where(name => !Create(name).Network.Architecture.Layers.Any(layer => layer.NormalizesBatch))];

    /// <summary>Whether training computes something else than inference: it draws masks, which follow from the number of the batch, or takes the batch's own means.</summary>
    static bool Differs(INetwork network) => network.Architecture.Layers.Any(layer => layer.DrawsMasks || layer.NormalizesBatch);

    /// <summary>Networks in both directions remember nothing from window to window, and pools in streams alone.</summary>
    static bool Remembers(INetwork network) => network.Architecture.RemembersMore is null;

    static NetworkState? Carried(INetwork network, NetworkState states) => Remembers(network) ? states : null;

    /// <summary>States of a network, or such as hold nothing.</summary>
    static NetworkState States(INetwork network, int streams) => new(Remembers(network) ? network.Architecture : Xor.Architecture, streams);

    [Fact]
    public void What_goes_in_both_directions_carries_and_resets_nothing()
    {
        var (_, network) = Create("GRUBothEachLengths");
        var trainer = network.CreateTrainer(new Sgd(0.1), batchSize: 2);
        var (inputs, targets) = (new float[2 * network.InputSize], new float[2 * network.OutputSize]);
        Refused<InvalidOperationException>("neither carries nor resets states: layer 1, GRU, is Bidirectional", () => trainer.Step(inputs, targets, new Sequences { Resets = new bool[14] }));
        Refused<ArgumentException>("GRUBothEachLengths has no state: layer 1, GRU, is Bidirectional", () => new NetworkState(network.Architecture, 2).Size);
        var causal = Create("GRUEachLengths").Network;
        Refused<ArgumentException>("got FinalStates of GRUEachLengths", () => trainer.Step(inputs, targets, new Sequences { FinalStates = new(causal.Architecture, 2) }));
        Assert.True(float.IsFinite(trainer.Step(inputs, targets, new Sequences { Lengths = [1, 7] })));
    }

    [Theory, MemberData(nameof(Names))]
    public void Windows_agree_with_PyTorch(string name)
    {
        var (reference, network) = Create(name);
        var trainer = network.CreateTrainer(new Sgd(0.1), Samples(reference, network));
        var states = States(network, Samples(reference, network));
        for (var number = 0; number < reference.Windows.Length; number++)
        {
            var window = reference.Windows[number];
            var weights = network.Parameters.Span.ToArray();
            var initial = States(network, states.Streams);
            initial.CopyFrom(states);
            var sequences = new Sequences { Lengths = window.Lengths, Resets = window.Resets, InitialStates = reference.Carries ? states : null, FinalStates = Carried(network, states) };
            var before = states.Values().ToArray();
            var loss = Loss(trainer, window, new Sequences { Lengths = window.Lengths, Resets = window.Resets, InitialStates = sequences.InitialStates });
            Assert.Equal(before, states.Values().ToArray());
            trainer.Resume(number, number, 0.1);
            if (window.Gradients.Count > 0)
            {
                loss = Differs(network) ? (float)window.Loss : loss;
                Close.AssertEqual("loss", [loss], new[] { Backward(trainer, window, new() { Lengths = window.Lengths, Resets = window.Resets, InitialStates = sequences.InitialStates }) }, Differs(network) ? Tolerance : 0);
                AssertGradients(trainer, window);
                trainer.Update(); // No more gradients of that call.
                trainer.Resume(number, number, 0.1);
                weights.CopyTo(network.Parameters.Span);
                network.Parameters.MarkChanged();
                var outputs = trainer.Forward(window.Inputs, sequences);
                trainer.Backward(OutputGradients(network, window, outputs));
                AssertGradients(trainer, window);
                states.CopyFrom(initial);
                trainer.Resume(number, number, 0.1);

                // Running statistics too.
                weights.CopyTo(network.Parameters.Span);
                network.Parameters.MarkChanged();
            }
            var stepped = Step(trainer, window, sequences);
            if (!Differs(network))
                Assert.Equal(loss, stepped);
            Close.AssertEqual("loss", [window.Loss], new[] { stepped }, Tolerance);
            if (Remembers(network))
                AssertStates(network.Architecture, window, states);
        }
        foreach (var tensor in network.Parameters.Tensors)
            Close.AssertEqual(tensor.Name, reference.Parameters[tensor.Name], Values(tensor), Tolerance);
    }

    /// <summary>The lengths and resets of a part are those of its own samples, wherever in the batch they are.</summary>
    [Theory, MemberData(nameof(Dividing))]
    public void Parts_of_a_batch_have_its_gradients(string name)
    {
        var (reference, network) = Create(name);
        var (window, samples, steps) = (reference.Windows[^1], Samples(reference, network), network.Architecture.Positions);
        var (whole, parts) = (network.CreateTrainer(new Sgd(0.1), samples), network.CreateTrainer(new Sgd(0.1), samples));
        var told = new Sequences { Lengths = window.Lengths, Resets = window.Resets };
        var gradients = OutputGradients(network, window, whole.Forward(window.Inputs, told));
        whole.Backward(gradients);
        for (var first = 0; first < samples; first += 3)
        {
            var end = Math.Min(samples, first + 3);
            var part = new Sequences
            {
                Lengths = window.Lengths is [] ? [] : window.Lengths.AsSpan(first..end),
                Resets = window.Resets is [] ? [] : window.Resets.AsSpan((first * steps)..(end * steps)),
            };
            parts.Forward(window.Inputs.AsSpan((first * network.InputSize)..(end * network.InputSize)), part);
            parts.Accumulate(gradients.AsSpan((first * network.OutputSize)..(end * network.OutputSize)), samples);
        }
        Assert.Equal(whole.GradientBlock.Span.ToArray(), parts.GradientBlock.Span.ToArray());
    }

    /// <summary>What is refused after a batch was forwarded, for whatever reason, leaves its sequences as they were.</summary>
    [Theory, MemberData(nameof(Names))]
    public void A_refused_forward_pass_leaves_the_one_before(string name)
    {
        var (reference, network) = Create(name);
        var (window, samples, steps) = (reference.Windows[^1], Samples(reference, network), network.Architecture.Positions);
        var trainer = network.CreateTrainer(new Sgd(0.1), samples);
        var gradients = OutputGradients(network, window, trainer.Forward(window.Inputs, new Sequences { Lengths = window.Lengths, Resets = window.Resets }));
        trainer.Backward(gradients);
        var expected = trainer.GradientBlock.Span.ToArray();
        int[] ones = [.. Enumerable.Repeat(1, samples)];
        var wrong = window.Inputs.ToArray();
        wrong[0] = float.NaN;
        Assert.Throws<NotFiniteNumberException>(() => { trainer.Forward(wrong, new Sequences { Lengths = ones }); });
        Assert.Throws<ArgumentException>(() => { trainer.Forward(window.Inputs, new Sequences { Lengths = ones, Resets = new bool[1] }); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { trainer.Forward(window.Inputs, new Sequences { Lengths = [.. ones[1..], steps + 1] }); });
        trainer.Backward(gradients);
        Assert.Equal(expected, trainer.GradientBlock.Span.ToArray());
    }

    static void AssertGradients(Trainer trainer, SequenceReference.Window window)
    {
        foreach (var tensor in trainer.GradientBlock.Tensors.Where(tensor => tensor.Kind is not (ParameterKind.RunningMean or ParameterKind.RunningVariance)))
            Close.AssertEqual($"∂L/∂{tensor.Name}", window.Gradients[tensor.Name], Values(tensor), Tolerance);
    }

    /// <summary>Those of the mean loss over what is there; nonsense behind the end.</summary>
    static float[] OutputGradients(INetwork network, SequenceReference.Window window, ReadOnlySpan<float> outputs)
    {
        var gradients = new float[outputs.Length];
        var (steps, samples) = (network.Architecture.Positions, outputs.Length / network.OutputSize);
        if (network.Architecture.LabelSize > 1)
        {
            var (classes, counted) = (network.OutputSize / steps, Enumerable.Range(0, window.Labels.Length).Where(Counts).ToArray());
            for (var i = 0; i < gradients.Length; i++)
                gradients[i] = window.Lengths is [] || i % network.OutputSize / classes < window.Lengths[i / network.OutputSize] ? 0 : i % 5;
            foreach (var row in counted)
                gradients[row * classes + window.Labels[row]] = -1 / (counted.Length * outputs[row * classes + window.Labels[row]]);
            return gradients;

            bool Counts(int row) => (window.Lengths is [] || row % steps < window.Lengths[row / steps]) && window.Labels[row] != Dataset.IgnoredLabel;
        }
        if (window.Labels is not [])
        {
            for (var sample = 0; sample < samples; sample++)
                gradients[sample * network.OutputSize + window.Labels[sample]] = -1 / (samples * outputs[sample * network.OutputSize + window.Labels[sample]]);
            return gradients;
        }
        var width = network.OutputSize / steps;
        var valid = (window.Lengths is [] ? steps * samples : window.Lengths.Sum()) * width;
        for (var i = 0; i < gradients.Length; i++)
            gradients[i] = window.Lengths is [] || i % network.OutputSize < window.Lengths[i / network.OutputSize] * width ? 2 * (outputs[i] - window.Targets[i]) / valid : 7;
        return gradients;
    }

    /// <summary>A state that would grow without end is forgotten behind the end of its sequence.</summary>
    [Fact]
    public void What_would_overflow_behind_the_end_does_not()
    {
        var network = InMemoryCompiler.Create(InMemoryCompiler.Load(
            "using GenNet;\n/// <summary>A test's network.</summary>\n[Network] [Sequence(140, 1)] [SimpleRNN(4, Nonlinearity = Nonlinearity.ReLU)] [SimpleRNN(4, Nonlinearity = Nonlinearity.ReLU)] [LastStep] [Dense(2)]\npublic partial class Growing;\n"), "Growing", seed: 1);
        foreach (var tensor in network.Parameters.Tensors.Where(tensor => tensor.Name.EndsWith("weight_hh_l0", StringComparison.Ordinal)))
            tensor.CopyFrom([.. Enumerable.Repeat(9f, tensor.Length)]);
        foreach (var tensor in network.Parameters.Tensors.Where(tensor => tensor.Kind == ParameterKind.Bias))
            tensor.CopyFrom([.. Enumerable.Repeat(1f, tensor.Length)]);
        var trainer = network.CreateTrainer(new Sgd(1e-9), batchSize: 2);
        var inputs = Enumerable.Repeat(1f, 280).ToArray();
        Assert.Throws<TrainingDivergedException>(() => trainer.Step(inputs, new float[4]));
        Assert.True(float.IsFinite(trainer.Step(inputs, new float[4], new Sequences { Lengths = [2, 3] })));
        Assert.All(network.Parameters.Span.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    static void AssertStates(NetworkArchitecture architecture, SequenceReference.Window window, NetworkState states)
    {
        var (layer, offset) = (0, 0);
        foreach (var recurrent in architecture.Layers.OfType<RecurrentLayer>().Where(layer => !layer.Bidirectional))
        {
            foreach (var part in window.States[layer])
            {
                Close.AssertEqual($"state of layer {layer}", part, (float[])[.. Enumerable.Range(0, states.Streams).SelectMany(stream => states.Values(stream).Slice(offset, recurrent.Outputs).ToArray())], Tolerance);
                offset += recurrent.StateLength / window.States[layer].Length;
            }
            layer++;
        }
        Assert.Equal(states.Size, offset);
        Assert.Equal(layer, window.States.Length);
    }

    /// <summary>The same step as streams: each sample's steps one by one, forgotten where they are to be, gives its loss and the states behind it.</summary>
    [Theory, MemberData(nameof(Streaming))]
    public void Streams_have_the_bits_of_windows(string name)
    {
        var (reference, network) = Create(name);
        var (trainer, samples) = (network.CreateTrainer(new Sgd(0.1), Samples(reference, network)), Samples(reference, network));
        var (steps, width) = (network.Architecture.Positions, network.InputSize / network.Architecture.Positions);
        var (states, streams) = (States(network, samples), States(network, samples));
        var one = States(network, 1);
        var output = new float[(int)network.GetType().GetField("StepOutputSize")!.GetRawConstantValue()!];
        foreach (var window in reference.Windows)
        {
            for (var sample = 0; sample < samples; sample++)
            {
                one.CopyFrom(0, streams, sample);
                if (!reference.Carries)
                    one.Reset();
                for (var step = 0; step < (window.Lengths is [] ? steps : window.Lengths[sample]); step++)
                {
                    if (window.Resets is not [] && window.Resets[sample * steps + step])
                        one.Reset();
                    ((IStreamNetwork)network).Forward(window.Inputs.AsSpan(sample * network.InputSize + step * width, width), one, output);
                }
                streams.CopyFrom(sample, one, 0);
            }
            Step(trainer, window, new() { Lengths = window.Lengths, Resets = window.Resets, InitialStates = reference.Carries ? states : null, FinalStates = Carried(network, states) });
            for (var sample = 0; sample < samples; sample++)
                Assert.Equal(streams.Values(sample).ToArray(), states.Values(sample).ToArray());
        }
    }

    /// <summary>What is behind the end of a sequence, and how many threads there are, changes no bit.</summary>
    [Theory, MemberData(nameof(Names))]
    public void Padding_and_threads_leave_no_trace(string name)
    {
        var reference = SequenceReference.Load(name);
        var expected = Train(window => window.Inputs, threads: 1);
        Assert.Equal(expected, Train(window => window.Inputs, threads: 3));
        var random = new RandomStream(9);
        Assert.Equal(expected, Train(window => Padded(window, () => 100 * random.NextSingle() - 50), threads: 1));
        Assert.Equal(expected, Train(window => Padded(window, () => 0), threads: 2));
        Assert.Equal(expected, Train(window => Padded(window, () => float.MaxValue), threads: 1));
        Assert.Equal(expected, Train(window => Padded(window, () => float.NaN), threads: 1));

        float[] Padded(SequenceReference.Window window, Func<float> value)
        {
            var inputs = window.Inputs.ToArray();
            var (_, network) = Create(name);
            var (steps, width) = (network.Architecture.Positions, network.InputSize / network.Architecture.Positions);
            for (var sample = 0; sample < window.Lengths.Length; sample++)
                for (var i = window.Lengths[sample] * width; i < steps * width; i++)
                    inputs[sample * network.InputSize + i] = value();
            return inputs;
        }

        // 40 samples, so that threads have something to share.
        float[] Train(Func<SequenceReference.Window, float[]> inputs, int threads)
        {
            var (_, network) = Create(name);
            var samples = Samples(reference, network);
            var times = 40 / samples + 1;
            var before = Parallelism.Threads;
            Parallelism.Threads = threads;
            Trainer trainer;
            try
            {
                trainer = network.CreateTrainer(new Adam(0.01), times * samples);
            }
            finally
            {
                Parallelism.Threads = before;
            }
            var states = States(network, times * samples);
            foreach (var window in reference.Windows)
            {
                var many = window with { Inputs = Times(inputs(window)), Lengths = Times(window.Lengths), Resets = Times(window.Resets), Labels = Times(window.Labels), Targets = Times(window.Targets) };
                for (var i = 0; threads > 1 && many.Lengths is not [] && i < many.Targets.Length; i++)
                    if (i % network.OutputSize >= many.Lengths[i / network.OutputSize] * (network.OutputSize / network.Architecture.Positions))
                        many.Targets[i] = float.PositiveInfinity;
                Step(trainer, many, new() { Lengths = many.Lengths, Resets = many.Resets, InitialStates = reference.Carries ? states : null, FinalStates = Carried(network, states) });
            }
            return [.. network.Parameters.Span, .. Enumerable.Range(0, states.Streams).SelectMany(stream => states.Values(stream).ToArray())];

            T[] Times<T>(T[] values) => [.. Enumerable.Repeat(values, times).SelectMany(value => value)];
        }
    }

    /// <summary>The masks of a sequence live as long as it: in copies of its state and in files too, until it is reset.</summary>
    [Theory]
    [InlineData("GRUDroppedEachCarried")]
    [InlineData("LSTMDroppedLastAll")]
    public void A_state_knows_the_masks_of_its_sequence(string name)
    {
        var (first, second) = (Create(name).Reference.Windows[0], Create(name).Reference.Windows[1]);
        var carried = Loss(states => states);
        Assert.Equal(carried, Loss(Copied));
        Assert.Equal(carried, Loss(StreamByStream));
        Assert.Equal(carried, Loss(Saved));
        Assert.NotEqual(carried, Loss(states => Values(states, new(states.Architecture, states.Streams))));
        Assert.NotEqual(carried, Loss(states => Values(states, Reset(Copied(states)))));
        Assert.NotEqual(carried, Loss(states => Values(states, ResetOne(Copied(states)))));

        // Inference draws none, and files of states that were never trained stay what they were.
        var untrained = new NetworkState(Create(name).Network.Architecture, 2);
        var file = new MemoryStream();
        untrained.Save(file);
        Assert.Equal(20 + 8 * untrained.Size, file.Length);

        float Loss(Func<NetworkState, NetworkState> carry)
        {
            var (reference, network) = Create(name);
            var trainer = network.CreateTrainer(new Sgd(0.1), Samples(reference, network));
            var states = States(network, Samples(reference, network));
            Step(trainer, first, new() { Lengths = first.Lengths, FinalStates = states });
            return Step(trainer, second, new() { Lengths = second.Lengths, InitialStates = carry(states) });
        }

        static NetworkState Copied(NetworkState states)
        {
            var copy = new NetworkState(states.Architecture, states.Streams);
            copy.CopyFrom(states);
            return copy;
        }

        static NetworkState StreamByStream(NetworkState states)
        {
            var copy = new NetworkState(states.Architecture, states.Streams);
            for (var stream = 0; stream < states.Streams; stream++)
                copy.CopyFrom(stream, states, stream);
            return copy;
        }

        static NetworkState Saved(NetworkState states)
        {
            var (copy, file) = (new NetworkState(states.Architecture, states.Streams), new MemoryStream());
            states.Save(file);
            var bytes = file.ToArray();
            copy.Load(new MemoryStream(bytes));
            Assert.Throws<EndOfStreamException>(() => copy.Load(new MemoryStream(bytes[..^1])));
            bytes[^1] = 0x80;
            Assert.Contains($"Stream {states.Streams - 1} of this state cannot have begun", Assert.Throws<InvalidDataException>(() => copy.Load(new MemoryStream(bytes))).Message, StringComparison.Ordinal);
            return copy;
        }

        static NetworkState Reset(NetworkState states)
        {
            states.Reset();
            return states;
        }

        static NetworkState ResetOne(NetworkState states)
        {
            states.Reset(1);
            return states;
        }

        static NetworkState Values(NetworkState from, NetworkState to)
        {
            for (var stream = 0; stream < from.Streams; stream++)
                from.Values(stream).CopyTo(to.Values(stream));
            return to;
        }
    }

    /// <summary>Recurrent dropout is nothing to inference, and a rate of zero nothing at all.</summary>
    [Fact]
    public void Recurrent_dropout_is_of_training_alone()
    {
        var assembly = InMemoryCompiler.Load("using GenNet;\n" + string.Concat(new[] { ("Without", ""), ("With", ", RecurrentDropout = 0.5"), ("None", ", RecurrentDropout = 0"), ("All", ", RecurrentDropout = 1") }.Select(of =>
            $"/// <summary>A test's network.</summary>\n[Network] [Sequence(6, 2)] [LSTM(5{of.Item2})] [SimpleRNN(4{of.Item2})] [LastStep] [Dense(2)]\npublic partial class {of.Item1};\n")));
        var networks = new[] { "Without", "With", "None", "All" }.Select(name => InMemoryCompiler.Create(assembly, name, seed: 3)).ToArray();
        var random = new RandomStream(4);
        float[] inputs = [.. Enumerable.Range(0, 36).Select(_ => random.NextSingle())];
        var outputs = networks.Select(network => network.CreateTrainer(new Sgd(0.1), 3).Forward(inputs, training: false).ToArray()).ToArray();
        Assert.All(outputs, output => Assert.Equal(outputs[0], output));
        Assert.Equal(networks.Select(network => network.Architecture.SchemaHash), Enumerable.Repeat(networks[0].Architecture.SchemaHash, 4));
        var losses = networks.Select(network => network.CreateTrainer(new Sgd(0.1), 3)).Select(trainer => (trainer.Step(inputs, new float[6]), Gradient: trainer.Backward(inputs, new float[6]))).ToArray();
        Assert.Equal(losses[0], losses[2]);
        Assert.NotEqual(losses[0], losses[1]);

        // Where all of the state is dropped, its weights learn nothing.
        var all = networks[3].CreateTrainer(new Sgd(0.1), 3);
        Assert.True(float.IsFinite(all.Backward(inputs, new float[6])));
        Assert.All(all.GradientBlock.Tensors.Where(tensor => tensor.Name.Contains("weight_hh", StringComparison.Ordinal)), tensor => Assert.All(Values(tensor), value => Assert.Equal(0, value)));
    }

    /// <summary>A batch of which all is said to be whole is the batch.</summary>
    [Theory, MemberData(nameof(Names))]
    public void Whole_sequences_have_the_bits_of_a_plain_step(string name)
    {
        var (reference, plain) = Create(name);
        var (_, told) = Create(name);
        var samples = Samples(reference, plain);
        var (first, second) = (plain.CreateTrainer(new Adam(0.01), samples), told.CreateTrainer(new Adam(0.01), samples));
        var lengths = Enumerable.Repeat(plain.Architecture.Positions, samples).ToArray();
        foreach (var window in reference.Windows)
        {
            var loss = window.Labels is [] ? first.Step(window.Inputs, window.Targets) : first.Step(window.Inputs, window.Labels);
            Assert.Equal(loss, Step(second, window, new() { Lengths = lengths, Resets = Remembers(told) ? new bool[samples * lengths[0]] : [], InitialStates = Carried(told, States(told, samples)) }));
        }
        Assert.Equal(plain.Parameters.Span.ToArray(), told.Parameters.Span.ToArray());
    }

    [Theory, MemberData(nameof(Names))]
    public void A_step_allocates_nothing(string name)
    {
        var (reference, network) = Create(name);
        var trainer = network.CreateTrainer(new Adam(0.01), Samples(reference, network));
        var states = States(network, Samples(reference, network));
        var window = reference.Windows[0];
        void Train() => Step(trainer, window, new() { Lengths = window.Lengths, Resets = window.Resets, InitialStates = reference.Carries ? states : null, FinalStates = Carried(network, states) });
        Train();
        NetworkContractTests.AssertAllocatesNothing(Train);
    }

    /// <summary>A step that is refused leaves states, weights and all later steps as they were.</summary>
    [Theory, MemberData(nameof(Names))]
    public void A_refused_step_changes_nothing(string name)
    {
        var (reference, network) = Create(name);
        var (_, other) = Create(name);
        var samples = Samples(reference, network);
        var (trainer, undisturbed) = (network.CreateTrainer(new Adam(0.01), samples), other.CreateTrainer(new Adam(0.01), samples));
        var (states, expected) = (States(network, samples), States(other, samples));
        foreach (var window in reference.Windows)
        {
            var wrong = window.Inputs.ToArray();
            wrong[^network.InputSize] = float.NaN; // a step that every sample has
            Assert.ThrowsAny<ArithmeticException>(() => Step(trainer, window with { Inputs = wrong }, new() { Lengths = window.Lengths, Resets = window.Resets, InitialStates = Carried(network, states), FinalStates = Carried(network, states) }));
            Assert.Equal(0f, Loss(trainer, window, default) - Loss(undisturbed, window, default));
            Step(trainer, window, new() { Lengths = window.Lengths, Resets = window.Resets, InitialStates = Carried(network, states), FinalStates = Carried(network, states) });
            Step(undisturbed, window, new() { Lengths = window.Lengths, Resets = window.Resets, InitialStates = Carried(network, expected), FinalStates = Carried(network, expected) });
            Assert.Equal(expected.Values(samples - 1).ToArray(), states.Values(samples - 1).ToArray());
        }
        Assert.Equal(other.Parameters.Span.ToArray(), network.Parameters.Span.ToArray());
    }

    /// <summary>Of a softmax over steps the steps that are there take part, and the loss is a mean over samples.</summary>
    [Fact]
    public void A_loss_of_whole_samples_is_a_mean_over_samples()
    {
        var assembly = InMemoryCompiler.Load("using GenNet;\n/// <summary>A test's network.</summary>\n[Network(Loss = Loss.CrossEntropy)] [Sequence(6, 2)] [GRU(5)] [Dense(1)] [Flatten]\npublic partial class WhichStep;\n");
        var network = InMemoryCompiler.Create(assembly, "WhichStep", seed: 3);
        var trainer = network.CreateTrainer(new Sgd(0.1), batchSize: 2);
        var random = new RandomStream(4);
        float[] inputs = [.. Enumerable.Range(0, 24).Select(_ => random.NextSingle())];
        var targets = new float[12];
        (targets[1], targets[10]) = (1, 1);
        int[] lengths = [3, 6];
        var outputs = trainer.Forward(inputs, training: false).ToArray();
        var expected = Enumerable.Range(0, 2).Average(sample => Math.Log(outputs.Skip(6 * sample).Take(lengths[sample]).Sum(z => Math.Exp(z))) - outputs[sample == 0 ? 1 : 10]);
        Assert.Equal(expected, trainer.Loss(inputs, targets, new Sequences { Lengths = lengths }), 1e-6);
        Assert.Equal(trainer.Loss(inputs, targets, new Sequences { Lengths = lengths }), trainer.Step(inputs, targets, new Sequences { Lengths = lengths }));
        Refused<ArgumentException>("WhichStep.Step expects", () => trainer.Step(inputs, new float[6], new Sequences { Lengths = [3, 6] }));
        Refused<InvalidOperationException>("take targets, no labels", () => trainer.Step(inputs, new[] { 1, 4 }, new Sequences { Lengths = [3, 6] }));
    }

    [Fact]
    public void What_cannot_be_is_refused_in_a_sentence()
    {
        var network = new Gestures(1);
        var trainer = network.CreateTrainer(new Sgd(0.1), batchSize: 4);
        var (inputs, labels) = (new float[2 * Gestures.InputSize], new int[2]);
        var steps = Gestures.Architecture.Positions;
        var states = network.CreateState(3);
        var spoilt = network.CreateState(2);
        spoilt.Values(1)[2] = float.NaN;
        Refused<ArgumentException>("Gestures.Step expects 2 lengths, one a sample, got 1.", () => trainer.Step(inputs, labels, new Sequences { Lengths = [1] }));
        Refused<ArgumentOutOfRangeException>($"sample 1 has a length of 0; lengths are from 1 to {steps}.", () => trainer.Step(inputs, labels, new Sequences { Lengths = [1, 0] }));
        Refused<ArgumentOutOfRangeException>($"sample 0 has a length of {steps + 1}", () => trainer.Loss(inputs, labels, new Sequences { Lengths = [steps + 1, 2] }));
        Refused<ArgumentException>($"Gestures.Backward expects {2 * steps} resets", () => trainer.Backward(inputs, labels, new Sequences { Resets = new bool[3] }));
        Refused<ArgumentException>("Gestures.Step expects InitialStates of 2 streams, one a sample, got 3.", () => trainer.Step(inputs, labels, new Sequences { InitialStates = states }));
        Refused<ArgumentException>("Gestures.Step expects FinalStates of 2 streams", () => trainer.Step(inputs, labels, new Sequences { FinalStates = states }));
        Refused<ArgumentException>("got InitialStates of", () => trainer.Step(inputs, labels, new Sequences { InitialStates = new(Xor.Architecture, 2) }));
        Refused<NotFiniteNumberException>("value 2 of stream 1 of InitialStates is NaN", () => trainer.Step(inputs, labels, new Sequences { InitialStates = spoilt }));
        Refused<ArgumentException>("targets", () => trainer.Step(inputs, new float[3 * Gestures.OutputSize], new Sequences { Lengths = [1, 1] }));
        Refused<ArgumentException>("inputs", () => trainer.Step(new float[7], labels, new Sequences { Lengths = [1, 1] }));
        Refused<InvalidOperationException>("the network takes no sequence", () => new Xor(1).CreateTrainer(new Sgd(0.1), batchSize: 4).Step(new float[4], new float[2], new Sequences { Lengths = [1, 1] }));
    }

    /// <summary>Behind the last step is a row a sample, however long each was.</summary>
    [Fact]
    public void Normalisation_behind_the_steps_has_all_samples()
    {
        var assembly = InMemoryCompiler.Load(
            "using GenNet;\n/// <summary>A test's network.</summary>\n[Network] [Sequence(7, 3)] [LastStep] [BatchNorm] [Dense(2)]\npublic partial class Behind;\n/// <summary>A test's network.</summary>\n[Network(3)] [BatchNorm] [Dense(2)]\npublic partial class Plain;\n");
        INetwork behind = InMemoryCompiler.Create(assembly, "Behind", seed: 1), plain = InMemoryCompiler.Create(assembly, "Plain", seed: 1);
        var values = new float[plain.Parameters.Length];
        behind.Parameters.CopyTo(values);
        plain.Parameters.CopyFrom(values);
        int[] lengths = [7, 1, 4, 2, 6];
        float[] inputs = TestNumbers.Create(5 * 21, 1), targets = TestNumbers.Create(10, 2);
        float[] rows = [.. lengths.SelectMany((length, sample) => inputs.Skip(sample * 21 + 3 * (length - 1)).Take(3))];
        Trainer first = behind.CreateTrainer(new Sgd(0.1), 5), second = plain.CreateTrainer(new Sgd(0.1), 5);
        Assert.Equal(second.Step(rows, targets), first.Step(inputs, targets, new Sequences { Lengths = lengths }));
        behind.Parameters.CopyTo(values);
        var expected = new float[values.Length];
        plain.Parameters.CopyTo(expected);
        Assert.Equal(expected, values);
    }

    [Fact]
    public void One_step_has_no_variance()
    {
        var (_, network) = Create("NormMeanLengths");
        var trainer = network.CreateTrainer(new Sgd(0.1), batchSize: 2);
        var (inputs, running) = (TestNumbers.Create(2 * network.InputSize, 1), network.Parameters.Span.ToArray());
        Refused<ArgumentException>("NormMeanLengths.Step expects at least two steps, because one alone has no variance for batch normalisation; got one sample of one step.",
            () => trainer.Step(inputs.AsSpan(0, network.InputSize), (int[])[1], new Sequences { Lengths = [1] }));
        Assert.Equal(running, network.Parameters.Span.ToArray());
        Assert.True(float.IsFinite(trainer.Loss(inputs.AsSpan(0, network.InputSize), (int[])[1], new Sequences { Lengths = [1] })));
        Assert.True(float.IsFinite(trainer.Step(inputs, (int[])[1, 0], new Sequences { Lengths = [1, 1] })));
        Assert.All(network.Parameters.Span.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    /// <summary>Each PyTorch network of sequences is told lengths and states: it learns from them, or says which layer cannot.</summary>
    [Theory, MemberData(nameof(StreamTests.Sequences), MemberType = typeof(StreamTests))]
    public void Every_network_takes_lengths_or_says_why_not(string name)
    {
        var (reference, network) = LayerTests.Create(name);
        var samples = reference.Inputs.Length / network.InputSize;
        var trainer = network.CreateTrainer(new Sgd(0.01), samples);
        var (targets, steps) = (new float[samples * network.OutputSize], network.Architecture.Positions);
        int[] lengths = [.. Enumerable.Range(0, samples).Select(sample => sample % steps + 1)];
        Outcome("takes whole sequences alone", new() { Lengths = lengths }, network.Architecture.MixesPadding is null);
        Outcome("neither carries nor resets states", new() { Resets = new bool[samples * steps] }, network.Architecture.RemembersMore is null);

        void Outcome(string refusal, Sequences sequences, bool works)
        {
            float Train(Sequences told) => reference.Labels is { } labels ? trainer.Step(reference.Inputs, labels, told) : trainer.Step(reference.Inputs, reference.Targets, told);
            try
            {
                Assert.True(float.IsFinite(Train(sequences)));
                Assert.True(works);
            }
            catch (InvalidOperationException error)
            {
                Assert.Contains(refusal, error.Message, StringComparison.Ordinal);
                Assert.False(works);
            }
        }
    }

    static void Refused<TException>(string message, Func<float> step) where TException : Exception =>
        Assert.Contains(message, Assert.Throws<TException>(() => step()).Message, StringComparison.Ordinal);

    static (SequenceReference Reference, INetwork Network) Create(string name)
    {
        var reference = SequenceReference.Load(name);
        var network = InMemoryCompiler.Create(Compiled.Value, name, seed: 1);
        foreach (var tensor in network.Parameters.Tensors)
            tensor.CopyFrom(reference.Initial[tensor.Name]);
        return (reference, network);
    }

    static int Samples(SequenceReference reference, INetwork network) => reference.Windows[0].Inputs.Length / network.InputSize;

    static float[] Values(ParameterTensor tensor)
    {
        var values = new float[tensor.Length];
        tensor.CopyTo(values);
        return values;
    }

    static float Step(Trainer trainer, SequenceReference.Window window, Sequences sequences) =>
        window.Labels is [] ? trainer.Step(window.Inputs, window.Targets, sequences) : trainer.Step(window.Inputs, window.Labels, sequences);

    static float Backward(Trainer trainer, SequenceReference.Window window, Sequences sequences) =>
        window.Labels is [] ? trainer.Backward(window.Inputs, window.Targets, sequences) : trainer.Backward(window.Inputs, window.Labels, sequences);

    static float Loss(Trainer trainer, SequenceReference.Window window, Sequences sequences) =>
        window.Labels is [] ? trainer.Loss(window.Inputs, window.Targets, sequences) : trainer.Loss(window.Inputs, window.Labels, sequences);
}
