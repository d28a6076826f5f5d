using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using GenNet.Shared;

namespace GenNet.Benchmarks;

/// <summary>Another library, or code written around one. Of its variants the fastest counts.</summary>
sealed record Peer(string Name, string Install, Func<Workload, bool> Takes, Func<Workload, int, Variant[]> Variants);

static class Peers
{
    /// <summary>Fixed-size code is for small networks; compilers take very long over more.</summary>
    const int MostFixedWeights = 10_000;

    const string RTNeuralFolder = "RTNEURAL";

    static readonly string Python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    static readonly Lazy<Tool.Result> TorchImport = new(() => Tool.Run(Python, "-c", "import torch"));

    static readonly Lazy<string> Compiler = new(() => Tool.Run("g++", "--version").Output);

    static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "peers");

    public static IReadOnlyList<Peer> All { get; } =
    [
        new("PyTorch", "apt-get install python3-torch", _ => true, Torch),
        new("onnxruntime", "a feed that has Microsoft.ML.OnnxRuntime", workload => InfersOne(workload) || workload.HasStepModel, (_, threads) => [CSharp("OnnxRuntimePeer", "{file}", "{model}", $"{threads}")]),
        new("ML.NET", "a feed that has Microsoft.ML.OnnxTransformer", InfersOne, (_, threads) => [CSharp("MlNetPeer", "{file}", "{model}", $"{threads}")]),
        new("TorchSharp", "a feed that has TorchSharp and libtorch, and a libstdc++ and a libc as new as libtorch's (Debian 13)", workload => workload.IsDense && workload.Method != Method.Step, (_, threads) => [CSharp("TorchSharpPeer", "{file}", $"{threads}")]),
        new("Eigen", "apt-get install g++ libeigen3-dev", workload => workload.IsDense && (workload.Method == Method.Infer || workload.Products < MostFixedWeights), Eigen),
        new("RTNeural", $"apt-get install g++ libeigen3-dev, and a checkout of github.com/jatinchowdhury18/RTNeural whose folder the environment variable {RTNeuralFolder} names", workload => SteppedLayer(workload) is not null, RTNeural),
        new("oneDNN", "apt-get install g++ libdnnl-dev", workload => UsesProducts(workload) || (!workload.IsDense && !workload.IsSequence && workload.Method == Method.Infer && !workload.Architecture.Layers.Any(layer => layer is ResidualLayer)), OneDnn),
        new("OpenBLAS", "apt-get install g++ libopenblas-dev", UsesProducts, (_, _) =>
        {
            var variant = Native("detected core", "blas_peer.cpp", ["-lopenblas"], ["{file}"]);
            return [variant, variant with { Name = SkylakeX.Name, Environment = SkylakeX.Environment }];
        }),
    ];

    /// <summary>Why PyTorch cannot run; null where it can.</summary>
    public static string? MissingTorch => TorchImport.Value is { Succeeded: false } failed ? FirstError(failed.Error) : null;

    /// <summary>A PyTorch that has just started, on one thread.</summary>
    /// <param name="started">The time right before the start.</param>
    /// <param name="what">infer or train.</param>
    public static ProcessStartInfo ColdTorch(string started, string what)
    {
        var start = new ProcessStartInfo(Python, [Path.Combine(Folder, "torch_cold.py"), started, what]);
        foreach (var (name, value) in SkylakeX.Environment)
            start.Environment[name] = value;
        return start;
    }

    /// <summary>OpenBLAS releases older than a processor take it for one without AVX-512.</summary>
    static (string Name, Dictionary<string, string> Environment) SkylakeX => ("SKYLAKEX", new() { ["OPENBLAS_CORETYPE"] = "SKYLAKEX" });

    static bool InfersOne(Workload workload) => workload.Method == Method.Infer && workload.Samples == 1;

    static bool UsesProducts(Workload workload) => workload.IsDense && workload.Method != Method.Infer && workload.Samples > 1;

    static Variant[] Torch(Workload workload, int threads)
    {
        if (MissingTorch is { } reason)
            throw new PeerMissingException(reason);
        string[] ways = workload.Infers ? ["eager", "script"] : ["loop", "foreach"];
        if (!workload.IsDense && !workload.IsSequence)
            ways = [.. ways, .. ways.Select(way => way + " channels last")];
        return [.. ways.SelectMany(way => new[] { ("detected core", []), SkylakeX }.Select(core => new Variant(
            $"{way}, {core.Item1}", Python, [Path.Combine(Folder, "torch_peer.py"), "{file}", way, $"{threads}"], core.Item2)))];
    }

    /// <summary>Builds a program with packages that nothing else here needs.</summary>
    static Variant CSharp(string peer, params string[] arguments)
    {
        var project = Path.Combine(Folder, peer);
        var program = Path.Combine(project, "out", $"{peer}.dll");
        if (!File.Exists(program) && Tool.Run("dotnet", "build", "-c", "Release", "-o", Path.GetDirectoryName(program)!, Path.Combine(project, $"{peer}.csproj")) is { Succeeded: false } failed)
            throw new PeerMissingException(FirstError(failed.Output + failed.Error));
        return new("C#", "dotnet", [program, .. arguments], []);
    }

    static Variant[] OneDnn(Workload workload, int threads) => workload.IsDense
        ? [Native("sgemm", "blas_peer.cpp", ["-DUSE_DNNL", "-ldnnl"], ["{file}"])]
        : [Native("primitives", "onednn_peer.cpp", ["-ldnnl"], ["{file}"]) with { Environment = new() { ["OMP_NUM_THREADS"] = $"{threads}" } }];

    static Variant[] Eigen(Workload workload, int threads)
    {
        string[] flags = ["-I/usr/include/eigen3", $"-DSIZES={string.Join(',', workload.Sizes)}", $"-DSAMPLES={workload.Samples}", $"-DHIDDEN={workload.Hidden}"];
        return [.. new[] { "eigen", "loops" }.Select(way => Native(way, "eigen_peer.cpp", flags, ["{file}", way]))];
    }

    /// <summary>The layer that RTNeural computes a step of, where a dense layer to one output is all that is behind it.</summary>
    static Layer? SteppedLayer(Workload workload) =>
        workload.Method == Method.Step && workload.Architecture.Layers is [GRULayer or LSTMLayer or Conv1DLayer, LastStepLayer, DenseLayer { Outputs: 1 }] ? workload.Architecture.Layers[0] : null;

    static Variant[] RTNeural(Workload workload, int threads)
    {
        var folder = Environment.GetEnvironmentVariable(RTNeuralFolder);
        if (string.IsNullOrEmpty(folder))
            throw new PeerMissingException($"{RTNeuralFolder} is not set");
        var layer = SteppedLayer(workload)!;
        var kind = layer is Conv1DLayer ? "Conv1DT" : layer is GRULayer ? "GRULayerT" : "LSTMLayerT";

        // The most that it can align to; Eigen takes vectors of 512 bits all the same where they are.
        string[] flags = [$"-I{folder}", "-I/usr/include/eigen3", "-DRTNEURAL_USE_EIGEN=1", "-DRTNEURAL_DEFAULT_ALIGNMENT=32", $"-DKIND={kind}", $"-DIN={layer.Inputs}", $"-DUNITS={layer.Outputs}"];
        return [Native("Eigen", "rtneural_peer.cpp", flags, ["{file}"])];
    }

    /// <summary>Compiles a peer unless the same compiler compiled the same sources with the same flags before.</summary>
    static Variant Native(string name, string source, string[] flags, string[] arguments)
    {
        string[] command = ["-std=c++17", "-O3", "-march=native", "-ffast-math", Path.Combine(Folder, source), .. flags];
        var text = Compiler.Value + string.Join(' ', command) + File.ReadAllText(Path.Combine(Folder, source)) + File.ReadAllText(Path.Combine(Folder, "peer.h"));
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
        var program = Path.Combine(Folder, $"{Path.GetFileNameWithoutExtension(source)}-{hash}");
        if (!File.Exists(program))
        {
            if (Tool.Run("g++", [.. command, "-o", program]) is { Succeeded: false } failed)
                throw new PeerMissingException(FirstError(failed.Error));
        }
        return new(name, program, arguments, []);
    }

    /// <summary>The line of a program's complaints that says what it lacks.</summary>
    public static string FirstError(string text) =>
        text.Split('\n').FirstOrDefault(line => line.Contains("rror", StringComparison.Ordinal) || line.Contains("cannot find", StringComparison.Ordinal), text).Trim();
}

/// <summary>A peer cannot be built or loaded, as when what it needs is not installed.</summary>
sealed class PeerMissingException(string message) : Exception(message);
