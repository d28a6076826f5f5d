using System.Numerics;

namespace GenNet.Agents;

/// <summary>Priorities of samples in a tree of sums, so that one is drawn in proportion to its priority in a few steps.</summary>
sealed class PriorityTree
{
    readonly int _leaves;
    readonly double[] _sums;

    /// <summary>[1] the largest priority so far, which what is new gets.</summary>
    readonly double[] _most = [1];

    public PriorityTree(int capacity)
    {
        _leaves = (int)(Numbers(capacity) / 2);
        _sums = new double[2 * _leaves];
    }

    /// <summary>The sum of all priorities.</summary>
    public double Total => _sums[1];

    public double this[int index] => _sums[_leaves + index];

    /// <summary>A sample is new, and as important as any.</summary>
    public void Add(int index) => Set(index, _most[0]);

    /// <summary>Changes the priority of a sample.</summary>
    public void Set(int index, double priority)
    {
        _most[0] = Math.Max(_most[0], priority);
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

    /// <summary>Adds the priorities of the samples that there are.</summary>
    public void AddTo(RunArrays arrays, int count)
    {
        arrays.Add(_most);
        arrays.Add(_sums, _leaves, count);
        arrays.Then(() =>
        {
            Array.Clear(_sums, _leaves + count, _leaves - count);
            for (var node = _leaves - 1; node > 0; node--)
                _sums[node] = _sums[2 * node] + _sums[2 * node + 1];
        });
    }

    /// <summary>Numbers of the tree of so many samples.</summary>
    public static Int128 Numbers(int capacity) => 2 * (Int128)BitOperations.RoundUpToPowerOf2((uint)capacity);
}
