using GenNet.Kernels;

namespace GenNet;

/// <summary>What an optimiser keeps for each parameter: blocks of the network's layout, one for each value, at equal distances.</summary>
sealed unsafe class OptimizerStates
{
    readonly string[] _names;
    readonly ParameterBlock[] _blocks;
    readonly AlignedBuffer _buffer;

    public OptimizerStates(ParameterBlock weights, string[] names)
    {
        _names = names;

        // An odd number of cache lines apart: blocks a power of two apart fall on each other in the cache.
        var lines = weights.Span.Length / PanelLayout.Line | 1;
        Stride = lines * PanelLayout.Line;
        _buffer = new AlignedBuffer(checked((int)Stride * names.Length));
        _blocks = new ParameterBlock[names.Length];
        for (var index = 0; index < names.Length; index++)
            _blocks[index] = weights.Like(_buffer.Slice(index * (int)Stride, weights.Span.Length));
    }

    public IReadOnlyList<string> Names => _names;

    /// <summary>The first block.</summary>
    public float* Pointer => _buffer.Pointer;

    /// <summary>Floats from one block to the next.</summary>
    public nint Stride { get; }

    public ParameterBlock this[int index] => _blocks[index];

    /// <summary>The block of a name, or null.</summary>
    public ParameterBlock? Find(string name)
    {
        var index = Array.IndexOf(_names, name);
        return index < 0 ? null : _blocks[index];
    }

    /// <summary>Whether these are what an optimiser keeps.</summary>
    public bool Fit<TOptimizer>(in TOptimizer optimizer) where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        var fit = optimizer.StateCount == _names.Length;
        for (var index = 0; fit && index < _names.Length; index++)
            fit = optimizer.StateName(index) == _names[index];
        return fit;
    }

    /// <exception cref="ArgumentException">The other states are of other layers.</exception>
    public void CopyFrom(OptimizerStates source)
    {
        for (var index = 0; index < _blocks.Length; index++)
            _blocks[index].CopyFrom(source._blocks[index]);
    }
}
