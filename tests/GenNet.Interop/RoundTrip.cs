using System.Runtime.InteropServices;
using GenNet.Onnx;

namespace GenNet.Interop;

/// <summary>Trains a network, takes it through every format and program, and compares what they compute.</summary>
public sealed class RoundTrip : IDisposable
{
    const int Samples = 500;
    const int Steps = 300;
    const int BatchSize = 64;
    const double TorchTolerance = 1e-6;
    const double OnnxTolerance = 1e-5;

    readonly string _folder = Directory.CreateTempSubdirectory("gennet-roundtrip-").FullName;
    readonly RoundTripNetwork _network = new(seed: 1);
    readonly float[] _inputs = Spirals.Draw(Samples, seed: 2).Inputs;
    readonly TextWriter _output;

    RoundTrip(TextWriter output) => _output = output;

    /// <summary>Says of each way whether it agrees, or why it was skipped. Returns whether all that were tried agree.</summary>
    public static bool Run(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        using var trip = new RoundTrip(output);
        trip.Train();
        trip._network.Save(trip.Path("net.safetensors"));
        OnnxFile.Save(trip._network, trip.Path("net.onnx"));
        File.WriteAllBytes(trip.Path("net.in"), MemoryMarshal.AsBytes(trip._inputs.AsSpan()).ToArray());
        return new[] { trip.SafeTensorsHere(), trip.OnnxHere(), trip.SafeTensorsInTorch(), trip.CheckerOfOnnx(), trip.OnnxInRuntime(), trip.TorchToHere() }.All(agrees => agrees);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    void Train()
    {
        var (inputs, labels) = Spirals.Draw(Steps * BatchSize, seed: 3);
        var trainer = _network.CreateTrainer(new Adam(learningRate: 0.01), BatchSize);
        float first = 0, last = 0;
        for (var step = 0; step < Steps; step++)
        {
            last = trainer.Step(inputs.AsSpan(2 * step * BatchSize, 2 * BatchSize), labels.AsSpan(step * BatchSize, BatchSize));
            first = step == 0 ? last : first;
        }
        _output.WriteLine(FormattableString.Invariant($"trained {RoundTripNetwork.Architecture.Schema}: loss {first:F3} → {last:F3}"));
    }

    bool SafeTensorsHere() => Loads("safetensors, loaded here", network => network.Load(Path("net.safetensors")));

    bool OnnxHere() => Loads("ONNX, loaded here", network => OnnxFile.Load(network, Path("net.onnx")));

    bool Loads(string what, Action<RoundTripNetwork> load)
    {
        var network = new RoundTripNetwork(seed: 9);
        load(network);
        return Report(what, network.Hash() == _network.Hash() ? "the same bits" : null);
    }

    bool SafeTensorsInTorch() => Try("safetensors, run by PyTorch", Peer.Torch, TorchTolerance, () =>
    {
        SafeTensorsFile.Write(Path("in.safetensors"), [new SafeTensor("inputs", [Samples, RoundTripNetwork.InputSize], _inputs)]);
        Peer.Torch.Run("model_files.py", "run", Path("net.safetensors"), Path("in.safetensors"), Path("out.safetensors"), RoundTripNetwork.Modules);
        return Difference(_network, _inputs, SafeTensorsFile.Open(Path("out.safetensors")).Find("outputs")!.ToArray());
    });

    bool CheckerOfOnnx() => Try("ONNX, checked by python3-onnx", Peer.OnnxChecker, () =>
    {
        Peer.OnnxChecker.Run("onnx_check.py", Path("net.onnx"));
        return "passes";
    });

    bool OnnxInRuntime() => Try("ONNX, run by onnxruntime-node", Peer.OnnxRuntime, OnnxTolerance, () =>
    {
        Peer.OnnxRuntime.Run("onnx_run.js", _folder, "net");
        return Difference(_network, _inputs, Floats("net.out"));
    });

    bool TorchToHere() => Try("ONNX exported by PyTorch, run here", Peer.Torch, OnnxTolerance, () =>
    {
        Peer.Torch.Run("torch_models.py", _folder, "5");
        return TorchModels.All.Max(model =>
        {
            var network = model.Create();
            OnnxFile.Load(network, Path($"{model.Name}.onnx"));
            return Difference(network, TorchModels.Inputs(network, Floats($"{model.Name}.in")), Floats($"{model.Name}.out"));
        });
    });

    bool Try(string what, Peer peer, double tolerance, Func<double> difference) => Try(what, peer, () =>
    {
        var largest = difference();
        return largest <= tolerance ? FormattableString.Invariant($"largest difference {largest:G2}, {tolerance:G2} is allowed") : null;
    });

    /// <summary>Compares where the other program is installed.</summary>
    bool Try(string what, Peer peer, Func<string?> agreement)
    {
        if (peer.Missing is { } missing)
        {
            _output.WriteLine($"{what}: skipped: {missing}");
            return true;
        }
        try
        {
            return Report(what, agreement());
        }
        catch (Exception e) when (e is InvalidOperationException or InvalidDataException)
        {
            _output.WriteLine(e.Message);
            return Report(what, null);
        }
    }

    bool Report(string what, string? agreement)
    {
        _output.WriteLine($"{what}: {agreement ?? "DIFFERS"}");
        return agreement is not null;
    }

    /// <summary>The largest difference between a network's outputs and others, relative to outputs above 1.</summary>
    static double Difference(INetwork network, float[] inputs, float[] expected)
    {
        var actual = new float[inputs.Length / network.InputSize * network.OutputSize];
        network.ForwardBatch(inputs, actual);
        return actual.Length == expected.Length
            ? actual.Zip(expected, (a, e) => float.IsFinite(e) ? Math.Abs(a - (double)e) / Math.Max(1, Math.Abs(e)) : double.PositiveInfinity).Max()
            : double.PositiveInfinity;
    }

    float[] Floats(string name) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path(name))).ToArray();

    string Path(string name) => System.IO.Path.Combine(_folder, name);
}
