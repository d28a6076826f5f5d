using GenNet.Tests.Files;
using ProcessTool = GenNet.Shared.Tool;

namespace GenNet.Tests.Benchmarks;

/// <summary>The comparison with other libraries goes on without those that are not there.</summary>
public sealed class CompareTests : TestFolder
{
    /// <summary>A compiler that finds no header of Eigen's, no OpenBLAS to link, and an oneDNN that is gone when the program starts.</summary>
    const string Compiler = """
        #!/bin/sh
        for last; do :; done
        case "$*" in
          --version) echo "a compiler without libraries" ;;
          *-lopenblas*) echo "/usr/bin/ld: cannot find -lopenblas: No such file or directory" >&2; echo "collect2: error: ld returned 1 exit status" >&2; exit 1 ;;
          *-ldnnl*) printf '#!/bin/sh\necho "error while loading shared libraries: libdnnl.so: cannot open shared object file" >&2\nexit 127\n' >"$last"; chmod +x "$last" ;;
          *) echo "eigen_peer.cpp:1:10: fatal error: Eigen/Dense: No such file or directory" >&2; exit 1 ;;
        esac

        """;

    [Fact]
    public void A_peer_that_cannot_be_built_or_loaded_is_left_out_with_its_reason()
    {
        if (!OperatingSystem.IsLinux())
            return; // The compiler is a shell script.
        File.WriteAllText(Path("g++"), Compiler);
        File.SetUnixFileMode(Path("g++"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var start = BenchmarksProgram.Start("compare", "--only", "T2s", "--seconds", "0.2");
        start.Environment["PATH"] = $"{Path("")}:{Environment.GetEnvironmentVariable("PATH")}";
        var result = ProcessTool.Run(start);

        Assert.True(result.Succeeded, result.Error);
        Assert.Contains("- OpenBLAS is left out (/usr/bin/ld: cannot find -lopenblas: No such file or directory): apt-get install g++ libopenblas-dev", result.Output, StringComparison.Ordinal);
        Assert.Contains("- oneDNN is left out (error while loading shared libraries: libdnnl.so: cannot open shared object file): ", result.Output, StringComparison.Ordinal);
        Assert.Contains("- Eigen is left out (eigen_peer.cpp:1:10: fatal error: Eigen/Dense: No such file or directory): ", result.Output, StringComparison.Ordinal);
        Assert.Contains("| T2s |", result.Output, StringComparison.Ordinal);
    }
}
