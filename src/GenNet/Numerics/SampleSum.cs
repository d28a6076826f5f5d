using System.Runtime.CompilerServices;
using GenNet.Kernels;

namespace GenNet;

/// <summary>A sum over the samples of a batch in double precision, in the order that <see cref="SampleParts"/> declares.</summary>
unsafe struct SampleSum
{
    fixed double _waiting[SampleParts.MostWaiting];
    int _parts;

    /// <summary>A sum of nothing.</summary>
    public SampleSum()
    {
        // What does not wait yet is not read.
        Unsafe.SkipInit(out this);
        _parts = 0;
    }

    /// <summary>Adds the sum of the next part.</summary>
    public void Add(double part)
    {
        var place = SampleParts.Waiting(_parts);
        for (var merges = SampleParts.Merges(_parts, last: false); merges > 0; merges--)
            part = _waiting[--place] + part;
        _waiting[place] = part;
        _parts++;
    }

    /// <summary>The sum of the parts so far.</summary>
    public readonly double Total
    {
        get
        {
            var place = SampleParts.Waiting(_parts);
            if (place == 0)
                return 0;
            var sum = _waiting[--place];
            while (place > 0)
                sum = _waiting[--place] + sum;
            return sum;
        }
    }
}
