using System.Reflection;
using Microsoft.CodeAnalysis;

namespace GenNet.Generator.Diagnostics;

/// <summary>Every mistake that is reported, with what to do about it.</summary>
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
        "'{0}' cannot have {1}: {2}");

    public static readonly DiagnosticDescriptor TooManyParameters = Error("GN0004",
        "A network has too many parameters",
        "'{0}' has {1} weights and biases, more than {2}: make its layers smaller");

    public static readonly DiagnosticDescriptor NoLayers = Error("GN0005",
        "A network has no layers",
        "'{0}' has no layers with weights: give their sizes after the inputs, as in [Network(784, 128, 10)], or one [Dense] attribute a layer");

    public static readonly DiagnosticDescriptor MixedForms = Error("GN0006",
        "A network's layers are declared in two ways",
        "'{0}' declares its layers one by one, so '{1}' in [Network] has no place: remove it or the attributes of layers");

    public static readonly DiagnosticDescriptor LayersSpread = Error("GN0007",
        "A network's layers stand on several partial declarations",
        "'{0}' has attributes of layers on several partial declarations, whose order is undefined: move them all to one");

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

    public static readonly DiagnosticDescriptor MemberCollision = Error("GN0012",
        "A member collides with one that GenNet adds",
        "'{0}' stands where GenNet adds a member of its own: rename it or remove it");

    public static readonly DiagnosticDescriptor ClassNamedLikeMember = Error("GN0013",
        "A network is named like one of its members",
        "'{0}' cannot be the name of a network because GenNet adds a member or a type parameter of that name to it: rename the class");

    public static readonly DiagnosticDescriptor InheritedCollision = Error("GN0014",
        "A network inherits what a member that GenNet adds would hide",
        "'{0}' inherits '{1}', which a member that GenNet adds would hide: rename or remove '{1}', make it private, or derive from another class");

    public static readonly DiagnosticDescriptor NoConstructor = Error("GN0015",
        "A network cannot get its constructor",
        "'{0}' cannot get the constructor '{0}(ulong seed)' because {1}: {2}");

    public static readonly DiagnosticDescriptor LanguageTooOld = Error("GN0016",
        "The language version is too old for a network",
        "'{0}' needs C# 12 and the project has C# {1}: set <LangVersion>12</LangVersion> or later in the project file");

    public static readonly DiagnosticDescriptor FrameworkTooOld = Error("GN0017",
        "The framework is too old for a network",
        "'{0}' needs .NET 8 or later, which has System.Runtime.Intrinsics.Vector512: set <TargetFramework>net8.0</TargetFramework> or later in the project file");

    public static readonly DiagnosticDescriptor WrongLength = Error("GN0018",
        "A network is passed another length than it has",
        "'{0}' expects {1}, got {2}: pass {3} of them");

    public static readonly DiagnosticDescriptor PartOfSample = Error("GN0019",
        "A network is passed a part of a sample",
        "'{0}' expects {1} {2} a sample, got {3} in all: pass a multiple of {4}");

    public static readonly DiagnosticDescriptor SamplesDiffer = Error("GN0020",
        "A network is passed different numbers of samples",
        "'{0}' got the inputs of {1} samples and the {3} of {2}: pass as many of one as of the other");

    public static readonly DiagnosticDescriptor UnsuitableType = Error("GN0030",
        "A type of the user's own does not fit its place",
        "'{0}' cannot use '{1}': give a struct that implements {2} and is visible to other files");

    public static readonly DiagnosticDescriptor NumberOutOfRange = Error("GN0031",
        "A setting of a layer is out of range",
        "'{0}' cannot have {1} of {2}: give a number {3}");

    public static readonly DiagnosticDescriptor ResidualBlock = Error("GN0032",
        "A residual connection goes around layers that do not exist",
        "'{0}' cannot connect around {1} layers here: {2}");

    public static readonly DiagnosticDescriptor ResidualWidth = Error("GN0033",
        "A residual connection joins layers of different widths",
        "'{0}' cannot add the {1} values that go into the block to the {2} that come out: {3}");

    public static readonly DiagnosticDescriptor NoProjection = Error("GN0114",
        "No projection fits a residual connection",
        "'{0}' has no projection that makes the {2} values that come out of the block of the {1} that go in: {3}");

    public static readonly DiagnosticDescriptor UnsupportedFeature = Error("GN0040",
        "A type cannot be a feature",
        "'{0}' cannot use '{1}' as {2} because {3}: use a number, a bool, an enum or a struct of these{4}");

    public static readonly DiagnosticDescriptor BothNetworks = Error("GN0041",
        "A network has both forms of [Network]",
        "'{0}' has both [Network] and [Network<TInput, TOutput>]: remove one");

    public static readonly DiagnosticDescriptor UnsuitableEnum = Error("GN0042",
        "An enum cannot be one-hot",
        "'{0}' cannot use '{1}' because {2}: {3}");

    public static readonly DiagnosticDescriptor WrongScaling = Error("GN0043",
        "A feature's scaling makes no sense",
        "'{0}' cannot scale '{1}': {2}");

    public static readonly DiagnosticDescriptor UselessMark = Error("GN0044",
        "A feature's attribute has no effect",
        "[{1}] has no effect on '{2}' for '{0}' because {3}: remove the attribute or make the member a feature");

    public static readonly DiagnosticDescriptor NotSettable = Error("GN0045",
        "An output member cannot be set",
        "'{0}' cannot set '{1}' to what it predicts: give it a set or init accessor (or make the field writable), or leave it out with [IgnoreFeature] if it is not required");

    public static readonly DiagnosticDescriptor MixedOutputs = Error("GN0046",
        "A network's output type needs several losses",
        "'{0}' cannot predict '{1}' because it has {2}: use an enum, or bools alone, or numbers alone{3}");

    public static readonly DiagnosticDescriptor OutputDoesNotFit = Error("GN0047",
        "The output activation does not fit the output type",
        "'{0}' predicts {1}, which needs an output of {2}, not {3}: remove 'Output', it follows from the type");

    public static readonly DiagnosticDescriptor LessAccessible = Error("GN0048",
        "A network is more accessible than its types",
        "'{0}' is more accessible than '{1}', so no member could name it: make '{1}' internal or public, or '{0}' private");

    public static readonly DiagnosticDescriptor FeaturesSpread = Error("GN0049",
        "A type's features stand on several partial declarations",
        "'{0}' needs an order of features, but those of '{1}' stand on several partial declarations, whose order is undefined: move them all to one");

    public static readonly DiagnosticDescriptor WeightsMissing = Error("GN0050",
        "Weights to compile in are not part of the project",
        "'{0}' asks for the weights '{1}', which are not part of the project: add <NetworkWeights Include=\"{1}\" /> to the project file");

    public static readonly DiagnosticDescriptor WeightsUnreadable = Error("GN0051",
        "Weights to compile in cannot be read",
        "'{0}' cannot use the weights '{1}': {2}");

    public static readonly DiagnosticDescriptor WeightsDoNotFit = Error("GN0052",
        "Weights to compile in do not fit the network",
        "'{0}' cannot use the weights '{1}': {2}");

    public static readonly DiagnosticDescriptor SingleOutput = Error("GN0065",
        "A network with one output can never learn",
        "{0} has one output, {1}, so it can never learn: use {2} to tell two classes apart, or as many outputs as classes");

    public static readonly DiagnosticDescriptor WithoutWeights = Error("GN0075",
        "A constructor leaves the weights of a network unset",
        "'{0}' has a constructor that leaves its weights unset: let it call 'this(seed)', with a number that the weights follow from");

    public static readonly DiagnosticDescriptor RequiredBesideWeights = Error("GN0076",
        "A network with compiled weights has a required member",
        "'{0}' cannot have weights compiled in because '{1}' is required, and 'Pretrained' could not set it: remove 'required' or 'Weights'");

    public static readonly DiagnosticDescriptor WrongFixedLength = Error("GN0080",
        "A fixed length makes no sense",
        "'{0}' cannot give '{1}' a fixed length of {2}: {3}");

    public static readonly DiagnosticDescriptor OutOfReach = Error("GN0081",
        "Generated code cannot name a type or member",
        "'{0}' cannot use '{1}' in generated code because {2}: {3}");

    public static readonly DiagnosticDescriptor WeightsAmbiguous = Error("GN0082",
        "Several files of weights have the name",
        "'{0}' asks for the weights '{1}', and the project has {2}: name one of them by its path");

    public static readonly DiagnosticDescriptor NoInputs = Error("GN0090",
        "A network without inputs",
        "'{0}' does not say what its inputs are: give their number, as in [Network(784)], or their shape, as in [Sequence(64, 3)] or [Image(28, 28)]");

    public static readonly DiagnosticDescriptor InputsTwice = Error("GN0091",
        "The inputs are stated twice",
        "'{0}' states its inputs twice: write [Network] without their number, for they are {1}");

    public static readonly DiagnosticDescriptor OtherShape = Error("GN0092",
        "The inputs do not have the declared shape",
        "'{0}' declares {1} inputs, {2} in all, but '{3}' has {4}: give both the same size");

    public static readonly DiagnosticDescriptor NothingToFlatten = Error("GN0093",
        "There is nothing to flatten",
        "'{0}' flattens samples that are one row already: remove [Flatten]");

    public static readonly DiagnosticDescriptor NotFlattened = Error("GN0094",
        "The outputs are not one row",
        "{0} would give outputs at each of {1}: put {3} before the layers that are to see {2}");

    public static readonly DiagnosticDescriptor SingleValue = Error("GN0095",
        "A layer normalisation of a single value",
        "'{0}' normalises a single value, which makes it 0 whatever it was, so nothing before it can learn: normalise several units, or use [BatchNorm]");

    public static readonly DiagnosticDescriptor ShapeBelowLayers = Error("GN0096",
        "The shape of the inputs stands below a layer",
        "'{0}' states the shape of its inputs below a layer, as if that layer gave it: move [{1}] above the first layer");

    public static readonly DiagnosticDescriptor HeadWithoutTrunk = Error("GN0097",
        "Heads that share nothing",
        "'{0}' begins with a head, so its heads share nothing: put the layers that all heads take their values from above the first [Head]");

    public static readonly DiagnosticDescriptor HeadWithoutLayers = Error("GN0098",
        "A head has no layers",
        "'{0}' has the head '{1}' without {2}: put layers of its own below [Head], as in [Dense(1)]");

    public static readonly DiagnosticDescriptor HeadName = Error("GN0099",
        "A head cannot have its name",
        "'{0}' cannot have a head named '{1}': {2}");

    public static readonly DiagnosticDescriptor LossBesideHeads = Error("GN0100",
        "A network with heads states a loss of its own",
        "'{0}' states {1} beside those of its heads: give it to a head, as in [Head(\"Value\", {2})]");

    public static readonly DiagnosticDescriptor NothingToDeal = Error("GN0101",
        "A typed network has heads, and its output no members",
        "'{0}' has heads, but '{1}' has no members that they could predict: make it a struct with a member for each head");

    public static readonly DiagnosticDescriptor MemberWithoutHead = Error("GN0102",
        "A typed network has no head for a member",
        "'{0}' has no head that predicts {1} of '{2}': add [Head(\"{3}\")], or a head of another name, which predicts all members that no head is named after");

    public static readonly DiagnosticDescriptor HeadWithoutMembers = Error("GN0103",
        "A head of a typed network predicts nothing",
        "'{0}' has the head '{1}', which is named after no member of '{2}', {3}");

    public static readonly DiagnosticDescriptor MixedHead = Error("GN0104",
        "A head of a typed network needs several losses",
        "The head '{1}' of '{0}' cannot predict {2} with one loss, because there are {3}: name heads after members, so that each predicts one enum, or bools alone, or numbers alone");

    public static readonly DiagnosticDescriptor OutputOfHead = Error("GN0105",
        "A head states an output activation that its last layer has",
        "'{0}' has layers that end its heads, so 'Output' of the head '{1}' has no place: give the activation to the head's last layer");

    public static readonly DiagnosticDescriptor NotAnImage = Error("GN0107",
        "A layer for images where there is none",
        "'{0}' has [{1}] where a sample is {2}, no image: declare [Image(height, width, channels)], and put it above [Flatten] and global pools");

    public static readonly DiagnosticDescriptor NotASequence = Error("GN0112",
        "A layer for sequences where there is none",
        "'{0}' has [{1}] where a sample is {2}, no sequence: declare [Sequence(steps, features)], and put it above [Flatten], [LastStep] and global pools");

    public static readonly DiagnosticDescriptor WindowTooLarge = Error("GN0108",
        "A kernel or window is larger than the image",
        "'{0}' puts {1} on a {2}: make one smaller or the other larger, or add padding, as in Padding = Padding.Same");

    public static readonly DiagnosticDescriptor NothingLeft = Error("GN0111",
        "Nothing is left of an image",
        "'{0}' cuts {1} pixels off every side of what a {2} kernel makes of a {3} image, and nothing is left: make PaddingSize smaller or the kernel larger");
    public static readonly DiagnosticDescriptor StatedTwice = Error("GN0109",
        "A layer's setting is stated twice",
        "'{0}' states a layer's {1} twice: remove {2}, or {3}");

    public static readonly DiagnosticDescriptor TwoShapes = Error("GN0110",
        "The inputs have two shapes",
        "'{0}' says that a sample is a sequence and an image: keep [Sequence] or [Image]");

    public static readonly DiagnosticDescriptor UnequalGroups = Error("GN0118",
        "A convolution's groups are not equal",
        "'{0}' divides {2} and {3} filters into {1} groups: give a number of groups that divides both");

    public static readonly DiagnosticDescriptor ComputedIndex = Error("GN0120",
        "An embedding's index is no feature of the sample",
        "'{0}' has an [Embedding] whose Feature {1} is not a feature of the sample: put it above all layers but other embeddings, and count the values that these give");

    public static readonly DiagnosticDescriptor WrongEmbedded = Error("GN0121",
        "A feature cannot be embedded",
        "'{0}' cannot embed '{1}': {2}");

    /// <summary>The package's project URL: users' projects do not have the pages.</summary>
    static string ProjectUrl => typeof(Descriptors).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == nameof(ProjectUrl)).Value;

    static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, "GenNet", DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: $"{ProjectUrl}/blob/main/docs/diagnostics/{id}.md");
}
