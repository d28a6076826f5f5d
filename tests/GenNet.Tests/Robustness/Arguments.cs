using System.Reflection;
using GenNet.Tests.Files;

namespace GenNet.Tests.Robustness;

/// <summary>Values for a parameter of any type: first those that a program might pass, then those that it passes by mistake.</summary>
/// <param name="folder">Where files may be.</param>
sealed class Arguments(string folder)
{
    static readonly float[] Inputs = [.. Enumerable.Range(0, 40).Select(i => i % 7 - 3f)];
    static readonly int[] Labels = [0, 1, 2, 0, 1, 2, 0, 1];

    static Dataset Data => new Dataset(Inputs, 5, Labels, 3).AsImages(1, 5);

    static Dataset Bytes => new Dataset(new byte[40], 5, Labels, 3).AsImages(5, 1);

    static Classifier Network => new(1);

    static Trainer<Sgd> Trainer => Network.CreateTrainer(new Sgd(0.1), 8);

    /// <summary>Whether there is anything to pass.</summary>
    public static bool CanMake(Type type) => !type.IsByRefLike && !type.IsPointer && !type.IsByRef && type != typeof(FitContext);

    /// <summary>One to call methods of; null where there is none.</summary>
    public object? Instance(Type type) => Values(type).FirstOrDefault();

    public object?[] Values(Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) switch
    {
        _ when (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } kind => [.. Enum.GetValues(kind).Cast<object>().Take(3), Enum.ToObject(kind, 99)],
        TypeCode.Boolean => [false, true],
        TypeCode.Int32 => [2, 1, 0, -1, int.MaxValue, int.MinValue],
        TypeCode.Int64 => [2L, 1L, 0L, -1L, long.MaxValue, long.MinValue],
        TypeCode.UInt64 => [1UL, 0UL, ulong.MaxValue],
        TypeCode.UInt32 => [1u, 0u, uint.MaxValue],
        TypeCode.Double => [0.5, 0.0, 1.0, -1.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.Epsilon],
        TypeCode.Single => [0.5f, 0f, 1f, -1f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.Epsilon],
        TypeCode.String => [Path.Combine(folder, "file"), folder, Path.Combine(folder, "missing", "file"), "", "\0", "\ud800", new string('a', 5000), null],
        _ when type.IsValueType => [.. Objects(type), Activator.CreateInstance(type)],
        _ => [.. Objects(type), null],
    };

    IEnumerable<object?> Objects(Type type)
    {
        object?[] all =
        [
            Data, Data.OneHot(), Bytes, Bytes.Augmented(new() { Shift = int.MaxValue, CutOut = int.MaxValue, FlipHorizontally = true }), Bytes.Augmented(new() { Rotation = 180, Shift = int.MaxValue }), new Dataset(Inputs, 8, Labels.AsMemory(0, 5), 3), Network, new ShallowClassifier(1), new Normalized(1), Trainer, Classifier.Architecture, Network.Parameters,
            Data.Batches(3), Data.Shuffled(1), Data.Folds(2, 1)[0], Sampling.Balanced, Sampling.Weighted(Inputs.Select(Math.Abs).ToArray()), Standardizer.Fit(Data), new Standardizer([1], [2]),
            new FitOptions { Epochs = 1 }, new FitOptions { BatchSize = 9 }, new FitOptions { BatchSize = int.MaxValue }, new EarlyStopping(), new FitState(), new FitState { EpochsDone = -1, BestEpoch = -1 }, new TrainingState(), new LearningRateTestOptions { BatchSize = 4 }, new LearningRateTestOptions { BatchSize = int.MaxValue },
            new CheckpointStore(folder), new CheckpointCallback(new CheckpointStore(folder)), new SafeTensor("a", [2], [1, 2]), new SafeTensor("a", [], [1]), new ConfusionMatrix(3),
            new EpochResult(1, 0.5, null, default), new EpochResult(-1, double.NaN, default(Evaluation), TimeSpan.MinValue), new HealthFinding(HealthProblem.DeadUnits, 1, 2, "dead"), new Evaluation(1, 2),
            new PlateauSchedule(), new PlateauState(1, 2, 3, 0.5), new ConstantSchedule(), new CosineSchedule(5), new CosineRestartsSchedule(5, 2), new ExponentialSchedule(0.9), new MultiStepSchedule(0.1, 5),
            new OneCycleSchedule(10), new PolynomialSchedule(5), new StepSchedule(5), new WarmupSchedule(5), Schedule.Then(new ConstantSchedule(), 2, new CosineSchedule(5)), Schedule.PerEpoch(new CosineSchedule(5), 2), Schedule.Times(new ConstantSchedule(), new CosineSchedule(5)),
            new Sgd(0.1), new Momentum(0.1), new Adam(), new AdamW(), new Adagrad(), new Adadelta(), new RMSProp(), new RAdam(), new NAdam(), new Lion(), new Averaged<Sgd>(new Sgd(0.1)), new Regularized<Sgd>(new Sgd(0.1)), new ValueClipped<Sgd>(new Sgd(0.1), 1),
            new RandomStream(1), Array.Empty<int>(), new[] { 1, 0 }, new[] { -1 }, new[] { int.MaxValue }, Array.Empty<long>(), new[] { 2L, 1L }, new[] { long.MinValue }, Array.Empty<string>(), new[] { "a", null },
            new ImageSize(2, 3), new ImageSize(int.MaxValue, int.MinValue), new Augmentation(), new Augmentation { Shift = 1, Rotation = 30, CutOut = 1, Fill = float.MaxValue },
            new ReadOnlyMemory<float>(Inputs), new ReadOnlyMemory<byte>(new byte[40]), new ReadOnlyMemory<int>(Labels), new MemoryStream(new byte[100]), TimeSpan.MaxValue, CancellationToken.None, new CancellationToken(true),
            new Func<INetwork>(() => Network), new Func<INetwork>(() => new Normalized(1)), new Func<INetwork>(() => null!), new Func<string, string>(name => "x." + name), new Func<string, string>(_ => null!), new Func<string, string>(_ => "same"),
            new Func<Dataset, Standardizer>(Standardizer.Fit), new Func<Dataset, Standardizer>(_ => new Standardizer([1], [1])), new Action<InvalidDataException>(_ => { }),
            new List<SafeTensor?> { new("a", [2], [1, 2]), null }, new Dictionary<string, string> { ["a"] = "b" }, new Dictionary<string, string> { ["a"] = null! }, new FitCallback?[] { null },
        ];
        return all.Where(type.IsInstanceOfType);
    }

    /// <summary>A method without type parameters, if it can have them filled in.</summary>
    public static MethodInfo? Closed(MethodInfo method)
    {
        try
        {
            return !method.IsGenericMethodDefinition ? method
                : method.GetGenericArguments() is [var only] && only.GetGenericParameterConstraints().Any(constraint => constraint.Name.StartsWith("IOptimizer", StringComparison.Ordinal)) ? method.MakeGenericMethod(typeof(Sgd))
                : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
