using System.ComponentModel;
using System.Reflection;
using GenNet.Activations;
using GenNet.Losses;
using GenNet.Simd;
using GenNet.Tests.Files;

namespace GenNet.Tests.Robustness;

/// <summary>The default of every public struct, which no constructor ever saw, can be used or says what it lacks.</summary>
public sealed class StructTests
{
    /// <summary>Structs that hold what they were given and do nothing, so that a default is merely empty or zero.</summary>
    static readonly HashSet<Type> Values = [typeof(Evaluation), typeof(PlateauState), typeof(LearningRateTrial), typeof(LayerActivation), typeof(Size2D)];

    static readonly float[] Inputs = [.. Enumerable.Range(0, 40).Select(i => i % 7 - 3f)];
    static readonly int[] Labels = [0, 1, 2, 0, 1, 2, 0, 1];

    public static TheoryData<Type> Structs => [.. typeof(Dataset).Assembly.GetExportedTypes()
        .Where(type => type.IsValueType && !type.IsEnum && !type.IsByRefLike && !IsForGeneratedCode(type) && !IsOfStaticMembers(type) && !Values.Contains(type))
        .Select(type => type.ContainsGenericParameters ? type.MakeGenericType(typeof(Adam)) : type)];

    [Theory]
    [MemberData(nameof(Structs))]
    public void A_default_can_be_used_or_says_what_it_lacks(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        Use(Activator.CreateInstance(type)!);
        Use(Default(type));
    }

    /// <summary>Where <c>new T()</c> would lack something, the compiler says so.</summary>
    [Theory]
    [MemberData(nameof(Structs))]
    public void What_a_default_lacks_is_a_compile_error_of_new(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (Use(Activator.CreateInstance(type)!) is not null && !IsView(type))
            Assert.True(type.GetConstructor([])?.GetCustomAttribute<ObsoleteAttribute>()?.IsError, $"new {type.Name}() compiles");
    }

    static bool IsForGeneratedCode(Type type) => type.GetCustomAttribute<EditorBrowsableAttribute>()?.State == EditorBrowsableState.Never;

    /// <summary>What the library gives out and nobody creates.</summary>
    static bool IsView(Type type) => type == typeof(DenseParameters) || type == typeof(ConvolutionParameters) || type == typeof(RecurrentParameters) || type == typeof(Conv2DTransposeParameters) || type == typeof(NormParameters) || type == typeof(EmbeddingParameters) || type == typeof(SampledDataset);

    static object Default(Type type) => Array.CreateInstance(type, 1).GetValue(0)!;

    static bool IsOfStaticMembers(Type type) => type.GetInterfaces().Any(i =>
        i == typeof(IActivation) || i == typeof(ILoss) || i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ISimd<>));

    static bool IsOptimizer(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IOptimizer<>);

    /// <summary>Uses a value. Returns what it said that it lacks, null where nothing.</summary>
    static string? Use(object value)
    {
        switch (value)
        {
            case ISchedule schedule:
                return Use(schedule);
            case SampledDataset samples:
                return Says(Assert.Throws<InvalidOperationException>(() => samples.Batches(2)), value, "dataset.Shuffled");
            case RecurrentParameters layer:
                Assert.Equal(0, layer.Units);
                return Says(Assert.Throws<InvalidOperationException>(() => layer.InputWeights.Outputs), value, "take those of a layer");
            case EmbeddingParameters layer:
                Assert.Equal(0, layer.Count);
                return Says(Assert.Throws<InvalidOperationException>(() => layer.Weights.Outputs), value, "take those of a layer");
            case DenseParameters layer:
                Assert.Equal(0, layer.Outputs);
                return Says(Assert.Throws<InvalidOperationException>(() => layer.Weights.Outputs), value, "take those of a layer");
            case ImageWindow window:
                Assert.Equal(0, window.Height);
                return null;
            case ConvolutionParameters layer:
                Assert.Equal(0, layer.Filters);
                return Says(Assert.Throws<InvalidOperationException>(() => layer.Weights.Outputs), value, "take those of a layer");
            case Conv2DTransposeParameters layer:
                Assert.Equal(0, layer.Filters);
                return Says(Assert.Throws<InvalidOperationException>(() => layer.Weights.Outputs), value, "take those of a layer");
            case NormParameters layer:
                return Says(Assert.Throws<InvalidOperationException>(() => layer.Scales.Length), value, "take those of a layer");
            case BatchSequence batches:
                Assert.Equal(0, batches.Skip(0).Count);
                foreach (var batch in batches)
                    Assert.Fail("a batch of nothing");
                return null;
            case RandomStream stream:
                Assert.NotEqual(stream.NextUInt64(), stream.NextUInt64());
                Assert.InRange(stream.NextDouble(), 0, 1);
                return null;
            case var optimizer when optimizer.GetType().GetInterfaces().Any(IsOptimizer):
                return (string?)typeof(StructTests).GetMethod(nameof(Train), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(optimizer.GetType()).Invoke(null, [optimizer]);
            default:
                Assert.Fail($"Say here how {value.GetType()} is used, so that its default can be tried.");
                return null;
        }
    }

    static string? Use(ISchedule schedule)
    {
        var trainer = new Classifier(1).CreateTrainer(new Sgd(0.1), 8);
        try
        {
            trainer.Schedule = schedule;
        }
        catch (ArgumentException e)
        {
            Says(Assert.Throws<ArgumentException>(() => new FitOptions { Schedule = Schedule.Then(new ConstantSchedule(1), 5, schedule).PerEpoch(3) }), schedule, "create it with");
            Says(Assert.Throws<InvalidOperationException>(() => schedule.At(0)), schedule, "create it with");
            return Says(e, schedule, "create it with");
        }
        foreach (var step in new long[] { 0, 1, 2, 1000, long.MaxValue })
            Assert.InRange(schedule.At(step), double.Epsilon, 1e6);
        return null;
    }

    static string? Train<TOptimizer>(TOptimizer optimizer) where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        var network = new Classifier(1);
        var before = network.Hash();
        try
        {
            network.CreateTrainer(optimizer, 8).Step(Inputs, Labels);
        }
        catch (ArgumentException e)
        {
            Assert.Throws<ArgumentException>(() => network.CreateTrainer(new Averaged<TOptimizer>(optimizer), 8));
            return Says(e, optimizer, "create it with");
        }
        Assert.NotEqual(before, network.Hash());
        var weights = new float[100];
        network.Parameters.Tensors[0].CopyTo(weights);
        Assert.All(weights, weight => Assert.True(float.IsFinite(weight)));
        return null;
    }

    static string Says(Exception e, object value, string remedy)
    {
        var type = value.GetType();
        Assert.Contains(type.IsGenericType ? "is the default" : $"This {type.Name} is the default", e.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, e.Message, StringComparison.Ordinal);
        return e.Message;
    }
}
