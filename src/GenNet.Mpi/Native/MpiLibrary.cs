using System.Runtime.InteropServices;
using System.Text;

namespace GenNet.Mpi.Native;

/// <summary>The MPI library of this process, and what its handles are: those of Open MPI are addresses of its own, those of MPICH numbers, those of the ABI of MPI 5 the standard's.</summary>
sealed unsafe class MpiLibrary
{
    const int LongestVersion = 8192, LongestError = 512;

    static nint _handle;

    MpiLibrary(string file, nint handle)
    {
        Version = ReadVersion();
        if (Path.GetFileName(file).Contains("mpi_abi", StringComparison.Ordinal))
            (World, Byte, ErrorsReturn, IgnoreStatus, RequestSize, Serialized) = (0x101, 0x247, 0x142, 0, sizeof(nint), 2048);
        else if (Version.StartsWith("Open MPI", StringComparison.Ordinal))
            (World, Byte, ErrorsReturn, IgnoreStatus, RequestSize, Serialized) = (
                NativeLibrary.GetExport(handle, "ompi_mpi_comm_world"), NativeLibrary.GetExport(handle, "ompi_mpi_byte"), NativeLibrary.GetExport(handle, "ompi_mpi_errors_return"),
                0, sizeof(nint), 2);
        else if (Version.Contains("MPICH", StringComparison.Ordinal) || Version.Contains("Intel(R) MPI", StringComparison.Ordinal))
            (World, Byte, ErrorsReturn, IgnoreStatus, RequestSize, Serialized) = (0x44000000, 0x4c00010d, 0x54000001, 1, sizeof(int), 2);
        else
            throw new MpiException($"{file} is an MPI whose handles are not known: \"{Version}\". Open MPI, MPICH, Intel MPI and libraries with the ABI of MPI 5 (libmpi_abi.so.0) are.");
    }

    /// <summary>What the library says of itself.</summary>
    public string Version { get; }

    /// <summary>MPI_COMM_WORLD.</summary>
    public nint World { get; }

    /// <summary>MPI_BYTE.</summary>
    public nint Byte { get; }

    /// <summary>MPI_ERRORS_RETURN.</summary>
    public nint ErrorsReturn { get; }

    /// <summary>MPI_STATUS_IGNORE, and MPI_STATUSES_IGNORE.</summary>
    public nint IgnoreStatus { get; }

    /// <summary>Bytes of an MPI_Request.</summary>
    public int RequestSize { get; }

    /// <summary>MPI_THREAD_SERIALIZED.</summary>
    public int Serialized { get; }

    /// <summary>Loads the first of some libraries that is there.</summary>
    /// <exception cref="MpiException">None is.</exception>
    public static MpiLibrary Load(IReadOnlyList<string> files, string launcher)
    {
        foreach (var file in files)
            if (NativeLibrary.TryLoad(file, out var handle))
            {
                if (_handle == 0)
                    NativeLibrary.SetDllImportResolver(typeof(MpiCalls).Assembly, (name, _, _) => name == MpiCalls.Library ? _handle : 0);
                _handle = handle;
                return new MpiLibrary(file, handle);
            }
        throw new MpiException($"{launcher} started this process, but none of its libraries can be loaded: {string.Join(", ", files)}. "
            + "Install the MPI that the launcher belongs to (Debian: libopenmpi3 or libmpich12), put its folder into LD_LIBRARY_PATH, or name the file in MpiOptions.Library.");
    }

    /// <summary>Throws where a call failed.</summary>
    public static void Check(int code, string call)
    {
        if (code == 0)
            return;
        var length = 0;
        var text = stackalloc byte[LongestError];
        _ = MpiCalls.MPI_Error_string(code, text, &length);
        throw new MpiException($"{call} failed: {Encoding.UTF8.GetString(text, length)}");
    }

    static string ReadVersion()
    {
        var (text, length) = (new byte[LongestVersion], 0);
        fixed (byte* first = text)
            _ = MpiCalls.MPI_Get_library_version(first, &length);
        return Encoding.UTF8.GetString(text, 0, Math.Max(0, length)).TrimEnd('\0', '\n');
    }
}
