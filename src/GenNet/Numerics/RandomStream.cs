using System.Text.Json.Serialization;
using GenNet.Kernels;

namespace GenNet;

/// <summary>
/// GenNet's random numbers, version 1: a counter-based generator whose numbers are the same on every machine and in every release.
/// </summary>
/// <remarks>
/// Number <c>i</c> of a stream is <c>mix(key + i·φ)</c>, with <c>φ = 0x9E3779B97F4A7C15</c> and SplitMix64's finaliser
/// (Steele, Lea and Flood, <i>Fast Splittable Pseudorandom Number Generators</i>, OOPSLA 2014).
/// The whole state is the key and the counter, so a stream is saved, resumed and split by copying two numbers.
/// Only integer operations, IEEE addition, multiplication, division and square root are used.
/// </remarks>
public struct RandomStream
{
    internal const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>Starts the stream of <paramref name="seed"/>.</summary>
    public RandomStream(ulong seed) : this(Mix(seed + Golden), 0) { }

    [JsonConstructor]
    RandomStream(ulong key, ulong counter) => (Key, Counter) = (key, counter);

    /// <summary>Which stream this is.</summary>
    public ulong Key { get; }

    /// <summary>How many 64-bit numbers have been drawn.</summary>
    public ulong Counter { get; private set; }

    /// <summary>A stream restored from its <see cref="Key"/> and <see cref="Counter"/>.</summary>
    public static RandomStream Resume(ulong key, ulong counter) => new(key, counter);

    /// <summary>The independent stream number <paramref name="index"/> of this one; drawing from either leaves the other as it was.</summary>
    public readonly RandomStream Split(ulong index) => new(Mix(Key ^ Mix(index * Golden + 0xD1B54A32D192ED03)), 0);

    /// <summary>The independent stream of this one for a purpose: weights, shuffling, dropout, augmentation.</summary>
    public readonly RandomStream SplitFor(RandomPurpose purpose) => Split(0x1_0000_0000UL + (uint)purpose);

    /// <summary>64 uniformly distributed bits.</summary>
    public ulong NextUInt64() => Mix(Key + ++Counter * Golden);

    /// <summary>A uniformly distributed number in [0, 1), a multiple of 2⁻²⁴.</summary>
    public float NextSingle() => (NextUInt64() >> 40) * (1f / (1 << 24));

    /// <summary>A uniformly distributed number in [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A uniformly distributed integer in [0, <paramref name="exclusiveMaximum"/>), without bias (Lemire, <i>Fast Random Integer Generation in an Interval</i>, 2019).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="exclusiveMaximum"/> is not positive.</exception>
    public int NextInt32(int exclusiveMaximum)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusiveMaximum);
        var range = (uint)exclusiveMaximum;
        var product = (ulong)(uint)(NextUInt64() >> 32) * range;
        if ((uint)product < range)
        {
            var threshold = (0u - range) % range;
            while ((uint)product < threshold)
                product = (ulong)(uint)(NextUInt64() >> 32) * range;
        }
        return (int)(product >> 32);
    }

    /// <summary>A normally distributed number with mean 0 and standard deviation 1 (Marsaglia's polar method).</summary>
    public double NextNormal()
    {
        while (true)
        {
            var u = 2 * NextDouble() - 1;
            var v = 2 * NextDouble() - 1;
            var s = u * u + v * v;
            if (s is > 0 and < 1)
                return u * Math.Sqrt(-2 * Log(s) / s);
        }
    }

    /// <summary>
    /// Fills a span with normally distributed numbers of mean 0 and standard deviation 1, in a nanosecond or two each. Other numbers than <see cref="NextNormal"/>'s.
    /// </summary>
    /// <remarks>
    /// Box and Muller's method on pairs. Of each 32 numbers the first 16 and the last 16 are the two coordinates of 16 points, each from one 64-bit number:
    /// with s its upper half, the lowest bit set, as a signed integer, t its lower half as one over 2³², and r = √(−2 ln(|s|/2³¹)),
    /// the first is r·cos πt with the sign of s, the second r·sin πt. So they are from −6.56 to 6.56.
    /// Computed in single precision without fused multiply-adds: the same bits on every machine, within 4·10⁻⁷ of the exact ones, or of a relative 4·10⁻⁷ beyond 1.
    /// n numbers take 16·⌊n/32⌋ + min(n mod 32, 16) of the stream's; the first of them do not depend on n, and spans of multiples of 32 filled one after the other are as one span.
    /// </remarks>
    public unsafe void NextNormals(Span<float> destination)
    {
        fixed (float* target = destination)
            NormalNumbers.Fill(target, destination.Length, Key, Counter);
        SkipNormals(destination.Length);
    }

    /// <summary>Moves on as <see cref="NextNormals"/> does for so many numbers.</summary>
    internal void SkipNormals(int count) => Counter += (ulong)NormalNumbers.Drawn(count);

    /// <summary>Fills a span with the numbers that as many calls of <see cref="NextSingle"/> give.</summary>
    public unsafe void NextSingles(Span<float> destination)
    {
        fixed (float* target = destination)
            RandomNumbers.FillSingles(target, destination.Length, Key, Counter);
        Counter += (ulong)destination.Length;
    }

    /// <summary>How many are passed over before the next that is chosen: see <see cref="Gaps"/>.</summary>
    internal unsafe void FillGaps(int* gaps, int count, float factor)
    {
        Gaps.Fill(gaps, count, factor, Key, Counter);
        Counter += (ulong)count;
    }

    /// <summary>The next numbers, as <see cref="NextUInt64"/> gives them.</summary>
    internal unsafe void Fill(ulong* numbers, int count)
    {
        RandomNumbers.Fill(numbers, count, Key, Counter);
        Counter += (ulong)count;
    }

    /// <summary>Puts <paramref name="items"/> in a random order (Fisher and Yates).</summary>
    public void Shuffle(Span<int> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = NextInt32(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>SplitMix64's finaliser.</summary>
    internal static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>ln x for a normal x: ln(2ᵉ·m) = e·ln 2 + 2·artanh((m − 1)/(m + 1)), the series summed until it no longer changes a double.</summary>
    static double Log(double x)
    {
        var bits = BitConverter.DoubleToUInt64Bits(x);
        var exponent = (int)(bits >> 52) - 1023;
        var m = BitConverter.UInt64BitsToDouble((bits & 0xFFFFFFFFFFFFF) | 0x3FF0000000000000);
        if (m > 1.4142135623730951)
        {
            m *= 0.5;
            exponent++;
        }
        var s = (m - 1) / (m + 1);
        var t = s * s;
        var sum = 0.0;
        for (var n = 23; n >= 1; n -= 2)
            sum = sum * t + 1.0 / n;
        return exponent * 0.6931471805599453 + 2 * s * sum;
    }
}

/// <summary>What a <see cref="RandomStream"/> is split off for. The numbers are part of the format and never change.</summary>
public enum RandomPurpose
{
    /// <summary>Initial weights.</summary>
    Weights = 1,

    /// <summary>The order of the samples.</summary>
    Shuffling = 2,

    /// <summary>Dropout masks.</summary>
    Dropout = 3,

    /// <summary>How images are altered: see <see cref="GenNet.Augmentation"/>.</summary>
    Augmentation = 4,
}
