using GenNet.Kernels;

namespace GenNet;

/// <summary>
/// Describes a network whose layers become known at run time, such as one in a file, to compare it with a compiled one
/// or to hold its parameters in a <see cref="ParameterBlock"/>. Only compiled networks compute.
/// </summary>
/// <param name="inputs">Features of one sample.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="inputs"/> is not positive.</exception>
public sealed class ArchitectureBuilder(int inputs)
{
    readonly List<Layer> _layers = [];
    int _trained, _statistics;

    /// <summary>Values that the next layer takes.</summary>
    public int Units { get; private set; } = inputs > 0 ? inputs : throw new ArgumentOutOfRangeException(nameof(inputs), inputs, "A network has at least 1 input.");

    /// <inheritdoc cref="NetworkArchitecture.InputSchema"/>
    public string? InputSchema { get; set; }

    /// <inheritdoc cref="NetworkArchitecture.OutputSchema"/>
    public string? OutputSchema { get; set; }

    /// <summary>Adds a dense layer.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="outputs"/> is not positive, or the network would not fit into an array.</exception>
    public ArchitectureBuilder Dense(int outputs, LayerActivation activation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outputs);
        ThrowIfTooLarge((outputs + (long)PanelLayout.Width) * (Units + 1L) + PanelLayout.Line, nameof(outputs));
        var shape = new DenseShape(Units, outputs, 1, _trained);
        _trained = shape.End;
        Units = outputs;
        return Append(new DenseLayer(shape, activation));
    }

    /// <summary>Adds a batch normalisation.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The network would not fit into an array.</exception>
    public ArchitectureBuilder BatchNorm(LayerActivation activation, float momentum, float epsilon)
    {
        var shape = Norm(_statistics);
        _statistics += 2 * shape.Padded;
        return Append(new BatchNormLayer(shape, activation, momentum, epsilon));
    }

    /// <summary>Adds a layer normalisation.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The network would not fit into an array.</exception>
    public ArchitectureBuilder LayerNorm(LayerActivation activation, float epsilon) => Append(new LayerNormLayer(Norm(0), activation, epsilon));

    /// <summary>Adds dropout.</summary>
    /// <param name="rate">The probability that a value is dropped, from 0 to 1.</param>
    public ArchitectureBuilder Dropout(double rate) => Append(new DropoutLayer(Units, rate));

    /// <summary>Adds a residual connection around the last <paramref name="back"/> layers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not as many layers.</exception>
    public ArchitectureBuilder Residual(int back, LayerActivation activation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(back);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(back, _layers.Count);
        return Append(new ResidualLayer(Units, back, activation));
    }

    /// <summary>The network so far.</summary>
    /// <param name="name">A name for it.</param>
    /// <param name="loss">The loss that it is trained for; empty where nobody knows.</param>
    /// <exception cref="InvalidOperationException">There are no layers.</exception>
    public NetworkArchitecture Build(string name, string loss)
    {
        if (_layers.Count == 0)
            throw new InvalidOperationException("A network has at least one layer.");
        Layer[] layers = [.. _layers.Select(layer => layer is BatchNormLayer norm ? BehindTrained(norm) : layer)];
        return new NetworkArchitecture(name, loss, _trained + _statistics, _trained, () => layers) { InputSchema = InputSchema, OutputSchema = OutputSchema };
    }

    ArchitectureBuilder Append(Layer layer)
    {
        _layers.Add(layer);
        return this;
    }

    NormShape Norm(int statistics)
    {
        ThrowIfTooLarge(4 * (Units + (long)PanelLayout.Line), nameof(Units));
        var shape = new NormShape(Units, _trained, statistics);
        _trained += 2 * shape.Padded;
        return shape;
    }

    BatchNormLayer BehindTrained(BatchNormLayer layer) =>
        new(layer.Shape with { StatisticsOffset = _trained + layer.Shape.StatisticsOffset }, layer.Activation, layer.Momentum, layer.Epsilon);

    void ThrowIfTooLarge(long floats, string parameter)
    {
        if (_trained + (long)_statistics + floats > Array.MaxLength - PanelLayout.Line)
            throw new ArgumentOutOfRangeException(parameter, "The network has more parameters than an array can hold.");
    }
}
