using System.Reflection;
using GenNet.Shared;
using GenNet.Tests.Networks;
using GenNet.Tests.Reference;

namespace GenNet.Tests.Training;

/// <summary>Label smoothing, class weights and sample weights.</summary>
public sealed class WeightingTests
{
    static readonly Lazy<Assembly> Networks = new(() => InMemoryCompiler.Load(
        "using GenNet;\n" + string.Concat(LossReference.SortedNames().Select(name => $"/// <summary>A test's network.</summary>\n{LossReference.Load(name).Source}\npublic partial class {name};\n"))));

    [Theory]
    [MemberData(nameof(LossReference.Names), MemberType = typeof(LossReference))]
    public void Losses_and_gradients_agree_with_PyTorch(string name)
    {
        var reference = LossReference.Load(name);
        var network = InMemoryCompiler.Create(Networks.Value, name, seed: 1);
        network.Parameters.Tensors[0].CopyFrom(reference.Weights);
        network.Parameters.Tensors[1].CopyFrom(reference.Biases);
        var trainer = network.CreateTrainer(new Sgd(0.1), 9);
        trainer.LabelSmoothing = reference.Smoothing;
        trainer.ClassWeights = reference.ClassWeights;
        var loss = trainer.Backward(reference.Inputs, reference.Labels, reference.SampleWeights);
        Close.AssertEqual("loss", new[] { reference.Loss }, new[] { loss }, 1e-5);
        var gradient = new float[reference.WeightGradient.Length];
        trainer.GradientBlock.Tensors[0].CopyTo(gradient);
        Close.AssertEqual("∂L/∂W", reference.WeightGradient, gradient, 1e-5);
        Close.AssertEqual("∂L/∂b", reference.BiasGradient, trainer.GradientBlock.Dense(0).Biases, 1e-5);
    }

    [Fact]
    public void Weights_of_one_change_no_loss_and_weights_of_zero_leave_samples_out()
    {
        float[] inputs = [1, 2, 3, 4, 5, 5, 4, 3, 2, 1, 0, 1, 0, 1, 0];
        var trainer = new SmallClassifier(1).CreateTrainer(new Sgd(0.1), 3);
        var plain = trainer.Backward(inputs, Labels(0, 1, 2));
        Assert.Equal(plain, trainer.Backward(inputs, Labels(0, 1, 2), [1, 1, 1]));
        trainer.ClassWeights = [2, 2, 2];
        Assert.Equal(plain, trainer.Backward(inputs, Labels(0, 1, 2)), 1e-6f);
        trainer.ClassWeights = [];
        Assert.Equal(2 / 3f * trainer.Loss(inputs.AsSpan(0, 10), Labels(0, 1)), trainer.Backward(inputs, Labels(0, 1, 2), [1, 1, 0]), 1e-6f);
        Assert.Equal(0, trainer.Backward(inputs, Labels(0, 1, 2), [0, 0, 0]));
    }

    [Fact]
    public void Several_losses_on_one_output_add_up()
    {
        GenNet.Testing.FunctionCheck.Loss<Blend>();
        float[] inputs = TestNumbers.Create(20 * 4, 1), targets = [.. TestNumbers.Create(20 * 2, 2).Select(value => 5 * value)];
        INetwork[] networks = [new BlendedLoss(1), new HuberLoss(1), new AbsoluteLoss(1)];
        var gradients = networks.Select(network =>
        {
            var trainer = network.CreateTrainer(new Sgd(0.1), 20);
            var loss = trainer.Backward(inputs, targets);
            var values = new float[trainer.GradientBlock.Length];
            trainer.GradientBlock.CopyTo(values);
            return values.Append(loss).ToArray();
        }).ToArray();
        for (var i = 0; i < gradients[0].Length; i++)
            Assert.Equal(0.7f * gradients[1][i] + 0.3f * gradients[2][i], gradients[0][i], 1e-6f);
    }

    [Fact]
    public void A_class_without_weight_teaches_nothing()
    {
        var network = new SmallClassifier(1);
        var trainer = network.CreateTrainer(new Sgd(0.1), 1);
        trainer.ClassWeights = [0, 1, 1];
        var hash = network.Hash();
        Assert.Equal(0, trainer.Step([1, 2, 3, 4, 5], Labels(0)));
        Assert.Equal(hash, network.Hash());
    }

    [Fact]
    public void One_sample_is_weighted_and_clipped_as_a_batch_of_one()
    {
        float[] inputs = [1, 2, 3, 4, 5];
        SmallClassifier network = new(1), other = new(1);
        Trainer<Adam> trainer = network.CreateTrainer(new Adam(0.01), 1), otherTrainer = other.CreateTrainer(new Adam(0.01), 1);
        (trainer.LabelSmoothing, otherTrainer.LabelSmoothing) = (0.2, 0.2);
        trainer.ClassWeights = otherTrainer.ClassWeights = [1, 2, 3];
        for (var label = 0; label < 3; label++)
        {
            Assert.Equal(trainer.Step(inputs, Labels(label), [0.5f]), otherTrainer.Backward(inputs, Labels(label), [0.5f]));
            otherTrainer.Update();
            Assert.Equal(network.Hash(), other.Hash());
            trainer.MaxGradientNorm = otherTrainer.MaxGradientNorm = 0.01;
        }
    }

    [Fact]
    public void One_sample_of_a_small_regression_is_weighted_as_a_batch_of_one()
    {
        SmallRegressor network = new(1), other = new(1);
        Trainer<Sgd> trainer = network.CreateTrainer(new Sgd(0.1), 1), otherTrainer = other.CreateTrainer(new Sgd(0.1), 1);
        Assert.Equal(trainer.Step([1, 2, 3], [1f, 2], [0.25f]), otherTrainer.Backward([1, 2, 3], [1f, 2], [0.25f]));
        otherTrainer.Update();
        Assert.Equal(network.Hash(), other.Hash());
    }

    [Fact]
    public void Classes_are_weighted_in_targets_that_are_numbers_too()
    {
        SmallClassifier network = new(1), other = new(1);
        Trainer<Sgd> trainer = network.CreateTrainer(new Sgd(0.1), 1), otherTrainer = other.CreateTrainer(new Sgd(0.1), 1);
        trainer.ClassWeights = otherTrainer.ClassWeights = [1, 2, 3];
        Assert.Equal(trainer.Step([1, 2, 3, 4, 5], [0.5f, 0.25f, 0.25f]), otherTrainer.Backward([1, 2, 3, 4, 5], [0.5f, 0.25f, 0.25f]));
        otherTrainer.Update();
        Assert.Equal(network.Hash(), other.Hash());
    }

    [Fact]
    public void Every_row_of_a_large_batch_has_its_own_weight()
    {
        const int Samples = 300;
        var random = new RandomStream(5);
        var inputs = Enumerable.Range(0, Samples * 5).Select(_ => random.NextSingle()).ToArray();
        var labels = Enumerable.Range(0, Samples).Select(_ => random.NextInt32(3)).ToArray();
        var weights = Enumerable.Range(0, Samples).Select(_ => random.NextSingle()).ToArray();
        var trainer = new SmallClassifier(1).CreateTrainer(new Sgd(0.1), Samples);
        var expected = Enumerable.Range(0, Samples).Average(i => weights[i] * trainer.Loss(inputs.AsSpan(5 * i, 5), labels.AsSpan(i, 1)));
        Assert.Equal(expected, trainer.Backward(inputs, labels, weights), 1e-5);
    }

    [Fact]
    public void The_loss_that_judges_is_not_weighted()
    {
        float[] inputs = [1, 2, 3, 4, 5];
        var trainer = new SmallClassifier(1).CreateTrainer(new Sgd(0.1), 1);
        var plain = trainer.Loss(inputs, Labels(1));
        trainer.LabelSmoothing = 0.5;
        Assert.NotEqual(plain, trainer.Backward(inputs, Labels(1)));
        Assert.Equal(plain, trainer.Loss(inputs, Labels(1)));
    }

    [Fact]
    public void Weights_that_cannot_be_are_refused()
    {
        var trainer = new SmallClassifier(1).CreateTrainer(new Sgd(0.1), 2);
        Assert.Contains("3 classes, got 2", Assert.Throws<ArgumentException>(() => { trainer.ClassWeights = [1, 2]; }).Message, StringComparison.Ordinal);
        Assert.Contains("the weight of class 1 is -1", Assert.Throws<ArgumentException>(() => { trainer.ClassWeights = [1, -1, 1]; }).Message, StringComparison.Ordinal);
        Assert.Contains("expects 1 sample weights, got 2", Assert.Throws<ArgumentException>(() => { trainer.Step(new float[5], Labels(0), [1, 2]); }).Message, StringComparison.Ordinal);
        Assert.Contains("the weight of sample 0 is NaN", Assert.Throws<ArgumentException>(() => { trainer.Step(new float[5], Labels(0), [float.NaN]); }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.LabelSmoothing = 1.5);
        trainer.ClassWeights = [1, 1, 1];
        Assert.Throws<InvalidOperationException>(() => { trainer.Accumulate(new float[5], Labels(0), 2); });
        var regressor = new Regressor(1).CreateTrainer(new Sgd(0.1), 1);
        regressor.ClassWeights = [1, 2];
        Assert.Contains("needs labels", Assert.Throws<InvalidOperationException>(() => { regressor.Step(new float[40], [1f, 2]); }).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1e4f)]
    [InlineData(-1e4f)]
    public void Huge_logits_overflow_nothing(float logit)
    {
        var classifier = new SmallClassifier(1);
        classifier.Layer2.Biases[0] = logit;
        var trainer = classifier.CreateTrainer(new Sgd(0.1), 1);
        trainer.LabelSmoothing = 0.1;
        Assert.True(float.IsFinite(trainer.Step([1, 2, 3, 4, 5], Labels(1))));
        var xor = new Xor(1);
        xor.Layer2.Biases[0] = logit;
        Assert.True(float.IsFinite(xor.CreateTrainer(new Sgd(0.1), 1).Step([1, 2], Labels(1))));
    }

    static int[] Labels(params int[] labels) => labels;
}

/// <summary>Seven parts of Huber's loss and three of the absolute error.</summary>
readonly struct Blend : GenNet.Losses.ILoss
{
    public static V Value<V>(V a, V y) where V : struct, GenNet.Simd.ISimd<V> => 0.7f * GenNet.Losses.Huber.Value(a, y) + 0.3f * GenNet.Losses.MeanAbsoluteError.Value(a, y);

    public static V Derivative<V>(V a, V y) where V : struct, GenNet.Simd.ISimd<V> => 0.7f * GenNet.Losses.Huber.Derivative(a, y) + 0.3f * GenNet.Losses.MeanAbsoluteError.Derivative(a, y);
}

[Network(4, 16, 2, Hidden = Activation.Tanh, LossType = typeof(Blend))]
sealed partial class BlendedLoss;

[Network(4, 16, 2, Hidden = Activation.Tanh, Loss = Loss.Huber)]
sealed partial class HuberLoss;

[Network(4, 16, 2, Hidden = Activation.Tanh, Loss = Loss.MeanAbsoluteError)]
sealed partial class AbsoluteLoss;
