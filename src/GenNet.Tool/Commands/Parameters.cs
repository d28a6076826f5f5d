using System.CommandLine;
using System.CommandLine.Parsing;
using GenNet.Tool.Models;

namespace GenNet.Tool.Commands;

/// <summary>Arguments and options that several commands have.</summary>
static class Parameters
{
    public static Argument<string> File() => new("file") { Description = "A safetensors, ONNX or RTNeural JSON file." };

    public static Option<NetworkArchitecture?> Network(bool required) => new("--network")
    {
        HelpName = "layers",
        Description = "The layers: sizes, hidden and output activation, such as \"784-128-10 relu softmax\", or one by one, such as \"Dense 784→128 ReLU, Dense 128→10 Softmax\", those of a head with its name: \"Dense 8→64 Tanh, Policy.Dense 64→4 Softmax, Value.Dense 64→1\".",
        Required = required,
        CustomParser = Parse,
    };

    public static Option<int?> Steps()
    {
        var steps = new Option<int?>("--steps") { HelpName = "number", Description = "Steps of a sequence, where an RTNeural file leaves that open." };
        steps.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() < 1)
                result.AddError("--steps: a sequence has at least 1 step.");
        });
        return steps;
    }

    static NetworkArchitecture? Parse(ArgumentResult result)
    {
        try
        {
            return NetworkText.Parse(result.Tokens[0].Value);
        }
        catch (UserErrorException e)
        {
            result.AddError($"--network: {e.Message}");
            return null;
        }
    }
}
