using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using GenNet.Simd;
using GenNet.Tests.Benchmarks;

namespace GenNet.Tests.Determinism;

/// <summary>
/// The same bits in processes with other vector widths, builds and numbers of threads, and on other machines: networks of every kind are trained in each,
/// and their fingerprints compared with the golden file; without fused multiply-add with a file of its own. With GENNET_ACCEPT=1 the files are written anew.
/// </summary>
public class DeterminismTests
{
    const string Fused = "fused multiply-add";

    /// <summary>The network of the suite that is mutated and crossed, not trained: without multiply-adds there is nothing to fuse.</summary>
    const string Evolution = "Evolution";

    public static TheoryData<string, string, int, ulong, bool, int> Builds()
    {
        var data = new TheoryData<string, string, int, ulong, bool, int>();
        var widest = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        data.Add("", "", widest, 2, false, 1);
        data.Add("", "", widest, 3, false, 1);
        data.Add("", "", widest, 1, true, 3);
        data.Add("", "", widest, 3, false, 2);
        data.Add("DOTNET_TieredCompilation", "0", widest, 2, false, 1);
        if (widest == 512)
            data.Add("DOTNET_EnableAVX512", "0", 256, 1, false, 1);
        if (widest >= 256)
        {
            data.Add("GENNET_VECTOR_BITS", "256", 256, 2, true, 2);
            data.Add("DOTNET_PreferredVectorBitWidth", "128", 128, 1, false, 2);
        }
        data.Add("GENNET_VECTOR_BITS", "128", 128, 3, true, 1);
        return data;
    }

    [Theory]
    [MemberData(nameof(Builds))]
    public void Trains_to_the_same_bits(string variable, string value, int bits, ulong seed, bool debug, int threads)
    {
        if (!SimdWidth.HasFusedMultiplyAdd)
            return; // Documented to give other bits.
        var (lines, width) = RunSuite(variable, value, seed, debug, threads);
        Assert.Equal($"{bits}-bit vectors, {Fused}", width);
        AssertGolden(GoldenFile(), seed, lines);
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX", 2, 2)]
    [InlineData("DOTNET_EnableAVX2", 3, 1)]
    [InlineData("DOTNET_EnableHWIntrinsic", 1, 2)]
    public void Without_fused_multiply_add_there_are_other_bits_and_one_kind_of_them(string variable, ulong seed, int threads)
    {
        if (!X86Base.IsSupported)
            return;
        var (lines, width) = RunSuite(variable, "0", seed, debug: false, threads);
        Assert.Equal($"{(variable == "DOTNET_EnableHWIntrinsic" ? 32 : 128)}-bit vectors, no {Fused}", width);
        AssertGolden(UnfusedGoldenFile(), seed, lines);
    }

    [Fact]
    public void With_and_without_fused_multiply_add_the_numbers_agree()
    {
        if (!X86Base.IsSupported || !SimdWidth.HasFusedMultiplyAdd)
            return;
        var (fused, _) = RunSuite("", "", 3, debug: false, threads: 1);
        var (plain, _) = RunSuite("DOTNET_EnableAVX2", "0", 3, debug: false, threads: 1);
        foreach (var (expected, actual) in fused.Zip(plain))
        {
            Assert.Equal(expected.Name, actual.Name);
            if (expected.Name == Evolution)
                Assert.Equal(expected.Fingerprint, actual.Fingerprint);
            else
                Assert.NotEqual(expected.Fingerprint, actual.Fingerprint);
            Assert.True(Math.Abs(expected.Loss - actual.Loss) <= 1e-5 * Math.Max(0.1, Math.Abs(expected.Loss)), $"{expected.Name}: loss {expected.Loss:R} fused, {actual.Loss:R} not");
        }
    }

    [Fact]
    public void The_command_prints_width_and_fingerprint_last()
    {
        var one = Run("", "", "--sizes", "7,33,5", "--batch", "19", "--steps", "20", "--seed", "3");
        Assert.Contains("-bit vectors", one[^2], StringComparison.Ordinal);
        Assert.Equal(16, one[^1].Length);
        Assert.Equal(one[^1], Run("GENNET_VECTOR_BITS", "128", "--sizes", "7,33,5", "--batch", "19", "--steps", "20", "--seed", "3")[^1]);
        Assert.Equal(one[^1], Run("", "", "--sizes", "7,33,5", "--batch", "19", "--steps", "20", "--seed", "3", "--threads", "2")[^1]);
        Assert.NotEqual(one[^1], Run("", "", "--sizes", "7,33,5", "--batch", "19", "--steps", "20", "--seed", "4")[^1]);
    }

    /// <summary>Fails unless the file holds these lines of the seed. With GENNET_ACCEPT=1 it will.</summary>
    static void AssertGolden(string file, ulong seed, (string Name, string Fingerprint, double Loss)[] lines)
    {
        var fingerprints = lines.Select(line => $"{seed} {line.Name} {line.Fingerprint}").ToArray();
        var golden = File.ReadAllLines(file).Where(line => line.StartsWith($"{seed} ", StringComparison.Ordinal)).ToArray();
        if (Environment.GetEnvironmentVariable("GENNET_ACCEPT") == "1")
            File.WriteAllLines(file, File.ReadAllLines(file).Except(golden).Concat(fingerprints).Order(StringComparer.Ordinal));
        else
            Assert.Equal(golden, fingerprints.Order(StringComparer.Ordinal));
    }

    /// <summary>What each process printed: two tests may ask for the same.</summary>
    static readonly ConcurrentDictionary<(string, string, ulong, bool, int), Lazy<((string Name, string Fingerprint, double Loss)[] Lines, string Width)>> Suites = new();

    static ((string Name, string Fingerprint, double Loss)[] Lines, string Width) RunSuite(string variable, string value, ulong seed, bool debug, int threads) =>
        Suites.GetOrAdd((variable, value, seed, debug, threads), _ => new(() => StartSuite(variable, value, seed, debug, threads))).Value;

    static ((string Name, string Fingerprint, double Loss)[] Lines, string Width) StartSuite(string variable, string value, ulong seed, bool debug, int threads)
    {
        var lines = Run(variable, value, ["--suite", "--seed", seed.ToString(CultureInfo.InvariantCulture), "--threads", threads.ToString(CultureInfo.InvariantCulture), .. debug ? ["--debug"] : Array.Empty<string>()]);
        return (lines[..^1].Select(line => line.Split(' ')).Select(line => (line[0], line[1], double.Parse(line[2], CultureInfo.InvariantCulture))).ToArray(), lines[^1]);
    }

    static string[] Run(string variable, string value, params string[] arguments) => BenchmarksProgram.Run(variable.Length == 0 ? new Dictionary<string, string>() : new()
    {
        [variable] = value,

        // Counting what code does takes a third of these processes' time; those of the usual build do it.
        ["DOTNET_TieredPGO"] = "0",
    }, ["fingerprint", .. arguments]);

    static string GoldenFile([CallerFilePath] string testFile = "") => Path.Combine(Path.GetDirectoryName(testFile)!, "golden.txt");

    static string UnfusedGoldenFile([CallerFilePath] string testFile = "") => Path.Combine(Path.GetDirectoryName(testFile)!, "golden.unfused.txt");
}
