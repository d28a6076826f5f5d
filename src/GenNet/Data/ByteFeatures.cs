using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GenNet;

/// <summary>
/// Features that are bytes in memory. What each byte stands for is in a table, for each channel its own, and rows are looked up in it while a batch is drawn:
/// a scale, or means and deviations computed in double precision, cost nothing more and give the bits that floats would have.
/// </summary>
sealed class ByteFeatures : Features
{
    /// <summary>Values of a byte.</summary>
    const int Bytes = 256;

    readonly ReadOnlyMemory<byte> _values;

    // [_period][256]: feature i of a sample has table i mod _period.
    readonly float[] _table;
    readonly int _period;

    /// <summary>Bytes that stand for 0…1.</summary>
    /// <param name="values">[samples, <paramref name="size"/>] features, kept.</param>
    /// <param name="size">Features of one sample.</param>
    /// <exception cref="ArgumentException">There is no sample, or they are not whole samples.</exception>
    public ByteFeatures(ReadOnlyMemory<byte> values, int size) : this(values, size, Scale(1 / 255.0), isScaled: true) { }

    /// <param name="values">[samples, <paramref name="size"/>] features, kept.</param>
    /// <param name="size">Features of one sample.</param>
    /// <param name="table">[channels, 256] what each byte of a channel stands for.</param>
    /// <param name="isScaled">Whether that is the byte times a number.</param>
    ByteFeatures(ReadOnlyMemory<byte> values, int size, float[] table, bool isScaled) : base(size, overlap: false)
    {
        CheckLength(values.Length, size, "inputs");
        (_values, _table, _period, Count, IsScaled) = (values, table, table.Length / Bytes, values.Length / size, isScaled);
        AreFinite = Array.TrueForAll(table, float.IsFinite);
    }

    public override int Count { get; }

    public override bool AreFinite { get; }

    /// <summary>All of them.</summary>
    public ReadOnlySpan<byte> Values => _values.Span;

    /// <summary>Whether what a byte stands for is the byte times a number.</summary>
    public bool IsScaled { get; }

    public override bool AreScaledBytes => !IsScaled || _table[1] != 1;

    /// <summary>The same bytes, each of which stands for so many times its number.</summary>
    public ByteFeatures WithScale(double scale) => new(_values, Size, Scale(scale), isScaled: true);

    public override void CopyRows(ReadOnlySpan<int> samples, Span<float> rows)
    {
        for (var i = 0; i < samples.Length; i++)
        {
            if (i + 1 < samples.Length)
                Fetch(Values.Slice(samples[i + 1] * Size, Size));
            LookUp(Values.Slice(samples[i] * Size, Size), rows.Slice(i * Size, Size));
        }
    }

    public override void CopyRows(int first, Span<float> rows) => LookUp(Values.Slice(first * Size, rows.Length), rows);

    public override Features Subset(ReadOnlySpan<int> samples) => new ByteFeatures(GatherRows(Values, Size, samples), Size, _table, IsScaled);

    protected override Features Joined(int count, int steps) => new ByteFeatures(_values[..(count * steps * Size)], steps * Size, _table, IsScaled);

    /// <summary>Bytes with another table, where it takes less memory than floats would: for a feature of its own each, of few samples, it does not.</summary>
    public override Features Standardized(Standardizer standardizer, bool inverse)
    {
        var period = LeastCommonMultiple(_period, standardizer.Period);
        if (period > Count * (long)Size / Bytes && period > _period)
            return ToFloats().Standardized(standardizer, inverse);
        var table = new float[period * Bytes];
        for (var i = 0; i < table.Length; i++)
        {
            var (feature, value) = (i / Bytes, _table[i % _table.Length]);
            table[i] = inverse ? standardizer.InverseTransform(feature, value) : standardizer.Transform(feature, value);
        }
        return new ByteFeatures(_values, Size, table, isScaled: false);
    }

    /// <summary>Bytes, rounded, where each stands for the same at every pixel.</summary>
    public override Features Resized(ImageResizer resizer)
    {
        var size = resizer.To.Features;
        if (resizer.To.Channels % _period != 0)
            return ToFloats().Resized(resizer);
        var values = new byte[Count * size];
        for (var i = 0; i < Count; i++)
            resizer.Resize(Values.Slice(i * Size, Size), values.AsSpan(i * size, size));
        return new ByteFeatures(values, size, _table, IsScaled);
    }

    public override ulong Hash(ulong seed) => EpochSource.Hash<float>(_table, EpochSource.Hash(Values, seed));

    static float[] Scale(double scale)
    {
        var table = new float[Bytes];
        for (var value = 0; value < Bytes; value++)
            table[value] = (float)(value * scale);
        return table;
    }

    /// <summary>Of divisors of the number of features: a divisor of it too.</summary>
    static int LeastCommonMultiple(int a, int b)
    {
        var (x, y) = (a, b);
        while (y != 0)
            (x, y) = (y, x % y);
        return a / x * b;
    }

    /// <summary>Rows in random order are far apart in memory: the next is asked for while one is looked up.</summary>
    static unsafe void Fetch(ReadOnlySpan<byte> row)
    {
        const int CacheLine = 64, Most = 4096;
        if (!Sse.IsSupported)
            return;
        fixed (byte* x = row)
            for (var i = 0; i < Math.Min(row.Length, Most); i += CacheLine)
                Sse.Prefetch0(x + i);
    }

    /// <summary>Whole pixels.</summary>
    unsafe void LookUp(ReadOnlySpan<byte> values, Span<float> result)
    {
        fixed (byte* x = values)
        fixed (float* y = result, table = _table)
            if (_period == 1)
                LookUp(x, y, values.Length, table);
            else
                LookUp(x, y, values.Length, table, _period);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static unsafe void LookUp(byte* x, float* y, nint count, float* table)
    {
        nint i = 0;
        for (; i <= count - 4; i += 4)
            Vector128.Create(table[x[i]], table[x[i + 1]], table[x[i + 2]], table[x[i + 3]]).Store(y + i);
        for (; i < count; i++)
            y[i] = table[x[i]];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static unsafe void LookUp(byte* x, float* y, nint count, float* table, nint period)
    {
        for (nint pixel = 0; pixel < count; pixel += period)
        {
            var ofChannel = table;
            for (nint i = pixel; i < pixel + period; i++, ofChannel += Bytes)
                y[i] = ofChannel[x[i]];
        }
    }
}
