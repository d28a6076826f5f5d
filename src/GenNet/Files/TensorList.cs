using System.Globalization;
using GenNet.Kernels;

namespace GenNet;

/// <summary>Gathers what goes into a file of a network.</summary>
sealed class TensorList(NetworkArchitecture architecture)
{
    readonly List<StoredTensor> _tensors = [];

    /// <summary>The texts that go with the tensors.</summary>
    public Dictionary<string, string> Metadata { get; } = Describe(architecture);

    /// <summary>Adds a network's weights, and the counters that PyTorch expects with running statistics.</summary>
    /// <exception cref="InvalidOperationException">A weight is not a finite number.</exception>
    public void AddWeights(ParameterBlock parameters, Func<string, string> names)
    {
        CheckFinite(parameters, names);
        Add(parameters, names);
        foreach (var tensor in parameters.Tensors)
            if (FileKeys.BatchCounter(tensor) is { } counter)
                _tensors.Add(StoredTensor.Of(names(counter), 0));
    }

    /// <summary>Adds values as they are.</summary>
    public void Add(ParameterBlock parameters, Func<string, string> names)
    {
        foreach (var tensor in parameters.Tensors)
            _tensors.Add(StoredTensor.Of(tensor, names(tensor.Name)));
    }

    static Dictionary<string, string> Describe(NetworkArchitecture architecture)
    {
        var metadata = new Dictionary<string, string>
        {
            ["format"] = "pt",
            [FileKeys.Network] = architecture.Name,
            [FileKeys.Schema] = architecture.Schema,
            [FileKeys.SchemaHash] = architecture.SchemaHash.ToString("x16", CultureInfo.InvariantCulture),
        };
        if (architecture.InputSchema is { } inputs)
            metadata[FileKeys.Inputs] = inputs;
        if (architecture.OutputSchema is { } outputs)
            metadata[FileKeys.Outputs] = outputs;
        return metadata;
    }

    void CheckFinite(ParameterBlock parameters, Func<string, string> names)
    {
        if (FiniteCheck.IndexOfNotFinite(parameters.Span) < 0)
            return;
        foreach (var tensor in parameters.Tensors)
        {
            var values = new float[tensor.Length];
            tensor.CopyTo(values);
            var index = FiniteCheck.IndexOfNotFinite(values);
            if (index >= 0)
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
                    $"Element {index} of {architecture.Name}'s {TensorEntry.Describe(names(tensor.Name), tensor.Shape)} is {values[index]}, which is not worth keeping: nothing was written."));
        }
    }

    /// <summary>Adds a table of numbers, row by row.</summary>
    public void Add(string name, double[] values, int columns) => _tensors.Add(StoredTensor.Of(name, values, columns));

    /// <summary>Adds bytes.</summary>
    public void Add(string name, byte[] bytes) => _tensors.Add(StoredTensor.Of(name, bytes));

    /// <summary>Adds how the inputs are standardised.</summary>
    /// <exception cref="ArgumentException">It is for another number of inputs.</exception>
    public void Add(Standardizer standardizer)
    {
        if (standardizer.InputSize != architecture.InputSize)
            throw new ArgumentException($"{architecture.Name} has {architecture.InputSize} inputs, the standardizer {standardizer.InputSize} features. Nothing was written.", nameof(standardizer));
        _tensors.Add(StoredTensor.Of(FileKeys.Means, standardizer.Means));
        _tensors.Add(StoredTensor.Of(FileKeys.Deviations, standardizer.Deviations));
    }

    /// <param name="checksum">Whether the file ends with a fingerprint of all that comes before.</param>
    /// <param name="bytes">Bytes that the file holds too; null where there are none.</param>
    /// <exception cref="ArgumentException">Two tensors have the same name, or the header could not be read again.</exception>
    public SafeTensorsWriter ToWriter(bool checksum = false, StoredBytes? bytes = null) => new(_tensors, Metadata, checksum, bytes);
}
