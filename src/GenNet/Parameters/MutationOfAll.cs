namespace GenNet;

/// <summary>Adds a normally distributed number to every value: see <see cref="ParameterBlock.Mutate"/>.</summary>
/// <param name="values">The block.</param>
/// <param name="deviation">The numbers' standard deviation.</param>
/// <param name="random">The stream.</param>
/// <param name="normals">Room for <see cref="ValueGroups.Size"/> numbers.</param>
unsafe struct MutationOfAll(float* values, float deviation, RandomStream random, float* normals) : IGroupWork
{
    RandomStream _random = random;

    /// <summary>The stream behind all that was drawn.</summary>
    public readonly RandomStream Random => _random;

    public void Begin(int size) => _random.NextNormals(new Span<float>(normals, size));

    public readonly void Apply(int offset, int first, int count) => BlockMath.AddScaled(values + offset, normals + first, count, deviation);
}
