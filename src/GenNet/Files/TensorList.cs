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
        CheckFinite(parameters);
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

    void CheckFinite(ParameterBlock parameters)
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
                    $"Element {index} of {architecture.Name}'s {tensor} is {values[index]}, which is not worth keeping: nothing was written."));
        }
    }

    /// <summary>Adds a table of numbers, row by row.</summary>
    public void Add(string name, double[] values, int columns) => _tensors.Add(StoredTensor.Of(name, values, columns));

    /// <summary>A fingerprint of all values so far and of a text.</summary>
    public ulong Checksum(string text) => SafeTensorsWriter.Checksum(_tensors, text);

    /// <exception cref="ArgumentException">Two tensors have the same name.</exception>
    public SafeTensorsWriter ToWriter() => new(_tensors, Metadata);
}
