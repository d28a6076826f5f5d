using Microsoft.CodeAnalysis;

namespace GenNet.Generator.Diagnostics;

/// <summary>All diagnostics of GenNet.</summary>
static class Descriptors
{
    public static readonly DiagnosticDescriptor NotPartial = Error("GN0001", "A network's class and the types around it must be partial",
        "'{0}' must be partial, so that the code of network '{1}' can be added to it: write 'partial' before 'class'");

    public static readonly DiagnosticDescriptor UnsupportedKind = Error("GN0002", "A network must be an ordinary class",
        "Network '{0}' is {1}: a network must be a class that is not static, abstract, generic or a record");

    public static readonly DiagnosticDescriptor BadSize = Error("GN0003", "A size is out of range",
        "Network '{0}': {1} must be from 1 to {3}, not {2}");

    public static readonly DiagnosticDescriptor TooLarge = Error("GN0004", "A network has too many parameters",
        "Network '{0}' would have {1} parameters; the limit is {2}");

    public static readonly DiagnosticDescriptor NoLayers = Error("GN0005", "A network has no layers",
        "Network '{0}' has inputs but no layers: add sizes, as in [Network(4, 16, 2)], or [Dense(units, activation)] attributes");

    public static readonly DiagnosticDescriptor MixedForms = Error("GN0006", "Layers are declared in two ways",
        "Network '{0}' gives sizes in [Network] and [Dense] layers too: keep the input size alone in [Network], or remove the [Dense] attributes");

    public static readonly DiagnosticDescriptor SpreadLayers = Error("GN0007", "Layers are spread over partial declarations",
        "The layers of network '{0}' stand on several declarations, which leaves their order open: put all [Dense] attributes beside [Network]");

    public static readonly DiagnosticDescriptor HiddenSoftmax = Error("GN0008", "Softmax is for the output layer",
        "Network '{0}' has softmax in layer {1}: use it in the last layer only");

    public static readonly DiagnosticDescriptor UnfitLoss = Error("GN0009", "Loss and output activation do not fit",
        "Network '{0}': loss {1} does not fit output activation {2}; use {3}");

    static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, "GenNet", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
