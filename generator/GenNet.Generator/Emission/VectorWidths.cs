namespace GenNet.Generator.Emission;

/// <summary>The widths that emitted code chooses from: the vectors V, H and Q of each, and when they are the ones, the last where no other is.</summary>
static class VectorWidths
{
    public static readonly (string Condition, string Types)[] All =
    [
        ("global::GenNet.Simd.SimdWidth.Bits == 512", Types("Simd512", "Simd256", "Simd128")),
        ("global::GenNet.Simd.SimdWidth.Bits == 256", Types("Simd256", "Simd256", "Simd128")),
        ("global::GenNet.Simd.SimdWidth.HasVectors", Types("Simd128", "Simd128", "Simd128")),
        ("", Types("FourFloats", "FourFloats", "FourFloats")),
    ];

    static string Types(params string[] names) => string.Join(", ", names.Select(name => $"global::GenNet.Simd.{name}"));
}
