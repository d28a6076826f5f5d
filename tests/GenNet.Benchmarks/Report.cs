using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GenNet.Benchmarks;

/// <param name="PeakFlops">Floating-point operations a nanosecond that the core reached in the same rounds.</param>
sealed record Result(Workload Workload, Contender GenNet, IReadOnlyList<PeerProcess> Peers, double PeakFlops);

/// <summary>The figures of one run, as a Markdown table and as JSON.</summary>
sealed class Report(IReadOnlyList<Result> results, Cores cores)
{
    readonly double _peak = cores.Threads * results.Max(result => result.PeakFlops);

    public void Write(IEnumerable<string> missing)
    {
        Console.WriteLine($"""
            Microseconds a sample (inference) or a training step: min / median of rounds in which all take turns; {cores}.
            {Threads}
            Ratio: the best peer's median over GenNet's, so more than 1 means that GenNet is faster.
            Of peak: the products' operations in GenNet's min over {Number(_peak)} GFLOP/s, the most that FMA chains reached in the same rounds{(cores.Threads == 1 ? "" : $", times {cores.Threads}")}.

            """);
        foreach (var line in missing)
            Console.WriteLine($"- {line}");
        Console.WriteLine($"\n| | workload | GenNet | {string.Join(" | ", Peers.All.Select(peer => peer.Name))} | ratio | of peak |");
        Console.WriteLine($"|---|---|--:|{string.Concat(Peers.All.Select(_ => "--:|"))}--:|--:|");
        foreach (var result in results)
            WriteRow(result);
        Console.WriteLine("\nThe fastest variant of each peer, by a run-off before the rounds, was the one measured:\n");
        foreach (var result in results.Where(result => result.Peers.Count > 0))
            Console.WriteLine($"- {result.Workload.Id}: {string.Join("; ", result.Peers.Select(peer => $"{peer.Name} {peer.Variant}"))}");
    }

    public void WriteJson(string path)
    {
        var rows = results.Select(result => new JsonRow(
            result.Workload.Id,
            Microseconds(result.GenNet, result),
            result.Peers.ToDictionary(peer => peer.Name, peer => Microseconds(peer, result)),
            PeakFraction(result)));
        File.WriteAllText(path, JsonSerializer.Serialize([.. rows], JsonContext.Default.JsonRowArray) + "\n");
    }

    void WriteRow(Result result)
    {
        var peers = Peers.All.Select(peer => result.Peers.FirstOrDefault(process => process.Name == peer.Name) is { } process ? Cell(process) : "–");
        var ratio = result.Peers.Count == 0 ? "–" : Number(result.Peers.Min(peer => peer.Median) / result.GenNet.Median);
        Console.WriteLine($"| {result.Workload.Id} | {result.Workload} | {Cell(result.GenNet)} | {string.Join(" | ", peers)} | {ratio} | {Number(100 * PeakFraction(result))} % |");

        string Cell(Contender contender)
        {
            var figures = Microseconds(contender, result);
            return $"{Number(figures.MinUs)} / {Number(figures.MedianUs)}";
        }
    }

    string Threads => cores.Threads == 1
        ? "One thread each."
        : $"{cores.Threads} threads each, of GenNet (Parallelism.Threads) as of the peers, where they divide the work: Eigen does not, nor does GenNet for one sample.";

    double PeakFraction(Result result) => result.Workload.Flops * result.Workload.UnitsPerCall / result.GenNet.Min / _peak;

    static JsonFigures Microseconds(Contender contender, Result result)
    {
        var scale = 1 / (1e3 * result.Workload.UnitsPerCall);
        return new(contender.Min * scale, contender.Median * scale);
    }

    /// <summary>Three significant digits.</summary>
    static string Number(double value)
    {
        var decimals = Math.Clamp(2 - (int)Math.Floor(Math.Log10(value)), 0, 6);
        return value.ToString($"F{decimals}", CultureInfo.InvariantCulture);
    }
}

sealed record JsonRow(string Id, JsonFigures Gennet, Dictionary<string, JsonFigures> Peers, double PeakFraction);

sealed record JsonFigures(double MinUs, double MedianUs);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(JsonRow[]))]
sealed partial class JsonContext : JsonSerializerContext;
