using System.Text.Json;
using GenNet.Onnx.Layers;

namespace GenNet.Tool.Models;

/// <summary>
/// Reads the JSON files of RTNeural, whose layers have Keras's arrays: <c>{"in_shape": [null, null, 1], "layers": [{"type": "gru", "activation": "tanh", "shape": [null, null, 8], "weights": […]}]}</c>.
/// </summary>
sealed class RTNeuralReader
{
    /// <summary>The axis of steps in a shape.</summary>
    const int StepsAxis = 1;

    /// <summary>More than any layer has, so that products of two sizes are numbers.</summary>
    const int MostUnits = 1 << 24;

    /// <summary>Reset, update, new; Keras has update, reset, new. Those of an LSTM stand as PyTorch's.</summary>
    static readonly int[] GruGates = [1, 0, 2];

    readonly List<RTNeuralLayer> _layers = [];
    int _units;

    RTNeuralReader() { }

    /// <summary>Values of a step, or of a sample that is no sequence.</summary>
    public int Inputs { get; private init; }

    /// <summary>Whether any layer goes along the steps of sequences.</summary>
    public bool IsSequence => _layers.Exists(layer => layer.GoesAlongSteps);

    /// <summary>Steps of a sequence; 0 where the file leaves that open.</summary>
    public int Steps { get; private init; }

    public IReadOnlyList<RTNeuralLayer> Layers => _layers;

    /// <summary>The layers of a file.</summary>
    /// <exception cref="InvalidDataException">It is no such file, or has a layer that GenNet does not have. The message names it, the layer and the fault.</exception>
    public static RTNeuralReader Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Read(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: no JSON: {e.Message}", e);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    static RTNeuralReader Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("in_shape", out var shape) || !root.TryGetProperty("layers", out var layers) || layers.ValueKind != JsonValueKind.Array)
            throw new InvalidDataException("is no model of RTNeural's, which has \"in_shape\" and \"layers\".");
        var sizes = Shape(shape, "in_shape");
        var reader = new RTNeuralReader { Inputs = sizes[^1], _units = sizes[^1], Steps = sizes.Length == 3 ? sizes[StepsAxis] : 0 };
        var steps = (Axes: sizes.Length, reader.Steps);
        var count = 0;
        foreach (var layer in layers.EnumerateArray())
        {
            count++;
            var type = layer.ValueKind == JsonValueKind.Object && layer.TryGetProperty("type", out var text) ? Text(text) : "";
            try
            {
                steps = reader.Add(layer, type, steps);
            }
            catch (InvalidDataException e)
            {
                throw new InvalidDataException($"layer {count} ({(type.Length <= 40 ? type : type[..40])}) {e.Message}", e);
            }
        }
        return reader._layers.Count > 0 ? reader : throw new InvalidDataException("has no layers.");
    }

    /// <summary>Adds a layer.</summary>
    /// <returns>Axes of what it gives, and steps, 0 where they are open.</returns>
    (int Axes, int Steps) Add(JsonElement layer, string type, (int Axes, int Steps) taken)
    {
        var shape = Shape(Property(layer, "shape"), "\"shape\"");
        var (units, weights) = (shape[^1], type == "activation" ? default : Property(layer, "weights"));
        if (weights.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Array))
            throw new InvalidDataException("has \"weights\" that are no array.");
        var activation = layer.TryGetProperty("activation", out var name) ? ActivationOf(Text(name)) : Activation.Identity;
        if (shape.Length > taken.Axes)
            throw new InvalidDataException("gives a sequence, and the layer before it a row.");
        switch (type)
        {
            case "dense" or "time-distributed-dense":
                Add(new((builder, function) => builder.Dense(units, function), Dense(weights, units)) { Activation = activation });
                break;
            case "gru" or "lstm" when taken.Axes < 3:
                throw new InvalidDataException("goes through sequences, and the layer before it gives rows.");
            case "gru":
                CheckTanh(activation);
                Add(new((builder, _) => builder.GRU(units), Gru(weights, units), IsActivated: false, GoesAlongSteps: true));
                break;
            case "lstm":
                CheckTanh(activation);
                Add(new((builder, _) => builder.LSTM(units), Lstm(weights, units), IsActivated: false, GoesAlongSteps: true));
                break;
            case "conv1d" when taken.Axes < 3:
                throw new InvalidDataException("goes along sequences, and the layer before it gives rows.");
            case "conv1d":
                Add(Convolution(layer, weights, units, taken.Steps, shape[StepsAxis]) with { Activation = activation });
                break;
            case "batchnorm":
                Add(BatchNorm(layer, weights, units) with { Activation = activation });
                break;
            case "activation":
                if (_layers is not [.., { IsActivated: true, Activation: Activation.Identity } last])
                    throw new InvalidDataException("is an activation behind what has one, or can have none; GenNet's layers have one each.");
                if (units != _units)
                    throw new InvalidDataException($"gives {units} values of {_units}.");
                _layers[^1] = last with { Activation = activation };
                break;
            default:
                throw new InvalidDataException("is none that GenNet has; there are dense, time-distributed-dense, gru, lstm, conv1d, batchnorm and activation.");
        }
        _units = units;
        return (shape.Length, shape.Length == 3 ? shape[StepsAxis] : 0);
    }

    void Add(RTNeuralLayer layer) => _layers.Add(layer);

    float[][] Dense(JsonElement weights, int units) =>
        [KerasWeights.Transposed(Tensor(weights, 0, "kernel", _units, units), units), Count(weights) > 1 ? Tensor(weights, 1, "bias", units) : new float[units]];

    /// <summary>Of the form whose reset gate works on the state's product, which has two rows of biases.</summary>
    float[][] Gru(JsonElement weights, int units)
    {
        var rows = 3 * units;
        if (Count(weights) > 2 && weights[2].ValueKind == JsonValueKind.Array && weights[2].GetArrayLength() == rows && rows != 2)
            throw new InvalidDataException("has one row of biases, so its reset gate works on the state before the product (reset_after=False): RTNeural has it on the product. Train the model with reset_after=True.");
        float[] kernel = Tensor(weights, 0, "kernel", _units, rows), recurrent = Tensor(weights, 1, "recurrent kernel", units, rows), biases = Count(weights) > 2 ? Tensor(weights, 2, "biases", 2, rows) : new float[2 * rows];
        return [.. new[] { KerasWeights.Transposed(kernel, rows), KerasWeights.Transposed(recurrent, rows), biases[..rows], biases[rows..] }.Select(tensor => GateOrder.FromFile(tensor, GruGates))];
    }

    /// <summary>One row of biases, which PyTorch has as that of the inputs.</summary>
    float[][] Lstm(JsonElement weights, int units)
    {
        var rows = 4 * units;
        float[] kernel = Tensor(weights, 0, "kernel", _units, rows), recurrent = Tensor(weights, 1, "recurrent kernel", units, rows);
        return [KerasWeights.Transposed(kernel, rows), KerasWeights.Transposed(recurrent, rows), Count(weights) > 2 ? Tensor(weights, 2, "biases", rows) : new float[rows], new float[rows]];
    }

    /// <summary>Causal, as RTNeural computes it; without padding where the file tells that there are fewer steps behind it.</summary>
    RTNeuralLayer Convolution(JsonElement layer, JsonElement weights, int filters, int stepsTaken, int stepsGiven)
    {
        var (size, dilation, groups) = (Number(layer, "kernel_size", null), Number(layer, "dilation", 1), Number(layer, "groups", 1));
        if (Number(layer, "strides", 1) != 1)
            throw new InvalidDataException("has strides, which no stream of RTNeural's has.");
        if (_units % groups != 0 || filters % groups != 0)
            throw new InvalidDataException($"has {groups} groups for {_units} channels and {filters} filters.");
        var isCausal = stepsTaken == stepsGiven || stepsTaken == 0 || stepsGiven == 0;
        if (!isCausal && stepsGiven != stepsTaken - (size - 1L) * dilation)
            throw new InvalidDataException($"makes {stepsGiven} steps of {stepsTaken}, which neither a causal convolution does nor one without padding.");
        var channels = _units / groups;
        return new((builder, function) => builder.Conv1D(filters, size, function, 1, dilation, Padding.Valid, 0, groups, isCausal),
            [KerasWeights.Kernel(Tensor(weights, 0, "kernel", size, channels, filters), channels, filters), Count(weights) > 1 ? Tensor(weights, 1, "bias", filters) : new float[filters]], GoesAlongSteps: true);
    }

    RTNeuralLayer BatchNorm(JsonElement layer, JsonElement weights, int units)
    {
        if (units != _units)
            throw new InvalidDataException($"gives {units} values of {_units}.");
        var epsilon = Property(layer, "epsilon") is { ValueKind: JsonValueKind.Number } number && number.TryGetSingle(out var given) && float.IsFinite(given) && given > 0 ? given : throw new InvalidDataException("has an \"epsilon\" that is no positive number.");
        var first = Count(weights) - 2;
        if (first is not (0 or 2))
            throw new InvalidDataException($"has {Count(weights)} arrays of weights, which should be means and variances, or scales and shifts before them.");
        var ones = new float[units];
        Array.Fill(ones, 1);
        return new((builder, function) => builder.BatchNorm(function, epsilon: epsilon),
            [first == 0 ? ones : Tensor(weights, 0, "scales", units), first == 0 ? new float[units] : Tensor(weights, 1, "shifts", units), Tensor(weights, first, "means", units), Tensor(weights, first + 1, "variances", units)]);
    }

    static void CheckTanh(Activation activation)
    {
        if (activation is not (Activation.Tanh or Activation.Identity))
            throw new InvalidDataException($"has the activation {activation}; GenNet's layer has tanh.");
    }

    static Activation ActivationOf(string name) => name switch
    {
        "" or "linear" => Activation.Identity,
        "tanh" => Activation.Tanh,
        "relu" => Activation.ReLU,
        "sigmoid" => Activation.Sigmoid,
        "softmax" => Activation.Softmax,
        "elu" => Activation.ELU,
        _ => throw new InvalidDataException($"has the activation \"{(name.Length <= 40 ? name : name[..40])}\", which RTNeural's files do not have; there are tanh, relu, sigmoid, softmax and elu."),
    };

    static float[] Tensor(JsonElement weights, int index, string what, params int[] shape) =>
        index < Count(weights) ? JsonTensor.Read(weights[index], $"has a {what} that", shape) : throw new InvalidDataException($"has no {what} among its weights.");

    static int Count(JsonElement weights) => weights.GetArrayLength();

    /// <summary>Sizes of a shape: samples, steps where there are any, features; 0 for those that are open.</summary>
    static int[] Shape(JsonElement shape, string what)
    {
        if (shape.ValueKind != JsonValueKind.Array || shape.GetArrayLength() is not (2 or 3))
            throw new InvalidDataException($"{what} should be [null, features] or [null, steps, features].");
        int[] sizes = [.. shape.EnumerateArray().Select(size => size.ValueKind == JsonValueKind.Null ? 0 : size.ValueKind == JsonValueKind.Number && size.TryGetInt32(out var number) && number is > 0 and <= MostUnits ? number : -1)];
        return sizes.Contains(-1) || sizes[^1] == 0 ? throw new InvalidDataException($"{what} has a size that is no whole number from 1 to {MostUnits}.") : sizes;
    }

    static JsonElement Property(JsonElement layer, string name) =>
        layer.ValueKind == JsonValueKind.Object && layer.TryGetProperty(name, out var found) ? found : throw new InvalidDataException($"has no \"{name}\".");

    /// <summary>A whole number, by itself or as the last of an array.</summary>
    static int Number(JsonElement layer, string name, int? otherwise)
    {
        if (!layer.TryGetProperty(name, out var value))
            return otherwise ?? throw new InvalidDataException($"has no \"{name}\".");
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0)
            value = value[value.GetArrayLength() - 1];
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number is > 0 and <= MostUnits ? number : throw new InvalidDataException($"has a \"{name}\" that is no whole number from 1 to {MostUnits}.");
    }

    static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
