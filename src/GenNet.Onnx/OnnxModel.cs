using System.Globalization;
using GenNet.Onnx.Reading;
using GenNet.Onnx.Schema;

namespace GenNet.Onnx;

/// <summary>An ONNX model that consists of layers that GenNet has.</summary>
public sealed class OnnxModel
{
    readonly IReadOnlyList<ModelOutput> _outputs;
    readonly string _name;

    internal OnnxModel(string name, ModelProto model, long opset, IReadOnlyList<ModelOutput> outputs, bool isSequence)
    {
        (_name, _outputs, Opset) = (name, outputs, opset);
        Producer = $"{model.ProducerName} {model.ProducerVersion}".Trim();
        Architecture = ModelDescription.Of(model, outputs, isSequence);
        Parameters = new ParameterBlock(Architecture);
        var shared = ModelOutput.CountShared(outputs);
        var layers = outputs[0].Layers.Take(shared).Concat(outputs.SelectMany(output => output.Layers.Skip(shared)));
        Copy(layers, Architecture, Parameters);
    }

    /// <summary>The program that wrote the model, and its version; empty where the model does not say.</summary>
    public string Producer { get; }

    /// <summary>The version of the operator set that the model is written for.</summary>
    public long Opset { get; }

    /// <summary>The layers. Nothing is known of dropout and the loss, which inference does without. Of a model of several outputs each is a head.</summary>
    public NetworkArchitecture Architecture { get; }

    /// <summary>The parameters of the layers.</summary>
    public ParameterBlock Parameters { get; }

    /// <summary>Copies the parameters to a network of the same layers. Where it fails, the network is left as it was.</summary>
    /// <param name="network">The network.</param>
    /// <param name="checkSchema">Whether a model that says that its network had other features or classes is refused.</param>
    /// <exception cref="InvalidDataException">The network has other layers or features, or a weight is not a finite number. The message holds the file's name, the first node or tensor at fault, and what to change.</exception>
    public void CopyTo(INetwork network, bool checkSchema = true)
    {
        ArgumentNullException.ThrowIfNull(network);
        CopyTo(network.Architecture, network.Parameters, checkSchema);
    }

    /// <summary>Copies the parameters to those of a network that is only described.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="checkSchema">Whether a model of other features or classes is refused.</param>
    /// <inheritdoc cref="CopyTo(INetwork, bool)" path="/exception"/>
    public void CopyTo(NetworkArchitecture architecture, ParameterBlock parameters, bool checkSchema = true)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(parameters);
        try
        {
            var layers = HeadMatch.Match(_outputs, architecture);
            foreach (var layer in layers)
                CheckFinite(layer.Step);
            if (checkSchema)
                CheckSchema(architecture);
            Copy(layers, architecture, parameters);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{_name}: {e.Message}", e);
        }
    }

    static void Copy(IEnumerable<ModelLayer> layers, NetworkArchitecture architecture, ParameterBlock parameters)
    {
        foreach (var (tensors, layer) in parameters.Tensors.GroupBy(tensor => tensor.Layer).Zip(layers.Where(layer => layer.Step.Parameters.Count > 0)))
            foreach (var (tensor, values) in tensors.Zip(layer.Step.ParametersFor(architecture.Layers[tensors.Key])))
                tensor.CopyFrom(values);
    }

    void CheckSchema(NetworkArchitecture architecture)
    {
        var difference = SchemaText.Difference(Architecture.InputSchema, architecture.InputSchema) ?? SchemaText.Difference(Architecture.OutputSchema, architecture.OutputSchema);
        if (difference is not null)
            throw new InvalidDataException($"it was written by a network of other features than {architecture.Name}: {difference}. Declare the types as they were, or pass checkSchema: false.");
    }

    static void CheckFinite(Step step)
    {
        foreach (var tensor in step.Parameters)
            if (Array.FindIndex(tensor, value => !float.IsFinite(value)) is var index and >= 0)
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"element {index} of a parameter of {step.Node.Description} is {tensor[index]}. Weights are finite numbers."));
    }
}
