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
        // Most batches have one part; what the others need is compiled when the first of them comes.
        if (_parts == 0)
        {
            _waiting[0] = part;
            _parts = 1;
        }
        else
            AddNext(part);
    }

    void AddNext(double part)
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
        get => _parts == 0 ? 0 : _parts == 1 ? _waiting[0] : TotalOfParts();
    }

    readonly double TotalOfParts()
    {
        var place = SampleParts.Waiting(_parts);
        var sum = _waiting[--place];
        while (place > 0)
            sum = _waiting[--place] + sum;
        return sum;
    }
}
