using System.Runtime.CompilerServices;

namespace GenNet;

/// <summary>Adds a normally distributed number to some values, from one that is chosen to the next: see <see cref="ParameterBlock.Mutate"/>.</summary>
/// <param name="length">How many values there are.</param>
/// <param name="deviation">The numbers' standard deviation.</param>
/// <param name="factor">See <see cref="GenNet.Kernels.Gaps.Factor"/>.</param>
/// <param name="random">The stream.</param>
/// <param name="gaps">Room for <see cref="AtOnce"/> gaps.</param>
/// <param name="chosen">Room for as many places of what is chosen.</param>
/// <param name="normals">Room for as many numbers.</param>
unsafe struct MutationOfSome(int length, float deviation, float factor, RandomStream random, int* gaps, long* chosen, float* normals)
{
    /// <summary>Values that are chosen at a time.</summary>
    public const int AtOnce = 64;

    RandomStream _random = random;

    /// <summary>The values that have been dealt with.</summary>
    long _done;

    /// <summary>The next of those chosen.</summary>
    int _next;

    /// <summary>Works on all values.</summary>
    /// <param name="values">The block.</param>
    /// <param name="runs">Where they lie.</param>
    /// <returns>The stream behind all that was drawn.</returns>
    public RandomStream Run(float* values, ValueRun[] runs)
    {
        Choose(-1);
        foreach (var run in runs)
            for (int time = 0, offset = run.Offset; time < run.Times; time++, offset += run.Stride)
                Apply(values + offset, run.Count);
        return _random;
    }

    /// <summary>Chooses values after one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Choose(long last)
    {
        _random.FillGaps(gaps, AtOnce, factor);

        // Locals, because the compiler must fear that what is written changes fields.
        int* lengths = gaps;
        var places = chosen;
        for (var i = 0; i < AtOnce; i++)
        {
            var step = 1L + lengths[i];
            last += step;
            places[i] = last;
        }
        var count = AtOnce;
        while (count > 0 && places[count - 1] >= length)
            count--;
        _random.NextNormals(new Span<float>(normals, count));
        _next = 0;
    }

    /// <summary>Works on values that stand side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Apply(float* x, int count)
    {
        x -= _done;
        var numbers = normals;
        var places = chosen;
        var (scale, done, next) = (deviation, _done += count, _next);
        for (; places[AtOnce - 1] < done; next = 0)
        {
            for (; next < AtOnce; next++)
                x[places[next]] += scale * numbers[next];
            Choose(places[AtOnce - 1]);
        }
        for (; places[next] < done; next++)
            x[places[next]] += scale * numbers[next];
        _next = next;
    }
}
