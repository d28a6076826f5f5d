using GenNet.Onnx.Schema;

namespace GenNet.Onnx.Reading;

/// <summary>A value of a graph: the network's input, a constant, or what a node computes.</summary>
/// <param name="name">Its name.</param>
/// <param name="order">The number of its node; less than 0 for the input and constants.</param>
sealed class Value(string name, int order = -1)
{
    public string Name { get; } = name;

    public int Order { get; } = order;

    /// <summary>The node that computes it.</summary>
    public NodeProto? Node { get; init; }

    /// <summary>What that node takes; null for an optional input that is not there.</summary>
    public Value?[] Inputs { get; init; } = [];

    /// <summary>A constant's tensor.</summary>
    public Constant? Constant { get; init; }

    /// <summary>How many axes it has. A network works on rows, which lie along the last.</summary>
    public int Rank { get; init; }

    /// <summary>Of [samples, positions, features]: the positions, 0 where the model leaves that open.</summary>
    public long Positions { get; init; }

    /// <summary>What it has the elements of, in another order of its axes: itself where it is computed.</summary>
    public Value Content => _content ?? this;

    /// <inheritdoc cref="Content"/>
    public Value? Of { init => _content = value?.Content; }

    readonly Value? _content;

    /// <summary>The same; of a row that is made of one pixel, the image.</summary>
    public Value Origin
    {
        get
        {
            var origin = Content;
            while (origin.Row is { Positions: 1 } row && row.IsMadeBy(origin))
                origin = origin.Computed(0)!.Content;
            return origin;
        }
    }

    /// <summary>Whether it is another value or computed from it, as far as a block of a network reaches.</summary>
    public bool ComesFrom(Value other)
    {
        const int MostNodes = 1_000;
        var origin = other.Origin;
        var (seen, left) = (new HashSet<Value>(), new Stack<Value>([this]));
        while (left.TryPop(out var value))
        {
            if (value.Origin == origin)
                return true;
            if (value.Order < origin.Order || !seen.Add(value))
                continue;
            if (seen.Count > MostNodes)
                return false;
            foreach (var input in value.Inputs)
                if (input is { Constant: null })
                    left.Push(input);
        }
        return false;
    }

    /// <summary>Of four axes: their sizes, 0 for those that the model leaves open.</summary>
    public long[]? Sizes { get; set; }

    /// <summary>Why sizes are not known, where a node before is at fault.</summary>
    public string? Fault { get; set; }

    /// <exception cref="InvalidDataException">A node before is at fault that they are not known.</exception>
    public void CheckSizes()
    {
        if (Fault is { } fault)
            throw new InvalidDataException(fault);
    }

    /// <summary>Of four axes: which holds the features.</summary>
    public Layout? Layout { get; set; }

    /// <summary>Of a row: what it is made of, where that is more than one position.</summary>
    public Row? Row { get; set; }

    /// <summary>The version of the operator set.</summary>
    public long Opset { get; init; }

    /// <summary>Positions of a sample of several axes, 0 where the model leaves that open.</summary>
    public long Pixels => Sizes is not { } sizes ? Positions : Layout!.IsLast == true ? sizes[1] * sizes[2] : sizes[2] * sizes[3];

    /// <summary>Features of each position, 0 where nothing tells.</summary>
    public long Features => Sizes is not { } sizes ? Width : Layout!.IsLast == true ? sizes[3] : sizes[1];

    /// <summary>Height and width of an image.</summary>
    public (int Height, int Width) ImageSize => Layout?.IsLast == true ? ((int)Sizes![1], (int)Sizes[2]) : ((int)Sizes![2], (int)Sizes[3]);

    /// <summary>Its axes as messages call them.</summary>
    public string Words => Sizes is null ? $"[of {Rank} axes]" : $"[samples, {string.Join(", ", Sizes.Skip(1).Select(size => size == 0 ? "?" : $"{size}"))}]";

    /// <summary>Says that a node takes its features along the last axis, or the second; nothing where it has other than four.</summary>
    /// <exception cref="InvalidDataException">They are along the other.</exception>
    public void SetChannelsLast(bool last, Value node)
    {
        if (Layout?.TrySet(last) == false)
            throw new InvalidDataException($"{node.Description} takes {Words} with the features along {(last ? "the last axis" : "axis 1")}, and other nodes take it, or what becomes of it, with the features along {(last ? "axis 1" : "the last axis")}; put a Transpose between, as exporters do.");
    }

    /// <summary>Of the input: values along the last axis, 0 where the model leaves that open.</summary>
    public long Width { get; init; }

    /// <summary>Of a row: its values, 0 where nothing tells.</summary>
    public long RowWidth { get => _rowWidth ?? Width; set => _rowWidth = value; }

    long? _rowWidth;

    /// <summary>Whether an axis, counted from the first or from behind, is the last.</summary>
    public bool IsLast(long axis) => axis == -1 || axis == Rank - 1;

    /// <summary>Whether it is made of zeros alone, as many as it takes, as far as nodes tell that only make, choose and move them.</summary>
    public bool IsZero
    {
        get
        {
            var value = this;
            while (value is { Constant: null, Operator: "Expand" or "Slice" or "Gather" or "Squeeze" or "Unsqueeze" or "Transpose" or "Reshape", Inputs: [{ } same, ..] })
                value = same;
            return value.Constant?.IsZero ?? (value.Operator == "ConstantOfShape" && (value.Attribute("value")?.T is not { } filling || new Constant(filling).IsZero));
        }
    }

    /// <summary>The node's operator; empty where there is no node.</summary>
    public string Operator => Node?.OpType ?? "";

    /// <summary>The node as messages call it.</summary>
    public string Description => $"node \"{Messages.Short(Node is { Name.Length: > 0 } node ? node.Name : Name)}\" ({Messages.Short(Operator)})";

    /// <summary>Input <paramref name="index"/>, or null where it is constant or not there.</summary>
    public Value? Computed(int index) => index < Inputs.Length && Inputs[index] is { Constant: null } value ? value : null;

    /// <summary>Input <paramref name="index"/>, or null where it is computed or not there.</summary>
    public Constant? ConstantAt(int index) => index < Inputs.Length ? Inputs[index]?.Constant : null;

    public float Float(string attribute, float otherwise) => Attribute(attribute) is { HasF: true } found ? found.F : otherwise;

    public long Int(string attribute, long otherwise) => Attribute(attribute) is { HasI: true } found ? found.I : otherwise;

    public IReadOnlyList<long> Ints(string attribute) => Attribute(attribute)?.Ints ?? (IReadOnlyList<long>)[];

    /// <summary>The node's axes, an attribute or its second input, counted from the first and sorted; empty where it has none, or one that there is not.</summary>
    public int[] Axes
    {
        get
        {
            IReadOnlyList<long> axes = ConstantAt(1)?.Integers ?? Ints("axes");
            var rank = Inputs.FirstOrDefault()?.Rank ?? 0;
            return axes.Count <= rank && axes.All(axis => axis >= -rank && axis < rank) ? [.. axes.Select(axis => (int)(axis < 0 ? axis + rank : axis)).Order()] : [];
        }
    }

    public string String(string attribute) => Attribute(attribute)?.S.ToStringUtf8() ?? "";

    public IEnumerable<string> Texts(string attribute) => Attribute(attribute)?.Strings.Select(text => text.ToStringUtf8()) ?? [];

    public bool Has(string attribute) => Attribute(attribute) is not null;

    AttributeProto? Attribute(string name) => Node!.Attribute.FirstOrDefault(attribute => attribute.Name == name);
}
