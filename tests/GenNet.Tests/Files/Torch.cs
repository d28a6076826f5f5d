using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace GenNet.Tests.Files;

/// <summary>PyTorch, where it is installed, and what it wrote before.</summary>
static class Torch
{
    static readonly string Python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    /// <summary>Why tests with PyTorch itself cannot run; null where they can.</summary>
    public static string? Missing { get; } = Try("-c", "import importlib.util, sys; sys.exit(importlib.util.find_spec('torch') is None)")
        ? null
        : "skipped: PyTorch is missing, install it with 'apt-get install python3-torch'";

    /// <summary>A file that tests/reference/model_files.py wrote.</summary>
    public static string Sample(string name) => Path.Combine(Folder(), "torch", name);

    /// <summary>Runs tests/reference/model_files.py.</summary>
    public static void Run(params string[] arguments)
    {
        using var process = Start([Path.Combine(Folder(), "../../reference/model_files.py"), .. arguments]);
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors);
    }

    static bool Try(params string[] arguments)
    {
        try
        {
            using var process = Start(arguments);
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    static Process Start(string[] arguments) => Process.Start(new ProcessStartInfo(Python, arguments) { RedirectStandardError = true })!;

    static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}

/// <summary>A test that needs PyTorch itself.</summary>
sealed class TorchFactAttribute : FactAttribute
{
    public TorchFactAttribute() => Skip = Torch.Missing!;
}
