using System.Runtime.InteropServices;
using GenNet.Onnx;

namespace GenNet.Interop;

/// <summary>A temporary folder of models, each with a batch of inputs for it, that other programs check and run.</summary>
public sealed class OnnxFolder : IDisposable
{
    readonly string _path = Directory.CreateTempSubdirectory("gennet-onnx-").FullName;
    readonly List<string> _names = [];

    public void Dispose() => Directory.Delete(_path, recursive: true);

    /// <summary>Writes a network, with or without states as inputs, and a batch for it.</summary>
    public void Add(string name, INetwork network, float[] inputs, bool states = false)
    {
        OnnxFile.Save(network, FileName(name, "onnx"), states: states);
        File.WriteAllBytes(FileName(name, "in"), MemoryMarshal.AsBytes(inputs.AsSpan()).ToArray());
        _names.Add(name);
    }

    /// <summary>Checks all models.</summary>
    /// <exception cref="InvalidOperationException">One breaks ONNX's rules.</exception>
    public void Check() => Peer.OnnxChecker.Run("onnx_check.py", [.. _names.Select(name => FileName(name, "onnx"))]);

    /// <summary>Runs all models on their batches.</summary>
    public void Run() => Peer.OnnxRuntime.Run("onnx_run.js", [_path, .. _names]);

    /// <summary>Runs all models, which have states, step by step on their batches: what each gives is [steps, samples, outputs].</summary>
    public void Step(int steps) => Peer.OnnxRuntime.Run("onnx_step.js", [_path, $"{steps}", .. _names]);

    /// <summary>What running the model gave.</summary>
    public float[] Outputs(string name) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(FileName(name, "out"))).ToArray();

    string FileName(string name, string extension) => Path.Combine(_path, $"{name}.{extension}");
}
