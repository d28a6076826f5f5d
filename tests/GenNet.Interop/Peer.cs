using System.Diagnostics;
using GenNet.Shared;

namespace GenNet.Interop;

/// <summary>Another program that reads or writes the same files.</summary>
public sealed class Peer
{
    static readonly string Python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "tools");

    readonly string _program;
    readonly Lazy<string?> _missing;

    Peer(string name, string program, string[] probe, string install)
    {
        (Name, _program) = (name, program);
        _missing = new(() => Tool.Run(Start(program, probe)).Succeeded ? null : $"{name} is not installed: {install}");
    }

    public static Peer OnnxChecker { get; } = new("python3-onnx", Python, ["-c", "import onnx"], "apt-get install python3-onnx");

    public static Peer Torch { get; } = new("PyTorch", Python, ["-c", "import torch"], "apt-get install python3-torch");

    /// <summary>Its packages are looked for where NODE_PATH says, or in a folder of the user's.</summary>
    public static Peer OnnxRuntime { get; } = new(
        "onnxruntime-node", "node", ["-e", "require('onnxruntime-node')"], $"npm install --ignore-scripts --prefix {NodeFolder} onnxruntime-node");

    static string NodeFolder => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "gennet");

    public string Name { get; }

    /// <summary>Why it cannot be used and what to do about it, or null.</summary>
    public string? Missing => _missing.Value;

    /// <summary>Runs one of the scripts in <c>tools</c> and returns what it prints.</summary>
    /// <exception cref="InvalidOperationException">It fails.</exception>
    public string Run(string script, params string[] arguments)
    {
        var result = Tool.Run(Start(_program, [Path.Combine(Folder, script), .. arguments]));
        return result.Succeeded ? result.Output : throw new InvalidOperationException($"{Name}: {script} failed: {result.Error}");
    }

    static ProcessStartInfo Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments);
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NODE_PATH")))
            start.Environment["NODE_PATH"] = Path.Combine(NodeFolder, "node_modules");
        return start;
    }
}
