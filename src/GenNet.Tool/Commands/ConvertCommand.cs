using System.CommandLine;
using GenNet.Onnx;
using GenNet.Tool.Models;

namespace GenNet.Tool.Commands;

/// <summary>Converts between safetensors and ONNX.</summary>
static class ConvertCommand
{
    public static Command Create()
    {
        var (from, to, network) = (new Argument<string>("from") { Description = "A safetensors or ONNX file." }, new Argument<string>("to") { Description = "The file to write: .onnx or .safetensors." }, Parameters.Network(required: false));
        var command = new Command("convert", "Writes a model in the other format. A safetensors file that GenNet wrote knows its layers; for another one --network says them.") { from, to, network };
        command.SetAction(options => Convert(options.GetValue(from)!, options.GetValue(to)!, options.GetValue(network), options.InvocationConfiguration.Output));
        return command;
    }

    static void Convert(string from, string to, NetworkArchitecture? network, TextWriter output)
    {
        var model = ModelFile.Open(from);
        network ??= model.Architecture ?? throw new UserErrorException($"{from} does not say what its layers compute; say so with --network, such as --network \"{Guess.Layers(model).Schema}\".");
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
