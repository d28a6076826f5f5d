using GenNet.Onnx.Reading;
using GenNet.Onnx.Writing;
using Google.Protobuf;

namespace GenNet.Onnx;

/// <summary>Writes networks as ONNX models, and loads ONNX models into networks.</summary>
public static class OnnxFile
{
    /// <summary>The version of ONNX's operator set that models are written for.</summary>
    public const int Opset = 17;

    /// <summary>Writes a network, for inference: input <c>input</c> [batch, inputs], of images [batch, channels, height, width]; output <c>output</c> [batch, outputs].</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file.</param>
    /// <param name="channelsLast">Whether the model takes images as the network does, [batch, height, width, channels], and sequences whose first layer along the steps has windows as [batch, steps, features].</param>
    /// <param name="states">
    /// Whether recurrent layers take the states that they begin with as inputs, <c>layer1.h_0</c> [1, batch, units] and of an LSTM <c>layer1.c_0</c>, and give those behind the last step as outputs, <c>layer1.h_n</c> and <c>layer1.c_n</c>:
    /// then the model takes [batch, steps, features] of any number of steps, one too. Of networks that go step by step.
    /// </param>
    /// <exception cref="InvalidOperationException">A weight is not a finite number. Nothing is written.</exception>
    /// <exception cref="NotSupportedException">A layer has an activation of the user's own, which ONNX has no operator for, or the network is larger than the 2 GB that a model may have, or has layers that do not go step by step from <paramref name="states"/>.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there before still is.</exception>
    public static void Save(INetwork network, string path, bool channelsLast = false, bool states = false)
    {
        ArgumentNullException.ThrowIfNull(network);
        Save(network.Architecture, network.Parameters, path, channelsLast, states);
    }

    /// <inheritdoc cref="Save(INetwork, string, bool, bool)" path="/summary|/exception"/>
    /// <param name="network">The network.</param>
    /// <param name="stream">Where the model is written.</param>
    /// <param name="channelsLast">Whether the model takes images as the network does, [batch, height, width, channels], and sequences whose first layer along the steps has windows as [batch, steps, features].</param>
    /// <param name="states">
    /// Whether recurrent layers take the states that they begin with as inputs, <c>layer1.h_0</c> [1, batch, units] and of an LSTM <c>layer1.c_0</c>, and give those behind the last step as outputs, <c>layer1.h_n</c> and <c>layer1.c_n</c>:
    /// then the model takes [batch, steps, features] of any number of steps, one too. Of networks that go step by step.
    /// </param>
    public static void Save(INetwork network, Stream stream, bool channelsLast = false, bool states = false)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(stream);
        GraphWriter.Write(network.Architecture, network.Parameters, channelsLast, states).WriteTo(stream);
    }

    /// <summary>Writes the parameters of a network that is only described, as <see cref="Read(string)"/> returns it.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="path">The file.</param>
    /// <param name="channelsLast">Whether the model takes images as the network does, [batch, height, width, channels], and sequences whose first layer along the steps has windows as [batch, steps, features].</param>
    /// <param name="states">
    /// Whether recurrent layers take the states that they begin with as inputs, <c>layer1.h_0</c> [1, batch, units] and of an LSTM <c>layer1.c_0</c>, and give those behind the last step as outputs, <c>layer1.h_n</c> and <c>layer1.c_n</c>:
    /// then the model takes [batch, steps, features] of any number of steps, one too. Of networks that go step by step.
    /// </param>
    /// <inheritdoc cref="Save(INetwork, string, bool, bool)" path="/exception"/>
    public static void Save(NetworkArchitecture architecture, ParameterBlock parameters, string path, bool channelsLast = false, bool states = false)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(parameters);
        var model = GraphWriter.Write(architecture, parameters, channelsLast, states);
        AtomicFile.Write(path, model.WriteTo);
    }

    /// <summary>Loads the parameters of a model of the same layers. Where it fails, the network is left as it was.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The model.</param>
    /// <param name="checkSchema">Whether a model that says that its network had other features or classes is refused.</param>
    /// <exception cref="InvalidDataException">The file is no ONNX model, is damaged, computes something that GenNet has no layers for, has other layers or features than the network, or a weight that is not a finite number. The message holds the file's name, the node or tensor, and the fault.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static void Load(INetwork network, string path, bool checkSchema = true)
    {
        ArgumentNullException.ThrowIfNull(network);
        Read(path).CopyTo(network, checkSchema);
    }

    /// <summary>Loads the parameters of a model from a stream, which is read to its end.</summary>
    /// <param name="network">The network.</param>
    /// <param name="stream">The model.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="checkSchema">Whether a model of other features or classes is refused.</param>
    /// <inheritdoc cref="Load(INetwork, string, bool)" path="/exception"/>
    public static void Load(INetwork network, Stream stream, string name, bool checkSchema = true)
    {
        ArgumentNullException.ThrowIfNull(network);
        Read(stream, name).CopyTo(network, checkSchema);
    }

    /// <summary>Reads a model without a network to load it into.</summary>
    /// <exception cref="InvalidDataException">The file is no ONNX model, is damaged or computes something that GenNet has no layers for. The message holds the file's name, the node or tensor, and the fault.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static OnnxModel Read(string path) => ModelReader.Read(Permission.Needed(path, () => File.ReadAllBytes(path)), path);

    /// <summary>Reads a model from a stream, to its end.</summary>
    /// <param name="stream">The model.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    public static OnnxModel Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return ModelReader.Read(bytes.ToArray(), name);
    }
}
