using System.CommandLine;
using GenNet.Tool.Models;

namespace GenNet.Tool.Commands;

/// <summary>Prints the class that a file fits.</summary>
static class DeclareCommand
{
    public static Command Create()
    {
        var (file, name) = (Parameters.File(), new Option<string?>("--name") { HelpName = "identifier", Description = "The name of the class. Default: the network's in the file, else the file's." });
        var steps = Parameters.Steps();
        var command = new Command("declare", "Prints the C# declaration of the network that the file fits.") { file, name, steps };
        command.SetAction(options => options.InvocationConfiguration.Output.Write(Declaration.Of(ModelFile.Open(options.GetValue(file)!, options.GetValue(steps)), options.GetValue(name))));
        return command;
    }
}
