using System.CommandLine;
using GenNet.Tool.Models;

namespace GenNet.Tool.Commands;

/// <summary>Compares a file with a network.</summary>
static class CheckCommand
{
    public static Command Create()
    {
        var (file, network) = (Parameters.File(), Parameters.Network(required: true));
        var command = new Command("check", "Tells whether a file fits a network. The exit code is 1 where it does not.") { file, network };
        command.SetAction(options =>
        {
            var (path, expected) = (options.GetValue(file)!, options.GetValue(network)!);
            var parameters = ModelFile.Open(path).Match(expected);
            options.InvocationConfiguration.Output.WriteLine($"{path} fits: {expected.Schema}, {parameters.Tensors.Count} tensors.");
        });
        return command;
    }
}
