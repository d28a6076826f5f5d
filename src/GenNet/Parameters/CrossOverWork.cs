namespace GenNet;

/// <summary>Takes each value from one of two parents: see <see cref="ParameterBlock.CrossOver"/>.</summary>
/// <param name="child">The child's block.</param>
/// <param name="a">That of the parent whose values set bits choose.</param>
/// <param name="b">That of the other.</param>
/// <param name="random">The stream.</param>
/// <param name="bits">Room for <see cref="ValueGroups.Words"/> numbers and one more: a bit for each value.</param>
unsafe struct CrossOverWork(float* child, float* a, float* b, RandomStream random, ulong* bits) : IGroupWork
{
    RandomStream _random = random;

    /// <summary>The stream behind all that was drawn.</summary>
    public readonly RandomStream Random => _random;

    public void Begin(int size) => _random.Fill(bits, (size + 63) / 64);

    public readonly void Apply(int offset, int first, int count) => BlockMath.Select(child + offset, a + offset, b + offset, bits, first, count);
}
