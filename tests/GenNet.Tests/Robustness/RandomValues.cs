using System.Collections;
using System.Reflection;

namespace GenNet.Tests.Robustness;

/// <summary>Random values of any type that a training state holds, property by property: one that is added later is among them by itself.</summary>
/// <param name="seed">Equal seeds give equal values.</param>
/// <param name="wildness">The share of values that no fit would come to.</param>
/// <param name="network">Whose weights there are.</param>
sealed class RandomValues(ulong seed, double wildness, Func<ulong, INetwork> network)
{
    const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    static readonly string[] Texts = ["", "a \"note\"", "\\\"", "ä\n\t\0", "🙂", "{}", "'\u2028", new('"', 3000)];
    static readonly string[] WildTexts = ["\ud800", "a\udc00b", "\udc00\ud800"];

    RandomStream _random = new(seed);

    public int Next(int most) => _random.NextInt32(most);

    public bool Chance(double share) => _random.NextDouble() < share;

    /// <summary>Sets every property, and fills every list.</summary>
    public T Fill<T>(T target) where T : class
    {
        foreach (var property in target.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0))
            if (property.SetMethod is { IsPublic: true })
                UnlessRefused(() => property.SetValue(target, Value(property.PropertyType)));
            else if (property.GetValue(target) is IList { IsReadOnly: false } list)
                for (var count = Next(4); count > 0; count--)
                    list.Add(Value(property.PropertyType.GetGenericArguments()[0]));
            else if (property.GetValue(target) is IDictionary dictionary)
                for (var count = Next(4); count > 0; count--)
                    dictionary[(string)Value(typeof(string))!] = Value(property.PropertyType.GetGenericArguments()[1]);
        return target;
    }

    object? Value(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Chance(0.3) ? null : Value(underlying);
        var wild = Chance(wildness);
        return type switch
        {
            _ when type == typeof(bool) => Chance(0.5),
            _ when type == typeof(int) => wild ? (int)Pick([-1, 0, int.MinValue, int.MaxValue]) : 1 + Next(1000),
            _ when type == typeof(long) => wild ? Pick([-1, 0, long.MinValue, long.MaxValue]) : Next(1000),
            _ when type == typeof(ulong) => _random.NextUInt64(),
            _ when type == typeof(double) => wild ? PickDouble() : _random.NextNormal(),
            _ when type == typeof(TimeSpan) => new TimeSpan(wild ? Pick([-1, long.MinValue, long.MaxValue, 1L << 53, (1L << 53) + 1]) : Next(int.MaxValue)),
            _ when type == typeof(string) => wild ? WildTexts[Next(WildTexts.Length)] : Texts[Next(Texts.Length)] + Next(1000),
            _ when type == typeof(RandomStream) => RandomStream.Resume(_random.NextUInt64(), _random.NextUInt64()),
            _ when type == typeof(ParameterBlock) => Chance(0.5) ? null : Parameters(wild),
            _ when type == typeof(IReadOnlyDictionary<string, Evaluation>) => Chance(0.5) ? null : Heads(wild),
            _ when type == typeof(FitState) => Fill(new FitState()),
            _ when type.IsEnum => wild ? Enum.ToObject(type, 99) : Enum.GetValues(type).GetValue(Next(Enum.GetValues(type).Length)),
            _ when wild && !type.IsValueType => null,
            _ when type.IsGenericType && type.IsAssignableFrom(typeof(List<>).MakeGenericType(type.GetGenericArguments())) => Many(type.GetGenericArguments()[0]),
            _ => Constructed(type),
        };
    }

    ParameterBlock Parameters(bool wild)
    {
        if (wild && Chance(0.5))
            return new Files.ShallowClassifier(3).Parameters;
        var parameters = network(3).Parameters;
        if (wild)
            parameters.Dense(0).Biases[2] = float.NaN;
        return parameters;
    }

    /// <summary>How each head was judged, which has no heads of its own but where no fit would come to it.</summary>
    Dictionary<string, Evaluation>? Heads(bool wild)
    {
        if (_inHeads && !wild)
            return null;
        _inHeads = true;
        var heads = new Dictionary<string, Evaluation>();
        for (var count = wild ? Next(2) : 1 + Next(2); count > 0; count--)
            if (Value(typeof(string)) is string name)
                heads[name] = (Evaluation)Value(typeof(Evaluation))!;
        _inHeads = false;
        return wild || heads.Count > 0 ? heads : null;
    }

    bool _inHeads;

    IList Many(Type type)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(type))!;
        for (var count = Next(3); count > 0; count--)
            list.Add(Value(type));
        return list;
    }

    /// <summary>A record, through the constructor with the most parameters, and what may be set beside them.</summary>
    object Constructed(Type type)
    {
        var constructor = type.GetConstructors(Instance)
            .Where(candidate => !candidate.GetParameters().Any(parameter => parameter.ParameterType == type))
            .MaxBy(candidate => candidate.GetParameters().Length) ?? throw new NotSupportedException($"{type} has no constructor.");
        var parameters = constructor.GetParameters();
        object? value = null;
        while (value is null)
            UnlessRefused(() => value = constructor.Invoke([.. parameters.Select(parameter => Value(parameter.ParameterType))]));
        foreach (var property in type.GetProperties().Where(property => property.SetMethod is { IsPublic: true } && parameters.All(parameter => parameter.Name != property.Name)))
            UnlessRefused(() => property.SetValue(value, Value(property.PropertyType)));
        return value;
    }

    /// <summary>What no value can be is none that a state can hold.</summary>
    static void UnlessRefused(Action action)
    {
        try
        {
            action();
        }
        catch (TargetInvocationException e) when (e.InnerException is ArgumentException)
        {
        }
    }

    long Pick(long[] values) => values[Next(values.Length)];

    double PickDouble() => Next(6) switch
    {
        0 => double.NaN,
        1 => double.PositiveInfinity,
        2 => double.NegativeInfinity,
        3 => -0.0,
        4 => double.Epsilon,
        _ => double.MaxValue,
    };
}
