using System.Diagnostics;
using System.Globalization;

namespace GenNet.Benchmarks;

/// <summary>A peer is there but wrong: it stops while it is timed, or computes something else than GenNet.</summary>
sealed class PeerException(string message) : Exception(message);

/// <summary>One way to run a peer.</summary>
/// <param name="Name">What it is called beside its siblings.</param>
/// <param name="Program">The program; its first argument is the workload's file.</param>
/// <param name="Arguments">The arguments around and after that file; <c>{file}</c> stands for it, <c>{model}</c> for the network as an ONNX model.</param>
/// <param name="Environment">Variables set for it.</param>
sealed record Variant(string Name, string Program, string[] Arguments, Dictionary<string, string> Environment);

/// <summary>A peer process, timed by one line on its standard input and one on its output a slice.</summary>
sealed class PeerProcess : Contender, IDisposable
{
    const double Tolerance = 1e-4;

    readonly Process _process;
    readonly Task<string> _errors;

    public PeerProcess(string name, Variant variant, Workload workload, string file, string model, Cores cores) : base(name)
    {
        Variant = variant.Name;
        var start = cores.Pin(variant.Program, [.. variant.Arguments.Select(argument => argument switch { "{file}" => file, "{model}" => model, _ => argument })]);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        foreach (var (key, value) in variant.Environment)
            start.Environment[key] = value;
        foreach (var library in (string[])["OMP", "OPENBLAS", "MKL"])
            start.Environment[$"{library}_NUM_THREADS"] = cores.Threads.ToString(CultureInfo.InvariantCulture);
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
        try
        {
            Check(workload);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Variant { get; }

    public override double Run(double sliceNanoseconds)
    {
        _process.StandardInput.WriteLine(sliceNanoseconds.ToString(CultureInfo.InvariantCulture));
        _process.StandardInput.Flush();
        return double.Parse(ReadLine(), CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    string ReadLine() => _process.StandardOutput.ReadLine() ?? throw new PeerException($"{Name} ({Variant}) stopped:\n{_errors.Result}");

    void Check(Workload workload)
    {
        // A library that cannot be loaded ends it before it has said anything.
        var line = _process.StandardOutput.ReadLine() ?? throw new PeerMissingException(Peers.FirstError(_errors.Result));
        var actual = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => float.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        var expected = workload.Expected();
        if (actual.Length != expected.Length)
            throw new PeerException($"{Name} ({Variant}) gave {actual.Length} numbers for {workload.Id}, GenNet {expected.Length}.");
        var (what, compared) = workload.Infers ? ("output", expected.Length) : ("the loss of step", 4);
        for (var i = 0; i < compared; i++)
            if (!(Math.Abs(actual[i] - expected[i]) <= Tolerance * Math.Max(1, Math.Abs(expected[i]))))
                throw new PeerException($"{Name} ({Variant}) does not compute {workload.Id}: {what} {i + 1} is {actual[i]}, GenNet's {expected[i]}.");
        if (!workload.Infers && !(actual[^1] < actual[0]))
            throw new PeerException($"{Name} ({Variant}) does not learn {workload.Id}: the loss goes from {actual[0]} to {actual[^1]}.");
    }
}
