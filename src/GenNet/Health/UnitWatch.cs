using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet;

/// <summary>Looks for units that are zero for every sample. A group of units that all have been seen to be positive is not looked at again.</summary>
sealed unsafe class UnitWatch
{
    readonly int _units;
    readonly Part[] _parts;

    public UnitWatch(int units, int threads)
    {
        _units = units;
        _parts = [.. Enumerable.Range(0, threads).Select(_ => new Part(units))];
    }

    /// <summary>Looks which units are positive in some row. Threads have a part each.</summary>
    public void Observe(in Rows a, int part) => _parts[part].Observe(a);

    /// <summary>Takes note of what was observed.</summary>
    public void Accept()
    {
        foreach (var part in _parts)
            part.Accept();
    }

    /// <summary>Forgets what was observed but not accepted.</summary>
    public void Begin()
    {
        foreach (var part in _parts)
            part.Begin();
    }

    /// <summary>Bytes of what <see cref="EndEpoch"/> writes.</summary>
    public int Length => _units + 1;

    /// <summary>Starts anew.</summary>
    /// <param name="positive">[units + 1] 1 for each unit that was positive, and for any row that was seen, else 0; written.</param>
    public void EndEpoch(Span<byte> positive)
    {
        positive.Clear();
        for (var unit = 0; unit < _units; unit++)
            foreach (var part in _parts)
                positive[unit] |= part.IsPositive(unit) ? (byte)1 : (byte)0;
        foreach (var part in _parts)
            positive[_units] |= part.Restart() ? (byte)1 : (byte)0;
    }

    /// <summary>The share of the units that were never positive, NaN where no row was seen.</summary>
    public double DeadShare(ReadOnlySpan<byte> positive) => positive[_units] == 0 ? double.NaN : (double)positive[.._units].Count((byte)0) / _units;

    /// <summary>What one thread saw.</summary>
    sealed class Part
    {
        /// <summary>The largest value of each unit, of batches that were accepted and of the rows observed since.</summary>
        readonly AlignedBuffer _largest, _observed;
        readonly int[] _pending;
        readonly int _units;
        int _pendingCount;
        bool _hasAccepted, _hasObserved;

        public Part(int units)
        {
            _units = units;
            _largest = new AlignedBuffer(PanelLayout.RoundUp(units, PanelLayout.Line));
            _observed = new AlignedBuffer(_largest.Length);
            _pending = new int[_largest.Length / PanelLayout.Line];
            Restart();
        }

        public bool IsPositive(int unit) => _largest.Span[unit] > 0;

        public void Observe(in Rows a)
        {
            _hasObserved |= a.Count > 0;
            for (var i = 0; i < _pendingCount; i++)
                HealthKernels.KeepLargest(a, _pending[i] * PanelLayout.Line, _observed.Pointer + _pending[i] * PanelLayout.Line);
        }

        public void Accept()
        {
            if (!_hasObserved)
                return;
            for (var i = _pendingCount - 1; i >= 0; i--)
            {
                var first = _pending[i] * PanelLayout.Line;
                var allPositive = HealthKernels.KeepLargest(new Rows(_observed.Pointer + first, PanelLayout.Line, 1), 0, _largest.Pointer + first);
                _observed.Span.Slice(first, PanelLayout.Line).Clear();
                if (allPositive)
                    _pending[i] = _pending[--_pendingCount];
            }
            (_hasAccepted, _hasObserved) = (true, false);
        }

        public void Begin()
        {
            if (_hasObserved)
                _observed.Span.Clear();
            _hasObserved = false;
        }

        public bool Restart()
        {
            var seen = _hasAccepted;
            _hasAccepted = false;
            _largest.Span[.._units].Clear();

            // Padding is no unit: it must not keep its group from being done.
            _largest.Span[_units..].Fill(1);
            _pendingCount = _pending.Length;
            for (var i = 0; i < _pendingCount; i++)
                _pending[i] = i;
            return seen;
        }
    }
}
