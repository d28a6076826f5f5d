using GenNet.Kernels;

namespace GenNet;

/// <summary>
/// Describes a network whose layers become known at run time, such as one in a file, to compare it with a compiled one
/// or to hold its parameters in a block. Each kind of layer has a method that adds one. Only compiled networks compute.
/// </summary>
/// <param name="inputs">Features of one sample, or of each of its positions.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="inputs"/> is not positive.</exception>
public sealed class ArchitectureBuilder(int inputs)
{
    readonly List<Layer> _layers = [];
    int _trained, _statistics;

    /// <summary>Values that the next layer takes.</summary>
    public int Units { get; private set; } = inputs > 0 ? inputs : throw new ArgumentOutOfRangeException(nameof(inputs), inputs, "A network has at least 1 input.");

    /// <summary>Whether a layer has made one row of a sample's positions.</summary>
    internal bool IsFlat => _layers.Exists(layer => layer.Joined > 1);

    /// <summary>Layers so far.</summary>
    public int Count => _layers.Count;

    /// <inheritdoc cref="NetworkArchitecture.InputSchema"/>
    public string? InputSchema { get; set; }

    /// <inheritdoc cref="NetworkArchitecture.OutputSchema"/>
    public string? OutputSchema { get; set; }

    /// <summary>The network so far.</summary>
    /// <param name="name">A name for it.</param>
    /// <param name="loss">The loss that it is trained for; empty where nobody knows.</param>
    /// <exception cref="InvalidOperationException">There are no layers.</exception>
    public NetworkArchitecture Build(string name, string loss)
    {
        if (_layers.Count == 0)
            throw new InvalidOperationException("A network has at least one layer.");
        Layer[] layers = [.. _layers.Select(layer => layer.BehindTrained(_trained))];
        return new NetworkArchitecture(name, loss, _trained + _statistics, _trained, () => layers) { InputSchema = InputSchema, OutputSchema = OutputSchema };
    }

    /// <summary>Adds a layer, whose parameters have a place.</summary>
    internal ArchitectureBuilder Add(Layer layer)
    {
        _layers.Add(layer);
        Units = layer.Outputs;
        return this;
    }

    /// <summary>Finds a place for parameters that are trained.</summary>
    /// <returns>Their first float.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The network would not fit into an array.</exception>
    internal int PlaceTrained(long floats) => Place(floats, ref _trained);

    /// <summary>Finds a place for statistics that are kept but not trained.</summary>
    /// <returns>Their first float, counted from the first of all statistics.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The network would not fit into an array.</exception>
    internal int PlaceStatistics(long floats) => Place(floats, ref _statistics);

    int Place(long floats, ref int end)
    {
        if (_trained + (long)_statistics + floats > Array.MaxLength - PanelLayout.Line)
            throw new ArgumentOutOfRangeException(nameof(floats), "The network has more parameters than an array can hold.");
        var first = end;
        end += (int)floats;
        return first;
    }
}
