using GenNet.Testing;
using GenNet.Tests.Generation;
using GenNet.Tests.Networks;

namespace GenNet.Tests.Typed;

public enum Fruit
{
    Plum = 7,
    Apple = -3,
    Pear = 2,
    Quince = 300,
}

public readonly record struct Basket([Scale(0, 10)] float Weight, [Embedded(3)] Fruit Fruit, bool Ripe, [property: Embedded(2)] Colour Colour, Mood Mood);

/// <summary>Two embedded enums between other features, one of which is one-hot.</summary>
[Network<Basket, bool>(5)]
public sealed partial class BasketNet;

/// <summary>The same network without types.</summary>
[Network(7, Loss = Loss.BinaryCrossEntropy)]
[Embedding(4, 3, Feature = 1)]
[Embedding(3, 2, Feature = 5)]
[Dense(5, Activation.ReLU)]
[Dense(1, Activation.Sigmoid)]
public sealed partial class PlainBasketNet;

/// <summary>Another enum of as many members.</summary>
public readonly record struct OtherBasket([Scale(0, 10)] float Weight, [Embedded(3)] Fruit Fruit, bool Ripe, [Embedded(2)] Mood Colour, Mood Mood);

[Network<OtherBasket, bool>(5)]
public sealed partial class OtherBasketNet;

public readonly record struct Picked(float Weight, [Embedded(3)] Fruit Fruit);

public readonly record struct Harvest([FixedLength(4)] Picked[] Picked);

/// <summary>Each step has an embedded enum behind a number.</summary>
[Network<Harvest, Colour>]
[Sequence(4, 2)]
[GRU(6)]
[LastStep]
public sealed partial class HarvestNet;

/// <summary>The same network without types.</summary>
[Network]
[Sequence(4, 2)]
[Embedding(4, 3, Feature = 1)]
[GRU(6)]
[LastStep]
[Dense(3, Activation.Softmax)]
public sealed partial class PlainHarvestNet;

public readonly record struct Single([FixedLength(1), Embedded(3)] Fruit[] Fruits);

/// <summary>A sequence of one step alone.</summary>
[Network<Single, Colour>]
[Sequence(1, 1)]
[GRU(6)]
[LastStep]
public sealed partial class SingleNet;

public readonly record struct OtherPicked(float Weight, [Embedded(3)] Colour Fruit);

public readonly record struct OtherHarvest([FixedLength(4)] OtherPicked[] Picked);

/// <summary>One of fewer members than that of <see cref="HarvestNet"/>.</summary>
[Network<OtherHarvest, Colour>]
[Sequence(4, 2)]
[GRU(6)]
[LastStep]
public sealed partial class OtherHarvestNet;

/// <summary>The attribute says nothing of what is predicted.</summary>
public record struct Judgement([Embedded(3)] Fruit Fruit, float Price);

[Network<Basket, Judgement>(5)]
[Head("Fruit")]
[Head("Price")]
public sealed partial class JudgementNet;

/// <summary>Heads whose trunk is the learnt values alone.</summary>
[Network<Picked, Judgement>]
[Head("Fruit")]
[Dense(4, Activation.Tanh)]
[Head("Price")]
public sealed partial class ValuesNet;

/// <summary>Enums that are indices, of which the first layers make learnt values: what such layers do that are declared by hand.</summary>
public class EmbeddedTests
{
    static readonly Basket Some = new(5, Fruit.Pear, true, Colour.Green, Mood.Good);

    [Fact]
    public void An_embedded_enum_is_the_index_of_its_member()
    {
        var x = new float[BasketNet.InputSize];
        BasketNet.WriteFeatures(Some, x);
        Assert.Equal([0.5f, 1, 1, 2, 0, 0, 1], x);
        Assert.Equal(["Weight", "Fruit", "Ripe", "Colour", "Mood.Bad", "Mood.Neutral", "Mood.Good"], BasketNet.FeatureNames);
        Assert.Equal(PlainBasketNet.Architecture.Schema, BasketNet.Architecture.Schema);
        Assert.Equal(
            "x[0] Weight, scaled from 0…10 to 0…1\nx[1] Fruit, index of one of Apple, Pear, Plum, Quince\nx[2] Ripe, 0 or 1\nx[3] Colour, index of one of Red, Blue, Green\nx[4..7] Mood, one of Bad, Neutral, Good",
            BasketNet.Architecture.InputSchema);
    }

    [Fact]
    public void A_network_of_them_is_the_one_declared_by_hand()
    {
        var (typed, plain) = (new BasketNet(3), new PlainBasketNet(3));
        Assert.Equal(plain.Hash(), typed.Hash());
        (Basket, bool)[] samples = [.. Baskets().Select((basket, i) => (basket, i % 3 == 0))];
        var data = BasketNet.CreateDataset(samples);
        var (first, second) = (typed.CreateTrainer(new Adam(0.01), samples.Length), plain.CreateTrainer(new Adam(0.01), samples.Length));
        for (var step = 0; step < 3; step++)
            Assert.Equal(second.Step(data.Inputs, data.Labels), first.Step(samples));
        Assert.Equal(plain.Hash(), typed.Hash());
        var (x, y) = (new float[BasketNet.InputSize], new float[1]);
        foreach (var basket in Baskets())
        {
            BasketNet.WriteFeatures(basket, x);
            plain.Forward(x, y);
            Assert.Equal(y[0] > 0.5f, typed.Predict(basket, out var probability));
            Assert.Equal(y[0], probability);
        }
        NetworkContractTests.AssertAllocatesNothing(() => typed.Predict(Some));
        NetworkCheck.All(typed);
    }

    [Fact]
    public void Steps_have_their_values_in_common()
    {
        var (typed, plain) = (new HarvestNet(3), new PlainHarvestNet(3));
        Assert.Equal(PlainHarvestNet.Architecture.Schema, HarvestNet.Architecture.Schema);
        var harvest = new Harvest([new(1, Fruit.Quince), new(2, Fruit.Apple), new(-1, Fruit.Plum), new(0, Fruit.Quince)]);
        var (x, y) = (new float[HarvestNet.InputSize], new float[3]);
        HarvestNet.WriteFeatures(harvest, x);
        Assert.Equal([1, 3, 2, 0, -1, 2, 0, 3], x);
        plain.Forward(x, y);
        Assert.Equal(new[] { Colour.Red, Colour.Blue, Colour.Green }[Metrics.ArgMax(y)], typed.Predict(harvest));
        Assert.Equal((4, 3), (typed.Layer1.Count, typed.Layer1.Size));
        var state = typed.CreateState();
        for (var step = 0; step < 4; step++)
            typed.Forward(x.AsSpan(2 * step, 2), state, y);
        Assert.Equal(y, Outputs(plain, x));
    }

    [Fact]
    public void Heads_stand_on_them()
    {
        Assert.Equal((0..4, 4..5), (JudgementNet.Heads.Fruit, JudgementNet.Heads.Price));
        var net = new JudgementNet(2);
        var y = new float[JudgementNet.OutputSize];
        foreach (var basket in Baskets())
        {
            var x = new float[JudgementNet.InputSize];
            JudgementNet.WriteFeatures(basket, x);
            net.Forward(x, y);
            Fruit[] members = [Fruit.Apple, Fruit.Pear, Fruit.Plum, Fruit.Quince];
            Assert.Equal(new Judgement(members[Metrics.ArgMax(y.AsSpan(0, 4))], y[4]), net.Predict(basket, out _));
        }
        (Basket, Judgement)[] samples = [.. Baskets().Select((basket, i) => (basket, new Judgement(basket.Fruit, i)))];
        var trainer = net.CreateTrainer(new Adam(0.01), samples.Length);
        var before = trainer.Loss(samples);
        for (var step = 0; step < 50; step++)
            trainer.Step(samples);
        Assert.True(trainer.Loss(samples) < 0.9 * before);
        NetworkCheck.All(net);
        NetworkCheck.All(new ValuesNet(1));
        Assert.Equal("Embedding", ValuesNet.Architecture.Layers[0].ToString()?.Split(' ')[0].Replace("Layer", "", StringComparison.Ordinal));
    }

    /// <summary>What is no member is refused before anything is computed, and a file of other features too.</summary>
    [Fact]
    public void What_is_none_of_them_is_refused()
    {
        var net = new BasketNet(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => net.Predict(Some with { Fruit = (Fruit)5 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => BasketNet.CreateDataset([(Some with { Colour = (Colour)77 }, true)]));
        var file = new MemoryStream();
        new OtherBasketNet(1).Save(file);
        file.Position = 0;
        var weights = net.Hash();
        Assert.Contains("x[3] Colour, index of one of Bad, Neutral, Good in the file, but x[3] Colour, index of one of Red, Blue, Green in the network", Assert.Throws<InvalidDataException>(() => net.Load(file, "basket.safetensors")).Message, StringComparison.Ordinal);
        Assert.Equal(weights, net.Hash());
    }

    /// <summary>What to declare is said in the attribute that stands there.</summary>
    [Fact]
    public void Files_of_other_enums_are_said_as_enums()
    {
        var file = new MemoryStream();
        new HarvestNet(1).Save(file);
        file.Position = 0;
        var net = new OtherHarvestNet(1);
        var message = Assert.Throws<InvalidDataException>(() => net.Load(file, "harvest.safetensors", checkSchema: false)).Message;
        Assert.Contains("or where it is that of an enum, [Embedded(3)] on one of 4 members, or load another file.", message, StringComparison.Ordinal);

        var model = new MemoryStream();
        GenNet.Onnx.OnnxFile.Save(new HarvestNet(1), model);
        model.Position = 0;
        message = Assert.Throws<InvalidDataException>(() => GenNet.Onnx.OnnxFile.Load(net, model, "harvest.onnx", checkSchema: false)).Message;
        Assert.Contains("where it is that of an enum [Embedded(3)] on one of 4 members, or load", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_elements_of_a_sequence_may_be_one()
    {
        var net = new SingleNet(1);
        Assert.Equal(1, SingleNet.Architecture.Layers[0].Inputs);
        net.Predict(new Single([Fruit.Pear]));
        Assert.Throws<ArgumentOutOfRangeException>(() => net.Predict(new Single([(Fruit)5])));
    }

    [Theory]
    [InlineData("enum E { A, B, C } record struct In([GenNet.Embedded(4)] E Kind, float X); [GenNet.Network<In, bool>(3)] partial class Net;", "x[0] Kind E embedded in 4 values: A, B, C")]
    [InlineData("enum E { A, B, C } record struct In([GenNet.Embedded(1)] E Kind, float X); [GenNet.Network<In, bool>(3)] partial class Net;", "x[0] Kind E embedded in 1 value: A, B, C")]
    [InlineData("enum E { A, B } [System.Runtime.CompilerServices.InlineArray(3)] struct Es { [GenNet.Embedded(2)] E _first; } [GenNet.Network<Es, bool>] [GenNet.Sequence(3, 1)] [GenNet.GRU(2)] [GenNet.LastStep] partial class Net;", "x[0..3] [0..3] E embedded in 2 values: A, B")]
    public void The_declaration_says_what_becomes_of_them(string program, string row)
    {
        var run = GeneratorHarness.Run(program);
        Assert.Empty(run.Compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString()));
        Assert.Contains(row, string.Join('\n', run.Sources.Values.Select(source => System.Text.RegularExpressions.Regex.Replace(source, " +", " "))), StringComparison.Ordinal);
    }

    static float[] Outputs(INetwork network, float[] x)
    {
        var y = new float[network.OutputSize];
        network.Forward(x, y);
        return y;
    }

    static IEnumerable<Basket> Baskets() =>
        from fruit in new[] { Fruit.Plum, Fruit.Apple, Fruit.Quince }
        from colour in Enum.GetValues<Colour>()
        select new Basket(((int)fruit + (int)colour) % 9, fruit, colour == Colour.Red, colour, Mood.Neutral);
}
