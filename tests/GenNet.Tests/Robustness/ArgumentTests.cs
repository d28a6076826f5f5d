using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using GenNet.Tests.Files;

namespace GenNet.Tests.Robustness;

/// <summary>Whatever is passed to a public member: it works, or says in time what was wrong. Never a null reference, an overflow or an endless loop.</summary>
public sealed class ArgumentTests : TestFolder
{
    const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    static readonly TimeSpan MostTime = TimeSpan.FromSeconds(20);

    /// <summary>More with GENNET_RANDOM_ARGUMENTS=10000, for example.</summary>
    static readonly int Calls = int.TryParse(Environment.GetEnvironmentVariable("GENNET_RANDOM_ARGUMENTS"), out var calls) ? calls : 40;

    public static TheoryData<Type> Types => [.. typeof(Dataset).Assembly.GetExportedTypes().Where(type =>
        !type.IsInterface && !type.IsEnum && !type.IsByRefLike && !IsHidden(type) && !typeof(Delegate).IsAssignableFrom(type)
        && type.Namespace == "GenNet" && type.Name != nameof(Parallelism))];

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Wrong_arguments_are_named(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var last = "";
        var work = Task.Run(() => CallAll(type, call => last = call));
        Assert.True(await Task.WhenAny(work, Task.Delay(6 * MostTime)) == work, $"{last} does not return");
        await work;
    }

    void CallAll(Type type, Action<string> tell)
    {
        if (type.ContainsGenericParameters)
        {
            if (type.GetGenericArguments().Length != 1 || !type.IsValueType)
                return;
            type = type.MakeGenericType(typeof(Sgd));
        }
        var arguments = new Arguments(Folder);
        var random = new RandomStream(1);
        foreach (var member in type.GetMembers(Declared).Where(member => !IsHidden(member)))
        {
            var method = member is MethodInfo general ? Arguments.Closed(general) : member as MethodBase;
            if (method is null || method.ContainsGenericParameters || (method is ConstructorInfo && type.IsAbstract) || (method is MethodInfo { ReturnType.IsByRefLike: true }) || (method is MethodInfo { ReturnType.IsByRef: true }) || !method.GetParameters().All(parameter => Arguments.CanMake(parameter.ParameterType)))
                continue;
            if (method is { IsStatic: false, IsConstructor: false } && arguments.Instance(type) is null)
                continue;
            foreach (var values in Choices(arguments, method.GetParameters(), random))
                Call(type, method, arguments, values, tell);
        }
    }

    /// <summary>Each value of each parameter with usual ones of the others, and some at random.</summary>
    static IEnumerable<object?[]> Choices(Arguments arguments, ParameterInfo[] parameters, RandomStream random)
    {
        var values = parameters.Select(parameter => arguments.Values(parameter.ParameterType)).ToArray();
        for (var changed = 0; changed < values.Length; changed++)
            foreach (var value in values[changed])
                yield return [.. values.Select((all, i) => i == changed ? value : all[0])];
        if (values.Length == 0)
            yield return [];
        for (var i = 0; values.Length > 1 && i < Calls; i++)
        {
            var choice = new object?[values.Length];
            for (var k = 0; k < choice.Length; k++)
                choice[k] = values[k][random.NextInt32(values[k].Length)];
            yield return choice;
        }
    }

    static void Call(Type type, MethodBase method, Arguments arguments, object?[] values, Action<string> tell)
    {
        var call = $"{type.Name}.{method.Name}({string.Join(", ", values.Select(Short))})";
        tell(call);
        var start = Stopwatch.GetTimestamp();
        try
        {
            var result = method is ConstructorInfo constructor ? constructor.Invoke(values) : method.Invoke(method.IsStatic ? null : arguments.Instance(type), values);
            (result as IDisposable)?.Dispose();
        }
        catch (TargetInvocationException e)
        {
            Assert.True(IsClear(e.InnerException!, method), $"{call}: {e.InnerException}");
        }
        var time = Stopwatch.GetElapsedTime(start);
        Assert.True(time < MostTime, $"{call} takes {time}");
    }

    static bool IsClear(Exception e, MethodBase method) => e is ArgumentException or InvalidOperationException or NotSupportedException or InvalidDataException or IOException or OperationCanceledException or NotFiniteNumberException
        || (e is IndexOutOfRangeException && method.DeclaringType == typeof(ParameterBlock))
        || e.GetType().Namespace == "GenNet";

    static bool IsHidden(MemberInfo member) => member.GetCustomAttribute<EditorBrowsableAttribute>()?.State == EditorBrowsableState.Never;

    static string Short(object? value) => value switch
    {
        null => "null",
        string { Length: > 40 } text => text[..40] + "…",
        Array array => $"{array.GetType().GetElementType()!.Name}[{array.Length}]",
        _ => value.ToString() ?? "",
    };
}
