namespace GenNet.Kernels;

/// <summary>Fills memory with a number.</summary>
static class Filling
{
    /// <summary>As <see cref="Span{T}.Fill"/>, which every process compiles anew, with vectors of the framework's that nothing else here uses: a millisecond of a program's start.</summary>
    public static void SetAll(this Span<float> target, float value)
    {
        for (var i = 0; i < target.Length; i++)
            target[i] = value;
    }
}
