using System.Globalization;
using GenNet.Simd;

namespace Fingerprints;

/// <summary>Prints the lines of the golden file for each seed, and how this processor multiplies and adds.</summary>
static class Program
{
    static void Main(string[] seeds)
    {
        foreach (var seed in seeds)
            foreach (var (name, fingerprint, _) in FingerprintSuite.Compute(ulong.Parse(seed, CultureInfo.InvariantCulture)))
                Console.WriteLine($"{seed} {name} {fingerprint:x16}");
        Console.WriteLine($"{SimdWidth.Bits}-bit vectors, {(SimdWidth.HasFusedMultiplyAdd ? "fused multiply-add" : "no fused multiply-add")}");
    }
}
