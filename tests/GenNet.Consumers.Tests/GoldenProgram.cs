namespace GenNet.Consumers.Tests;

/// <summary>A program that prints the fingerprints of all networks, to be published for other processors: with fused multiply-add those of golden.txt, without it those of golden.unfused.txt.</summary>
static class GoldenProgram
{
    const string Properties = """
        <TargetFramework>net10.0</TargetFramework>
        <OutputType>Exe</OutputType>
        <ImplicitUsings>enable</ImplicitUsings>
        <InvariantGlobalization>true</InvariantGlobalization>
        <Nullable>enable</Nullable>
        """;

    /// <summary>What such a program says of its vectors where multiply-adds are rounded twice.</summary>
    public const string Unfused = "128-bit vectors, no fused multiply-add";

    static readonly string[] Sources = ["Networks", "Fingerprint", "FingerprintSuite", "Program"];

    /// <summary>The seeds of the golden files.</summary>
    public static readonly string[] Seeds = ["1", "2", "3"];

    /// <summary>A project of the program.</summary>
    public static ConsumerProject Create(string name, string properties) =>
        new(name, Properties + properties, null, [.. Sources.Select(source => $"Fingerprints.{source}.cs")]);

    /// <summary>Fails unless the output is what the golden file has of the seeds.</summary>
    public static void AssertGolden(string file, string width, string[] seeds, string output)
    {
        var golden = ConsumerProject.Source(file).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(width, lines[^1]);
        Assert.Equal(golden.Where(line => seeds.Contains(line.Split(' ')[0])).Order(StringComparer.Ordinal), lines[..^1].Order(StringComparer.Ordinal));
    }
}
