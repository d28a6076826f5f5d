using System.Text.Json;
using GenNet.Tests.Networks;

namespace GenNet.Tests.Heads;

/// <summary>A policy and a value.</summary>
[Network(5)]
[Dense(12, Activation.Tanh)]
[Head("Policy", Loss = Loss.CrossEntropy)]
[Dense(4, Activation.Softmax)]
[Head("Value", Weight = 0.5)]
[Dense(7, Activation.ReLU)]
[Dense(1)]
public sealed partial class PolicyAndValue;

/// <summary>One head alone, which has a name and a weight all the same.</summary>
[Network(5)]
[Dense(12, Activation.Tanh)]
[Head("Only", Loss = Loss.Huber, Weight = 0.25)]
[Dense(2)]
public sealed partial class Alone;

/// <summary>One head alone that tells classes apart.</summary>
[Network(5)]
[Dense(12, Activation.Tanh)]
[Head("Only", Weight = 0.25)]
[Dense(4, Activation.Softmax)]
public sealed partial class AloneWithClasses;

/// <summary>The same without a head.</summary>
[Network(5)]
[Dense(12, Activation.Tanh)]
[Dense(4, Activation.Softmax)]
public sealed partial class Classes;

/// <summary>Layers that are equal, as those of the next three, and another network.</summary>
[Network(4)]
[Dense(4, Activation.Tanh)]
[Head("Policy")]
[Dense(4)]
[Head("Value")]
[Dense(4)]
public sealed partial class PolicyThenValue;

/// <summary>The heads' places exchanged.</summary>
[Network(4)]
[Dense(4, Activation.Tanh)]
[Head("Value")]
[Dense(4)]
[Head("Policy")]
[Dense(4)]
public sealed partial class ValueThenPolicy;

/// <summary>One head of two layers.</summary>
[Network(4)]
[Dense(4, Activation.Tanh)]
[Head("Policy")]
[Dense(4)]
[Dense(4)]
public sealed partial class PolicyOfTwo;

/// <summary>No head.</summary>
[Network(4)]
[Dense(4, Activation.Tanh)]
[Dense(4)]
[Dense(4)]
public sealed partial class OneAfterTheOther;

/// <summary>More ways through layers without parameters than anybody could follow one by one.</summary>
[Network(5)]
[Dropout(0.1)]
[Residual(1)] [Residual(1)] [Residual(1)] [Residual(1)] [Residual(1)] [Residual(1)] [Residual(1)] [Residual(1)] [Residual(1)] [Residual(1)]
[Residual(1)] [Residual(1)] [Residual(1)] [Residual(1)] [Residual(1)] [Residual(1)] [Residual(1)] [Residual(1)] [Residual(1)] [Residual(1)]
[Residual(1)] [Residual(1)] [Residual(1)] [Residual(1)] [Residual(1)] [Residual(1)] [Residual(1)] [Residual(1)] [Residual(1)] [Residual(1)]
[Residual(1)] [Residual(1)] [Residual(1)] [Residual(1)] [Residual(1)] [Residual(1)] [Residual(1)] [Residual(1)] [Residual(1)] [Residual(1)]
[Residual(1)] [Residual(1)] [Residual(1)] [Residual(1)] [Residual(1)] [Residual(1)] [Residual(1)] [Residual(1)] [Residual(1)] [Residual(1)]
[Dense(2)]
public sealed partial class ManyWays;

/// <summary>The same trunk under another head.</summary>
[Network(5)]
[Dense(12, Activation.Tanh)]
[Dense(2)]
public sealed partial class OtherHead;

/// <summary>Each head makes one row of long sequences.</summary>
[Network]
[Sequence(1000, 4)]
[Dropout(0)]
[Head("Wide")]
[Flatten]
[Dense(50)]
[Head("Narrow")]
[Flatten]
[Dense(1)]
public sealed partial class WideThenNarrow;

/// <summary>The other way round.</summary>
[Network]
[Sequence(1000, 4)]
[Dropout(0)]
[Head("Narrow")]
[Flatten]
[Dense(1)]
[Head("Wide")]
[Flatten]
[Dense(50)]
public sealed partial class NarrowThenWide;

/// <summary>As many outputs as <see cref="PolicyAndValue"/>, and no heads.</summary>
[Network(5, 4, 5)]
public sealed partial class OtherSizes;

/// <summary>Networks of several heads as their users see them.</summary>
public class HeadTests
{
    const int Samples = 60;

    [Fact]
    public void Outputs_lie_one_behind_the_other_by_name()
    {
        var network = new PolicyAndValue(1);
        var output = new float[PolicyAndValue.OutputSize];
        network.Forward(TestNumbers.Create(5, 1), output);
        Assert.Equal(5, PolicyAndValue.OutputSize);
        Assert.Equal((0..4, 4..5), (PolicyAndValue.Heads.Policy, PolicyAndValue.Heads.Value));
        Assert.Equal(1, output[PolicyAndValue.Heads.Policy].Sum(), 1e-6f);
        Assert.Equal(["trunk.0.weight", "trunk.0.bias", "Policy.0.weight", "Policy.0.bias", "Value.0.weight", "Value.0.bias", "Value.2.weight", "Value.2.bias"], network.Parameters.Tensors.Select(tensor => tensor.Name));
        Assert.Equal("Dense 5→12 Tanh, Policy.Dense 12→4 Softmax, Value.Dense 12→7 ReLU, Value.Dense 7→1 Identity", PolicyAndValue.Architecture.Schema);
        Assert.Equal("CrossEntropy + 0.5 × MeanSquaredError", PolicyAndValue.Architecture.Loss);
        Assert.Equal([1], PolicyAndValue.Architecture.SourcesOf(3));
        Assert.Equal(["Policy: outputs 0..4, trained for CrossEntropy", "Value: outputs 4..5, trained for 0.5 × MeanSquaredError"], PolicyAndValue.Architecture.Heads.Select(head => head.ToString()));
    }

    [Fact]
    public void Each_head_is_judged_by_itself()
    {
        var network = new PolicyAndValue(1);
        var data = Data(2);
        var judged = network.CreateTrainer(new Sgd(0.1), 17).Evaluate(data);
        var (policy, value, right, squares) = (0.0, 0.0, 0, 0.0);
        var output = new float[5];
        for (var sample = 0; sample < Samples; sample++)
        {
            network.Forward(data.Inputs.Slice(sample * 5, 5), output);
            var target = data.Targets.Slice(sample * 5, 5);
            for (var c = 0; c < 4; c++)
                policy -= target[c] * Math.Log(output[c]) / Samples;
            right += Metrics.ArgMax(output.AsSpan(..4)) == Metrics.ArgMax(target[..4]) ? 1 : 0;
            squares += Math.Pow(output[4] - target[4], 2);
        }
        value = squares / Samples;
        Assert.Equal(policy + 0.5 * value, judged.Loss, 1e-6);
        Assert.Equal(policy, judged.Heads!["Policy"].Loss, 1e-6);
        Assert.Equal(value, judged.Heads["Value"].Loss, 1e-6);
        Assert.Equal((double)right / Samples, judged.Heads["Policy"].Accuracy);
        Assert.Equal(Math.Sqrt(value), judged.Heads["Value"].RootMeanSquaredError, 1e-6);
        Assert.Equal((double.NaN, double.NaN), (judged.Accuracy, judged.Heads["Value"].Accuracy));
        Assert.Null(new OtherHead(1).CreateTrainer(new Sgd(0.1), 4).Evaluate(new Dataset(data.Inputs.ToArray(), 5, new float[2 * Samples], 2)).Heads);
    }

    [Fact]
    public void The_loss_is_the_weighted_sum_of_the_heads_of_one_alone_too()
    {
        foreach (var (network, outputs) in new (INetwork, int)[] { (new PolicyAndValue(1), 5), (new Alone(1), 2) })
        {
            var data = outputs == 5 ? Data(2) : new Dataset(Data(2).Inputs.ToArray(), 5, TestNumbers.Create(2 * Samples, 3), 2);
            var judged = network.CreateTrainer(new Sgd(0.1), 17).Evaluate(data);
            Assert.Equal(network.Architecture.Heads.Select(head => head.Name), judged.Heads!.Keys);
            Assert.Equal(judged.Loss, network.Architecture.Heads.Sum(head => head.Weight * judged.Heads[head.Name].Loss), 1e-6);
        }
    }

    [Fact]
    public void No_culture_shows()
    {
        string[] expected = Texts();
        Generation.Cultures.InSwedish(() => Assert.Equal(expected, Texts()));
        static string[] Texts() => [PolicyAndValue.MermaidDiagram, PolicyAndValue.Summary, .. PolicyAndValue.Architecture.Heads.Select(head => head.ToString()), PolicyAndValue.Architecture.ToString()];
    }

    [Fact]
    public void Ways_without_number_are_no_trouble() => Assert.Equal(12, ManyWays.ParameterCount);

    [Fact]
    public void A_fit_says_of_each_head_how_it_does_and_a_checkpoint_keeps_it()
    {
        var trainer = new PolicyAndValue(1).CreateTrainer(new Adam(0.01), 16);
        var state = new TrainingState();
        trainer.Fit(Data(1), new FitOptions { Epochs = 12, BatchSize = 16, Validation = Data(2) }, state.Fit);
        var (first, last) = (state.Fit.History[0].Validation!.Value.Heads!, state.Fit.History[^1].Validation!.Value.Heads!);
        Assert.True(last["Value"].Loss < first["Value"].Loss && last["Policy"].Loss < first["Policy"].Loss);

        var path = Path.GetTempFileName();
        try
        {
            Checkpoint.Save(path, trainer, state);
            var (again, loaded) = (new PolicyAndValue(2), Checkpoint.Load(path, new PolicyAndValue(2).CreateTrainer(new Adam(0.01), 16)));
            Assert.Equal(12, loaded.Fit.History.Count);
            Assert.All(loaded.Fit.History.Zip(state.Fit.History), pair => Assert.Equal(pair.Second.Validation!.Value.Heads, pair.First.Validation!.Value.Heads));
            trainer.Network.Save(path);
            again.Load(path);
            Assert.Equal(trainer.Network.Hash(), again.Hash());
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>A network of heads has no accuracy of its own, so none would ever be better than another.</summary>
    [Fact]
    public void No_fit_is_stopped_by_an_accuracy_that_the_network_does_not_have()
    {
        var labels = new Dataset(Data(1).Inputs.ToArray(), 5, Enumerable.Range(0, Samples).Select(sample => sample % 4).ToArray(), 4);
        foreach (var (network, data) in new (INetwork, Dataset)[] { (new PolicyAndValue(1), Data(1)), (new AloneWithClasses(1), labels), (new AloneWithClasses(1), labels.OneHot()) })
        {
            var options = new FitOptions { Epochs = 1, Validation = data, EarlyStopping = new() { Monitor = MonitoredMetric.ValidationAccuracy } };
            Assert.StartsWith($"Early stopping by ValidationAccuracy: {network.Architecture.Name} has heads, each with an accuracy of its own; monitor the ValidationLoss.",
                Assert.Throws<ArgumentException>(() => network.Fit(data, new Sgd(0.1), options)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_cross_validation_has_the_mean_and_the_deviation_of_each_heads_figures()
    {
        var result = CrossValidation.Run(Data(1), () => new PolicyAndValue(1), new Adam(0.02), new() { Epochs = 2, BatchSize = 8 }, folds: 3);
        foreach (var name in new[] { "Policy", "Value" })
        {
            var folds = result.Folds.Select(fold => fold.Validation.Heads![name]).ToArray();
            foreach (var figure in typeof(Evaluation).GetProperties().Where(property => property.PropertyType == typeof(double)))
            {
                double[] values = [.. folds.Select(fold => (double)figure.GetValue(fold)!)];
                var mean = values.Average();
                Assert.Equal(mean, (double)figure.GetValue(result.Mean.Heads![name])!, 1e-12);
                Assert.Equal(Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / 2), (double)figure.GetValue(result.Deviation.Heads![name])!, 1e-12);
            }
        }
        Assert.Null(CrossValidation.Run(Data(1), () => new OtherSizes(1), new Sgd(0.1), new() { Epochs = 1 }, folds: 3).Mean.Heads);
    }

    [Fact]
    public void Evaluations_are_equal_by_their_figures_and_say_those_of_each_head()
    {
        var trainer = new PolicyAndValue(1).CreateTrainer(new Sgd(0.1), 17);
        Evaluation judged = trainer.Evaluate(Data(2)), again = trainer.Evaluate(Data(2));
        Assert.Equal((judged, judged.GetHashCode()), (again, again.GetHashCode()));
        Assert.Equal(judged, JsonSerializer.Deserialize<Evaluation>(JsonSerializer.Serialize(judged)));
        Assert.NotEqual(judged, trainer.Evaluate(Data(3)));
        Assert.NotEqual(judged, judged with { Heads = null });
        Assert.NotEqual(judged, judged with { Heads = new Dictionary<string, Evaluation> { ["Policy"] = judged.Heads!["Policy"] } });
        Assert.NotEqual(judged, judged with { Heads = new Dictionary<string, Evaluation>(judged.Heads!) { ["Value"] = default } });
        Assert.EndsWith($", Heads = {{ Policy = {judged.Heads!["Policy"]}, Value = {judged.Heads["Value"]} }} }}", judged.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Heads", judged.Heads["Policy"].ToString(), StringComparison.Ordinal);
    }

    /// <summary>Layer by layer such networks are equal: what one head has learned would be another's.</summary>
    [Fact]
    public void Parameters_go_to_no_network_of_other_heads()
    {
        Func<ulong, INetwork>[] networks = [seed => new PolicyThenValue(seed), seed => new ValueThenPolicy(seed), seed => new PolicyOfTwo(seed), seed => new OneAfterTheOther(seed)];
        for (var mine = 0; mine < networks.Length; mine++)
            for (var theirs = 0; theirs < networks.Length; theirs++)
            {
                var (network, other) = (networks[mine](1), networks[theirs](2));
                var (parameters, source, random) = (network.Parameters, other.Parameters, new RandomStream(1));
                Action[] ways =
                [
                    () => parameters.CopyFrom(source), () => parameters.Lerp(source, 0.5f), () => parameters.Swap(source), () => parameters.CrossOver(source, parameters, ref random),
                    () => parameters.CrossOver(parameters, source, ref random), () => parameters.DistanceTo(source),
                    () => network.CreateTrainer(new Sgd(0.1), 4).CopyStateFrom(other.CreateTrainer(new Sgd(0.1), 4)), () => parameters.CopyFrom(source, ..), () => parameters.CopyFrom(source, 2..),
                ];

                // What stands in one head behind a trunk is the same as without one.
                var fits = mine == theirs || (mine > 1 && theirs > 1);
                var hash = network.Hash();
                foreach (var (way, number) in ways.Select((way, number) => (way, number)))
                {
                    var thrown = Record.Exception(way);
                    Assert.True(thrown is null == fits, $"way {number} from {other.Architecture} to {network.Architecture}");
                    if (thrown is not null)
                        Assert.True(thrown is ArgumentException && network.Hash() == hash && thrown.Message.Contains(".Dense 4→4 Identity", StringComparison.Ordinal), thrown.Message);
                }
                parameters.CopyFrom(source, ..1);
                Assert.Equal(other.Parameters.Tensors[0][2, 3], parameters.Tensors[0][2, 3]);
            }
    }

    /// <summary>What a head makes of one row has no row for each position, whatever the head behind it does.</summary>
    [Fact]
    public void As_many_samples_are_computed_at_once_whatever_the_order_of_heads()
    {
        var most = new WideThenNarrow(1).CreateTrainer(new Sgd(0.1), 2).MostAtOnce;
        Assert.Equal(most, new NarrowThenWide(1).CreateTrainer(new Sgd(0.1), 2).MostAtOnce);
        Assert.Equal(AlignedBuffer.MostFloats / 16_000, most);
    }

    /// <summary>A head alone is asked for labels, class weights and smoothing as a network without one is.</summary>
    [Fact]
    public void A_head_alone_takes_what_a_network_without_heads_takes()
    {
        int[] labels = [.. Enumerable.Range(0, Samples).Select(sample => sample % 4)];
        var oneHot = new Dataset(Data(1).Inputs.ToArray(), 5, labels, 4).OneHot();
        foreach (var targets in new[] { true, false })
        {
            Trainer alone = new AloneWithClasses(1).CreateTrainer(new Sgd(0.4), Samples), plain = new Classes(1).CreateTrainer(new Sgd(0.1), Samples);
            foreach (var trainer in new[] { alone, plain })
                {
                trainer.ClassWeights = [1, 2, 3, 4];
                trainer.LabelSmoothing = 0.1;
            }
            float Step(Trainer trainer) => targets ? trainer.Step(oneHot.Inputs, oneHot.Targets) : trainer.Step(oneHot.Inputs, labels);
            Assert.Equal(Step(plain) / 4, Step(alone), 1e-6f);
            float[] ofAlone = new float[alone.Network.ParameterCount], ofPlain = new float[ofAlone.Length];
            alone.Network.Parameters.CopyTo(ofAlone);
            plain.Network.Parameters.CopyTo(ofPlain);
            Assert.All(ofAlone.Zip(ofPlain), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
        }
    }

    [Fact]
    public void What_is_wrong_names_the_head()
    {
        var network = new PolicyAndValue(1);
        var trainer = network.CreateTrainer(new Sgd(0.1), Samples);
        var (inputs, targets) = (Data(1).Inputs.ToArray(), Data(1).Targets.ToArray());
        var hash = network.Hash();
        Assert.Contains("has several heads (Policy, Value)", Assert.Throws<ArgumentException>(() => trainer.Step(inputs, new int[Samples])).Message);
        Assert.Contains("several heads", Assert.Throws<ArgumentException>(() => trainer.Evaluate(new Dataset(inputs, 5, new int[Samples], 5))).Message);
        Assert.Contains("several heads", Assert.Throws<ArgumentException>(() => trainer.Fit(new Dataset(inputs, 5, new int[Samples], 5), new FitOptions { Epochs = 1 })).Message);
        Assert.Contains("several heads", Assert.Throws<InvalidOperationException>(() => trainer.ClassWeights = [1, 1, 1, 1, 1]).Message);
        Assert.Contains("several heads", Assert.Throws<InvalidOperationException>(() => trainer.LabelSmoothing = 0.1).Message);
        trainer.LabelSmoothing = 0;
        targets[7] += 0.5f;
        Assert.Contains("the 4 targets of head Policy of sample 1 add up to 1.5", Assert.Throws<ArgumentException>(() => trainer.Step(inputs, targets)).Message);
        targets[7] = 2;
        Assert.Contains("target 2 of sample 1 of head Policy is 2", Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Step(inputs, targets)).Message);
        Assert.Equal(hash, network.Hash());
    }

    [Fact]
    public void The_trunk_of_another_network_is_taken_over()
    {
        var (source, network) = (new OtherHead(3), new PolicyAndValue(1));
        network.Parameters.CopyFrom(source.Parameters, ..1);
        Assert.Equal((source.Layer1.Weights[3, 2], source.Layer1.Biases[5]), (network.Layer1.Weights[3, 2], network.Layer1.Biases[5]));
        Assert.Equal(network.Hash(), network.Clone().Hash());
    }

    [Fact]
    public void Nothing_is_allocated_and_no_division_shows()
    {
        var network = new PolicyAndValue(1);
        var trainer = network.CreateTrainer(new Adam(0.01), Samples);
        var data = Data(1);
        float[] inputs = data.Inputs.ToArray(), targets = data.Targets.ToArray(), outputs = new float[Samples * 5], one = new float[5];
        NetworkContractTests.AssertAllocatesNothing(() =>
        {
            trainer.Step(inputs, targets);
            network.ForwardBatch(inputs, outputs);
            network.Forward(inputs.AsSpan(..5), one);
        });
        for (var sample = 0; sample < Samples; sample++)
        {
            network.Forward(inputs.AsSpan(sample * 5, 5), one);
            Assert.Equal(outputs[(sample * 5)..(sample * 5 + 5)], one);
        }

        // In parts as whole.
        trainer.Backward(inputs, targets);
        var whole = trainer.GradientBlock.Hash();
        trainer.Accumulate(inputs.AsSpan(..(5 * 13)), targets.AsSpan(..(5 * 13)), Samples);
        trainer.Accumulate(inputs.AsSpan(5 * 13), targets.AsSpan(5 * 13), Samples);
        Assert.Equal(whole, trainer.GradientBlock.Hash());
    }

    /// <summary>A class by the largest of four features, and a value.</summary>
    static Dataset Data(ulong seed)
    {
        var inputs = TestNumbers.Create(Samples * 5, seed);
        var targets = new float[Samples * 5];
        for (var sample = 0; sample < Samples; sample++)
        {
            var features = inputs.AsSpan(sample * 5, 5);
            targets[sample * 5 + Metrics.ArgMax(features[..4])] = 1;
            targets[sample * 5 + 4] = features[4] + 0.5f * features[0];
        }
        return new Dataset(inputs, 5, targets, 5);
    }
}
