using GenNet.Generator.Specification;
using Microsoft.CodeAnalysis;

namespace GenNet.Generator.Layers;

/// <summary>Reads the arguments of a layer's attribute. What is wrong is reported at the argument, and mended.</summary>
/// <param name="parser">The network's parser.</param>
/// <param name="attribute">The attribute.</param>
/// <param name="init">The network's initialiser.</param>
/// <param name="shapes">Shapes of the inputs and of what the layers before give.</param>
/// <param name="layers">The layers before; null in a head, which takes what others have computed.</param>
sealed class LayerReader(NetworkParser parser, AttributeData attribute, string init, IReadOnlyList<SampleShape> shapes, IReadOnlyList<LayerSpec>? layers)
{
    /// <summary>The activation, which is the last argument.</summary>
    public string Activation() => parser.ReadActivation(attribute, attribute.ConstructorArguments.Length - 1);

    /// <summary>A number of units.</summary>
    public int Size(string name, int position) => parser.ReadSize(attribute, attribute.ConstructorArguments[position], name, position);

    /// <summary>A whole number of the constructor's parameter with that name, or of a named argument; the fallback where there is neither.</summary>
    public int Integer(string name, int fallback, int least, int most, string what) => parser.ReadInteger(attribute, name, fallback, least, most, what);

    /// <summary>Whether the constructor has such a parameter, or the attribute names the argument.</summary>
    public bool Has(string name) => NetworkParser.IsGiven(attribute, name);

    /// <summary>Whether a named argument is true; the fallback where there is none.</summary>
    public bool Flag(string name, bool fallback = false) => attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value as bool? ?? fallback;

    /// <summary>A member of an enum.</summary>
    public string Member(string name, string fallback) => parser.ReadNamed(attribute, name, fallback);

    /// <summary>A whole number that is checked elsewhere.</summary>
    public int Integer(int position) => (int)attribute.ConstructorArguments[position].Value!;

    /// <summary>The layer's initialiser, or the network's.</summary>
    public string Init() => parser.ReadNamed(attribute, "Init", NetworkParser.DefaultInit) is var own && own == NetworkParser.DefaultInit ? init : own;

    /// <summary>A number, of a named argument or of the one at a position.</summary>
    public double Number(string name, double fallback, Func<double, bool> fits, string range, int position = -1) =>
        parser.ReadNumber(attribute, name, fallback, fits, range, position);

    /// <summary>ε, which is added to a variance. Checked as the float that it becomes: 1e-300 is not 0, but as a float it is.</summary>
    public double Epsilon() => Number("Epsilon", 1e-5, value => (float)value is > 0 and < float.PositiveInfinity, "greater than 0 that a float can hold");

    /// <summary>Layers before this one.</summary>
    public int LayersBefore => shapes.Count - 1;

    /// <summary>The layers from the inputs to this one; null in a head.</summary>
    public IReadOnlyList<LayerSpec>? Layers => layers;

    /// <summary>What the layer takes.</summary>
    public SampleShape Input => shapes[LayersBefore];

    /// <summary>What a layer so many before this one takes.</summary>
    public SampleShape InputOf(int back) => shapes[LayersBefore - back];

    /// <summary>What stands for a layer that cannot be: one that gives what it takes.</summary>
    public LayerSpec Nothing
    {
        get
        {
            parser.LackLayer();
            return new DropoutSpec(0);
        }
    }

    /// <summary>Reports a mistake. The network's name goes before the other arguments of its message.</summary>
    public void Report(DiagnosticDescriptor descriptor, params string[] arguments) => parser.ReportLayer(descriptor, attribute, "", -1, arguments);

    /// <summary>Reports a mistake, unless there is another, which may be the cause: shapes may be mended ones then.</summary>
    public void ReportAlone(DiagnosticDescriptor descriptor, params string[] arguments)
    {
        if (!HasMistakes)
            Report(descriptor, arguments);
    }

    /// <summary>Whether there is a mistake already, so that shapes may be mended ones.</summary>
    public bool HasMistakes => parser.HasMistakes;

    /// <summary>Reports a mistake at an argument.</summary>
    public void ReportArgument(DiagnosticDescriptor descriptor, string name, int position, params string[] arguments) => parser.ReportLayer(descriptor, attribute, name, position, arguments);
}
