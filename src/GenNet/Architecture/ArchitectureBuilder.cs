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
    readonly List<(string Name, int First)> _heads = [];
    int _trained, _statistics, _positions;

    /// <summary>Values that the next layer takes.</summary>
    public int Units { get; private set; } = inputs > 0 ? inputs : throw new ArgumentOutOfRangeException(nameof(inputs), inputs, "A network has at least 1 input.");

    /// <summary>Whether a layer before the next one has made one row of a sample's positions.</summary>
    internal bool IsFlat => Way.Any(layer => layer.PositionsChange is { Taken: > 1, Given: 1 });

    /// <summary>Layers before the next one, on its way from the inputs.</summary>
    internal int Depth => _heads.Count == 0 ? _layers.Count : _heads[0].First + _layers.Count - _heads[^1].First;

    /// <summary>Positions of a sample, as the layers on that way take it; 1 where none says.</summary>
    int Positions => Way.Select(layer => layer.PositionsChange).FirstOrDefault(positions => positions is not null)?.Taken ?? 1;

    IEnumerable<Layer> Way => _heads.Count == 0 ? _layers : _layers.Take(_heads[0].First).Concat(_layers.Skip(_heads[^1].First));

    /// <summary>Layers so far.</summary>
    public int Count => _layers.Count;

    /// <inheritdoc cref="NetworkArchitecture.InputSchema"/>
    public string? InputSchema { get; set; }

    /// <inheritdoc cref="NetworkArchitecture.OutputSchema"/>
    public string? OutputSchema { get; set; }

    /// <summary>Begins a head: the layers from here to the next one take what the layers before the first head give, the trunk.</summary>
    /// <param name="name">The head's name, as <see cref="HeadAttribute"/> has it.</param>
    /// <exception cref="ArgumentException">Another head has the name, or files give it to the trunk.</exception>
    /// <exception cref="InvalidOperationException">There is no trunk, or the head before has no layers or works on other positions of a sample.</exception>
    public ArchitectureBuilder Head(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if ($"{name}.".Equals(SchemaText.Trunk, StringComparison.OrdinalIgnoreCase) || _heads.Exists(head => head.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            throw new ArgumentException($"Something else has the name {name} already.", nameof(name));
        if (_layers.Count == 0)
            throw new InvalidOperationException("Heads share at least one layer before the first.");
        EndHead();
        _heads.Add((name, _layers.Count));
        Units = _layers[_heads[0].First - 1].Outputs;
        return this;
    }

    void EndHead()
    {
        if (_heads.Count == 0)
            return;
        if (_heads[^1].First == _layers.Count)
            throw new InvalidOperationException($"Head {_heads[^1].Name} has no layer.");
        if (_heads.Count == 1)
            _positions = Positions;
        else if (_positions != Positions)
            throw new InvalidOperationException($"Head {_heads[0].Name} gives one row of {_positions} positions, and head {_heads[^1].Name} of {Positions}.");
    }

    NetworkHead[] DescribeHeads(string loss)
    {
        if (_heads.Count == 0)
            return [new("", loss, 1, .._layers.Count, ..Units)];
        var (heads, output) = (new NetworkHead[_heads.Count], 0);
        for (var h = 0; h < heads.Length; h++)
        {
            var end = h + 1 < heads.Length ? _heads[h + 1].First : _layers.Count;
            var next = output + _layers[end - 1].Outputs;
            (heads[h], output) = (new(_heads[h].Name, loss, 1, _heads[h].First..end, output..next), next);
        }
        return heads;
    }

    /// <summary>The network so far.</summary>
    /// <param name="name">A name for it.</param>
    /// <param name="loss">The loss that it is trained for; empty where nobody knows.</param>
    /// <exception cref="InvalidOperationException">There are no layers, or the last head has none or works on other positions of a sample.</exception>
    public NetworkArchitecture Build(string name, string loss)
    {
        if (_layers.Count == 0)
            throw new InvalidOperationException("A network has at least one layer.");
        EndHead();
        var heads = DescribeHeads(loss);
        Layer[] layers = [.. _layers.Select(layer => layer.BehindTrained(_trained))];
        return new NetworkArchitecture(name, loss, _trained + _statistics, _trained, () => layers) { InputSchema = InputSchema, OutputSchema = OutputSchema, Heads = heads };
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
