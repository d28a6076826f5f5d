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

    /// <summary>What each layer gives: values, the image whose pixels have them, and the pixels of which a row was made.</summary>
    readonly List<(int Units, (int Height, int Width)? Image, int Pixels)> _given = [];
    readonly int _inputs = inputs;
    readonly List<(string Name, int First)> _heads = [];
    int _trained, _statistics, _positions;
    bool _stepsFirst, _trunkStepsFirst;
    (int Height, int Width)? _input, _image, _trunkImage;
    int _trunkPixels;

    /// <summary>Values that the next layer takes.</summary>
    public int Units { get; private set; } = inputs > 0 ? inputs : throw new ArgumentOutOfRangeException(nameof(inputs), inputs, "A network has at least 1 input.");

    /// <summary>Rows of pixels of the image that the next layer takes; 0 where it takes none.</summary>
    public int Height => IsSequence ? 0 : _image?.Height ?? 0;

    /// <summary>Pixels of a row of that image.</summary>
    public int Width => IsSequence ? 0 : _image?.Width ?? 0;

    /// <summary>Steps of the sequence that the next layer takes; 0 where nobody said that a sample is one, or it takes a row.</summary>
    public int Steps => IsSequence ? _image?.Width ?? 0 : 0;

    /// <summary>Whether a sample is a sequence along which windows go.</summary>
    internal bool IsSequence { get; private set; }

    /// <summary>Whether files have what is at hand feature by feature: a sequence, unless a recurrent layer gave it.</summary>
    internal bool IsFeaturesFirst => IsSequence && !_stepsFirst;

    /// <summary>The image that the next layer takes.</summary>
    /// <exception cref="InvalidOperationException">It takes none.</exception>
    internal (int Height, int Width) ImageAtHand => _image is { } image && !IsSequence ? image : throw new InvalidOperationException("What the layer takes is no image: say so with Image(height, width) before the first layer, and make a row of it behind the last such layer.");

    /// <summary>Steps of the sequence that the next layer takes.</summary>
    /// <exception cref="InvalidOperationException">It takes none.</exception>
    internal int StepsAtHand => Steps > 0 ? Steps : throw new InvalidOperationException("What the layer takes is no sequence: say so with Sequence(steps) before the first layer, and make a row of it behind the last such layer.");

    /// <summary>Pixels of the image of which the row that the next layer takes was made, 1 where there is none: files have such a row channel by channel.</summary>
    internal int Pixels { get; private set; } = 1;

    /// <summary>Whether a layer before the next one has made one row of a sample's positions.</summary>
    internal bool IsFlat => _image is null && Way.Any(layer => layer.PositionsChange is { Taken: > 1, Given: 1 });

    /// <summary>Whether a value that the next layer takes is a feature of the sample: all layers so far took indices and passed the others on.</summary>
    internal bool IsFeature(int value)
    {
        if (_heads.Count > 0)
            return false;
        var features = new List<bool>(Enumerable.Repeat(true, _inputs));
        foreach (var layer in _layers)
        {
            if (layer.Index is not var (feature, _, size))
                return false;
            features.RemoveAt(feature);
            features.InsertRange(feature, Enumerable.Repeat(false, size));
        }
        return features[value];
    }

    /// <summary>Layers before the next one, on its way from the inputs.</summary>
    internal int Depth => _heads.Count == 0 ? _layers.Count : _heads[0].First + _layers.Count - _heads[^1].First;

    /// <summary>Positions of a sample, as the layers on that way take it; 1 where none says.</summary>
    int Positions => Way.Select(layer => layer.PositionsChange).FirstOrDefault(positions => positions is not null)?.Taken ?? _input?.Height * _input?.Width ?? 1;

    IEnumerable<Layer> Way => _heads.Count == 0 ? _layers : _layers.Take(_heads[0].First).Concat(_layers.Skip(_heads[^1].First));

    /// <summary>Layers so far.</summary>
    public int Count => _layers.Count;

    /// <inheritdoc cref="NetworkArchitecture.InputSchema"/>
    public string? InputSchema { get; set; }

    /// <inheritdoc cref="NetworkArchitecture.OutputSchema"/>
    public string? OutputSchema { get; set; }

    /// <summary>Says that a sample is an image, whose pixels have the inputs as channels, as <see cref="ImageAttribute"/> does.</summary>
    /// <param name="height">Rows of pixels.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or a sample would not fit into an array.</exception>
    /// <exception cref="InvalidOperationException">There are layers already.</exception>
    public ArchitectureBuilder Image(int height, int width)
    {
        foreach (var (size, name) in new[] { (height, nameof(height)), (width, nameof(width)) })
            if (size < 1)
                throw new ArgumentOutOfRangeException(name, size, "A side of an image has at least 1 pixel.");
        if ((long)height * width > Array.MaxLength / Units)
            throw new ArgumentOutOfRangeException(nameof(height), height, "An image does not fit into an array.");
        if (_layers.Count > 0)
            throw new InvalidOperationException("What a sample is comes before the first layer.");
        _input = _image = (height, width);
        IsSequence = false;
        return this;
    }

    /// <summary>Says that a sample is a sequence along whose steps layers go, as <see cref="SequenceAttribute"/> does.</summary>
    /// <param name="steps">Steps of a sequence.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no step, or a sample would not fit into an array.</exception>
    /// <exception cref="InvalidOperationException">There are layers already.</exception>
    public ArchitectureBuilder Sequence(int steps)
    {
        if (steps < 1)
            throw new ArgumentOutOfRangeException(nameof(steps), steps, "A sequence has at least 1 step.");
        if (steps > Array.MaxLength / Units)
            throw new ArgumentOutOfRangeException(nameof(steps), steps, "A sequence does not fit into an array.");
        if (_layers.Count > 0)
            throw new InvalidOperationException("What a sample is comes before the first layer.");
        _input = _image = (1, steps);
        IsSequence = true;
        return this;
    }

    /// <summary>Begins a head: the layers from here to the next one take what the layers before the first head give, the trunk.</summary>
    /// <param name="name">The head's name, as <see cref="HeadAttribute"/> has it.</param>
    /// <exception cref="ArgumentException">Another head has the name, or files give it to the trunk.</exception>
    /// <exception cref="InvalidOperationException">There is no trunk, or the head before has no layers, gives images or works on other positions of a sample.</exception>
    public ArchitectureBuilder Head(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if ($"{name}.".Equals(SchemaText.Trunk, StringComparison.OrdinalIgnoreCase) || _heads.Exists(head => head.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            throw new ArgumentException($"Something else has the name {name} already.", nameof(name));
        if (_layers.Count == 0)
            throw new InvalidOperationException("Heads share at least one layer before the first.");
        if (_heads.Count == 0)
            (_trunkImage, _trunkPixels, _trunkStepsFirst) = (_image, Pixels, _stepsFirst);
        EndHead();
        _heads.Add((name, _layers.Count));
        Units = _layers[_heads[0].First - 1].Outputs;
        (_image, Pixels, _stepsFirst) = (_trunkImage, _trunkPixels, _trunkStepsFirst);
        return this;
    }

    void EndHead()
    {
        if (_heads.Count == 0)
            return;
        if (_heads[^1].First == _layers.Count)
            throw new InvalidOperationException($"Head {_heads[^1].Name} has no layer.");
        CheckRow($"Head {_heads[^1].Name}");
        if (_heads.Count == 1)
            _positions = Positions;
        else if (_positions != Positions)
            throw new InvalidOperationException($"Head {_heads[0].Name} gives one row of {_positions} positions, and head {_heads[^1].Name} of {Positions}.");
    }

    void CheckRow(string what)
    {
        if (_image is var (height, width) && height * width > 1)
            throw new InvalidOperationException(IsSequence ? $"{what} gives sequences of {width} steps: make one row of each." : $"{what} gives images of {height}×{width} pixels: make one row of each.");
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
    /// <exception cref="InvalidOperationException">There are no layers, the last head has none or works on other positions of a sample, or an end gives images.</exception>
    public NetworkArchitecture Build(string name, string loss)
    {
        if (_layers.Count == 0)
            throw new InvalidOperationException("A network has at least one layer.");
        EndHead();
        CheckRow("The network");
        var heads = DescribeHeads(loss);
        Layer[] layers = [.. _layers.Select(layer => layer.BehindTrained(_trained))];
        return new NetworkArchitecture(name, loss, _trained + _statistics, _trained, () => layers) { InputSchema = InputSchema, OutputSchema = OutputSchema, Heads = heads };
    }

    /// <summary>Adds a layer, whose parameters have a place.</summary>
    internal ArchitectureBuilder Add(Layer layer)
    {
        _layers.Add(layer);
        Units = layer.Outputs;
        if (layer.Images is { Given: var given })
            _image = given;
        else if (layer.PositionsChange is var (_, steps))
            _image = layer.GoesAlongSteps ? (1, steps) : null;
        if (layer.GoesAlongSteps)
            _stepsFirst = layer.GivesStepsFirst;
        _given.Add((Units, _image, Pixels));
        return this;
    }

    /// <summary>What a layer took that stands so many before the next one on its way.</summary>
    internal (int Units, (int Height, int Width)? Image, int Pixels) TakenBack(int layers)
    {
        var place = Depth - layers;
        return place == 0 ? (_inputs, _input, 1) : _given[Branches.NumberAt(place, _heads.Count == 0 ? 0 : _heads[0].First, _heads.Count == 0 ? 1 : _heads[^1].First + 1) - 1];
    }

    /// <summary>A layer makes one row of so many positions: of an image, whose rows and columns these are, or of steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The image has another number of pixels.</exception>
    internal (int Height, int Width)? MakeRow(int positions)
    {
        if (_image is not var (height, width))
            return null;
        if (positions != height * width)
            throw new ArgumentOutOfRangeException(nameof(positions), positions, IsSequence ? $"The sequence has {width} steps." : $"The image has {height}×{width} pixels.");
        if (!_stepsFirst)
            Pixels = positions;
        return _image;
    }

    /// <summary><see cref="Pixels"/> of a layer whose outputs are no row of pixels any more.</summary>
    internal int TakePixels()
    {
        var pixels = Pixels;
        Pixels = 1;
        return pixels;
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
