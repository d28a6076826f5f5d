using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace GenNet.Simd;

/// <summary>Which vector width this process computes with. Results have the same bits on every width.</summary>
/// <remarks>
/// The environment variable <c>GENNET_VECTOR_BITS</c> or the AppContext value <c>GenNet.VectorBits</c> (128, 256 or 512)
/// lowers the width, for tests and for machines where wide vectors cost clock speed. Neither can raise it above the hardware's.
/// </remarks>
public static class SimdWidth
{
    /// <summary>512, 256 or 128 bits, or 32 where there are no vectors: chosen once, when the process starts.</summary>
    public static readonly int Bits = Math.Min(Hardware(), Limit());

    /// <summary>Whether multiply-adds are rounded once. Without it results differ from those of other machines in the last bits.</summary>
    public static bool HasFusedMultiplyAdd => Fma.IsSupported || AdvSimd.IsSupported;

    /// <summary>Whether there are vectors at all. Without them kernels run on single floats: <see cref="FourFloats"/>.</summary>
    public static bool HasVectors => Vector128.IsHardwareAccelerated;

    static int Hardware() =>
        Avx512F.IsSupported && Vector512.IsHardwareAccelerated ? 512
        : Fma.IsSupported && Avx2.IsSupported && Vector256.IsHardwareAccelerated ? 256
        : HasVectors ? 128 : 32;

    static int Limit()
    {
        var setting = Environment.GetEnvironmentVariable("GENNET_VECTOR_BITS") ?? AppContext.GetData("GenNet.VectorBits")?.ToString();
        return setting switch
        {
            null or "" or "512" => 512,
            "256" => 256,
            "128" => 128,
            _ => throw new InvalidOperationException($"GENNET_VECTOR_BITS (or GenNet.VectorBits) must be 128, 256 or 512, not '{setting}'."),
        };
    }
}
