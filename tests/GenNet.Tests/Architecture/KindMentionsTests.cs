using GenNet.Generator.Layers;
using GenNet.Tests.Documentation;
using Microsoft.CodeAnalysis.CSharp;

namespace GenNet.Tests.Architecture;

/// <summary>A layer is a folder: what else names a kind would have to be edited for the next one.</summary>
public class KindMentionsTests
{
    /// <summary>Where kinds are listed: a line each.</summary>
    static readonly string[] Lists = ["generator/GenNet.Generator/Layers/LayerKind.cs", "src/GenNet.Onnx/Layers/LayerKind.cs"];

    /// <summary>A depthwise convolution is a convolution in ONNX, with a group for each channel, and what goes along the steps of sequences has the operators of images.</summary>
    static IEnumerable<string> ListsOf(string kind) =>
        kind is "DepthwiseConv2D" || kind.EndsWith("1D", StringComparison.Ordinal) ? Lists.Take(1) : Lists;

    const string
        Messages = "generator/GenNet.Generator/Diagnostics/Descriptors.cs",
        Reported = "generator/GenNet.Generator/Analyzers/NetworkAnalyzer.cs",
        Parser = "generator/GenNet.Generator/Specification/NetworkParser.cs",
        Operators = "src/GenNet.Onnx/Reading/Graph.cs",
        Rows = "src/GenNet.Onnx/Reading/Row.cs",
        Guess = "src/GenNet.Tool/Models/Guess.cs",
        Projection = "generator/GenNet.Generator/Layers/Residual/ResidualSpec.cs",
        ProjectionAdded = "src/GenNet/Layers/Residual/ResidualLayers.cs",
        Sequences = "src/GenNet.Onnx/Reading/SequenceGraph.cs",
        StepsInOrder = "src/GenNet.Onnx/Reading/RecurrentGraph.cs",
        RTNeural = "src/GenNet.Tool/Models/RTNeuralReader.cs",
        Policies = "src/GenNet.Agents/Policies/ActorCritic.cs",
        PoliciesAtEachStep = "a message says how a recurrent policy ends, which answers at each step",
        RTNeuralNetwork = "src/GenNet.Tool/Models/RTNeuralModel.cs",
        Findings = "src/GenNet/Health/Diagnosis.cs",
        Advice = "a finding advises it",
        FormatHasIt = "the format has it",
        RecurrentProducts = "its products are two dense layers",
        OneRow = "a sequence is an image of one row",
        OneOperator = "ONNX's operator is the same";

    /// <summary>Options of other kinds that have a kind's name within their own.</summary>
    static readonly string[] Options = ["RecurrentDropout", "recurrentDropout"];

    /// <summary>What else names a kind, and why no other kind has to.</summary>
    static readonly Dictionary<string, Dictionary<string, string>> Allowed = new()
    {
        ["Dense"] = new()
        {
            [Messages] = "messages tell how layers are declared",
            [Parser] = "[Network(784, 128, 10)] is dense layers, and so is what follows from an output type",
            ["src/GenNet.Tool/Commands/Parameters.cs"] = "an example in the help",
            ["src/GenNet.Tool/Models/Declaration.cs"] = "the short form of [Network] is dense layers",
            [Guess] = "tensors tell the kind",
            [Projection] = "of a row it is one",
            [ProjectionAdded] = "the same",
            ["src/GenNet/Layers/Residual/Conv2DResidual.cs"] = "of one step of a stream it is one",
            ["src/GenNet/Layers/Residual/DenseResidual.cs"] = "of a row it is one",
            ["src/GenNet/Layers/Residual/DenseResidualTraining.cs"] = "the same",
            ["src/GenNet.Onnx/Layers/Conv2DKind.cs"] = "of one pixel it is one, where it is a projection",
            ["src/GenNet/Layers/Recurrent/RecurrentForward.cs"] = RecurrentProducts,
            ["src/GenNet/Layers/Recurrent/RecurrentParameters.cs"] = RecurrentProducts,
            ["src/GenNet/Layers/Recurrent/RecurrentShape.cs"] = RecurrentProducts,
            ["src/GenNet/Layers/Recurrent/RecurrentTraining.cs"] = RecurrentProducts,
            ["src/GenNet/Layers/Recurrent/ResetKernels.cs"] = RecurrentProducts,
            ["src/GenNet.Tool/Models/NetworkText.cs"] = "784-128-10 is dense layers",
            [RTNeural] = FormatHasIt,
            ["src/GenNet/Training/TrainerOfOptimizer.Steps.cs"] = "the same",
            ["src/GenNet/Training/TrainerOfOptimizer.cs"] = "the first layer finds inputs that are not finite while it reads them",
            ["src/GenNet/Training/WarmUp.cs"] = "what a first step allocates, and has compiled, before it",
        },
        ["BatchNorm"] = new()
        {
            [Messages] = "a message advises it",
            [Guess] = "tensors tell the kind",
            [Rows] = "ONNX's operator, between transpositions that are its own",
            [Sequences] = "ONNX's operator, which tells that features are first",
            [StepsInOrder] = "the same",
            [RTNeural] = FormatHasIt,
            ["src/GenNet.Agents/Agent.cs"] = "no other takes statistics of several samples, which ranks that divide them would have to share",
        },
        ["LayerNorm"] = new()
        {
            [Sequences] = "ONNX's operator, which tells that features are last",
            [Guess] = "tensors tell the kind",
        },
        ["Dropout"] = new()
        {
            ["generator/GenNet.Generator/Layers/LayerReader.cs"] = "stands for a layer that cannot be",
            ["src/GenNet/Numerics/RandomStream.cs"] = "its random numbers' purpose, which is part of the format",
            ["src/GenNet/Layers/SequenceStart.cs"] = "the same",
            [Operators] = "ONNX's operator, which does nothing in inference",
            ["src/GenNet.Onnx/Reading/ModelDescription.cs"] = "stands for the trunk of heads that share nothing",
            [RTNeuralNetwork] = "the format does without",
        },
        ["Residual"] = new()
        {
            [Messages] = "its diagnostics",
            [Reported] = "its diagnostics",
            ["src/GenNet.Onnx/Layers/WindowText.cs"] = "its projection may have windows along steps",
        },
        ["Conv2D"] = new()
        {
            ["generator/GenNet.Generator/Layers/Conv1D/Conv1DSpec.cs"] = OneRow,
            ["generator/GenNet.Generator/Layers/DepthwiseConv2D/DepthwiseConv2DSpec.cs"] = "a group for each channel",
            ["src/GenNet/Layers/DepthwiseConv2D/DepthwiseConv2DLayers.cs"] = "a group for each channel",
            [Projection] = "of an image it is one",
            [ProjectionAdded] = "the same",
            ["src/GenNet/Layers/Residual/Conv2DResidual.cs"] = "the same",
            ["src/GenNet/Layers/Residual/Conv2DResidualTraining.cs"] = "the same",
        },
        ["DepthwiseConv2D"] = [],
        ["Conv2DTranspose"] = [],
        ["MaxPool2D"] = new()
        {
            ["generator/GenNet.Generator/Layers/GlobalMaxPool2D/GlobalMaxPool2DSpec.cs"] = "one window over the whole image",
            ["generator/GenNet.Generator/Layers/MaxPool1D/MaxPool1DSpec.cs"] = OneRow,
            ["src/GenNet/Layers/GlobalMaxPool2D/GlobalMaxPool2DLayers.cs"] = "one window over the whole image",
        },
        ["AveragePool2D"] = new()
        {
            ["generator/GenNet.Generator/Layers/GlobalAveragePool2D/GlobalAveragePool2DSpec.cs"] = "one window over the whole image",
            ["generator/GenNet.Generator/Layers/AveragePool1D/AveragePool1DSpec.cs"] = OneRow,
            ["src/GenNet/Layers/GlobalAveragePool2D/GlobalAveragePool2DLayers.cs"] = "one window over the whole image",
        },
        ["GlobalMaxPool2D"] = [],
        ["ZeroPadding2D"] = [],
        ["UpSampling2D"] = [],
        ["GlobalAveragePool2D"] = [],
        ["Conv1D"] = new()
        {
            [Projection] = "of a sequence it is one",
            [ProjectionAdded] = "the same",
            ["src/GenNet.Onnx/Layers/Conv2DKind.cs"] = OneOperator,
            [RTNeural] = FormatHasIt,
        },
        ["MaxPool1D"] = new()
        {
            ["generator/GenNet.Generator/Layers/GlobalMaxPool1D/GlobalMaxPool1DSpec.cs"] = "one window over all steps",
            ["src/GenNet/Layers/GlobalMaxPool1D/GlobalMaxPool1DLayers.cs"] = "one window over all steps",
            ["src/GenNet.Onnx/Layers/MaxPool2DKind.cs"] = OneOperator,
        },
        ["AveragePool1D"] = new()
        {
            ["generator/GenNet.Generator/Layers/GlobalAveragePool1D/GlobalAveragePool1DSpec.cs"] = "one window over all steps",
            ["src/GenNet/Layers/GlobalAveragePool1D/GlobalAveragePool1DLayers.cs"] = "one window over all steps",
            ["src/GenNet.Onnx/Layers/AveragePool2DKind.cs"] = OneOperator,
        },
        ["GlobalMaxPool1D"] = [],
        ["SimpleRNN"] = [],
        ["GRU"] = new() { [StepsInOrder] = "ONNX's operator, whose values have steps before samples", [Findings] = Advice, [RTNeural] = FormatHasIt },
        ["LSTM"] = new() { [StepsInOrder] = "the same", [Findings] = Advice, [RTNeural] = FormatHasIt },
        ["LastStep"] = new()
        {
            [Messages] = "messages advise it beside [Flatten]",
            [Parser] = "the same",
            [RTNeuralNetwork] = "makes a row where a stream gives one at each step",
            [Policies] = PoliciesAtEachStep,
        },
        ["GlobalAveragePool1D"] = new() { [Findings] = Advice },
        ["Embedding"] = new()
        {
            [Messages] = "its diagnostic",
            ["src/GenNet.Onnx/Reading/EmbeddingGraph.cs"] = "puts one node in the place of several",
            ["src/GenNet.Onnx/Reading/ImageValues.cs"] = "that node",
            [Sequences] = "the same",
            ["src/GenNet.Onnx/Reading/ModelReader.cs"] = "the same",
        },
        ["Flatten"] = new()
        {
            [Policies] = PoliciesAtEachStep,
            [Messages] = "its diagnostics",
            [Reported] = "its diagnostics",
            [Parser] = "stands where it was forgotten",
            [Operators] = "ONNX's operator, which may flatten the inputs of a model without positions",
            [Rows] = "ONNX's operators that make a row",
            ["src/GenNet.Onnx/Reading/ImageValues.cs"] = "the same",
            ["src/GenNet.Onnx/Reading/GraphConstants.cs"] = "the same",
            ["src/GenNet.Onnx/Reading/EmbeddingGraph.cs"] = "ONNX's operator, which takes away the axis of an only feature",
            [StepsInOrder] = "stands where a model ends with all steps",
            [RTNeuralNetwork] = "chooses among values, of which the format says nothing",
            ["src/GenNet.Onnx/Reading/ModelDescription.cs"] = "tells of how many positions the first layer with weights takes a row",
            ["src/GenNet.Onnx/Reading/Way.cs"] = "stands where a model begins by flattening its inputs",
            ["src/GenNet.Onnx/Writing/GraphWriter.cs"] = "ONNX's operator, which makes a row of an output of one pixel",
            ["src/GenNet.Onnx/Writing/LayerNodes.cs"] = "the same, of what a layer takes",
        },
    };

    static readonly Lazy<SourceWords> Sources = new(() => new(
        from project in Repository.Projects()
        where project.StartsWith("src/", StringComparison.Ordinal) || project.StartsWith("generator/", StringComparison.Ordinal)
        let folder = project[..project.LastIndexOf('/')]
        from path in Repository.Files(folder, "*.cs")
        select ($"{folder}/{path}", Repository.Read($"{folder}/{path}"))));

    public static TheoryData<string> Kinds => new(LayerKind.All.Select(kind => kind.Attribute["GenNet.".Length..^"Attribute".Length]));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_names_a_kind_is_its_own(string kind)
    {
        Assert.True(Allowed.ContainsKey(kind), $"Say which files beside its own have to name {kind}, and why: as few as can be.");
        Assert.Equal(ListsOf(kind).Concat(Allowed[kind].Keys).Order(StringComparer.Ordinal), Sources.Value.Naming(kind));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_list_of_kinds_takes_one_line_for_each(string kind) => Assert.All(ListsOf(kind), list => Assert.Equal(1, Sources.Value.Lines(list, kind)));

    /// <summary>The search itself, on a small project.</summary>
    [Fact]
    public void A_mention_is_found_in_names_and_texts_but_not_in_comments()
    {
        var sources = new SourceWords(
        [
            ("src/GenNet/Layers/LayerNorm/LayerNorm.cs", "class LayerNorm;"),
            ("src/GenNet/Layers/LayerNorm/Deep/Kernels.cs", "class LayerNormKernels;"),
            ("src/GenNet.Onnx/Layers/LayerNormKind.cs", "class LayerNormKind;"),
            ("src/GenNet/Training/A.cs", "class A { bool Is(object layer) => layer is LayerNormTraining; }"),
            ("src/GenNet/Training/B.cs", "class B { string Name => \"LayerNorm\"; }"),
            ("src/GenNet/Training/C.cs", "class C { string Name(int n) => $\"[LayerNorm({n})]\"; void AddLayerNorm() { } }"),
            ("src/GenNet/Training/D.cs", "/// <summary>As <see cref=\"LayerNorm\"/>.</summary>\nclass D { } // LayerNorm"),
            ("src/GenNet/Training/E.cs", "class E { int LayerNormal; }\n"),
            ("src/GenNet/Training/G.cs", "class G { object o = new Conv2DTransposeLayer(); }"),
            ("src/GenNet/Training/H.cs", "class H { object o = new Conv2DLayer(); }"),
            ("src/GenNet/Training/LayerNormKind.cs", "class F { object LayerNormKind; }"),
        ]);
        Assert.Equal(["src/GenNet/Training/A.cs", "src/GenNet/Training/B.cs", "src/GenNet/Training/C.cs", "src/GenNet/Training/E.cs", "src/GenNet/Training/LayerNormKind.cs"], sources.Naming("LayerNorm"));
        Assert.Equal(["src/GenNet/Training/H.cs"], sources.Naming("Conv2D"));
        Assert.Equal(["src/GenNet/Training/G.cs"], sources.Naming("Conv2DTranspose"));
        Assert.Equal((0, 1, 1), (sources.Lines("src/GenNet/Training/D.cs", "LayerNorm"), sources.Lines("src/GenNet/Training/C.cs", "LayerNorm"), sources.Lines("src/GenNet/Training/B.cs", "LayerNorm")));
    }

    /// <summary>The names and texts of source files, without their comments.</summary>
    /// <param name="files">Paths from the repository's folder, and what is in them.</param>
    sealed class SourceWords(IEnumerable<(string Path, string Text)> files)
    {
        readonly Dictionary<string, (string Text, int Line)[]> _words = files.ToDictionary(
            file => file.Path,
            file => CSharpSyntaxTree.ParseText(file.Text).GetRoot().DescendantTokens().Select(token => (token.Text, token.GetLocation().GetLineSpan().StartLinePosition.Line)).ToArray());

        /// <summary>Files that name a kind and are not its own.</summary>
        public IEnumerable<string> Naming(string kind) => _words.Keys
            .Where(path => !path.Contains($"/Layers/{kind}/", StringComparison.Ordinal) && !path.EndsWith($"/Layers/{kind}Kind.cs", StringComparison.Ordinal) && Lines(path, kind) > 0)
            .Order(StringComparer.Ordinal);

        /// <summary>Lines of a file that name a kind; a longer name that has it within is another kind's, or an option's.</summary>
        public int Lines(string path, string kind)
        {
            string[] longer = [.. Allowed.Keys.Concat(Options).Where(other => other != kind && other.Contains(kind, StringComparison.Ordinal))];
            return _words[path].Where(word => longer.Aggregate(word.Text, (text, other) => text.Replace(other, "", StringComparison.Ordinal)).Contains(kind, StringComparison.Ordinal)).Select(word => word.Line).Distinct().Count();
        }
    }
}
