using System.Collections;
using System.Globalization;
using System.Reflection;
using Fingerprints;
using GenNet.Agents;
using GenNet.Agents.Environments;
using GenNet.Tests.Agents;

namespace GenNet.Mpi.Tests;

/// <summary>All that decides over a step is compared: changed on one rank alone it is refused, and named. What need not be alike says why.</summary>
public class SettingsTests
{
    const int Samples = 300;

    const string InEachStep = "another optimiser, other limits of norms, label smoothing, weights of classes, settings of layers or Health.Interval than rank 0";

    static readonly Dictionary<string, (string AtFirst, string Later, Action<Trainer> Change)> OfTrainers = new()
    {
        ["Trainer.Schedule"] = ("in Schedule", "has the learning rate", trainer => trainer.Schedule = new ExponentialSchedule(0.5)),
        ["Trainer.MaxGradientNorm"] = ("in the limits of norms", InEachStep, trainer => trainer.MaxGradientNorm = 3),
        ["Trainer.MaxWeightNorm"] = ("in the limits of norms", InEachStep, trainer => trainer.MaxWeightNorm = 3),
        ["Trainer.LabelSmoothing"] = ("in label smoothing", InEachStep, trainer => trainer.LabelSmoothing = 0.1),
        ["Trainer.ClassWeights"] = ("in the weights of classes", InEachStep, trainer => trainer.ClassWeights = [1, 2, 3]),
        ["Trainer.Seed"] = ("has the seed 9", "has the seed 9", trainer => trainer.Seed = 9),
        ["Trainer`1.Optimizer"] = ("in the optimiser", InEachStep, trainer => ((Trainer<Adam>)trainer).Optimizer = new Adam(0.01) { Beta1 = 0.5 }),
        ["TrainedLayer.IsFrozen"] = ("in how layers are trained", InEachStep, trainer => trainer.Layers[0].IsFrozen = true),
        ["TrainedLayer.UsesRunningStatistics"] = ("in how layers are trained", InEachStep, trainer => trainer.Layers[2].UsesRunningStatistics = true),
        ["TrainedLayer.LearningRateFactor"] = ("in how layers are trained", InEachStep, trainer => trainer.Layers[0].LearningRateFactor = 2),
        ["GradientHealth.Interval"] = ("in Health.Interval", InEachStep, trainer => trainer.Health!.Interval = 2),
    };

    /// <summary>What need not be alike.</summary>
    static readonly Dictionary<string, string> Own = new()
    {
        ["Trainer.Exchange"] = "is what the ranks are told apart by",
        ["FitOptions.Callbacks"] = "run on every rank, which may have some of its own: what they change is compared",
        ["FitOptions.Progress"] = "is told on the first rank",
        ["FitOptions.ValidationSplit"] = "shows in the training data and the validation data, which are compared",
        ["FitState.TrainingTime"] = "is measured by each rank",
        ["FitState.Seed"] = "is that of the options, or the fit is refused",
        ["FitState.Source"] = "is that of the data, or the fit is refused",
        ["FitState.StepCount"] = "is that of the trainer, which is compared, or the fit is refused",
    };

    static readonly Dictionary<string, (string What, Func<FitOptions, FitOptions> Change)> OfFits = new()
    {
        ["FitOptions.Epochs"] = ("in Epochs", options => options with { Epochs = 3 }),
        ["FitOptions.BatchSize"] = ("in BatchSize", options => options with { BatchSize = 290 }),
        ["FitOptions.DropLast"] = ("in DropLast", options => options with { DropLast = true }),
        ["FitOptions.Seed"] = ("in Seed", options => options with { Seed = 3 }),
        ["FitOptions.Sampling"] = ("in Sampling", options => options with { Sampling = Sampling.Balanced }),
        ["FitOptions.Validation"] = ("in the validation data", options => options with { Validation = Data(seed: 2) }),
        ["FitOptions.Schedule"] = ("in FitOptions.Schedule", options => options with { Schedule = new CosineSchedule(1000) }),
        ["FitOptions.EarlyStopping"] = ("in EarlyStopping", options => options with { EarlyStopping = null }),
        ["EarlyStopping.Monitor"] = ("in EarlyStopping", options => options with { EarlyStopping = options.EarlyStopping! with { Monitor = MonitoredMetric.Loss } }),
        ["EarlyStopping.Patience"] = ("in EarlyStopping", options => options with { EarlyStopping = options.EarlyStopping! with { Patience = 9 } }),
        ["EarlyStopping.MinDelta"] = ("in EarlyStopping", options => options with { EarlyStopping = options.EarlyStopping! with { MinDelta = 0.1 } }),
        ["EarlyStopping.RestoreBestWeights"] = ("in EarlyStopping", options => options with { EarlyStopping = options.EarlyStopping! with { RestoreBestWeights = false } }),
    };

    static readonly Dictionary<string, (string What, Action<FitState> Change)> OfStates = new()
    {
        ["FitState.EpochsDone"] = ("in where the fit is", state => state.EpochsDone = 1),
        ["FitState.StepsDone"] = ("The state is at step 1 of an epoch, but has no Source", state => state.StepsDone = 1),
        ["FitState.LossSum"] = ("in where the fit is", state => state.LossSum = 1),
        ["FitState.History"] = ("in where the fit is", state => state.History.Add(new EpochResult(1, 2, null, default))),
        ["FitState.BestEpoch"] = ("in where the fit is", state => state.BestEpoch = 1),
        ["FitState.BestMetric"] = ("in where the fit is", state => state.BestMetric = 1),
        ["FitState.BestParameters"] = ("in the best weights", state => state.BestParameters = new WatchedNormalization(4).Parameters),
        ["FitState.StoppedEarly"] = ("in where the fit is", state => state.StoppedEarly = true),
    };

    [Fact]
    public void Every_setting_is_changed_here_or_says_why_not()
    {
        var settings = new[] { typeof(Trainer), typeof(Trainer<>), typeof(TrainedLayer), typeof(GradientHealth), typeof(FitOptions), typeof(EarlyStopping), typeof(FitState) }
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(property => property.SetMethod is { IsPublic: true } || typeof(IList).IsAssignableFrom(property.PropertyType) || property.PropertyType == typeof(IList<EpochResult>))
                .Select(property => $"{type.Name}.{property.Name}"));
        Assert.Equal(OfTrainers.Keys.Concat(Own.Keys).Concat(OfFits.Keys).Concat(OfStates.Keys).Order(), settings.Order());
    }

    public static TheoryData<string> TrainerSettings => new(OfTrainers.Keys);

    [Theory]
    [MemberData(nameof(TrainerSettings))]
    public void What_a_trainer_is_set_to_is_compared(string setting)
    {
        var (atFirst, later, change) = OfTrainers[setting];
        foreach (var steps in new[] { 0, 1 })
            Refused(steps == 0 ? atFirst : later, exchange =>
            {
                var (trainer, (inputs, labels)) = (CreateTrainer(exchange), Batch(seed: 1));
                for (var step = 0; step < steps; step++)
                    trainer.Step(inputs, labels);
                if (exchange.Rank == 1)
                    change(trainer);
                trainer.Step(inputs, labels);

                // Some rates begin alike.
                trainer.Step(inputs, labels);
            });
    }

    [Fact]
    public void What_a_fit_is_given_is_compared()
    {
        foreach (var (what, change) in OfFits.Values)
            Refused(what, exchange =>
            {
                var options = new FitOptions { Epochs = 2, Validation = Data(seed: 1), EarlyStopping = new() };
                CreateTrainer(exchange).Fit(Data(seed: 1), exchange.Rank == 1 ? change(options) : options);
            });
        foreach (var (what, change) in OfStates.Values)
            Refused(what, exchange =>
            {
                var state = new FitState();
                if (exchange.Rank == 1)
                    change(state);
                CreateTrainer(exchange).Fit(Data(seed: 1), new() { Epochs = 2 }, state);
            });
        Refused("in the training data", exchange => CreateTrainer(exchange).Fit(Data(exchange.Rank == 1 ? 3UL : 1UL), new() { Epochs = 2 }));
    }

    /// <summary>Each hyper-parameter of each optimiser, and of those around another.</summary>
    [Fact]
    public void Every_hyper_parameter_of_an_optimiser_is_compared()
    {
        var compared = 0;
        foreach (var type in typeof(Adam).Assembly.GetExportedTypes().Where(type => type.IsValueType && type.GetInterfaces().Any(of => of.IsGenericType && of.GetGenericTypeDefinition() == typeof(IOptimizer<>))))
        {
            var closed = type.IsGenericTypeDefinition ? type.MakeGenericType(typeof(Adam)) : type;
            foreach (var property in closed.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is { IsPublic: true }))
            {
                var (optimizer, other) = (Create(closed), Create(closed));
                property.SetValue(other, Other(property.GetValue(other)!));
                typeof(SettingsTests).GetMethod(nameof(CheckOptimizer), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(closed).Invoke(null, [optimizer, other, $"{closed.Name}.{property.Name}"]);
                compared++;
            }
        }
        Assert.InRange(compared, 50, 500);
    }

    static void CheckOptimizer<TOptimizer>(TOptimizer optimizer, TOptimizer other, string name) where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        Refused("in the optimiser", exchange =>
        {
            var trainer = new WatchedNormalization(1).CreateTrainer(exchange.Rank == 1 ? other : optimizer, Samples);
            trainer.Exchange = exchange;
            var (inputs, labels) = Batch(seed: 1);
            trainer.Step(inputs, labels);
        }, name);
    }

    /// <summary>Each number that a schedule is made with.</summary>
    [Fact]
    public void Every_number_of_a_schedule_is_compared()
    {
        var decay = new ExponentialSchedule(0.5);
        (ISchedule, ISchedule)[] pairs =
        [
            (new MultiStepSchedule(0.5, 100, 300), new MultiStepSchedule(0.5, 100, 301)), (new MultiStepSchedule(0.5, 100), new MultiStepSchedule(0.6, 100)),
            (new WarmupSchedule(100).Then(100, decay), new WarmupSchedule(100).Then(101, decay)), (decay.PerEpoch(100), decay.PerEpoch(101)),
            (decay.Times(new WarmupSchedule(9)), decay.Times(new WarmupSchedule(10))), (decay.PerEpoch(9), new ExponentialSchedule(0.6).PerEpoch(9)),
            (new PlateauSchedule(), new PlateauSchedule().Report(1)),
            .. typeof(Adam).Assembly.GetExportedTypes().Where(type => !type.IsInterface && typeof(ISchedule).IsAssignableFrom(type)).SelectMany(Pairs),
        ];
        Assert.InRange(pairs.Length, 25, 500);
        foreach (var (schedule, other) in pairs)
            Refused("in Schedule", exchange =>
            {
                var (trainer, (inputs, labels)) = (CreateTrainer(exchange), Batch(seed: 1));
                trainer.Schedule = exchange.Rank == 1 ? other : schedule;
                trainer.Step(inputs, labels);
            }, $"{schedule} and {other}");

        static IEnumerable<(ISchedule, ISchedule)> Pairs(Type type)
        {
            var constructor = type.GetConstructors().Where(constructor => constructor.GetParameters() is { Length: > 0 } parameters && parameters.All(parameter => parameter.ParameterType.IsPrimitive)).FirstOrDefault();
            if (constructor is null)
                yield break;
            var arguments = Arguments(constructor);
            for (var i = 0; i < arguments.Length; i++)
            {
                var others = (object[])arguments.Clone();
                others[i] = Other(arguments[i]);
                yield return ((ISchedule)constructor.Invoke(arguments), (ISchedule)constructor.Invoke(others));
            }
        }
    }

    /// <summary>Each number of each layer of networks of all kinds: what its words do not tell, no rank would notice.</summary>
    [Fact]
    public void Every_number_of_a_layer_is_in_its_words()
    {
        // Where parameters lie follows from the layers before, and how they compute from the rest.
        string[] follows = ["Offset", "Padded", "Strides", "Stride", "Length", "Tile", "Panel", "Index", "Pixels"];
        var (untold, told) = (new SortedSet<string>(), 0);
        foreach (var type in ((IEnumerable<object[]>)StepTests.Networks).Select(row => (Type)row[0]))
            foreach (var layer in ((INetwork)Activator.CreateInstance(type, 1UL)!).Architecture.Layers)
                foreach (var property in layer.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanRead && property.GetIndexParameters().Length == 0 && property.PropertyType.IsPrimitive))
                {
                    told++;
                    if (!string.Create(CultureInfo.InvariantCulture, $"{layer}").Contains($"{property.Name} = ", StringComparison.Ordinal) && !follows.Contains(property.Name))
                        untold.Add($"{layer.GetType().Name}.{property.Name}");
                }
        Assert.Empty(untold);
        Assert.InRange(told, 300, int.MaxValue);
    }

    /// <summary>Each hyper-parameter of what learns from reward.</summary>
    [Fact]
    public void Every_hyper_parameter_of_an_agent_is_compared()
    {
        Check(new PpoOptions { NSteps = 32, BatchSize = 64 }, (options, exchange) => new Ppo<CartPole>(new PolePolicy(1), new CartValue(2), new CartPole[8], options, 3) { Exchange = exchange }.Learn(300));
        Check(new DqnOptions(), (options, exchange) => new Dqn<CartPole>(new PolePolicy(1), new CartPole[8], options, 3) { Exchange = exchange }.Learn(300));
        Check(new EvolutionStrategyOptions(), (options, exchange) => new EvolutionStrategy(new PoleNetwork(1), options, 3) { Exchange = exchange }.Learn(new CartPole[1], 1));
        Check(new GeneticAlgorithmOptions(), (options, exchange) => new GeneticAlgorithm(new PoleNetwork(1), options, 3) { Exchange = exchange }.Learn(new CartPole[1], 1));

        static void Check<TOptions>(TOptions options, Action<TOptions, IRankExchange> learn) where TOptions : notnull
        {
            var clone = typeof(TOptions).GetMethod("<Clone>$")!;
            foreach (var property in typeof(TOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is { IsPublic: true }))
            {
                var other = (TOptions)clone.Invoke(options, [])!;
                property.SetValue(other, property.GetValue(options) is { } value && value is not ISchedule ? Other(value)
                    : property.PropertyType == typeof(Standardizer) ? new Standardizer([1.0, 2, 3, 4], [1.0, 1, 1, 1])
                    : typeof(ISchedule).IsAssignableFrom(property.PropertyType) ? new ExponentialSchedule(0.5) : 0.25);
                Refused($"in {property.Name}", exchange => learn(exchange.Rank == 1 ? other : options, exchange), property.Name);
            }
        }
    }

    /// <summary>Two ranks do something, and both are told in what the second differs.</summary>
    static void Refused(string what, Action<IRankExchange> program, string? of = null)
    {
        var ends = ThreadRanks.Try(2, exchange =>
        {
            program(exchange);
            return 0;
        });
        foreach (var (_, exception) in ends)
            Assert.True(exception is not null && exception.Message.Contains(what, StringComparison.Ordinal), $"{of ?? what}: {exception?.Message ?? "nobody noticed"}");
    }

    /// <summary>Another value that is allowed wherever the first is.</summary>
    static object Other(object value) => value switch
    {
        bool flag => !flag,
        int number => number + 2,
        long number => number > 1000 ? 50L : number + 2,
        float number => number == 0 ? 0.25f : number * 0.75f,
        double number => number == 0 ? 0.25 : double.IsFinite(number) ? number * 0.75 : 0.5,
        Adam adam => adam with { Beta2 = 0.5 },
        Enum name => Enum.GetValues(name.GetType()).Cast<object>().First(other => !other.Equals(name)),
        _ => throw new NotSupportedException($"{value.GetType()} needs another value here"),
    };

    static object Create(Type type)
    {
        var constructor = type.GetConstructors().Where(constructor => constructor.GetParameters().Length > 0 && constructor.GetParameters().All(parameter => parameter.ParameterType == typeof(Adam) || parameter.ParameterType.IsPrimitive)).First();
        return constructor.Invoke(Arguments(constructor));
    }

    static object[] Arguments(ConstructorInfo constructor) => [.. constructor.GetParameters().Select(parameter =>
        parameter.HasDefaultValue ? parameter.DefaultValue!
        : parameter.ParameterType == typeof(Adam) ? new Adam()
        : parameter.ParameterType == typeof(double) ? 0.5
        : parameter.ParameterType == typeof(bool) ? (object)false
        : Convert.ChangeType(100, parameter.ParameterType, CultureInfo.InvariantCulture))];

    static Trainer CreateTrainer(IRankExchange exchange)
    {
        var trainer = new WatchedNormalization(1).CreateTrainer(new Adam(0.01), Samples);
        trainer.Exchange = exchange;
        return trainer;
    }

    static Dataset Data(ulong seed)
    {
        var (inputs, labels) = Batch(seed);
        return new Dataset(inputs, 6, labels, 3);
    }

    static (float[] Inputs, int[] Labels) Batch(ulong seed)
    {
        var random = new RandomStream(seed);
        var inputs = new float[Samples * 6];
        random.NextNormals(inputs);
        return (inputs, [.. Enumerable.Range(0, Samples).Select(sample => sample * 7 % 3)]);
    }
}
