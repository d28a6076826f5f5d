using System.CommandLine;
using System.Globalization;
using GenNet.Tool.Models;
using Spectre.Console;

namespace GenNet.Tool.Commands;

/// <summary>Shows what is in a file.</summary>
static class InspectCommand
{
    const int Width = 160;

    public static Command Create()
    {
        var file = Parameters.File();
        var command = new Command("inspect", "Shows tensors, shapes, statistics and layers.") { file };
        command.SetAction(options => Show(ModelFile.Open(options.GetValue(file)!), options.InvocationConfiguration.Output));
        return command;
    }

    static void Show(ModelFile model, TextWriter output)
    {
        foreach (var (key, value) in model.Facts)
            output.WriteLine($"{key}: {value}");
        if (model.Architecture is { } network)
        {
            output.WriteLine($"layers: {network.Schema}");
            foreach (var head in network.Heads.Where(head => head.Name.Length > 0))
                output.WriteLine($"head {head.Name}: outputs {head.Outputs}");
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"schema: {network.SchemaHash:x16}, {network.ParameterCount:N0} trained parameters"));
        }
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        terminal.Profile.Width = Console.IsOutputRedirected || output != Console.Out ? Width : terminal.Profile.Width;
        terminal.Write(Tensors(model));
    }

    static Table Tensors(ModelFile model)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("tensor", "type");
        foreach (var heading in new[] { "shape", "elements", "min", "max", "mean", "std" })
            table.AddColumn(new TableColumn(heading).RightAligned());
        foreach (var tensor in model.Tensors)
        {
            string[] statistics = tensor.Values is { } values ? Columns(Statistics.Of(values)) : ["", "", "", ""];
            string[] row = [tensor.Name, tensor.Type, $"[{string.Join(", ", tensor.Shape)}]", tensor.Length.ToString("N0", CultureInfo.InvariantCulture), .. statistics];
            table.AddRow(Array.ConvertAll(row, Markup.Escape));
        }
        return table;
    }

    static string[] Columns(Statistics statistics) => statistics.NotFinite > 0
        ? [string.Create(CultureInfo.InvariantCulture, $"{statistics.NotFinite} not finite"), "", "", ""]
        : [.. new[] { statistics.Minimum, statistics.Maximum, statistics.Mean, statistics.Deviation }.Select(value => value.ToString("G4", CultureInfo.InvariantCulture))];
}
