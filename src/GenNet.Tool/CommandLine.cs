using System.CommandLine;
using GenNet.Tool.Commands;

namespace GenNet.Tool;

/// <summary>The command line, with its output anywhere.</summary>
static class CommandLine
{
    /// <summary>Runs a command. Returns 0, or 1 after one line about what is wrong.</summary>
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        var command = new RootCommand("Looks into model files, safetensors, ONNX and RTNeural's JSON, converts and compares them. What a file is follows from its content.")
        {
            InspectCommand.Create(),
            ConvertCommand.Create(),
            DeclareCommand.Create(),
            CheckCommand.Create(),
        };
        var parsed = command.Parse(arguments);
        if (parsed.Errors.Count > 0)
            return Fail(parsed.Errors[0].Message);
        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = error });
        }
        catch (Exception e) when (e is UserErrorException or InvalidDataException or InvalidOperationException or NotSupportedException or IOException or UnauthorizedAccessException)
        {
            return Fail(e.Message);
        }

        int Fail(string message)
        {
            error.WriteLine($"error: {message.ReplaceLineEndings(" ")}");
            return 1;
        }
    }
}
