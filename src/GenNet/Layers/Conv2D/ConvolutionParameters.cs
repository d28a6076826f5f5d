using System.ComponentModel;
using GenNet.Runtime;

namespace GenNet;

/// <summary>The weights and biases of one convolution, or the gradients of them.</summary>
public readonly struct ConvolutionParameters
{
    readonly ConvolutionShape _shape;
    readonly WeightMatrix? _weights;
    readonly ParameterVector? _biases;

    /// <summary>Views the layer number <paramref name="layer"/>, from 0, at its place among the network's parameters.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ConvolutionParameters(ParameterBlock block, int layer, ConvolutionShape shape)
    {
        ArgumentNullException.ThrowIfNull(block);
        _shape = shape;
        var views = block.Views(layer);
        _weights = views.Weights ??= new WeightMatrix(block, shape.Offset, shape.Depth, shape.Filters);
        _biases = views.First ??= new ParameterVector(block, shape.BiasOffset, shape.Filters);
    }

    /// <summary>Channels that a filter takes: those that the layer takes, or those of a group.</summary>
    public int Channels => _shape.Channels / Math.Max(1, _shape.Groups);

    /// <summary>Channels that the layer gives.</summary>
    public int Filters => _shape.Filters;

    /// <summary>Rows of the kernel.</summary>
    public int KernelHeight => _shape.Window.Height;

    /// <summary>Columns of the kernel.</summary>
    public int KernelWidth => _shape.Window.Width;

    /// <summary>The weight of filter <paramref name="filter"/> for channel <paramref name="channel"/> at place (<paramref name="row"/>, <paramref name="column"/>) of the kernel.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the kernel.</exception>
    public float this[int filter, int channel, int row, int column]
    {
        get => Weights[filter, Index(filter, channel, row, column, nameof(column))];
        set => Weights[filter, Index(filter, channel, row, column, nameof(column))] = value;
    }

    /// <summary>The weight of filter <paramref name="filter"/> for channel <paramref name="channel"/> at place <paramref name="place"/> of a kernel of one row, such as one along steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the kernel.</exception>
    /// <exception cref="InvalidOperationException">The kernel has several rows.</exception>
    public float this[int filter, int channel, int place]
    {
        get => Weights[filter, IndexInRow(filter, channel, place)];
        set => Weights[filter, IndexInRow(filter, channel, place)] = value;
    }

    /// <summary>The weights as a matrix [<see cref="Filters"/>, <see cref="KernelHeight"/> × <see cref="KernelWidth"/> × <see cref="Channels"/>], the order in which a sum takes them.</summary>
    public WeightMatrix Weights => _weights ?? throw Missing();

    /// <summary>The biases, [<see cref="Filters"/>].</summary>
    public ParameterVector Biases => _biases ?? throw Missing();

    int Index(int filter, int channel, int row, int column, string place)
    {
        Check(filter, Filters, nameof(filter));
        Check(channel, Channels, nameof(channel));
        Check(row, KernelHeight, nameof(row));
        Check(column, KernelWidth, place);
        return (row * KernelWidth + column) * Channels + channel;
    }

    int IndexInRow(int filter, int channel, int place) => KernelHeight > 1
        ? throw new InvalidOperationException($"The kernel has {KernelHeight} rows: give a filter, a channel, a row and a column.")
        : Index(filter, channel, 0, place, nameof(place));

    static void Check(int index, int count, string name)
    {
        if ((uint)index >= (uint)count)
            throw new ArgumentOutOfRangeException(name, index, $"The kernel has {count} of them, counted from 0.");
    }

    static InvalidOperationException Missing() => new("This ConvolutionParameters is the default, of no layer: take those of a layer, network.Parameters.Conv2D(0).");
}
