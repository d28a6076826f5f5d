using GenNet.Generator.Infrastructure;
using GenNet.Generator.Layers;

namespace GenNet.Generator.Specification;

/// <summary>One [Network] class as its author declared it. Names are as C# source has them, '@' included.</summary>
/// <param name="Namespace">Null in the global namespace.</param>
/// <param name="Containers">The types around the class, outermost first.</param>
/// <param name="Name">The class.</param>
/// <param name="FullMetadataName">As in <c>My.App.Outer+Net</c>.</param>
/// <param name="HintName">Name of the generated file, unique even where file names ignore case.</param>
/// <param name="Shape">What a sample is made of.</param>
/// <param name="Layers">At least one; the output layer is last.</param>
/// <param name="Loss">A member of <c>Loss</c>, or the full name of a type of the user's own, as in <c>global::My.Loss</c>.</param>
sealed record NetworkSpec(
    string? Namespace,
    EquatableArray<ContainerSpec> Containers,
    string Name,
    string FullMetadataName,
    string HintName,
    SampleShape Shape,
    EquatableArray<LayerSpec> Layers,
    string Loss)
{
    /// <summary>Features of one sample, at all of its positions.</summary>
    public int Inputs => (int)Shape.Size;

    /// <summary>Positions of a sample: the steps of a sequence, the pixels of an image; 1 for flat data.</summary>
    public int Positions => Shape.Positions;

    /// <summary>Whether a sample is a sequence to a layer that goes along its steps.</summary>
    public bool IsSequence => Shape.IsAlongSteps;

    /// <summary>The heads, where the author declared some; the layers before the first are the trunk.</summary>
    public EquatableArray<HeadSpec> Heads { get; init; }

    /// <summary>Layers that all heads share.</summary>
    public int TrunkLength => Heads.Count == 0 ? 0 : Heads[0].First;

    /// <summary>The modules that PyTorch would have: the trunk and the heads, or one without a name. Each with a dot behind its name, its first layer and the first behind it, from 0.</summary>
    public IEnumerable<(string Prefix, int First, int End)> Branches()
    {
        if (Heads.Count == 0)
        {
            yield return ("", 0, Layers.Count);
            yield break;
        }
        yield return (SchemaText.Trunk, 0, TrunkLength);
        for (var h = 0; h < Heads.Count; h++)
            yield return (Heads[h].Name + ".", Heads[h].First, h + 1 < Heads.Count ? Heads[h + 1].First : Layers.Count);
    }

    /// <summary>What each layer takes.</summary>
    public IReadOnlyList<SampleShape> InputShapes()
    {
        var shapes = new List<SampleShape>();
        SampleShape input = Shape, trunk = Shape;
        for (var l = 0; l < Layers.Count; l++)
        {
            if (l == TrunkLength)
                trunk = input;
            if (Heads.Any(head => head.First == l))
                input = trunk;
            shapes.Add(input);
            input = Layers[l].OutputFor(input);
        }
        return shapes;
    }

    /// <summary>Whether training measures how gradients fare.</summary>
    public bool Health { get; init; }

    /// <summary>The types that it reads and predicts; null for spans of floats alone.</summary>
    public TypesSpec? Types { get; init; }

    /// <summary>The file name of the weights to compile in, or null.</summary>
    public string? Weights { get; init; }

    /// <summary>The names that the user's own code has taken.</summary>
    public EquatableArray<MemberSpec> Members { get; init; }

    /// <summary>Ids of what is only experimental among the types that the declaration names: by naming them its author has agreed to it.</summary>
    public EquatableArray<string> Experiments { get; init; }

    /// <summary>Whether the user's documentation of the class has a summary, or takes one over.</summary>
    public bool HasSummary { get; init; }

    /// <summary>Whether the user's documentation of the class has remarks, or takes them over.</summary>
    public bool HasRemarks { get; init; }

    /// <summary>Whether the user's own code, or a base class, has a <c>ToString</c>.</summary>
    public bool HasToString { get; init; }

    /// <summary>What emitted code says of the Common Language Specification, to which a network does not keep.</summary>
    public LanguageCompliance Compliance { get; init; }

    /// <summary>Whether C# asks of the constructors that they promise to set what is required, because that of the base class does.</summary>
    public bool SetsRequiredMembers { get; init; }

    /// <summary>What an object initialiser has for the required members of a copy, as in <c>Name = Name</c>.</summary>
    public EquatableArray<string> CopiesOfRequired { get; init; }

    /// <summary>What the class can have for the constructor that makes its weights.</summary>
    public ConstructorKind Constructor { get; init; }

    /// <summary>What is wrong with the declaration, of which this is then a mended copy: its code must not run.</summary>
    public string? Error { get; init; }
}

/// <summary>A type around the class.</summary>
/// <param name="Keyword"><c>class</c>, <c>record struct</c> and so on.</param>
/// <param name="Name">With its type parameters, as in <c>Outer&lt;T&gt;</c>.</param>
sealed record ContainerSpec(string Keyword, string Name);

/// <summary>A head as declared.</summary>
/// <param name="Name">Its name.</param>
/// <param name="First">Its first layer, from 0.</param>
/// <param name="Loss">Its loss, as a network's.</param>
/// <param name="Weight">What the loss is multiplied by.</param>
sealed record HeadSpec(string Name, int First, string Loss, double Weight);
