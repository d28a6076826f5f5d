namespace GenNet.Consumers.Tests;

/// <summary>Other processors compute the fingerprints of the golden files. What emulates and links for them is installed by hand.</summary>
[Trait("Category", "Hosts")]
public class ProcessorTests
{
    [SkippableFact]
    public void Arm64_computes_the_golden_fingerprints()
    {
        Arm64.SkipUnlessInstalled();
        var project = GoldenProgram.Create("Arm64", Arm64.Properties);
        project.Publish().Succeeded();
        GoldenProgram.AssertGolden("golden.txt", "128-bit vectors, fused multiply-add", GoldenProgram.Seeds, Arm64.Run(project, GoldenProgram.Seeds));
    }

    [SkippableFact]
    public void X64_compiled_for_every_processor_computes_those_without_fused_multiply_add()
    {
        Skip.IfNot(ConsumerProject.Rid == "linux-x64" && File.Exists("/usr/bin/gcc"), "needs Linux on x64 with gcc");
        var project = GoldenProgram.Create("EveryProcessor",
            "<RuntimeIdentifier>linux-x64</RuntimeIdentifier><PublishAot>true</PublishAot><CppCompilerAndLinker>gcc</CppCompilerAndLinker><IlcInstructionSet>base</IlcInstructionSet>");
        project.Publish().Succeeded();
        GoldenProgram.AssertGolden("golden.unfused.txt", GoldenProgram.Unfused, GoldenProgram.Seeds, project.Run(null, GoldenProgram.Seeds));
    }
}
