using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using GenNet.Onnx;
using GenNet.Shared;
using GenNet.Tests.Benchmarks;

namespace GenNet.Tests.Reference;

/// <summary>
/// Random networks of every kind of layer, with every option of training, against a naive network in double precision, and against what holds for all:
/// padding is zero and stays zero, and each way to take a step has the same bits. GENNET_RANDOM_NETWORKS=5000 takes so many of them, from the seed GENNET_RANDOM_SEED on.
/// </summary>
public class RandomModelsTests
{
    const int Steps = 6;

    /// <summary>Some sixteen times the rounding of a float, so that many roundings in a row are within it, and how often it is tried what so much does: of few numbers one try may move none.</summary>
    const double Rounding = 1e-6;
    const int Tries = 3;

    static readonly int Count = Setting("GENNET_RANDOM_NETWORKS", 60);
    static readonly int FirstSeed = Setting("GENNET_RANDOM_SEED", 1);
    static readonly RandomModel[] Models = [.. Enumerable.Range(FirstSeed, Count).Select(seed => RandomModels.Create((ulong)seed))];
    static readonly Lazy<Assembly>[] Assemblies = [.. Models.Chunk(200).Select(chunk => new Lazy<Assembly>(() => InMemoryCompiler.Load("using GenNet;\n" + RandomModels.Source(chunk))))];

    [Fact]
    public void Padding_is_zero_and_stays_zero() => ForEach((model, create) =>
    {
        var network = create();
        var padding = new PaddingCheck(network.Parameters);
        padding.AssertZero("parameters at first", network.Parameters);
        var trainer = model.CreateTrainer(network, model.Samples + 3);
        for (var step = 1; step <= Steps; step++)
        {
            if (step % 2 == 0)
            {
                model.Backward(trainer);
                padding.AssertZero($"gradients of step {step}", trainer.GradientBlock);
                trainer.Update();
            }
            else
                model.Step(trainer);
            padding.AssertZero($"gradients after step {step}", trainer.GradientBlock);
            padding.AssertZero($"parameters after step {step}", network.Parameters);
            foreach (var state in trainer.StateNames)
                padding.AssertZero($"{state} after step {step}", trainer.State(state), model.Optimizer.InitialAccumulator);
        }
    });

    [Fact]
    public void Every_step_agrees_with_the_naive_network()
    {
        var (compared, near) = (0, 0);
        ForEach((model, create) =>
        {
            if (model.HasDropout)
                return;
            var network = create();
            var trainer = model.CreateTrainer(network, model.Samples, inputGradients: true);
            var optimizer = new NaiveSteps(network, model.Optimizer);
            var random = new RandomStream(1);
            for (var step = 1; step <= Steps; step++)
            {
                var naive = new NaiveModel(network);
                var disturbed = new NaiveModel[Tries];
                foreach (ref var copy in disturbed.AsSpan())
                    copy = naive.Disturbed(Rounding, ref random);
                var inputs = model.InputRows;
                var (targets, weights) = model.TargetsOf(network);
                var (loss, gradients, inputGradients, kink) = naive.LossAndGradients(inputs, targets, weights);
                if (step == 1)
                {
                    var outputs = new float[model.Samples * network.OutputSize];
                    network.ForwardBatch(model.Inputs, outputs);
                    AssertRounded("outputs", Flat(naive.Outputs(inputs)), [.. outputs.Select(value => (double)value)], [.. disturbed.Select(copy => Flat(copy.Outputs(inputs)))]);
                }
                var running = naive.RunningStatistics(inputs).Select((item, i) => (item.Tensor, item.Values, Moved: disturbed.Select(copy => copy.RunningStatistics(inputs).ElementAt(i).Values).ToArray())).ToArray();
                var actual = model.Backward(trainer);
                var kept = NaiveModel.Read(trainer.GradientBlock);
                double[] keptOfInputs = Doubles(trainer.InputGradients);
                trainer.Update();

                // Beside a kink, and where rounding is amplified, no other computation gives the same derivative.
                if (kink < 1e-5)
                    near++;
                else
                {
                    compared++;
                    var moved = disturbed.Select(copy => copy.LossAndGradients(inputs, targets, weights)).ToArray();
                    AssertRounded($"loss {step}", [loss], [actual], [.. moved.Select(copy => new[] { copy.Loss })]);
                    for (var t = 0; t < gradients.Length; t++)
                        AssertRounded($"∂L/∂{network.Parameters.Tensors[t]} in step {step}", gradients[t], kept[t], [.. moved.Select(copy => copy.Gradients[t])]);
                    AssertRounded($"∂L/∂x in step {step}", inputGradients, keptOfInputs, [.. moved.Select(copy => copy.InputGradients)]);
                }
                if (model.Optimizer.ClipNorm > 0)
                    AssertClose($"norm of step {step}", [Norm(Flat(kept))], [trainer.GradientNorm], 5e-6 * Norm(Flat(kept)));
                optimizer.Step(naive.Values, kept);
                var after = NaiveModel.Read(network.Parameters);
                foreach (var (t, values, moved) in running)
                    AssertRounded($"{network.Parameters.Tensors[t]} after step {step}", values, after[t], moved);
                optimizer.AssertEqual(step, after);
            }
        });
        Assert.True(near < compared / 2, $"{compared} steps were compared, {near} were beside a kink.");
    }

    [Fact]
    public void What_is_judged_are_the_outputs_of_inference_and_their_loss() => ForEach((model, create) =>
    {
        var network = create();
        var trainer = model.CreateTrainer(network, model.Samples);
        var data = model.Labels is null
            ? new Dataset(model.Inputs, network.InputSize, model.Targets!, network.OutputSize)
            : new Dataset(model.Inputs, network.InputSize, model.Labels, network.OutputSize / network.Architecture.LabelSize, labelSize: network.Architecture.LabelSize);
        float[] expected = new float[model.Samples * network.OutputSize], outputs = new float[expected.Length], losses = new float[1];
        network.ForwardBatch(model.Inputs, expected);
        foreach (var batch in data.Batches(model.Samples))
            trainer.Judge(batch, outputs, losses);
        Assert.Equal(expected, outputs);
        Assert.Equal(model.Judge(trainer), losses[0]);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Gradients_from_outside_agree_with_the_naive_network(bool training)
    {
        var (compared, near) = (0, 0);
        ForEach((model, create) =>
        {
            if (model.HasDropout && training)
                return;
            var network = create();
            var trainer = model.CreateTrainer(network, model.Samples, inputGradients: true);
            var random = new RandomStream(2);
            if (model.Samples > 1)
                model.Step(trainer); // Running statistics are those of no network at first.
            var naive = new NaiveModel(network);
            var disturbed = new NaiveModel[Tries];
            foreach (ref var copy in disturbed.AsSpan())
                copy = naive.Disturbed(Rounding, ref random);
            var given = new float[model.Samples * network.OutputSize];
            foreach (ref var value in given.AsSpan())
                value = (float)random.NextNormal();
            double[][] inputs = model.InputRows, outputGradients = [.. given.Chunk(network.OutputSize).Select(row => Doubles(row))];

            var outputs = Doubles(trainer.Forward(model.Inputs, training));
            AssertRounded("outputs", Flat(naive.Outputs(inputs, training)), outputs, [.. disturbed.Select(copy => Flat(copy.Outputs(inputs, training)))]);
            trainer.Backward(given);
            var gradients = naive.GradientsFrom(inputs, outputGradients, training);
            if (gradients.KinkDistance < 1e-5)
            {
                near++;
                return;
            }
            compared++;
            var moved = disturbed.Select(copy => copy.GradientsFrom(inputs, outputGradients, training)).ToArray();
            var kept = NaiveModel.Read(trainer.GradientBlock);
            for (var t = 0; t < gradients.Gradients.Length; t++)
                AssertRounded($"∂L/∂{network.Parameters.Tensors[t]}", gradients.Gradients[t], kept[t], [.. moved.Select(copy => copy.Gradients[t])]);
            AssertRounded("∂L/∂x", gradients.InputGradients, Doubles(trainer.InputGradients), [.. moved.Select(copy => copy.InputGradients)]);
            new PaddingCheck(network.Parameters).AssertZero("gradients", trainer.GradientBlock);
        });
        Assert.True(near < compared / 2, $"{compared} networks were compared, {near} were beside a kink.");
    }

    /// <summary>The activations are in memory, or were written over and are computed again; of other threads, of a batch too large for them, or alone.</summary>
    [Fact]
    public void Gradients_from_outside_have_the_same_bits_each_way() => ForEach((model, create) =>
    {
        INetwork[] networks = [create(), create(), create()];
        Trainer first = model.CreateTrainer(networks[0], model.Samples, inputGradients: true),
            second = model.CreateTrainer(networks[1], model.Samples + 150, inputGradients: true),
            third = model.CreateTrainer(networks[2], model.Samples);
        var random = new RandomStream(3);
        var given = new float[model.Samples * networks[0].OutputSize];
        for (var step = 1; step <= Steps; step++)
        {
            foreach (ref var value in given.AsSpan())
                value = (float)random.NextNormal() / model.Samples;
            var outputs = first.Forward(model.Inputs).ToArray();
            Assert.Equal(outputs, second.Forward(model.Inputs).ToArray());
            first.Backward(given);
            _ = model.Judge(second);
            var ofInputs = second.BackwardToInputs(given).ToArray();
            Assert.Equal(first.InputGradients.ToArray(), ofInputs);
            second.Backward(given);
            second.Backward(given);
            Assert.Equal(first.GradientBlock.Hash(), second.GradientBlock.Hash());
            Assert.Equal(first.InputGradients.ToArray(), second.InputGradients.ToArray());
            first.Update();
            second.Update();
            Assert.Equal(2.5f, third.Step(model.Inputs, given, static (given, outputs, gradients) =>
            {
                given.CopyTo(gradients);
                return 2.5;
            }));
            foreach (var (network, trainer) in networks.Zip<INetwork, Trainer>([first, second, third]).Skip(1))
            {
                Assert.Equal(networks[0].Hash(), network.Hash());
                Assert.Equal(first.BatchCount, trainer.BatchCount);
                Assert.Equal(first.GradientNorm, trainer.GradientNorm);
            }
        }
    });

    /// <summary>From the same state, a step with frozen layers does to the others what a step without does, and one with factors what one with these learning rates does.</summary>
    [Fact]
    public void Layers_are_trained_as_they_are_set() => ForEach((model, create) =>
    {
        var unlimited = model with { Optimizer = model.Optimizer with { ClipNorm = 0 } };
        var network = create();
        var trainer = unlimited.CreateTrainer(network, model.Samples);
        var tensors = network.Parameters.Tensors;
        var random = new RandomStream(4);
        var file = Path.Combine(Path.GetTempPath(), $"{model.Name}-{Guid.NewGuid():N}.checkpoint");
        for (var step = 1; step <= Steps; step++)
        {
            foreach (var layer in trainer.Layers)
                (layer.IsFrozen, layer.LearningRateFactor, layer.UsesRunningStatistics) = (random.NextInt32(3) == 0, random.NextInt32(3) == 0 ? 0.25 : 1, random.NextInt32(4) == 0);
            float[][] before = Values(network.Parameters), statesBefore = States(trainer);
            Checkpoint.Save(file, trainer);
            Trainer usual = Twin(1), quarter = Twin(0.25);
            File.Delete(file);

            // With a limit all gradients are known before the first weight changes.
            var limited = step % 3 == 0;
            if (limited)
                trainer.MaxGradientNorm = 1e30;
            var loss = model.Backward(usual);
            if (limited)
            {
                var gradients = NaiveModel.Read(usual.GradientBlock).Where((_, t) => !trainer.Layers[tensors[t].Layer].IsFrozen);
                usual.Update();
                Assert.Equal(loss, model.Step(trainer));
                AssertClose("norm", [Norm(gradients.SelectMany(values => values))], [trainer.GradientNorm], 1e-5 * trainer.GradientNorm);
            }
            else
            {
                usual.Update();
                Assert.Equal(loss, step % 2 == 0 ? model.Step(trainer) : model.Backward(trainer));
                if (step % 2 != 0)
                    trainer.Update();
            }
            model.Step(quarter);
            trainer.MaxGradientNorm = double.PositiveInfinity;
            new PaddingCheck(network.Parameters).AssertZero($"parameters after step {step}", network.Parameters);
            float[][] after = Values(network.Parameters), ofUsual = Values(usual.Network.Parameters), ofQuarter = Values(quarter.Network.Parameters);
            float[][] states = States(trainer), statesOfUsual = States(usual), statesOfQuarter = States(quarter);
            for (var t = 0; t < tensors.Count; t++)
            {
                var layer = trainer.Layers[tensors[t].Layer];
                var trained = tensors[t].Kind is not (ParameterKind.RunningMean or ParameterKind.RunningVariance);
                Assert.True((!trained ? ofUsual[t] : layer.IsFrozen ? before[t] : layer.LearningRateFactor == 1 ? ofUsual[t] : ofQuarter[t]).SequenceEqual(after[t]), $"{tensors[t]} of {layer} after step {step}");
                Assert.True(trained || !layer.UsesRunningStatistics || before[t].SequenceEqual(after[t]), $"{tensors[t]} of {layer} after step {step}");
                for (var s = 0; trained && s < trainer.StateNames.Count; s++)
                {
                    var place = s * tensors.Count + t;
                    var expected = layer.IsFrozen ? trainer.StateNames[s] == Averaged.StateName ? before[t] : statesBefore[place] : layer.LearningRateFactor == 1 ? statesOfUsual[place] : statesOfQuarter[place];
                    Assert.True(expected.SequenceEqual(states[place]), $"{trainer.StateNames[s]} of {tensors[t]} of {layer} after step {step}");
                }
            }
        }

        // The same state, no layer frozen, and a schedule's part of the learning rate for all.
        Trainer Twin(double factor)
        {
            var twin = unlimited.CreateTrainer(create(), model.Samples);
            Checkpoint.Load(file, twin);
            foreach (var (layer, original) in twin.Layers.Zip(trainer.Layers))
            {
                Assert.Equal((original.IsFrozen, original.LearningRateFactor, original.UsesRunningStatistics), (layer.IsFrozen, layer.LearningRateFactor, layer.UsesRunningStatistics));
                (layer.IsFrozen, layer.LearningRateFactor) = (false, 1);
            }
            twin.Schedule = new ConstantSchedule(factor);
            return twin;
        }
    });

    /// <summary>Batches that are refused, for numbers that are none or grow beyond floats, leave nothing behind in any layer's memory.</summary>
    [Fact]
    public void A_refused_batch_leaves_no_trace() => ForEach((model, create) =>
    {
        INetwork network = create(), other = create();
        Trainer trainer = model.CreateTrainer(network, model.Samples, inputGradients: true), twin = model.CreateTrainer(other, model.Samples, inputGradients: true);
        var random = new RandomStream(6);
        for (var step = 1; step <= Steps; step++)
        {
            var inputs = (float[])model.Inputs.Clone();
            inputs[random.NextInt32(inputs.Length)] = step % 3 == 0 ? float.NaN : 3e38f;
            if (step % 3 == 1)
                Array.Fill(inputs, 3e38f);
            var weights = new float[network.Parameters.Length];
            network.Parameters.CopyTo(weights);
            if (step % 2 == 0)
                network.Parameters.CopyFrom([.. weights.Select(weight => step % 4 == 0 ? float.NaN : weight * 1e30f)]);
            var (count, batches) = (trainer.StepCount, trainer.BatchCount);
            if (Record.Exception(() => (model with { Inputs = inputs }).Backward(trainer)) is null)
                trainer.BatchCount = batches; // What was not refused counted.
            _ = Record.Exception(() => trainer.Step(model.Inputs, 0, static (_, _, gradients) =>
            {
                gradients.Fill(3e38f);
                return double.NaN;
            }));
            network.Parameters.CopyFrom(other.Parameters);
            Assert.Equal((count, batches), (trainer.StepCount, trainer.BatchCount));
            Assert.Equal(model.Step(twin), model.Step(trainer));
            Assert.Equal(other.Hash(), network.Hash());
            Assert.Equal(twin.GradientNorm, trainer.GradientNorm);
            Assert.Equal(twin.InputGradients.ToArray(), trainer.InputGradients.ToArray());
            model.Backward(trainer);
            model.Backward(twin);
            var padding = new PaddingCheck(network.Parameters);
            padding.AssertZero($"parameters after step {step}", network.Parameters);
            padding.AssertZero($"gradients after step {step}", trainer.GradientBlock);
        }
    });

    /// <summary>Written, read with the network and without, and written again.</summary>
    [Fact]
    public void Every_network_comes_through_an_ONNX_file() => ForEach((model, create) =>
    {
        var (network, path) = (create(), Path.Combine(Path.GetTempPath(), $"{model.Name}-{Guid.NewGuid():N}.onnx"));
        if (model.Samples > 1)
            model.Step(model.CreateTrainer(network, model.Samples));
        try
        {
            OnnxFile.Save(network, path);
            for (var again = 0; again < 2; again++)
            {
                var loaded = create();
                loaded.Parameters.Clear();
                OnnxFile.Load(loaded, path);
                Assert.Equal(network.Hash(), loaded.Hash());
                var read = OnnxFile.Read(path);
                Assert.Equal((network.InputSize, network.OutputSize), (read.Architecture.InputSize, read.Architecture.OutputSize));
                if (network.Architecture.Heads.Count == 1 && network.Architecture.Heads[0].Name.Length > 0)
                    break;
                OnnxFile.Save(read.Architecture, read.Parameters, path);
            }
        }
        finally
        {
            File.Delete(path);
        }
    });

    static float[][] States(Trainer trainer) => [.. trainer.StateNames.SelectMany(name => Values(trainer.State(name)))];

    static float[][] Values(ParameterBlock block) => [.. block.Tensors.Select(tensor =>
    {
        var values = new float[tensor.Length];
        tensor.CopyTo(values);
        return values;
    })];

    [Fact]
    public void Every_way_to_take_a_step_has_the_same_bits() => ForEach((model, create) =>
    {
        INetwork atOnce = create(), inTwo = create(), resumed = create();
        Trainer first = model.CreateTrainer(atOnce, model.Samples), second = model.CreateTrainer(inTwo, 200);

        // What it is not told it knows from the checkpoint.
        var third = (model.Optimizer with { ClipNorm = 0, MaxNorm = 0 }).CreateTrainer(resumed, model.Samples);
        if (first.Health is { } health)
            health.Interval = 2;
        var file = Path.Combine(Path.GetTempPath(), $"{model.Name}-{Guid.NewGuid():N}.checkpoint");
        for (var step = 1; step <= Steps; step++)
        {
            var loss = model.Step(first);
            Assert.Equal(loss, model.Backward(second));
            second.Update();
            Assert.Equal(atOnce.Hash(), inTwo.Hash());
            Assert.Equal(first.GradientNorm, second.GradientNorm);
            if (step == Steps / 2)
            {
                Checkpoint.Save(file, first);
                Checkpoint.Load(file, third);
                File.Delete(file);
            }
            if (step > Steps / 2)
                Assert.Equal(loss, model.Step(third));
        }
        Assert.Equal(atOnce.Hash(), resumed.Hash());
        foreach (var state in first.StateNames)
        {
            Assert.Equal(first.State(state).Hash(), second.State(state).Hash());
            Assert.Equal(first.State(state).Hash(), third.State(state).Hash());
        }
    });

    [Fact]
    public void Health_measures_what_the_tensors_say() => ForEach((model, create) =>
    {
        INetwork watched = create(), other = create();
        Trainer trainer = model.CreateTrainer(watched, model.Samples), plain = model.CreateTrainer(other, model.Samples);
        if (trainer.Health is not { } health)
            return;
        health.Interval = 1;
        for (var step = 1; step <= Steps; step++)
        {
            model.Backward(plain);
            double[][] gradients = NaiveModel.Read(plain.GradientBlock), before = NaiveModel.Read(other.Parameters);
            plain.Update();
            model.Step(trainer);
            var after = NaiveModel.Read(watched.Parameters);
            foreach (var layer in health.Layers)
            {
                var tensors = watched.Parameters.Tensors.Select((tensor, t) => (tensor, t)).Where(item => item.tensor.Layer == layer.Number - 1
                    && item.tensor.Kind is not (ParameterKind.RunningMean or ParameterKind.RunningVariance)).Select(item => item.t).ToArray();
                if (tensors.Length == 0)
                    continue;
                var weights = tensors[0];
                AssertNorm("gradient", Norm(tensors.SelectMany(t => gradients[t])), layer.GradientNorm);
                AssertNorm("weight", Norm(before[weights]), layer.WeightNorm);
                AssertNorm("update", Norm(after[weights].Zip(before[weights], (w, old) => w - old)) / Norm(before[weights]), layer.UpdateRatio);

                void AssertNorm(string what, double expected, double actual) =>
                    Assert.True(Math.Abs(expected - actual) <= 1e-5 * expected + 1e-12, $"{what} of layer {layer.Number} in step {step}: {actual:R} where the tensors say {expected:R}.");
            }
        }
    });

    [Fact]
    public void The_bits_are_those_of_every_width_of_vectors()
    {
        var file = Path.Combine(Path.GetTempPath(), $"random-{Guid.NewGuid():N}.cs");
        File.WriteAllText(file, "using GenNet;\n" + RandomModels.Source(Models.Take(60)));
        try
        {
            var lines = new[] { "512", "256", "128" }.Select(bits => Fingerprints(file, bits)).ToArray();
            Assert.Equal(Math.Min(60, Count), lines[0].Length);
            Assert.Equal(lines[0], lines[1]);
            Assert.Equal(lines[0], lines[2]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    static string[] Fingerprints(string file, string bits)
    {
        var start = BenchmarksProgram.Start("fingerprint", "--declarations", file, "--clip", "0.3", "--batch", "9");
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment["GENNET_VECTOR_BITS"] = bits;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[..^1];
    }

    /// <summary>Checks all networks and says of every one that fails how to see it again.</summary>
    static void ForEach(Action<RandomModel, Func<INetwork>> check)
    {
        var failures = new List<string>();
        for (var i = 0; i < Count; i++)
        {
            var model = Models[i];
            try
            {
                check(model, () => InMemoryCompiler.Create(Assemblies[i / 200].Value, model.Name, seed: 3));
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                failures.Add($"GENNET_RANDOM_SEED={FirstSeed + i} GENNET_RANDOM_NETWORKS=1: {model.Declaration}, {model.Samples} samples, {model.Optimizer}:\n    {e.Message}");
            }
        }
        Assert.True(failures.Count == 0, $"{failures.Count} of {Count} networks:\n{string.Join('\n', failures.Take(20))}");
    }

    /// <summary>Fails unless values differ by no more than float rounding makes them: twice what a disturbance of that size moves them, and what a float cannot tell apart.</summary>
    static void AssertRounded(string what, double[] expected, double[] actual, double[][] disturbed)
    {
        var moved = disturbed.Max(values => expected.Zip(values, (a, b) => Math.Abs(a - b)).Max());
        AssertClose(what, expected, actual, Math.Pow(2, -23) * expected.Max(Math.Abs) + 2 * moved);
    }

    static void AssertClose(string what, double[] expected, double[] actual, double tolerance)
    {
        for (var i = 0; i < expected.Length; i++)
            if (!(Math.Abs(actual[i] - expected[i]) <= tolerance))
                Assert.Fail($"{what}[{i}]: expected {expected[i]:R}, got {actual[i]:R}; the largest is {expected.Max(Math.Abs):G3}, rounding makes {tolerance:G3} at most.");
    }

    static double[] Doubles(ReadOnlySpan<float> values)
    {
        var doubles = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
            doubles[i] = values[i];
        return doubles;
    }

    static double[] Flat(double[][] rows) => [.. rows.SelectMany(row => row)];

    static double Norm(IEnumerable<double> values) => Math.Sqrt(values.Sum(value => value * value));

    static int Setting(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>The naive optimiser on a network's own gradients, from its own weights at each step: rounding does not add up over the steps.</summary>
    sealed class NaiveSteps
    {
        readonly OptimizerSettings _settings;
        readonly int[] _weights, _vectors;
        readonly ParameterTensor[] _tensors;
        readonly Parameters _parameters;
        readonly NaiveOptimizer _optimizer;
        readonly NetworkArchitecture _architecture;

        public NaiveSteps(INetwork network, OptimizerSettings settings)
        {
            _settings = settings;
            _architecture = network.Architecture;
            _tensors = [.. network.Parameters.Tensors];
            _weights = [.. Indices(kind => kind == ParameterKind.Weight)];
            _vectors = [.. Indices(kind => kind is ParameterKind.Bias or ParameterKind.Scale or ParameterKind.Shift)];
            _parameters = Pick(NaiveModel.Read(network.Parameters));
            _optimizer = new NaiveOptimizer(settings, _parameters);
        }

        public void Step(double[][] before, double[][] gradients)
        {
            foreach (var (kept, values) in _parameters.Tensors.Zip(Pick(before).Tensors))
                values.CopyTo(kept, 0);
            _optimizer.Step(Pick(gradients));
            if (_settings.MaxNorm == 0)
                return;
            for (var w = 0; w < _weights.Length; w++)
            {
                var weights = _parameters.Weights[w];
                foreach (var unit in Enumerable.Range(0, weights.Length).GroupBy(i => UnitOf(_tensors[_weights[w]], i)))
                {
                    var norm = Norm(unit.Select(i => weights[i]));
                    foreach (var i in unit.Where(_ => norm > _settings.MaxNorm))
                        weights[i] *= _settings.MaxNorm / (norm + 1e-7);
                }
            }
        }

        /// <summary>The unit that a weight leads to: the first index, of a transposed convolution the second.</summary>
        int UnitOf(ParameterTensor tensor, int element) => _architecture.Layers[tensor.Layer] is Conv2DTransposeLayer layer
            ? element / (layer.Window.Height * layer.Window.Width) % layer.Outputs
            : element / (tensor.Length / tensor.Shape[0]);

        public void AssertEqual(int step, double[][] after)
        {
            foreach (var (t, (expected, actual)) in _weights.Concat(_vectors).Zip(_parameters.Tensors.Zip(Pick(after).Tensors)))
                AssertClose($"{_tensors[t]} after step {step}", expected, actual, 2e-5 * Math.Max(0.1, expected.Max(Math.Abs)));
        }

        IEnumerable<int> Indices(Func<ParameterKind, bool> which) => Enumerable.Range(0, _tensors.Length).Where(t => which(_tensors[t].Kind));

        Parameters Pick(double[][] values) => new([.. _weights.Select(t => (double[])values[t].Clone())], [.. _vectors.Select(t => (double[])values[t].Clone())]);
    }
}
