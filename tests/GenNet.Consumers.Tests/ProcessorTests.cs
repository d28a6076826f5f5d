namespace GenNet.Consumers.Tests;

/// <summary>
/// Other processors compute the fingerprints of the golden files: with fused multiply-add those of golden.txt, without it those of golden.unfused.txt.
/// Programs with the networks compiled in are published for each. What emulates and links for them is installed by hand.
/// </summary>
[Trait("Category", "Processors")]
public class ProcessorTests
{
    const string Properties = """
        <TargetFramework>net10.0</TargetFramework>
        <OutputType>Exe</OutputType>
        <ImplicitUsings>enable</ImplicitUsings>
        <InvariantGlobalization>true</InvariantGlobalization>
        <Nullable>enable</Nullable>
        """;

    static readonly string[] Sources = ["Networks", "Fingerprint", "FingerprintSuite", "Program"];

    static readonly string[] Seeds = ["1", "2", "3"];

    [SkippableFact]
    public void Arm64_computes_the_golden_fingerprints()
    {
        const string Libraries = "/usr/aarch64-linux-gnu";
        SkipUnless("clang", "/usr/bin/clang");
        SkipUnless("lld", "/usr/bin/ld.lld");
        SkipUnless("gcc-aarch64-linux-gnu", "/usr/bin/aarch64-linux-gnu-gcc");
        SkipUnless("libc6-dev-arm64-cross", $"{Libraries}/lib/crt1.o");
        SkipUnless("qemu-user-static", "/usr/bin/qemu-aarch64-static");

        var project = Program("Arm64", "<RuntimeIdentifier>linux-arm64</RuntimeIdentifier><PublishAot>true</PublishAot><StripSymbols>false</StripSymbols>");
        project.Publish().Succeeded();
        AssertGolden("golden.txt", "128-bit vectors, fused multiply-add", Seeds, project.RunWith("qemu-aarch64-static", ["-L", Libraries, "./Arm64", .. Seeds]));
    }

    [SkippableFact]
    public void WebAssembly_computes_those_without_fused_multiply_add()
    {
        SkipUnless("nodejs", "/usr/bin/node");
        var project = Program("WebAssembly", "<WasmFingerprintAssets>false</WasmFingerprintAssets><CompressionEnabled>false</CompressionEnabled>");
        project.Write("WebAssembly.csproj", project.Read("WebAssembly.csproj").Replace("Microsoft.NET.Sdk", "Microsoft.NET.Sdk.WebAssembly", StringComparison.Ordinal));
        Directory.CreateDirectory(project.PathOf("wwwroot"));
        project.Write("wwwroot/main.mjs", ConsumerProject.Source("main.mjs"));
        project.Publish().Succeeded();
        AssertGolden("golden.unfused.txt", "128-bit vectors, no fused multiply-add", ["1"], project.RunWith("node", "wwwroot/main.mjs", "1"));
    }

    [SkippableFact]
    public void X64_compiled_for_every_processor_computes_those_without_fused_multiply_add()
    {
        Skip.IfNot(ConsumerProject.Rid == "linux-x64" && File.Exists("/usr/bin/gcc"), "needs Linux on x64 with gcc");
        var project = Program("EveryProcessor",
            "<RuntimeIdentifier>linux-x64</RuntimeIdentifier><PublishAot>true</PublishAot><CppCompilerAndLinker>gcc</CppCompilerAndLinker><IlcInstructionSet>base</IlcInstructionSet>");
        project.Publish().Succeeded();
        AssertGolden("golden.unfused.txt", "128-bit vectors, no fused multiply-add", Seeds, project.Run(null, Seeds));
    }

    static ConsumerProject Program(string name, string properties) =>
        new(name, Properties + properties, null, [.. Sources.Select(source => $"Fingerprints.{source}.cs")]);

    static void SkipUnless(string package, string file) => Skip.IfNot(File.Exists(file), $"needs {package}, installed by the system's package manager ({file} is not there)");

    static void AssertGolden(string file, string width, string[] seeds, string output)
    {
        var golden = ConsumerProject.Source(file).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(width, lines[^1]);
        Assert.Equal(golden.Where(line => seeds.Contains(line.Split(' ')[0])).Order(StringComparer.Ordinal), lines[..^1].Order(StringComparer.Ordinal));
    }
}
