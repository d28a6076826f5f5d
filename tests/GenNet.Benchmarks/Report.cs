using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GenNet.Benchmarks;

/// <param name="PeakFlops">Floating-point operations a nanosecond that the core reached in the same rounds.</param>
sealed record Result(Workload Workload, Contender GenNet, IReadOnlyList<PeerProcess> Peers, double PeakFlops)
{
    public double PeakFraction => Workload.Flops * Workload.UnitsPerCall / GenNet.Min / PeakFlops;
}

static class Report
{
    public static void WriteHeader(Cores cores, IEnumerable<string> missing)
    {
        Console.WriteLine($"Microseconds, min / median of rounds in turns; {cores}. I*: a sample, T*: a training step. Ratio: best peer's median over GenNet's.\n");
        foreach (var line in missing)
            Console.WriteLine($"- {line}");
        Console.WriteLine($"\n| | workload | GenNet | {string.Join(" | ", Peers.All.Select(peer => peer.Name))} | ratio | of peak |");
        Console.WriteLine($"|---|---|--:|{string.Concat(Peers.All.Select(_ => "--:|"))}--:|--:|");
    }

    public static void WriteRow(Result result)
    {
        var units = result.Workload.UnitsPerCall;
        var peers = Peers.All.Select(peer => result.Peers.FirstOrDefault(process => process.Name == peer.Name) is { } process ? Cell(process) : "–");
        var ratio = result.Peers.Count == 0 ? "–" : Number(result.Peers.Min(peer => peer.Median) / result.GenNet.Median);
        Console.WriteLine($"| {result.Workload.Id} | {result.Workload} | {Cell(result.GenNet)} | {string.Join(" | ", peers)} | {ratio} | {Number(100 * result.PeakFraction)} % |");

        string Cell(Contender contender) => $"{Number(contender.Min / units / 1e3)} / {Number(contender.Median / units / 1e3)}";
    }

    public static void WriteVariants(IReadOnlyList<Result> results)
    {
        Console.WriteLine($"\nPeak: {Number(results.Max(result => result.PeakFlops))} GFLOP/s. The fastest variant of each peer, by a run-off before the rounds:\n");
        foreach (var result in results.Where(result => result.Peers.Count > 0))
            Console.WriteLine($"- {result.Workload.Id}: {string.Join("; ", result.Peers.Select(peer => $"{peer.Name} {peer.Variant}"))}");
    }

    public static void WriteJson(string path, IEnumerable<Result> results)
    {
        var rows = results.Select(result => new JsonRow(
            result.Workload.Id,
            Figures(result.GenNet, result),
            result.Peers.ToDictionary(peer => peer.Name, peer => Figures(peer, result)),
            result.PeakFraction));
        File.WriteAllText(path, JsonSerializer.Serialize([.. rows], JsonContext.Default.JsonRowArray) + "\n");

        static JsonFigures Figures(Contender contender, Result result) =>
            new(contender.Min / result.Workload.UnitsPerCall / 1e3, contender.Median / result.Workload.UnitsPerCall / 1e3);
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
