using System.Globalization;
using GenNet.Kernels;

namespace GenNet;

/// <summary>Finds a network's tensors in a file. Everything is checked before <see cref="Copy"/> changes anything.</summary>
sealed class TensorMatch(SafeTensorsFile file, NetworkArchitecture architecture)
{
    const int NamesShown = 6;

    readonly List<(ParameterTensor Target, SafeTensor Source)> _pairs = [];
    readonly HashSet<string> _known = [];

    /// <summary>Finds the tensors of a block, which must be finite numbers unless they are <paramref name="raw"/>.</summary>
    /// <exception cref="InvalidDataException">One is missing, or is not as the block needs it.</exception>
    public void Add(ParameterBlock parameters, Func<string, string> names, bool raw = false)
    {
        var first = _pairs.Count;
        foreach (var target in parameters.Tensors)
        {
            var name = names(target.Name);
            _pairs.Add((target, Find(target, name)));
            _known.Add(name);
            if (FileKeys.BatchCounter(target) is { } counter)
                _known.Add(names(counter));
        }
        if (!raw)
            foreach (var (target, source) in _pairs.Skip(first))
                CheckFinite(source);
    }

    /// <summary>Finds those tensors of a block that the file has in the same shapes.</summary>
    /// <returns>Which they are, and what is left out.</returns>
    /// <exception cref="InvalidDataException">There are none, or one is not as the block needs it.</exception>
    public CopyReport AddMatching(ParameterBlock parameters, Func<string, string?>? names)
    {
        var matching = new Matching<SafeTensor>(parameters, file.Tensors, tensor => tensor.Name, tensor => tensor.Shape, names, name =>
            FileKeys.IsBatchCounter(name) || (names is null && OtherPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))));
        if (matching.Pairs.Count == 0)
            throw Fault($"none of its tensors has the name and shape of one of {architecture.Name}'s. {Present()} Pass names to say what the file calls them.");
        foreach (var (target, source) in matching.Pairs)
        {
            CheckType(source);
            CheckFinite(source);
            _pairs.Add((target, source));
        }
        return matching.Report;
    }

    /// <summary>What names begin with that belong to other parts of the file.</summary>
    public string[] OtherPrefixes => file.Metadata.ContainsKey(FileKeys.Checkpoint)
        ? [FileKeys.StandardizerPrefix, FileKeys.OptimizerPrefix, FileKeys.BestPrefix, FileKeys.FitPrefix]
        : [FileKeys.StandardizerPrefix];

    /// <exception cref="InvalidDataException">The file has more tensors, of names that begin otherwise.</exception>
    public void CheckNothingElse(params string[] prefixes)
    {
        foreach (var tensor in file.Tensors)
            if (!_known.Contains(tensor.Name) && !prefixes.Any(prefix => tensor.Name.StartsWith(prefix, StringComparison.Ordinal)))
                throw Fault($"tensor {tensor} has no place in {architecture.Name}. Declare the layer that it belongs to, or pass names to choose tensors.");
    }

    /// <exception cref="InvalidDataException">The file says that it is of a network that computes something else, or of other features.</exception>
    public void CheckSchema()
    {
        if (file.Metadata.TryGetValue(FileKeys.SchemaHash, out var hash) && hash != architecture.SchemaHash.ToString("x16", CultureInfo.InvariantCulture))
            throw Fault($"it was written by a network of {TensorEntry.Shorten(file.Metadata.GetValueOrDefault(FileKeys.Schema, hash))}; "
                + $"{architecture.Name} is {architecture.Schema}. Declare the same layers, or pass checkSchema: false.");
        CheckFeatures(InputDifference ?? SchemaText.Difference(file.Metadata.GetValueOrDefault(FileKeys.Outputs), architecture.OutputSchema));
    }

    /// <summary>Where weights of the first layer are among what was found.</summary>
    /// <exception cref="InvalidDataException">The file says that it is of a network of other inputs.</exception>
    public void CheckInputs()
    {
        if (_pairs.Any(pair => pair.Target.Layer == 0))
            CheckFeatures(InputDifference);
    }

    string? InputDifference => SchemaText.Difference(file.Metadata.GetValueOrDefault(FileKeys.Inputs), architecture.InputSchema);

    void CheckFeatures(string? difference)
    {
        if (difference is not null)
            throw Fault($"it was written by a network of other features than {architecture.Name}: {difference}. Declare the types as they were, or pass checkSchema: false.");
    }

    public void Copy()
    {
        foreach (var (target, source) in _pairs)
            target.CopyFrom(source.Floats);
    }

    SafeTensor Find(ParameterTensor target, string name)
    {
        var wanted = TensorEntry.Describe(name, target.Shape);
        if (file.Find(name) is not { } source)
            throw Fault($"there is no tensor {wanted}, which {architecture.Name} needs. {Present()} Pass names to say what the file calls it.");
        if (!source.Shape.SequenceEqual(target.Shape))
            throw Fault($"tensor {source} should be {wanted} for layer {target.Layer + 1} of {architecture.Name}. {Remedy(source, target)}");
        CheckType(source);
        return source;
    }

    void CheckType(SafeTensor source)
    {
        if (!source.IsFloat)
            throw Fault($"tensor {source} is of type {source.Type}. Write it as F32, F16, BF16 or F64.");
    }

    string Remedy(SafeTensor source, ParameterTensor target) =>
        architecture.Layers[target.Layer].RowsOfUnit is > 1 and var rows ? RemedyOfGates(source, rows) :
        source.Shape.SequenceEqual(target.Shape.Reverse()) ? $"Write it transposed, as [{string.Join(", ", architecture.Layers[target.Layer].WeightNames.Rows, architecture.Layers[target.Layer].WeightNames.Columns)}]." :
        source.Shape.Count == 2 && target.Kind == ParameterKind.Weight ? $"Declare that layer {(architecture.Layers[target.Layer].Index is null ? "with" : "as")} {architecture.Layers[target.Layer].SizesFor(source.Shape[0], source.Shape[1])}{(architecture is { InputSchema: not null } && architecture.Layers[target.Layer].Index is not null ? FormattableString.Invariant($", or where it is that of an enum, [Embedded({source.Shape[1]})] on one of {source.Shape[0]} members") : "")}, or load another file." :
        source.Shape.Count == 1 && target.Shape.Count == 1 ? $"Declare that layer with {source.Shape[0]} units, or load another file." :
        "Load another file.";

    /// <summary>Weights have the rows of all gates; which kind of layer they are of, their number may tell.</summary>
    static string RemedyOfGates(SafeTensor source, int rows) => source.Shape.Count > 0 && source.Shape[0] % rows == 0
        ? $"A unit has {rows} rows in it: declare that layer with {source.Shape[0] / rows} units{(source.Shape.Count == 2 && source.Name.Contains("_ih", StringComparison.Ordinal) ? $" on {source.Shape[1]} inputs" : "")}, or a layer of the kind that the file has, or load another file."
        : $"A unit of that layer has {rows} rows in it: declare a layer of the kind that the file has, or load another file.";

    string Present()
    {
        var names = file.Tensors.Take(NamesShown).Select(tensor => TensorEntry.Shorten(tensor.Name)).ToArray();
        return names.Length == 0 ? "It has none at all." : $"It has {string.Join(", ", names)}{(file.Tensors.Count > NamesShown ? " …" : "")}.";
    }

    void CheckFinite(SafeTensor source)
    {
        var index = FiniteCheck.IndexOfNotFinite(source.Floats);
        if (index >= 0)
            throw Fault($"element {index} of tensor {source} is {source.ToArray()[index].ToString(CultureInfo.InvariantCulture)}. Weights are finite numbers.");
    }

    InvalidDataException Fault(string fault) => new($"{file.Name}: {fault}");
}
