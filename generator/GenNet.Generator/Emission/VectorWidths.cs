namespace GenNet.Generator.Emission;

/// <summary>The widths that emitted code chooses from: the widest vectors V of each, those of eight floats H and of four Q, and when they are the ones, the last where no other is.</summary>
static class VectorWidths
{
    public static readonly (string Condition, string V, string H, string Q)[] All =
    [
        ("global::GenNet.Simd.SimdWidth.Bits == 512", Type("Simd512"), Type("Simd256"), Type("Simd128")),
        ("global::GenNet.Simd.SimdWidth.Bits == 256", Type("Simd256"), Type("Simd256"), Type("Simd128")),
        ("global::GenNet.Simd.SimdWidth.HasVectors", Type("Simd128"), Type("Simd128"), Type("Simd128")),
        ("", Type("FourFloats"), Type("FourFloats"), Type("FourFloats")),
    ];

    static string Type(string name) => $"global::GenNet.Simd.{name}";
}
