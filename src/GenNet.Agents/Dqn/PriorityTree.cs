namespace GenNet.Agents;

/// <summary>Priorities of samples in a tree of sums, so that one is drawn in proportion to its priority in a few steps.</summary>
sealed class PriorityTree
{
    readonly int _leaves;
    readonly double[] _sums;

    /// <summary>The largest priority so far, which what is new gets.</summary>
    double _most = 1;

    public PriorityTree(int capacity)
    {
        _leaves = 1;
        while (_leaves < capacity)
            _leaves = checked(_leaves * 2);
        _sums = new double[2 * _leaves];
    }

    /// <summary>The sum of all priorities.</summary>
    public double Total => _sums[1];

    public double this[int index] => _sums[_leaves + index];

    /// <summary>A sample is new, and as important as any.</summary>
    public void Add(int index) => Set(index, _most);

    /// <summary>Changes the priority of a sample.</summary>
    public void Set(int index, double priority)
    {
        _most = Math.Max(_most, priority);
        var node = _leaves + index;
        _sums[node] = priority;
        while ((node /= 2) > 0)
            _sums[node] = _sums[2 * node] + _sums[2 * node + 1];
    }

    /// <summary>The sample at which the sum of the priorities of those before it, and its own, goes beyond a number from 0 up to <see cref="Total"/>.</summary>
    /// <param name="sum">The number.</param>
    /// <param name="count">Samples that there are.</param>
    public int Find(double sum, int count)
    {
        var node = 1;
        while (node < _leaves)
        {
            node *= 2;
            if (sum >= _sums[node])
                sum -= _sums[node++];
        }

        // Rounding may lead behind the last.
        return Math.Min(node - _leaves, count - 1);
    }

    public void Save(BinaryWriter writer, int count)
    {
        writer.Write(_most);
        for (var index = 0; index < count; index++)
            writer.Write(this[index]);
    }

    public void Load(BinaryReader reader, int count)
    {
        _most = reader.ReadDouble();
        Array.Clear(_sums);
        for (var index = 0; index < count; index++)
            _sums[_leaves + index] = reader.ReadDouble();
        for (var node = _leaves - 1; node > 0; node--)
            _sums[node] = _sums[2 * node] + _sums[2 * node + 1];
    }
}
