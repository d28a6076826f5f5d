using System.Runtime.CompilerServices;
using GenNet.Kernels;

namespace GenNet;

/// <summary>Adds a normally distributed number to some values, from one that is chosen to the next: see <see cref="ParameterBlock.Mutate"/>.</summary>
/// <param name="deviation">The numbers' standard deviation.</param>
/// <param name="factor">See <see cref="Gaps.Factor"/>.</param>
/// <param name="random">The stream.</param>
/// <param name="gaps">Room for <see cref="AtOnce"/> gaps.</param>
/// <param name="normals">Room for as many numbers.</param>
unsafe struct MutationOfSome(float deviation, float factor, RandomStream random, int* gaps, float* normals)
{
    /// <summary>Gaps that are drawn at a time.</summary>
    public const int AtOnce = 64;

    RandomStream _random = random;

    /// <summary>The values that have been dealt with, and the place of the next that is chosen.</summary>
    long _done, _place = -1;

    /// <summary>The number of its gap.</summary>
    int _next;

    /// <summary>Works on all values.</summary>
    /// <param name="values">The block.</param>
    /// <param name="runs">Where they lie.</param>
    /// <returns>The stream behind all that was drawn.</returns>
    public RandomStream Run(float* values, ValueRun[] runs)
    {
        Draw();
        _place += 1L + gaps[0];
        foreach (var run in runs)
            for (int time = 0, offset = run.Offset; time < run.Times; time++, offset += run.Stride)
                Apply(values + offset, run.Count);

        // How many numbers the last gaps lead to is known now.
        _random.SkipNormals(_next);
        return _random;
    }

    /// <summary>Draws gaps, and looks at the numbers that come next: as many as they may lead to.</summary>
    void Draw()
    {
        _random.FillGaps(gaps, AtOnce, factor);
        var numbers = _random;
        numbers.NextNormals(new Span<float>(normals, AtOnce));
    }

    /// <summary>Works on values that stand side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Apply(float* x, int count)
    {
        x -= _done;

        // Locals, because the compiler must fear that what is written changes fields.
        int* lengths = gaps;
        var numbers = normals;
        var (scale, done, place, next) = (deviation, _done += count, _place, _next);
        while (place < done)
        {
            x[place] += scale * numbers[next];
            if (++next == AtOnce)
            {
                _random.SkipNormals(AtOnce);
                Draw();
                next = 0;
            }
            place += 1L + lengths[next];
        }
        (_place, _next) = (place, next);
    }
}
