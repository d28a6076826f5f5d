using System.Reflection;
using GenNet.Tests.Training.Histories;

namespace GenNet.Mpi.Tests;

[Network]
[Sequence(3, 2)]
[GRU(5)]
[Dense(2)]
[Flatten]
sealed partial class StepwiseNetwork;

[Network]
[Sequence(3, 2)]
[Embedding(4, 3, Feature = 1)]
[LSTM(5)]
[Dense(3, Activation.Softmax)]
[Flatten]
sealed partial class IndexedNetwork;

[Network(5)]
[Dense(6)]
[BatchNorm(Activation.Tanh)]
[Head("Policy", Loss = Loss.CrossEntropy)]
[Dense(3, Activation.Softmax)]
[Head("Value")]
[Dense(1)]
sealed partial class HeadedNetwork;

enum Shade
{
    Dark = 3,
    Light = -2,
}

record struct Stone(float Weight, [Embedded(2)] Shade Shade);

record struct Price(float Euros, float Cents);

[Network<Stone, Shade>(6)]
sealed partial class ShadeNetwork;

[Network<Stone, Price>(6)]
sealed partial class PriceNetwork;

/// <summary>Whatever one rank alone refuses, in whichever call, all ranks hear at once; nothing has changed, and they go on as if there had been no such call.</summary>
public class EveryRefusalTests
{
    /// <summary>Three parts, one for each of three ranks, of which the second is the one that refuses.</summary>
    const int Samples = 300, Ranks = 3, OwnSample = 150;

    /// <summary>What a call may be given.</summary>
    sealed class Given
    {
        public float[] Inputs = [], Targets = [], Weights = [], OutputGradients = [];
        public int[] Labels = [], Lengths = [];
        public bool[] Resets = [];
        public NetworkState? Initial, Final;
        public int Batch = Samples + 100, Counted = Samples;
        public OutputLoss<Given>? Loss = (_, _, gradients) =>
        {
            gradients.Fill(0.01f);
            return 1;
        };
        public Dataset? Data;
        public FitOptions Options = new() { Epochs = 1 };
        public FitState? State;
        public ISchedule? Schedule;
        public bool IsPrepared = true, IsWhole = true;
        public (Stone, Shade)[] Shades = [];
        public (Stone, Price)[] Prices = [];

        public Sequences Sequences => new() { Lengths = Lengths, Resets = Resets, InitialStates = Initial, FinalStates = Final };
    }

    /// <summary>A call that takes data, by its name and those of its parameters.</summary>
    /// <param name="Run">Makes it.</param>
    /// <param name="Prepare">What all ranks do before; null for nothing.</param>
    sealed record Call(Action<Trainer, Given> Run, Action<Trainer, Given>? Prepare = null);

    static readonly Dictionary<string, Call> Calls = new()
    {
        ["Step(inputs, labels, sampleWeights, signedWeights)"] = new((trainer, given) => trainer.Step(given.Inputs, given.Labels, given.Weights)),
        ["Step(inputs, targets, sampleWeights, signedWeights)"] = new((trainer, given) => trainer.Step(given.Inputs, given.Targets, given.Weights)),
        ["Step(batch)"] = new((trainer, given) =>
        {
            if (!given.IsWhole || given.Data is null)
                trainer.Step(default(Batch));
            else
                foreach (var batch in given.Data!.Batches(Samples))
                    trainer.Step(batch);
        }),
        ["Step(inputs, labels, sequences, sampleWeights, signedWeights)"] = new((trainer, given) => trainer.Step(given.Inputs, given.Labels, given.Sequences, given.Weights)),
        ["Step(inputs, targets, sequences, sampleWeights, signedWeights)"] = new((trainer, given) => trainer.Step(given.Inputs, given.Targets, given.Sequences, given.Weights)),
        ["Step(inputs, state, loss)"] = new((trainer, given) => trainer.Step(given.Inputs, given, given.Loss!)),
        ["Backward(inputs, labels, sampleWeights, signedWeights)"] = new((trainer, given) => trainer.Backward(given.Inputs, given.Labels, given.Weights)),
        ["Backward(inputs, targets, sampleWeights, signedWeights)"] = new((trainer, given) => trainer.Backward(given.Inputs, given.Targets, given.Weights)),
        ["Backward(inputs, labels, sequences, sampleWeights, signedWeights)"] = new((trainer, given) => trainer.Backward(given.Inputs, given.Labels, given.Sequences, given.Weights)),
        ["Backward(inputs, targets, sequences, sampleWeights, signedWeights)"] = new((trainer, given) => trainer.Backward(given.Inputs, given.Targets, given.Sequences, given.Weights)),
        ["Backward(outputGradients)"] = new((trainer, given) => trainer.Backward(given.OutputGradients), Forward),
        ["Accumulate(inputs, labels, batch)"] = new((trainer, given) => trainer.Accumulate(given.Inputs, given.Labels, given.Batch)),
        ["Accumulate(inputs, labels, batch, counted)"] = new((trainer, given) => trainer.Accumulate(given.Inputs, given.Labels, given.Batch, given.Counted)),
        ["Accumulate(inputs, targets, batch)"] = new((trainer, given) => trainer.Accumulate(given.Inputs, given.Targets, given.Batch)),
        ["Accumulate(outputGradients, batch)"] = new((trainer, given) => trainer.Accumulate(given.OutputGradients, given.Batch), Forward),
        ["Forward(inputs, training)"] = new((trainer, given) => trainer.Forward(given.Inputs)),
        ["Forward(inputs, sequences, training)"] = new((trainer, given) => trainer.Forward(given.Inputs, given.Sequences)),
        ["BackwardToInputs(outputGradients)"] = new((trainer, given) => trainer.BackwardToInputs(given.OutputGradients), Forward),
        ["Update()"] = new((trainer, given) => trainer.Update(), (trainer, given) =>
        {
            if (given.IsPrepared)
                trainer.Forward(given.Inputs);
            trainer.Backward(given.OutputGradients);
        }),
        ["Fit(trainer, data, options, state, cancellationToken)"] = new((trainer, given) => trainer.Fit(given.Data!, given.Options, given.State)),
    };

    static void Forward(Trainer trainer, Given given)
    {
        if (given.IsPrepared)
            trainer.Forward(given.Inputs);
    }

    /// <summary>Those of networks with types.</summary>
    static readonly Dictionary<string, Call> Typed = new()
    {
        ["Step(samples)"] = new((trainer, given) => _ = trainer is ShadeNetwork.Trainer<Adam> shades ? shades.Step(given.Shades) : ((PriceNetwork.Trainer<Adam>)trainer).Step(given.Prices)),
        ["Backward(samples)"] = new((trainer, given) => _ = trainer is ShadeNetwork.Trainer<Adam> shades ? shades.Backward(given.Shades) : ((PriceNetwork.Trainer<Adam>)trainer).Backward(given.Prices)),
    };

    /// <summary>What may be wrong, whatever the call takes.</summary>
    static readonly Dictionary<string, Action<Given>> Faults = new()
    {
        ["no inputs"] = given => given.Inputs = [],
        ["an input too few"] = given => given.Inputs = given.Inputs[1..],
        ["too many samples"] = given => (given.Inputs, given.Labels, given.Targets) = ([.. given.Inputs, .. given.Inputs], [.. given.Labels, .. given.Labels], [.. given.Targets, .. given.Targets]),
        ["one sample"] = given => (given.Inputs, given.Labels, given.Targets, given.Weights) = (given.Inputs[..(given.Inputs.Length / Samples)], given.Labels[..(given.Labels.Length / Samples)], given.Targets[..(given.Targets.Length / Samples)], []),
        ["a feature that is no number"] = given => given.Inputs[OwnSample * given.Inputs.Length / Samples] = float.NaN,
        ["a feature that is no index"] = given => given.Inputs[OwnSample * given.Inputs.Length / Samples + 1] = 0.5f,
        ["a feature that overflows"] = given => given.Inputs.AsSpan(OwnSample * given.Inputs.Length / Samples, given.Inputs.Length / Samples).Fill(3e38f),
        ["a label too few"] = given => given.Labels = given.Labels[1..],
        ["a label that is no class"] = given => given.Labels[OwnSample] = 9,
        ["a label below all"] = given => given.Labels[^1] = -7,
        ["labels that do not count"] = given => given.Labels.AsSpan(0, 9).Fill(Dataset.IgnoredLabel),
        ["a target too few"] = given => given.Targets = given.Targets[1..],
        ["a target that is no number"] = given => given.Targets[^1] = float.NaN,
        ["a target out of range"] = given => given.Targets[0] = 5,
        ["a weight too few"] = given => given.Weights = given.Weights[1..],
        ["a weight that is no number"] = given => given.Weights[OwnSample] = float.NaN,
        ["a negative weight"] = given => given.Weights[^1] = -1,
        ["a batch of fewer samples"] = given => given.Batch = 10,
        ["a batch of none"] = given => given.Batch = 0,
        ["a batch of less"] = given => given.Batch = -1,
        ["none that counts"] = given => given.Counted = 0,
        ["more that count than there are"] = given => given.Counted = 100_000,
        ["a length too few"] = given => given.Lengths = given.Lengths[1..],
        ["a length of none"] = given => given.Lengths[OwnSample] = 0,
        ["a length of more"] = given => given.Lengths[OwnSample] = 100,
        ["a reset too few"] = given => given.Resets = given.Resets[1..],
        ["states of other streams"] = given => given.Initial = new StepwiseNetwork(1).CreateState(7),
        ["states of another network"] = given => given.Final = new SteppingNetwork(1).CreateState(Samples),
        ["a gradient too few"] = given => given.OutputGradients = given.OutputGradients[1..],
        ["a gradient that is no number"] = given => given.OutputGradients[^1] = float.NaN,
        ["nothing went forward"] = given => given.IsPrepared = false,
        ["no loss"] = given => given.Loss = null,
        ["a loss that fails"] = given => given.Loss = (_, _, _) => throw new IOException("no loss"),
        ["a loss that is no number"] = given => given.Loss = (_, _, _) => double.NaN,
        ["a loss whose gradient is no number"] = given => given.Loss = (_, _, gradients) => gradients[^1] = float.NaN,
        ["no data"] = given => given.Data = null,
        ["a batch of nothing"] = given => given.IsWhole = false,
        ["other data"] = given => given.Data = new Dataset(new float[Samples * 11], 11, new int[Samples], 3),
        ["batches of too many"] = given => given.Options = given.Options with { BatchSize = 100_000 },
        ["early stopping by what there is not"] = given => given.Options = given.Options with { EarlyStopping = new() },
        ["no callbacks"] = given => given.Options = given.Options with { Callbacks = null! },
        ["a callback that is not there"] = given => given.Options = given.Options with { Callbacks = [null!] },
        ["another fit's state"] = given => given.State = new FitState { Seed = 99 },
        ["a schedule that fails"] = given => given.Schedule = new Failing(),
        ["an enum of no member"] = given => (given.Shades[OwnSample].Item1.Shade, given.Prices[OwnSample].Item1.Shade) = ((Shade)8, (Shade)8),
        ["a wanted enum of no member"] = given => given.Shades[0].Item2 = (Shade)8,
        ["a sample's feature that is no number"] = given => (given.Shades[OwnSample].Item1.Weight, given.Prices[OwnSample].Item1.Weight) = (float.NaN, float.NaN),
        ["a wanted number that is none"] = given => given.Prices[OwnSample].Item2.Cents = float.NaN,
        ["no samples"] = given => (given.Shades, given.Prices) = ([], []),
        ["samples that are too many"] = given => (given.Shades, given.Prices) = ([.. given.Shades, .. given.Shades], [.. given.Prices, .. given.Prices]),
    };

    /// <summary>Networks with what is right for them.</summary>
    static readonly Dictionary<string, (Func<Trainer> Create, Func<Trainer, Given> Fine)> Networks = new()
    {
        ["labels"] = (() => new PlainNetwork(1).CreateTrainer(new Adam(0.01), Samples, inputGradients: true), trainer => Numbers(trainer, Ranges(3, (0, 3)))),
        ["steps of their own"] = (() => new StepwiseNetwork(1).CreateTrainer(new Adam(0.01), Samples), trainer => Numbers(trainer, new float[Samples * 6])),
        ["labels of sequences"] = (() => new SteppingNetwork(1).CreateTrainer(new Adam(0.01), Samples), trainer => Numbers(trainer, Ranges(3, (0, 3)))),
        ["indices"] = (() => new IndexedNetwork(1).CreateTrainer(new Adam(0.01), Samples), Indices),
        ["heads"] = (() => new HeadedNetwork(1).CreateTrainer(new Adam(0.01), Samples), trainer => Numbers(trainer, Ranges(4, (0, 3)))),
        ["enums"] = (() => new ShadeNetwork(1).CreateTrainer(new Adam(0.01), Samples), trainer => Numbers(trainer, Ranges(2, (0, 2)))),
        ["prices"] = (() => new PriceNetwork(1).CreateTrainer(new Adam(0.01), Samples), trainer => Numbers(trainer, new float[Samples * 2])),
    };

    public static TheoryData<string> Names => new(Networks.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void What_one_rank_alone_refuses_all_hear_and_nothing_changes(string name)
    {
        var (create, fine) = Networks[name];
        var refusals = 0;
        foreach (var (signature, call) in name is "enums" or "prices" ? Calls.Concat(Typed) : Calls)
        {
            if (Alone(create, fine, call, _ => { }) is not null)
                continue;
            var expected = GoOn(create, fine, call, isUpdate: signature == "Update()");
            foreach (var (fault, spoil) in Faults)
                if (IsMetElsewhere(signature, fault))
                    continue;
                else if (Alone(create, fine, call, spoil) is { } alone)
                {
                    refusals++;
                    try
                    {
                        Check(create, fine, call, spoil, alone, expected, isUpdate: signature == "Update()");
                    }
                    catch (Exception e)
                    {
                        Assert.Fail($"{signature} with {fault}: {e.Message}");
                    }
                }
        }
        Assert.InRange(refusals, 60, int.MaxValue);
    }

    /// <summary>No call is left out, and none of the faults is one that nobody refuses.</summary>
    [Fact]
    public void All_calls_and_faults_are_there()
    {
        // What one rank does by itself, or what changes settings, which are compared.
        string[] own = ["Loss", "Evaluate", "Report", "State", "ToString", "GetType", "Equals", "GetHashCode", "CopyStateFrom"];
        var methods = typeof(ShadeNetwork.Trainer<Adam>).GetMethods(BindingFlags.Public | BindingFlags.Instance)
            .Concat(typeof(NetworkTraining).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.GetParameters()[0].ParameterType == typeof(Trainer)))
            .Where(method => !method.IsSpecialName && !own.Contains(method.Name));
        Assert.Equal(Calls.Keys.Concat(Typed.Keys).Order(), methods.Select(method => $"{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => parameter.Name))})").Distinct().Order());
        Assert.All(Faults, fault => Assert.Contains(Networks.Values, network => Calls.Concat(Typed).Any(call => Alone(network.Create, network.Fine, call.Value, _ => { }) is null && Alone(network.Create, network.Fine, call.Value, fault.Value) is not null)));
    }

    /// <summary>
    /// Whether the ranks find out before that they differ: what a fit is given they compare, and the features of a part of a batch that every rank computes all by itself. Gradients to update by they compute together.
    /// </summary>
    static bool IsMetElsewhere(string signature, string fault) => signature.Split('(')[0] switch
    {
        "Fit" => fault is "a feature that overflows" or "a schedule that fails",
        "Accumulate" => fault == "a feature that overflows",
        "Update" => fault == "nothing went forward",
        _ => false,
    };

    /// <summary>What a trainer by itself refuses the call with; null where it does not.</summary>
    static Exception? Alone(Func<Trainer> create, Func<Trainer, Given> fine, Call call, Action<Given> spoil)
    {
        var trainer = create();
        Begin(trainer, fine);
        return Record.Exception(() => Run(trainer, fine, call, spoil));
    }

    static void Begin(Trainer trainer, Func<Trainer, Given> fine)
    {
        var given = fine(trainer);
        trainer.Step(given.Inputs, given.Targets);
    }

    static void Run(Trainer trainer, Func<Trainer, Given> fine, Call call, Action<Given> spoil)
    {
        var given = fine(trainer);
        try
        {
            spoil(given);
        }
        catch (Exception e) when (e is IndexOutOfRangeException or ArgumentOutOfRangeException)
        {
            // The network has no such thing.
            given = fine(trainer);
        }
        if (call.Prepare is not null)
        {
            // All ranks prepare alike: what is spoilt is what the call itself is given.
            var right = fine(trainer);
            right.IsPrepared = given.IsPrepared;
            if (right.IsPrepared)
                call.Prepare(trainer, right);
        }
        trainer.Schedule = given.Schedule;
        try
        {
            call.Run(trainer, given);
        }
        finally
        {
            trainer.Schedule = null;
        }
    }

    /// <summary>What becomes of a network on which no such call was made.</summary>
    static ulong GoOn(Func<Trainer> create, Func<Trainer, Given> fine, Call call, bool isUpdate)
    {
        var trainer = create();
        Begin(trainer, fine);
        if (isUpdate)
            Run(trainer, fine, call, _ => { });
        Begin(trainer, fine);
        return trainer.Network.Parameters.Hash();
    }

    static void Check(Func<Trainer> create, Func<Trainer, Given> fine, Call call, Action<Given> spoil, Exception alone, ulong expected, bool isUpdate)
    {
        var ends = ThreadRanks.Run(Ranks, exchange =>
        {
            var trainer = create();
            trainer.Exchange = exchange;
            Begin(trainer, fine);
            var before = TrainerSnapshot.Of(trainer, keepsGradients: false);
            var own = exchange.Rank == 1;
            var exception = Record.Exception(() => Run(trainer, fine, call, own ? spoil : _ => { }));

            // An update is each rank's own: of one that is refused the others hear in the next call.
            if (isUpdate && !own)
            {
                Assert.Null(exception);
                exception = Record.Exception(() => Begin(trainer, fine));
            }
            else if (!isUpdate)
                Assert.Equal(before, TrainerSnapshot.Of(trainer, keepsGradients: false));
            if (isUpdate && own)
                trainer.Update();
            Begin(trainer, fine);
            Assert.Equal(expected, trainer.Network.Parameters.Hash());
            return exception;
        });
        Assert.Equal((alone.GetType(), alone.Message), (ends[1]?.GetType(), ends[1]?.Message));
        Assert.All([ends[0], ends[2]], end =>
        {
            Assert.NotNull(end);
            Assert.IsType(alone is TrainingDivergedException ? typeof(TrainingDivergedException) : typeof(RankFailedException), end);
            Assert.Contains("ank 1", end.Message, StringComparison.Ordinal);
            Assert.EndsWith(alone.Message, end.Message, StringComparison.Ordinal);
        });
    }

    static Given Numbers(Trainer trainer, float[] targets)
    {
        var (network, random) = (trainer.Network, new RandomStream(4));
        var given = new Given { Inputs = new float[Samples * network.InputSize], Targets = targets, Weights = new float[Samples], OutputGradients = new float[Samples * network.OutputSize] };
        random.NextNormals(given.Inputs);
        given.Weights.AsSpan().Fill(0.5f);
        given.OutputGradients.AsSpan().Fill(0.01f);
        given.Labels = [.. Enumerable.Range(0, Samples * network.Architecture.LabelSize).Select(sample => sample % 2)];
        if (network.Architecture.IsSequence)
            (given.Lengths, given.Resets) = ([.. Enumerable.Repeat(2, Samples)], new bool[Samples * network.Architecture.Positions]);
        given.Data = new Dataset(given.Inputs, network.InputSize, targets, network.OutputSize);
        given.Shades = [.. Enumerable.Range(0, Samples).Select(sample => (new Stone(sample % 3, Shade.Dark), sample % 2 == 0 ? Shade.Light : Shade.Dark))];
        given.Prices = [.. Enumerable.Range(0, Samples).Select(sample => (new Stone(sample % 3, Shade.Light), new Price(sample % 5, 1)))];
        if (network is ShadeNetwork or PriceNetwork)
            for (var sample = 0; sample < Samples; sample++)
                given.Inputs[2 * sample + 1] = sample % 2;
        return given;
    }

    /// <summary>Probabilities of some outputs of each sample, zeros of the others.</summary>
    static float[] Ranges(int outputs, (int First, int End) classes)
    {
        var targets = new float[Samples * outputs];
        for (var sample = 0; sample < Samples; sample++)
            targets[sample * outputs + classes.First + sample % (classes.End - classes.First)] = 1;
        return targets;
    }

    static Given Indices(Trainer trainer)
    {
        var given = Numbers(trainer, Ranges(3, (0, 3)).Concat(Ranges(3, (0, 3))).Concat(Ranges(3, (0, 3))).ToArray());
        for (var i = 1; i < given.Inputs.Length; i += 2)
            given.Inputs[i] = i % 4;
        return given;
    }

    sealed class Failing : ISchedule
    {
        public double At(long step) => throw new InvalidOperationException("no rate");
    }
}
