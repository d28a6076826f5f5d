using System.ComponentModel;
using System.Globalization;

namespace GenNet;

/// <summary>What a network is made of: its layers with their sizes and activations, and the loss it is trained for.</summary>
public sealed class NetworkArchitecture
{
    readonly Func<Layer[]> _describe;
    Layer[]? _layers;
    ValueRun[]? _trainedRuns;
    IndexFeature[]? _indexFeatures;
    NetworkHead[]? _heads;

    /// <summary>Describes a network that was compiled. Its layers are asked for when somebody wants to know them: inference does not, and a program starts sooner without.</summary>
    /// <param name="name">The name of the network's class.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="blockLength">Floats of a <see cref="ParameterBlock"/>, padding included.</param>
    /// <param name="trainedLength">Those of them that are trained, which come first.</param>
    /// <param name="describe">Makes the layers.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public NetworkArchitecture(string name, string loss, int blockLength, int trainedLength, Func<Layer[]> describe) =>
        (Name, Loss, BlockLength, TrainedLength, _describe) = (name, loss, blockLength, trainedLength, describe);

    /// <summary>The name of the network's class.</summary>
    public string Name { get; }

    /// <summary>The name of the loss: a member of <see cref="GenNet.Loss"/>, or a type of the user's own; of several heads their weighted sum, in words.</summary>
    public string Loss { get; }

    /// <summary>The ends of the network, in the order of their outputs; one without a name where it declares none.</summary>
    public IReadOnlyList<NetworkHead> Heads
    {
        get => HeadArray;
        init => _heads = [.. value];
    }

    internal NetworkHead[] HeadArray => _heads ??= [new("", Loss, 1, ..LayerArray.Length, ..LayerArray[^1].Outputs)];

    /// <summary>The features that are indices, which the first layers take.</summary>
    internal IndexFeature[] IndexFeatures => _indexFeatures ??= LayerArray[0].Index is null ? [] : FindIndexFeatures();

    IndexFeature[] FindIndexFeatures()
    {
        var (found, features) = (new List<IndexFeature>(), new List<int>(Enumerable.Range(0, LayerArray[0].Inputs)));
        for (var layer = 0; layer < LayerArray.Length && LayerArray[layer].Index is var (feature, count, size); layer++)
        {
            found.Add(new(features[feature], count, layer + 1));

            // What it gives are features no more.
            features.RemoveAt(feature);
            features.InsertRange(feature, Enumerable.Repeat(-1, size));
        }
        return [.. found];
    }

    /// <summary>Layers that all heads share: none where there is one head.</summary>
    int TrunkLength => HeadArray[0].Layers.Start.Value;

    /// <summary>The numbers of the layers whose outputs a layer takes, 0 for the network's inputs; all from 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public IReadOnlyList<int> SourcesOf(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, LayerArray.Length);
        var (trunk, first) = (TrunkLength, HeadOf(number - 1).Layers.Start.Value + 1);
        return [.. LayerArray[number - 1].Sources(Branches.PlaceOf(number, trunk, first)).Select(place => Branches.NumberAt(place, trunk, first))];
    }

    /// <summary>The head to which a layer belongs, from 0; of the trunk's the first.</summary>
    NetworkHead HeadOf(int index)
    {
        var head = 0;
        while (head < HeadArray.Length - 1 && index >= HeadArray[head].Layers.End.Value)
            head++;
        return HeadArray[head];
    }

    /// <summary>The head that has an output, counted among those of all heads.</summary>
    internal NetworkHead HeadOfOutput(int output) => Array.FindLast(HeadArray, head => head.FirstOutput <= output)!;

    /// <summary>The name of the head to which a layer, from 0, belongs, with a dot behind; nothing for the trunk's.</summary>
    internal string HeadNameOf(int index) => index < TrunkLength || TrunkLength == 0 ? "" : HeadOf(index).Name + ".";

    /// <summary>What a layer, from 0, computes, with the name of its head.</summary>
    internal string DescriptionOf(int index) => HeadNameOf(index) + LayerArray[index].Schema;

    /// <summary>Whether layers that are equal stand in the same branches, so that their parameters are one another's.</summary>
    internal bool HasBranchesOf(NetworkArchitecture other)
    {
        // Networks without heads, which are most, and theirs that are copied each step.
        if (HeadArray is [{ Name: "" }] && other.HeadArray is [{ Name: "" }])
            return true;
        for (var index = 0; index < LayerArray.Length; index++)
            if (!IsInPlaceOf(other, index))
                return false;
        return true;
    }

    /// <summary>Whether a layer, from 0, takes the values of the same layers as that of the same number in another network, and belongs to no head of another name.</summary>
    internal bool IsInPlaceOf(NetworkArchitecture other, int index) =>
        SourcesOf(index + 1).SequenceEqual(other.SourcesOf(index + 1)) && (HeadNameOf(index) == other.HeadNameOf(index) || HeadNameOf(index) == "" || other.HeadNameOf(index) == "");

    /// <summary>The names of the module in which PyTorch would have each branch, with a dot behind, and the branch's layers: the trunk and the heads; one without a name where there is one head.</summary>
    internal (string Prefix, Range Layers)[] Modules => TrunkLength == 0 ? [("", ..LayerArray.Length)] : ModulesOfHeads();

    (string Prefix, Range Layers)[] ModulesOfHeads() => [(SchemaText.Trunk, ..TrunkLength), .. HeadArray.Select(head => (head.Name + ".", head.Layers))];

    /// <summary>The layers, in order.</summary>
    public IReadOnlyList<Layer> Layers => LayerArray;

    /// <summary>The same. Threads that ask for the first time together may each get layers of their own, which are equal.</summary>
    internal Layer[] LayerArray => _layers ??= _describe();

    internal int BlockLength { get; }

    internal int TrainedLength { get; }

    /// <summary>Where the trained values lie, tensor by tensor. Made once, as the layers are.</summary>
    internal ValueRun[] TrainedRuns => _trainedRuns ??= [.. Layers.SelectMany(layer => layer.Tensors).Where(tensor => tensor.Trained).SelectMany(tensor => tensor.Runs)];

    /// <summary>Values in them: <see cref="ParameterCount"/>.</summary>
    internal int TrainedCount
    {
        get
        {
            var count = 0;
            foreach (var run in TrainedRuns)
                count += run.Count * run.Times;
            return count;
        }
    }

    /// <summary>The layers with their output shapes, activations and parameters, as Keras's <c>summary()</c> prints them.</summary>
    public string Summary => ArchitectureSummary.Write(this);

    /// <summary>The network as a flowchart in Mermaid's notation, for a <c>mermaid</c> block in Markdown.</summary>
    public string MermaidDiagram => ArchitectureDiagram.Write(this);

    /// <summary>Positions of a sample, on each of which layers work by themselves until one makes a row of all: the steps of a sequence, the pixels of an image; 1 for flat data.</summary>
    public int Positions => PositionsOf(0);

    /// <summary>Features of one sample, at all of its positions.</summary>
    public int InputSize => Positions * Layers[0].Inputs;

    /// <summary>Outputs of one sample, those of all heads.</summary>
    public int OutputSize => _heads is null ? LayerArray[^1].Outputs : _heads[^1].Outputs.End.Value;

    /// <summary>Positions of a sample at which a layer takes values.</summary>
    /// <param name="index">The layer, from 0; their number for what the network gives.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public int PositionsOf(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, LayerArray.Length);

        // What the next layer takes that is for so many positions. A loop: each trainer asks, and the JIT takes milliseconds for the framework's queries.
        if (index == LayerArray.Length)
            return 1;
        for (var end = _heads is null ? LayerArray.Length : HeadOf(index).Layers.End.Value; index < end; index++)
            if (LayerArray[index].PositionsChange is { } fixedThere)
                return fixedThere.Taken;
        return 1;
    }

    /// <summary>What a layer, from 0, takes of a sample: height, width and channels of an image, steps and features of a sequence, or features.</summary>
    internal IEnumerable<int> ShapeAt(int index) => Shape(ImageAt(index), PositionsOf(index), LayerArray[index].Inputs);

    /// <summary>What a layer, from 1, gives.</summary>
    internal IEnumerable<int> ShapeBehind(int number)
    {
        var layer = LayerArray[number - 1];
        return Shape(layer.Images?.Given ?? (layer.PositionsChange is null ? ImageAt(number - 1) : null), PositionsBehind(number), layer.Outputs);
    }

    static int[] Shape((int Height, int Width)? image, int positions, int features) =>
        positions == 1 ? [features] : image is var (height, width) ? [height, width, features] : [positions, features];

    /// <summary>Rows and columns of the image that a layer, from 0, takes: the first layer that needs one says so, for those before it leave it as it is.</summary>
    (int Height, int Width)? ImageAt(int index)
    {
        for (var end = HeadOf(index).Layers.End.Value; index < end; index++)
            if (LayerArray[index].ImageTaken is not null || LayerArray[index].PositionsChange is not null)
                return LayerArray[index].ImageTaken;
        return null;
    }

    /// <summary>Whether a layer takes statistics over samples alone, so that one sample has no variance; those of several positions have.</summary>
    internal bool NormalizesSamples => Normalizes(positions => positions == 1);

    /// <summary>Whether one takes them over steps.</summary>
    internal bool NormalizesSteps => Normalizes(positions => positions > 1);

    bool Normalizes(Predicate<int> positions)
    {
        for (var index = 0; index < LayerArray.Length; index++)
            if (LayerArray[index].NormalizesBatch && positions(PositionsOf(index)))
                return true;
        return false;
    }

    /// <summary>What messages call a position.</summary>
    internal string PositionName => Array.Exists(LayerArray, layer => layer.TakesImage) ? "pixel" : "step";

    /// <summary>Positions that have outputs of their own: those of which the last layer makes one row.</summary>
    internal int OutputPositions => _heads is null or [_] && LayerArray[^1] is { PositionsChange: { Given: 1 } last, Inputs: var inputs, Outputs: var outputs } && outputs == last.Taken * inputs ? last.Taken : 1;

    /// <summary>
    /// Labels that a sample has: one, or one for each step of a sequence or pixel of an image that has classes of its own, which is so where
    /// <see cref="GenNet.Activation.Softmax"/> stands before a <c>[Flatten]</c> that is the last layer.
    /// </summary>
    public int LabelSize => OutputPositions > 1 && LayerArray[^2].Activation.BuiltIn == GenNet.Activation.Softmax ? OutputPositions : 1;

    /// <summary>Whether a sample is a sequence of steps.</summary>
    internal bool IsSequence => !Array.Exists(LayerArray, layer => layer.TakesImage) && (Positions > 1 || Array.Exists(LayerArray, layer => layer.GoesAlongSteps));

    /// <summary>The first layer, from 1, that would mix the end of a shorter sequence with what is behind it; null where none would.</summary>
    internal int? MixesPadding => FirstOfSteps((layer, positions) => positions > 1 && !layer.LeavesPaddingOut);

    /// <summary>The first layer, from 1, that sees more than one step and cannot go on from a state; null where there is none.</summary>
    internal int? RemembersMore => FirstOfSteps((layer, positions) =>
        (!layer.TrainsFromState && (positions > 1 || layer.StateLength > 0)) || (positions > 1 && layer.PositionsChange is not null && !layer.LeavesPaddingOut));

    /// <summary>The first such layer on so many positions, but for a last one that makes a row of their outputs.</summary>
    int? FirstOfSteps(Func<Layer, int, bool> predicate)
    {
        for (var index = 0; index < LayerArray.Length - (OutputPositions > 1 ? 1 : 0); index++)
            if (predicate(LayerArray[index], PositionsOf(index)))
                return index + 1;
        return null;
    }

    /// <summary>Positions at which a layer, from 1, gives values.</summary>
    internal int PositionsBehind(int number) => LayerArray[number - 1].PositionsChange?.Given ?? PositionsOf(number - 1);

    /// <summary>Trained parameters in all.</summary>
    public int ParameterCount => Layers.Sum(layer => layer.ParameterCount);

    /// <summary>Multiply-adds that one sample takes when training.</summary>
    public long MultiplyAdds => Layers.Select((layer, index) => layer.MultiplyAdds * PositionsBehind(index + 1)).Sum();

    /// <summary>What the network computes in inference, in words: <c>Dense 784→128 ReLU, Dense 128→10 Softmax</c>.</summary>
    public string Schema =>
        SchemaText.Network(Modules.Select(module => (module.Prefix, LayerArray[module.Layers].Select(layer => layer.Schema))));

    /// <summary>
    /// What the inputs of a network of types are, a line for each feature with its name, its scaling and an enum's members: <c>x[0] Petal.Length, scaled from 0…8 to 0…1</c>.
    /// Null where nobody knows. Files of weights keep it, for weights belong to the features in their order.
    /// </summary>
    public string? InputSchema { get; init; }

    /// <summary>The same of the outputs: <c>y[0..3], one of Snowflake, Bluebell, Crocus</c>.</summary>
    public string? OutputSchema { get; init; }

    /// <summary>
    /// A 64-bit fingerprint of <see cref="Schema"/>, equal for networks that compute the same function of equal weights:
    /// FNV-1a (Fowler, Noll and Vo) of its UTF-8 bytes.
    /// </summary>
    public ulong SchemaHash => SchemaText.Hash(Schema);

    /// <summary>The network in words: <c>FashionNet: Dense 784→128 ReLU, Dense 128→10 Softmax, trained for CrossEntropy, 101770 parameters</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}: {Schema}{(Loss.Length > 0 ? $", trained for {Loss}" : "")}, {ParameterCount} parameters");
}
