namespace GenNet.Benchmarks;

/// <summary>What the JIT says of the methods that it compiles, in a process of this program that uses nothing but one network.</summary>
static class JitListing
{
    /// <summary>The lines that it writes.</summary>
    /// <param name="command">The command, which has a <c>--run</c> for that.</param>
    /// <param name="network">The network.</param>
    /// <param name="settings">Settings of the JIT, without <c>DOTNET_</c>, and their values.</param>
    public static string[] Of(string command, Type network, params (string Name, string Value)[] settings)
    {
        var list = Path.GetTempFileName();
        try
        {
            var start = ThisProgram.Start(command, "--run", network.Name);
            start.Environment["DOTNET_JitStdOutFile"] = list;
            // Every method is compiled once, optimised, instead of first without and later again.
            start.Environment["DOTNET_TieredCompilation"] = "0";
            foreach (var (name, value) in settings)
                start.Environment[$"DOTNET_{name}"] = value;
            if (Shared.Tool.Run(start) is { Succeeded: false } failed)
                throw new InvalidOperationException($"{network.Name}: {failed.Error}");
            return File.ReadAllLines(list);
        }
        finally
        {
            File.Delete(list);
        }
    }
}
