using System.CommandLine;
using GenNet.Onnx;
using GenNet.Tool.Models;

namespace GenNet.Tool.Commands;

/// <summary>Converts between safetensors and ONNX, and to them.</summary>
static class ConvertCommand
{
    public static Command Create()
    {
        var (from, to, network) = (new Argument<string>("from") { Description = "A safetensors, ONNX or RTNeural JSON file." }, new Argument<string>("to") { Description = "The file to write: .onnx or .safetensors." }, Parameters.Network(required: false));
        var steps = Parameters.Steps();
        var command = new Command("convert", "Writes a model in another format. A safetensors file that GenNet wrote knows its layers; for another one --network says them.") { from, to, network, steps };
        command.SetAction(options => Convert(ModelFile.Open(options.GetValue(from)!, options.GetValue(steps)), options.GetValue(to)!, options.GetValue(network), options.InvocationConfiguration.Output));
        return command;
    }

    static void Convert(ModelFile model, string to, NetworkArchitecture? network, TextWriter output)
    {
        network ??= model.Architecture ?? throw new UserErrorException(model.Unknown);
        var parameters = model.Match(network);
        switch (Path.GetExtension(to).ToUpperInvariant())
        {
            case ".ONNX":
                OnnxFile.Save(network, parameters, to);
                break;
            case ".SAFETENSORS":
                var tensors = new TensorList(network);
                tensors.AddWeights(parameters, name => name);
                AtomicFile.Write(to, tensors.ToWriter().WriteTo);
                break;
            default:
                throw new UserErrorException($"{to} ends neither in .onnx nor in .safetensors.");
        }
        output.WriteLine($"{to}: {network.Schema}");
    }
}
