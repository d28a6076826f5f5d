using System.Reflection;
using GenNet.Shared;
using GenNet.Tests.Generation;
using GenNet.Tests.Networks;

namespace GenNet.Tests.Optimizers;

/// <summary>Settings are doubles and become floats: what would be zero, one or infinite as a float is refused where it is not allowed, and whatever is not refused computes.</summary>
public class SettingTests
{
    static readonly double[] Extremes = [1e-300, 1e-50, 1e-46, 1e-44, 1 - 1e-12, 1 - 1e-7, 1e39, 1e300, double.Epsilon, double.MaxValue, double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1e-300];

    /// <summary>The optimisers, bare and in what may be added to them, each with the settings of its own.</summary>
    static readonly (object Optimizer, Func<object, INetwork, Trainer> Create)[] Optimizers =
    [
        With(new Sgd(0.1)), With(new Momentum(0.1)), With(new RMSProp(0.1) { Momentum = 0.5 }), With(new Adagrad(0.1)), With(new Adadelta()), With(new Adam()), With(new AdamW { AMSGrad = true }),
        With(new NAdam()), With(new RAdam()), With(new Lion()), With(new Sgd(0.1).WithPenalty(1e-3, 1e-3)), With(new Sgd(0.1).ClipByValue(1)), With(new Sgd(0.1).WithAverage()),
    ];

    [Fact]
    public void Every_optimizer_is_here()
    {
        static Type Generic(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        var all = typeof(Sgd).Assembly.GetExportedTypes().Where(type => type.IsValueType && type.GetInterfaces().Any(contract => Generic(contract) == typeof(IOptimizer<>)));
        Assert.Equal(all.Select(type => type.Name).Order(), Optimizers.Select(item => Generic(item.Optimizer.GetType()).Name).Order());
    }

    [Fact]
    public void Every_setting_of_an_optimizer_is_refused_or_computes()
    {
        var refused = 0;
        foreach (var (optimizer, create) in Optimizers)
            foreach (var setting in optimizer.GetType().GetProperties().Where(property => property.PropertyType == typeof(double) && property.SetMethod is { IsPublic: true }))
                foreach (var value in Extremes)
                {
                    var changed = Copy(optimizer);
                    try
                    {
                        setting.SetValue(changed, value);
                    }
                    catch (TargetInvocationException e) when (e.InnerException is ArgumentOutOfRangeException)
                    {
                        refused++;
                        continue;
                    }
                    Computes($"{setting.Name} = {value:R} of {optimizer}", network => create(changed, network));
                }
        Assert.InRange(refused, 300, 1000);
    }

    [Fact]
    public void Every_setting_of_a_trainer_is_refused_or_computes()
    {
        foreach (var setting in typeof(Trainer).GetProperties().Where(property => property.PropertyType == typeof(double) && property.SetMethod is { IsPublic: true }))
            foreach (var value in Extremes)
                Computes($"{setting.Name} = {value:R}", network =>
                {
                    var trainer = network.CreateTrainer(new Sgd(0.1), 8);
                    try
                    {
                        setting.SetValue(trainer, value);
                    }
                    catch (TargetInvocationException e) when (e.InnerException is ArgumentOutOfRangeException)
                    {
                    }
                    return trainer;
                }, mayVanish: float.IsSubnormal((float)value));
    }

    [Fact]
    public void Every_setting_of_a_layer_is_refused_or_computes()
    {
        var accepted = 0;
        foreach (var attribute in new[] { typeof(BatchNormAttribute), typeof(LayerNormAttribute), typeof(DropoutAttribute) })
            foreach (var setting in attribute.GetProperties().Where(property => property.PropertyType == typeof(double)))
                foreach (var value in Extremes.Where(double.IsFinite))
                {
                    var argument = $"{(setting.CanWrite ? $"{setting.Name} = " : "")}{value:R}";
                    var declaration = $"[Network(3)] [Dense(4)] [{attribute.Name.Replace("Attribute", "", StringComparison.Ordinal)}({argument})] [Dense(2)]";
                    if (GeneratorHarness.Run($"using GenNet; {declaration} public sealed partial class Net;").Diagnostics.Any(diagnostic => diagnostic.Id == "GN0031"))
                        continue;
                    accepted++;
                    var assembly = InMemoryCompiler.Load($"using GenNet;\n/// <summary>A test's network.</summary>\n{declaration} public sealed partial class Net;\n");
                    var network = InMemoryCompiler.Create(assembly, "Net", 1);

                    // Inputs all alike: what the ε is for.
                    var inputs = new float[8 * 3];
                    Train(declaration, network, network.CreateTrainer(new Sgd(0.01), 8), inputs, new float[8 * 2]);
                }
        Assert.InRange(accepted, 10, 30);
    }

    static void Computes(string what, Func<INetwork, Trainer> create, bool mayVanish = false)
    {
        var network = new SmallRegressor(1);
        var random = new RandomStream(4);
        var inputs = Enumerable.Range(0, 8 * SmallRegressor.InputSize).Select(_ => random.NextSingle()).ToArray();
        Train(what, network, create(network), inputs, inputs[..(8 * SmallRegressor.OutputSize)], mayVanish);
    }

    static void Train(string what, INetwork network, Trainer trainer, float[] inputs, float[] targets, bool mayVanish = false)
    {
        for (var step = 0; step < 3; step++)
            trainer.Step(inputs, targets);
        foreach (var tensor in network.Parameters.Tensors)
        {
            var values = new float[tensor.Length];
            tensor.CopyTo(values);
            Assert.True(values.All(float.IsFinite), $"{what}: {tensor} is not finite after three steps.");
            Assert.True(mayVanish || tensor.Kind != ParameterKind.Weight || values.Any(value => value != 0), $"{what}: {tensor} became zero.");
        }
    }

    static (object, Func<object, INetwork, Trainer>) With<TOptimizer>(TOptimizer optimizer) where TOptimizer : struct, IOptimizer<TOptimizer> =>
        (optimizer, (changed, network) => network.CreateTrainer((TOptimizer)changed, 8));

    static object Copy(object structure) => typeof(object).GetMethod("MemberwiseClone", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(structure, null)!;
}
