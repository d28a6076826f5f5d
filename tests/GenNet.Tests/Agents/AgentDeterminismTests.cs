using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using GenNet.Simd;
using GenNet.Tests.Benchmarks;

namespace GenNet.Tests.Agents;

/// <summary>
/// Every algorithm, stopped and resumed in the middle, learns to the same bits in processes with other vector widths and numbers of threads, and on other machines: compared with the golden file.
/// With GENNET_ACCEPT=1 it is written anew.
/// </summary>
public class AgentDeterminismTests
{
    public static TheoryData<string, string, int, int> Processes()
    {
        var widest = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        var data = new TheoryData<string, string, int, int> { { "", "", widest, 1 }, { "", "", widest, 2 }, { "GENNET_VECTOR_BITS", "128", 128, 3 } };
        if (widest >= 256)
            data.Add("GENNET_VECTOR_BITS", "256", 256, 1);
        return data;
    }

    [Theory]
    [MemberData(nameof(Processes))]
    public void Learns_to_the_same_bits(string variable, string value, int bits, int threads)
    {
        if (!SimdWidth.HasFusedMultiplyAdd)
            return; // Documented to give other bits.
        var lines = Run(variable, value, threads);
        Assert.Equal($"{bits}-bit vectors, fused multiply-add", lines[^1]);
        if (Environment.GetEnvironmentVariable("GENNET_ACCEPT") == "1")
            File.WriteAllLines(GoldenFile(), lines[..^1]);
        else
            Assert.Equal(File.ReadAllLines(GoldenFile()), lines[..^1]);
    }

    [Fact]
    public void Without_fused_multiply_add_there_are_other_bits_and_one_kind_of_them()
    {
        if (!X86Base.IsSupported || !SimdWidth.HasFusedMultiplyAdd)
            return;
        string[] vectors = Run("DOTNET_EnableAVX", "0", 1), none = Run("DOTNET_EnableHWIntrinsic", "0", 2);
        Assert.Equal(("128-bit vectors, no fused multiply-add", "32-bit vectors, no fused multiply-add"), (vectors[^1], none[^1]));
        Assert.Equal(vectors[..^1], none[..^1]);
        Assert.NotEqual(File.ReadAllLines(GoldenFile()), vectors[..^1]);
    }

    static string[] Run(string variable, string value, int threads) => BenchmarksProgram.Run(
        variable.Length == 0 ? new Dictionary<string, string>() : new() { [variable] = value }, "agents", "--fingerprint", "--threads", threads.ToString(CultureInfo.InvariantCulture));

    static string GoldenFile([CallerFilePath] string testFile = "") => Path.Combine(Path.GetDirectoryName(testFile)!, "golden.txt");
}
