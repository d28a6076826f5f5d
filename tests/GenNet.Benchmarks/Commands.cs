using System.CommandLine;
using GenNet.Benchmarks.Kernels;

namespace GenNet.Benchmarks;

/// <summary>The commands.</summary>
static class Commands
{
    public static int Run(string[] arguments)
    {
        var command = new RootCommand("Measures GenNet and takes its fingerprints.")
        {
            AgentsCommand.Create(),
            CodeCommand.Create(),
            ColdCommand.Create(),
            CompareCommand.Create(),
            FingerprintCommand.Create(),
            GeneratorCommand.Create(),
            GrowthCommand.Create(),
            HealthCommand.Create(),
            KernelsCommand.Create(),
            LoopsCommand.Create(),
            PopulationCommand.Create(),
        };

        var parsed = command.Parse(arguments);
        if (parsed.Errors.Count > 0)
            return Fail(parsed.Errors[0].Message);
        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (e is PeerException or IOException or UnauthorizedAccessException)
        {
            return Fail(e.Message);
        }
    }

    static int Fail(string message)
    {
        Console.Error.WriteLine($"error: {message}");
        return 1;
    }
}
