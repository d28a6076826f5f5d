using System.ComponentModel;
using System.Diagnostics;

namespace GenNet.Shared;

/// <summary>Other programs.</summary>
static class Tool
{
    public readonly record struct Result(bool Succeeded, string Output, string Error);

    /// <summary>Runs a program to its end; fails where it is not installed.</summary>
    public static Result Run(string program, params string[] arguments) => Run(new ProcessStartInfo(program, arguments));

    /// <inheritdoc cref="Run(string, string[])"/>
    public static Result Run(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;

        // A node of a build that stays for the next would keep the streams open for a quarter of an hour.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return new(process.ExitCode == 0, output, error.Result);
        }
        catch (Win32Exception e)
        {
            return new(false, "", e.Message);
        }
    }
}
