using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using GenNet.Tests.Generation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GenNet.Tests.Typed.Random;

/// <summary>
/// Whatever types people write: the network compiles and computes what reflection says, or one diagnostic of GenNet's says why not; never does the compiler alone.
/// The environment variable <c>GENNET_DATA_TYPES</c> is the number of programs, for a longer run, and <c>GENNET_DATA_TYPES_SEED</c> the first seed.
/// </summary>
public class RandomDataTypesTests
{
    const int Together = 30;

    [Fact]
    public void Data_types_are_features_or_have_a_diagnostic()
    {
        var (count, first) = (Setting("GENNET_DATA_TYPES", 60), Setting("GENNET_DATA_TYPES_SEED", 1));
        var failures = new List<string>();
        var good = 0;
        for (var seed = first; seed < first + count; seed += Together)
            good += Check(Enumerable.Range(seed, Math.Min(Together, first + count - seed)), failures);
        Assert.True(failures.Count == 0, $"{failures.Count} failures in {count} programs, {good} of which ran:\n{string.Join('\n', failures.Take(40))}");
        Assert.InRange(good, count / 4, count * 9 / 10);
    }

    static int Setting(string name, int usual) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : usual;

    static int Check(IEnumerable<int> seeds, List<string> failures)
    {
        var sources = seeds.ToDictionary(seed => seed, RandomDataTypes.Source);
        var compilation = GeneratorHarness.CreateCompilation([]).AddSyntaxTrees(sources.Select(pair => GeneratorHarness.Parse(pair.Value, $"P{pair.Key}.cs")));
        var found = GeneratorHarness.Run(compilation).Diagnostics.ToLookup(diagnostic => SeedOf(diagnostic.Location));
        foreach (var seed in sources.Keys)
        {
            var refused = found[seed].Where(diagnostic => diagnostic.Id.StartsWith("GN", StringComparison.Ordinal)).ToList();
            // Without members, calls of them are wrong too.
            var others = found[seed].Except(refused).Where(diagnostic => refused.Count == 0 || IsEmitted(diagnostic.Location)).ToList();
            failures.AddRange(others.Take(3).Select(diagnostic => $"{diagnostic}{(refused.Count > 0 ? $" beside {refused[0]}" : "")}\n    {LineOf(diagnostic.Location)}\n    {Declarations(sources[seed])}"));
        }
        failures.AddRange(found[-1].Select(diagnostic => diagnostic.ToString()));
        var good = sources.Keys.Where(seed => !found[seed].Any()).ToList();
        if (good.Count == 0)
            return 0;

        var run = GeneratorHarness.Run(GeneratorHarness.CreateCompilation([]).AddSyntaxTrees(good.Select(seed => GeneratorHarness.Parse(sources[seed], $"P{seed}.cs"))));
        using var image = new MemoryStream();
        Assert.Empty(run.Compilation.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        image.Position = 0;
        var context = new AssemblyLoadContext(name: null, isCollectible: true);
        var callers = context.LoadFromStream(image).GetTypes().Where(type => type.Name == "Caller").ToDictionary(type => type.Namespace!);
        foreach (var seed in good)
            try
            {
                Compare(callers[$"P{seed}"], new System.Random(seed));
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                failures.Add($"P{seed}: {(e as TargetInvocationException)?.InnerException ?? e}\n    {Declarations(sources[seed])}");
            }
        context.Unload();
        return good.Count;
    }

    /// <summary>Compares a network with what reflection says of its types.</summary>
    static void Compare(Type caller, System.Random random)
    {
        if (caller.IsGenericTypeDefinition)
            caller = caller.MakeGenericType([.. caller.GetGenericArguments().Select(_ => typeof(int))]);
        T Call<T>(string method, params object[] arguments) => (T)caller.GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, arguments)!;

        var (input, output) = (Call<Type>("Input"), Call<Type>("Output"));
        var heads = Call<Type>("Network").GetCustomAttributes<HeadAttribute>().Select(head => head.Name).ToList();
        List<DataTypeReference.Leaf> Outputs(object value) => heads.Count > 0 ? DataTypeReference.LeavesOfHeads(value, heads) : DataTypeReference.Leaves(value);

        for (var round = 0; round < 5; round++)
        {
            var (value, target) = (DataTypeReference.Make(input, random), DataTypeReference.Make(output, random));
            float[] features = [.. DataTypeReference.Leaves(value).SelectMany(leaf => leaf.Numbers)];
            Assert.Equal(features, Call<float[]>("Features", value));
            Assert.Equal(features.Length, Call<int>("Names"));

            var targets = Outputs(target);
            var data = Call<Dataset>("Data", value, target);
            if (output.IsEnum)
                Assert.Equal(Array.IndexOf(targets[0].Numbers, 1f), data.Labels[0]);
            else if (output == typeof(bool))
                Assert.Equal((bool)target ? 1 : 0, data.Labels[0]);
            else
                Assert.Equal([.. targets.SelectMany(leaf => leaf.Numbers)], data.Targets.ToArray());

            var y = new float[Call<int>("Outputs")];
            var biases = y.Select(_ => (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(round * 9 + 1)))).ToArray();
            var (predicted, next) = (Outputs(Call<object>("Predict", value, biases, y)), 0);
            foreach (var leaf in predicted)
            {
                Assert.Equal(leaf.Of(y.AsSpan(next)[..leaf.Numbers.Length]), leaf.Value);
                next += leaf.Numbers.Length;
            }
            Assert.Equal(y.Length, next);
        }
    }

    static bool IsEmitted(Location location) => location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true;

    /// <summary>Of P12.cs, or of what was emitted into its namespace.</summary>
    static int SeedOf(Location location)
    {
        var name = Path.GetFileName(location.SourceTree?.FilePath ?? "");
        return name.StartsWith('P') && int.TryParse(name[1..].Split('.')[0], CultureInfo.InvariantCulture, out var seed) ? seed : -1;
    }

    static string LineOf(Location location) => location.SourceTree?.GetText().Lines[location.GetLineSpan().StartLinePosition.Line].ToString().Trim() ?? "";

    /// <summary>The lines that differ from program to program.</summary>
    static string Declarations(string source) =>
        string.Join("\n    ", source.Split('\n').Skip(6).TakeWhile(line => !line.Contains("class Caller", StringComparison.Ordinal)).Where(line => line.Trim().Length > 1 && !line.Contains("Plant", StringComparison.Ordinal)));
}
