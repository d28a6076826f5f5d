namespace GenNet.Benchmarks;

/// <summary>Native code of some methods.</summary>
/// <param name="Methods">How many they are.</param>
/// <param name="Bytes">All their bytes.</param>
/// <param name="Largest">The bytes of the largest.</param>
/// <param name="NotOptimized">How many of them the JIT did not optimise, though it was to: it gives up ("MinOpts") where a method is too large.</param>
readonly record struct CodeSize(int Methods, int Bytes, int Largest, int NotOptimized);
