using System.Globalization;
using System.Reflection;
using GenNet.Agents;
using GenNet.Agents.Environments;
using GenNet.Tests.Training;

namespace GenNet.Tests.Agents;

/// <summary>All settings of all that learns, by their properties: none is forgotten in checkpoints, and none has a value that fails without its name.</summary>
[Collection(nameof(ParallelismTests))]
public sealed class AgentSettingsTests : IDisposable
{
    static readonly Standardizer Other = new([1], [2]);

    readonly string _file = Path.Combine(Path.GetTempPath(), $"agent-{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(_file);

    static readonly (object Options, Func<object, AgentHandle> Create)[] Kinds =
    [
        (new PpoOptions { NSteps = 16, BatchSize = 20, NEpochs = 2 }, options => AgentHandle.Of(new Ppo<Pendulum>(new PendulumNet(1), new PendulumNet(2), new Pendulum[2], (PpoOptions)options, 1))),
        (new DqnOptions { BufferSize = 50, LearningStarts = 10, TrainFreq = 1, BatchSize = 8 }, options => AgentHandle.Of(new Dqn<CartPole>(new CartPolicy(1), new CartPole[2], (DqnOptions)options, 1))),
        (new EvolutionStrategyOptions { Population = 4 }, options => AgentHandle.Of(new EvolutionStrategy(new SmallCar(1), (EvolutionStrategyOptions)options, 1), new MountainCarContinuous[1])),
        (new GeneticAlgorithmOptions { Population = 8, Elites = 2 }, options => AgentHandle.Of(new GeneticAlgorithm(new SmallCar(1), (GeneticAlgorithmOptions)options, 1), new MountainCarContinuous[1])),
    ];

    public static TheoryData<int, string> Settings()
    {
        var data = new TheoryData<int, string>();
        for (var kind = 0; kind < Kinds.Length; kind++)
            foreach (var property in Kinds[kind].Options.GetType().GetProperties())
                data.Add(kind, property.Name);
        return data;
    }

    [Fact]
    public void There_are_settings_of_all() => Assert.True(Settings().Count >= 17 + 18 + 5 + 8);

    /// <summary>A run goes on with the settings that it was made with, or not at all.</summary>
    [Theory]
    [MemberData(nameof(Settings))]
    public void A_checkpoint_of_other_settings_is_refused_by_their_name(int kind, string name)
    {
        var (options, create) = Kinds[kind];
        var agent = create(options);
        agent.Learn(100);
        agent.Save(_file);
        create(options).Load(_file);
        var property = options.GetType().GetProperty(name)!;
        object other = property.GetValue(options) switch
        {
            bool value => !value,
            int value => value * 2,
            double value => value == 0 ? 0.25 : value / 2,
            float value => value / 2,
            null => property.PropertyType == typeof(double?) ? 0.5 : property.PropertyType == typeof(ISchedule) ? new CosineSchedule(100) : Other,
            var value => throw new InvalidOperationException($"{value}"),
        };
        var second = create(With(options, property, other));
        var hash = second.Network.Hash();
        var message = Assert.Throws<InvalidDataException>(() => second.Load(_file)).Message;
        Assert.StartsWith($"{_file}: its run has {name} = ", message, StringComparison.Ordinal);
        Assert.Equal(hash, second.Network.Hash());

        // Whatever culture either has.
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
        try
        {
            create(options).Load(_file);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void An_extreme_value_works_or_is_refused_by_name(int kind, string name)
    {
        var (options, create) = Kinds[kind];
        var property = options.GetType().GetProperty(name)!;
        object?[] values = Type.GetTypeCode(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) switch
        {
            TypeCode.Boolean => [false, true],
            TypeCode.Int32 => [int.MinValue, -1, 0, 1, 2, 3, int.MaxValue - 1, int.MaxValue],
            TypeCode.Single => [float.NaN, float.NegativeInfinity, float.PositiveInfinity, float.MinValue, -1f, -0f, float.Epsilon, 1f, 1e30f, float.MaxValue],
            TypeCode.Double => [double.NaN, double.NegativeInfinity, double.PositiveInfinity, double.MinValue, -1e38, -1.0, -0.0, double.Epsilon, 1e-300, 1e-40, 1.0, 1e38, 3e38, 1e300, double.MaxValue],
            _ => [null, property.PropertyType == typeof(ISchedule) ? new ConstantSchedule(1e30) : new Standardizer([1e300, -1e300], [double.Epsilon, double.MaxValue])],
        };
        var worked = 0;
        foreach (var value in values)
        {
            try
            {
                create(With(options, property, value)).Learn(400);
                worked++;
            }
            catch (ArgumentException e)
            {
                Assert.Contains(name, e.Message, StringComparison.Ordinal);
            }
            catch (NotFiniteNumberException e)
            {
                // What follows from it is too large: whose numbers these are is said.
                Assert.Matches("PendulumNet|CartPolicy|SmallCar|EvolutionStrategy|LogStd", e.Message);
            }
        }
        Assert.True(worked > 0);
    }

    /// <summary>Some schedules do not say what they are made of.</summary>
    [Fact]
    public void Schedules_of_other_factors_are_told_apart()
    {
        ISchedule[] schedules =
        [
            new MultiStepSchedule(0.1, 8), new MultiStepSchedule(0.1, 10_000), new MultiStepSchedule(0.1, 1_000_000), new ConstantSchedule(1).Then(3, new ConstantSchedule(0.5)), new ConstantSchedule(1).Then(4, new ConstantSchedule(0.5)),
            new MultiStepSchedule(0.1, 8).Times(new ConstantSchedule(0.5)), new MultiStepSchedule(0.2, 8).Times(new ConstantSchedule(0.5)), new StepSchedule(100_000, 0.5), new StepSchedule(100_001, 0.5),
        ];
        var texts = schedules.Select(schedule => Setting.Of(schedule).Text).ToArray();
        Assert.Equal(texts, texts.Distinct());
        Assert.Equal(texts[0], Setting.Of(new MultiStepSchedule(0.1, 8)).Text);
    }

    [Fact]
    public void Too_little_memory_is_told_by_the_setting_that_takes_it()
    {
        var exception = Assert.Throws<InsufficientMemoryException>(() => Setting.Make<int>("BufferSize", 7, () => throw new OutOfMemoryException()));
        Assert.Equal("BufferSize is 7, which takes more memory than there is. Set less.", exception.Message);
    }

    static object With(object options, PropertyInfo property, object? value)
    {
        var copy = options.GetType().GetMethod("<Clone>$")!.Invoke(options, null)!;
        try
        {
            property.SetValue(copy, value);
        }
        catch (TargetInvocationException e)
        {
            throw e.InnerException!;
        }
        return copy;
    }
}
