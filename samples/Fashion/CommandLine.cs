using System.CommandLine;

namespace Fashion;

/// <summary>What the command lines of samples have in common.</summary>
static class CommandLine
{
    /// <summary>Runs a command; what the user can put right is one line.</summary>
    public static int Run(RootCommand command, string[] args)
    {
        var parsed = command.Parse(args);
        if (parsed.Errors.Count > 0)
            return Fail(parsed.Errors[0].Message);
        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (e is UserErrorException or InvalidDataException or IOException or NotFiniteNumberException or UnauthorizedAccessException)
        {
            return Fail(e.Message);
        }
    }

    public static void RequirePositive(Option<int> option) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var value) && value <= 0)
            result.AddError($"{option.Name} must be at least 1, got {value}.");
    });

    /// <summary>Seen before the training rather than after it.</summary>
    public static void RequireWritable(Option option) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count != 1)
            return;
        var path = result.Tokens[0].Value;
        if (Path.GetFileName(path).Length == 0)
            result.AddError($"{option.Name}: '{path}' is not the name of a file.");
        else if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            result.AddError($"{option.Name}: there is no folder {folder}.");
    });

    static int Fail(string message)
    {
        Console.Error.WriteLine($"error: {message.ReplaceLineEndings(" ")}");
        return 1;
    }
}
