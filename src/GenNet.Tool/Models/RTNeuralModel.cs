namespace GenNet.Tool.Models;

/// <summary>A JSON file of RTNeural's.</summary>
sealed class RTNeuralModel : ModelFile
{
    readonly RTNeuralReader _model;

    /// <param name="path">The file.</param>
    /// <param name="steps">Steps of a sequence, where the file leaves that open and they are known.</param>
    /// <exception cref="InvalidDataException">It is no such file, or has a layer that GenNet does not have.</exception>
    public RTNeuralModel(string path, int? steps) : base(path)
    {
        _model = RTNeuralReader.Read(path);
        if (steps is not null && !IsOpen)
            throw new UserErrorException($"{path} {(_model.IsSequence ? $"tells that sequences have {_model.Steps} steps" : "has no layer that goes along steps")}: leave --steps out.");
        var network = Describe(steps ?? Math.Max(1, _model.Steps));
        if (steps is not null || !IsOpen)
            Architecture = network;
        Tensors = ModelTensor.Of(ParametersOf(network));
    }

    /// <summary>Whether it leaves open how many steps a sequence has.</summary>
    bool IsOpen => _model is { IsSequence: true, Steps: 0 };

    public override NetworkArchitecture? Architecture { get; }

    public override IReadOnlyList<ModelTensor> Tensors { get; }

    public override IEnumerable<(string Key, string Value)> Facts => [("format", $"RTNeural's JSON, {Count(Tensors)}"), .. IsOpen && Architecture is null ? new[] { ("steps", "left open: say how many with --steps") } : []];

    public override NetworkArchitecture Guessed => throw new UserErrorException(Unknown);

    public override string Unknown => $"{Path} leaves open how many steps a sequence has; say so with --steps, such as --steps 64. A network goes on for as many as come, step by step.";

    public override ParameterBlock Match(NetworkArchitecture network)
    {
        var own = Describe(network.Positions);
        var (expected, found) = (Computing(network), Computing(own));
        var same = expected.Zip(found).TakeWhile(pair => pair.First == pair.Second).Count();
        if (same < Math.Max(expected.Length, found.Length))
            throw new InvalidDataException($"{Path}: layer {same + 1} is {found.ElementAtOrDefault(same) ?? "missing"}, but expected is {expected.ElementAtOrDefault(same) ?? "none"}.");
        var parameters = new ParameterBlock(network);
        foreach (var (tensor, values) in parameters.Tensors.Zip(ParametersOf(own).Tensors))
            tensor.CopyFrom(ModelTensor.ValuesOf(values));
        return parameters;
    }

    /// <summary>Layers but those that only choose among values.</summary>
    static string[] Computing(NetworkArchitecture network) => [.. network.Layers.Where(layer => layer is not (LastStepLayer or FlattenLayer or DropoutLayer)).Select(layer => layer.Schema)];

    /// <summary>The network, of whose last layer along the steps it takes the last: of a stream that is each.</summary>
    NetworkArchitecture Describe(int steps)
    {
        try
        {
            var builder = new ArchitectureBuilder(_model.Inputs);
            if (_model.IsSequence)
                builder.Sequence(_model.Steps > 0 ? _model.Steps : steps);
            var last = _model.Layers.LastOrDefault(layer => layer.GoesAlongSteps);
            foreach (var layer in _model.Layers)
            {
                layer.Add(builder, layer.Activation);
                if (layer == last)
                    builder.LastStep();
            }
            return builder.Build("", "");
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            throw new InvalidDataException($"{Path}: {e.Message.Split(" (Parameter '")[0]}", e);
        }
    }

    ParameterBlock ParametersOf(NetworkArchitecture network)
    {
        var parameters = new ParameterBlock(network);
        foreach (var (tensor, values) in parameters.Tensors.Zip(_model.Layers.SelectMany(layer => layer.Tensors)))
            tensor.CopyFrom(values);
        return parameters;
    }
}
