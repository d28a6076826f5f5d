using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace GenNet.Consumers.Tests;

/// <summary>What a program printed, standard output and error together, and how it ended.</summary>
sealed partial record ToolRun(string Command, int ExitCode, string Output)
{
    static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Runs a program to its end.</summary>
    public static ToolRun Start(string program, string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // The test host's own settings would lead a build astray; a node that stays would keep the streams open.
        foreach (var variable in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(variable);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;

        var output = new StringBuilder();
        void Append(object sender, DataReceivedEventArgs line)
        {
            if (line.Data is not null)
                lock (output)
                    output.AppendLine(line.Data);
        }
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += Append;
        process.ErrorDataReceived += Append;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var command = $"{program} {string.Join(' ', start.ArgumentList)}";
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{command} took more than {Limit.TotalMinutes} minutes.\n{output}");
        }
        process.WaitForExit();
        return new ToolRun(command, process.ExitCode, output.ToString());
    }

    /// <summary>The output of a run that must have gone well.</summary>
    public string Succeeded()
    {
        Assert.True(ExitCode == 0, ToString());
        return Output;
    }

    /// <summary>The output of a run that must have failed.</summary>
    public string Failed()
    {
        Assert.True(ExitCode != 0, ToString());
        return Output;
    }

    /// <summary>Skips the test where a package of the SDK's own is not to be had.</summary>
    public void SkipWithoutPackages()
    {
        var missing = MissingPackage().Matches(Output).Select(match => match.Groups["package"].Value).Distinct().Order().ToArray();
        Skip.If(missing.Length > 0, $"no package source has {string.Join(", ", missing)}");
    }

    [GeneratedRegex(@"error NU110[12]: Unable to find package (?<package>(Microsoft|runtime)\.[\w.-]+)")]
    private static partial Regex MissingPackage();

    public override string ToString() => $"{Command} ended with {ExitCode}:\n{Output}";
}
