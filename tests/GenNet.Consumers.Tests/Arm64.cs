namespace GenNet.Consumers.Tests;

/// <summary>Programs that are compiled for Arm64, and run by an emulator.</summary>
static class Arm64
{
    const string Libraries = "/usr/aarch64-linux-gnu";

    /// <summary>What projects set.</summary>
    public const string Properties = "<RuntimeIdentifier>linux-arm64</RuntimeIdentifier><PublishAot>true</PublishAot><StripSymbols>false</StripSymbols><LinkerFlavor>lld</LinkerFlavor>";

    /// <summary>Skips the test where linkers or the emulator are missing.</summary>
    public static void SkipUnlessInstalled()
    {
        Packages.SkipUnless("clang", "/usr/bin/clang");
        Packages.SkipUnless("lld", "/usr/bin/ld.lld");
        Packages.SkipUnless("gcc-aarch64-linux-gnu", "/usr/bin/aarch64-linux-gnu-gcc");
        Packages.SkipUnless("libc6-dev-arm64-cross", $"{Libraries}/lib/crt1.o");
        Packages.SkipUnless("qemu-user-static", "/usr/bin/qemu-aarch64-static");
    }

    /// <summary>Runs a published program.</summary>
    public static string Run(ConsumerProject project, params string[] arguments) => project.RunWith("qemu-aarch64-static", ["-L", Libraries, $"./{project.Name}", .. arguments]);
}
