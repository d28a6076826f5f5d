using System.ComponentModel;
using GenNet.Runtime;

namespace GenNet;

/// <summary>The weights and biases of one transposed convolution, or the gradients of them.</summary>
public readonly struct Conv2DTransposeParameters
{
    readonly Conv2DTransposeShape _shape;
    readonly WeightMatrix? _weights;
    readonly ParameterVector? _biases;

    /// <summary>Views the layer number <paramref name="layer"/>, from 0, at its place among the network's parameters.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Conv2DTransposeParameters(ParameterBlock block, int layer, Conv2DTransposeShape shape)
    {
        ArgumentNullException.ThrowIfNull(block);
        _shape = shape;
        var views = block.Views(layer);
        _weights = views.Weights ??= new WeightMatrix(block, shape.Offset, shape.Depth, shape.Channels);
        _biases = views.First ??= new ParameterVector(block, shape.BiasOffset, shape.Filters);
    }

    /// <summary>Channels that the layer takes.</summary>
    public int Channels => _shape.Channels;

    /// <summary>Channels that the layer gives.</summary>
    public int Filters => _shape.Filters;

    /// <summary>Rows of the kernel.</summary>
    public int KernelHeight => _shape.Window.Height;

    /// <summary>Columns of the kernel.</summary>
    public int KernelWidth => _shape.Window.Width;

    /// <summary>The weight from channel <paramref name="channel"/> to filter <paramref name="filter"/> at place (<paramref name="row"/>, <paramref name="column"/>) of the kernel, in PyTorch's order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the kernel.</exception>
    public float this[int channel, int filter, int row, int column]
    {
        get => Weights[channel, Index(filter, row, column)];
        set => Weights[channel, Index(filter, row, column)] = value;
    }

    /// <summary>The weights as a matrix [<see cref="Channels"/>, <see cref="KernelHeight"/> × <see cref="KernelWidth"/> × <see cref="Filters"/>].</summary>
    public WeightMatrix Weights => _weights ?? throw Missing();

    /// <summary>The biases, [<see cref="Filters"/>].</summary>
    public ParameterVector Biases => _biases ?? throw Missing();

    int Index(int filter, int row, int column)
    {
        Check(filter, Filters, nameof(filter));
        Check(row, KernelHeight, nameof(row));
        Check(column, KernelWidth, nameof(column));
        return (row * KernelWidth + column) * Filters + filter;
    }

    static void Check(int index, int count, string name)
    {
        if ((uint)index >= (uint)count)
            throw new ArgumentOutOfRangeException(name, index, $"The kernel has {count} of them, counted from 0.");
    }

    static InvalidOperationException Missing() => new("This Conv2DTransposeParameters is the default, of no layer: take those of a layer, network.Parameters.Conv2DTranspose(0).");
}
