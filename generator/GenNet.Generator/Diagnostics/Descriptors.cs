using Microsoft.CodeAnalysis;

namespace GenNet.Generator.Diagnostics;

/// <summary>Everything the generator may refuse, with what to do about it.</summary>
static class Descriptors
{
    public static readonly DiagnosticDescriptor NotPartial = Error("GN0001",
        "A network class and the types around it must be partial",
        "'{0}' must be partial so that GenNet can add the network's code: write 'partial {1} {0}'");

    public static readonly DiagnosticDescriptor UnsupportedKind = Error("GN0002",
        "A network must be a plain class",
        "'{0}' cannot be a network because {1}: declare it as a plain class, 'partial class {0}'");

    public static readonly DiagnosticDescriptor SizeOutOfRange = Error("GN0003",
        "A layer size is out of range",
        "'{0}' cannot have {1}: give a size from 1 to {2}");

    public static readonly DiagnosticDescriptor TooManyParameters = Error("GN0004",
        "A network has too many parameters",
        "'{0}' has {1} weights and biases, more than {2}: make its layers smaller");

    public static readonly DiagnosticDescriptor NoLayers = Error("GN0005",
        "A network has no layers",
        "'{0}' has no layers: give their sizes after the inputs, as in [Network(784, 128, 10)], or one [Dense] attribute a layer");

    public static readonly DiagnosticDescriptor MixedForms = Error("GN0006",
        "A network's layers are declared in two ways",
        "'{0}' has [Dense] layers, so '{1}' in [Network] has no place: remove it or the [Dense] attributes");

    public static readonly DiagnosticDescriptor LayersSpread = Error("GN0007",
        "A network's layers stand on several partial declarations",
        "'{0}' has [Dense] attributes on several partial declarations, whose order is undefined: move them all to one");

    public static readonly DiagnosticDescriptor HiddenSoftmax = Error("GN0008",
        "Softmax in a hidden layer",
        "'{0}' has Softmax in a hidden layer: use it in the output layer only");

    public static readonly DiagnosticDescriptor LossDoesNotFit = Error("GN0009",
        "The loss does not fit the output activation",
        "'{0}' cannot train {1} on an output of {2}: set the output activation to {3}, or choose another loss");

    public static readonly DiagnosticDescriptor StrayLayer = Error("GN0010",
        "A layer without a network",
        "'{0}' has layers but is no network: add [Network(inputs)] with the number of inputs");

    public static readonly DiagnosticDescriptor UnknownMember = Error("GN0011",
        "A value is not a member of its enum",
        "'{0}' asks for {1} {2}, which does not exist: name a member of {1}");

    public static readonly DiagnosticDescriptor UnsuitableType = Error("GN0030",
        "A type of the user's own does not fit its place",
        "'{0}' cannot use '{1}': give a struct that implements {2} and is visible to other files");

    public static readonly DiagnosticDescriptor NumberOutOfRange = Error("GN0031",
        "A setting of a layer is out of range",
        "'{0}' cannot have a {1} of {2}: give a number {3}");

    public static readonly DiagnosticDescriptor ResidualBlock = Error("GN0032",
        "A residual connection goes around layers that do not exist",
        "'{0}' cannot connect around {1} layers here: give a number from 1 to {2}, the layers before it");

    public static readonly DiagnosticDescriptor ResidualWidth = Error("GN0033",
        "A residual connection joins layers of different widths",
        "'{0}' cannot add the {1} values that go into the block to the {2} that come out: give both ends of the residual connection the same width");

    public static readonly DiagnosticDescriptor WeightsMissing = Error("GN0050",
        "Weights to compile in are not part of the project",
        "'{0}' asks for the weights '{1}', which are not part of the project: add <NetworkWeights Include=\"{1}\" /> to the project file");

    public static readonly DiagnosticDescriptor WeightsUnreadable = Error("GN0051",
        "Weights to compile in cannot be read",
        "'{0}' cannot use the weights '{1}': {2}");

    public static readonly DiagnosticDescriptor WeightsDoNotFit = Error("GN0052",
        "Weights to compile in do not fit the network",
        "'{0}' cannot use the weights '{1}': {2}");

    static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, "GenNet", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
