using System.Runtime.InteropServices;

namespace GenNet.Mpi.Native;

/// <summary>
/// The functions of the MPI library that <see cref="MpiLibrary"/> loaded. A handle is a pointer or an int, by the library: it is passed in a register either way,
/// and where a function writes one, there is room for the larger.
/// </summary>
static unsafe partial class MpiCalls
{
    /// <summary>The name by which the resolver finds the library.</summary>
    public const string Library = "mpi of the launcher";

    [LibraryImport(Library)]
    public static partial int MPI_Get_library_version(byte* text, int* length);

    [LibraryImport(Library)]
    public static partial int MPI_Init_thread(int* argumentCount, byte*** arguments, int required, int* provided);

    [LibraryImport(Library)]
    public static partial int MPI_Finalize();

    [LibraryImport(Library)]
    public static partial int MPI_Abort(nint communicator, int code);

    [LibraryImport(Library)]
    public static partial int MPI_Comm_rank(nint communicator, int* rank);

    [LibraryImport(Library)]
    public static partial int MPI_Comm_size(nint communicator, int* size);

    [LibraryImport(Library)]
    public static partial int MPI_Comm_dup(nint communicator, nint* copy);

    [LibraryImport(Library)]
    public static partial int MPI_Comm_set_errhandler(nint communicator, nint handler);

    [LibraryImport(Library)]
    public static partial int MPI_Error_string(int code, byte* text, int* length);

    [LibraryImport(Library)]
    public static partial int MPI_Isend(byte* bytes, int count, nint type, int rank, int tag, nint communicator, void* request);

    [LibraryImport(Library)]
    public static partial int MPI_Irecv(byte* bytes, int count, nint type, int rank, int tag, nint communicator, void* request);

    [LibraryImport(Library)]
    public static partial int MPI_Test(void* request, int* done, nint status);

    [LibraryImport(Library)]
    public static partial int MPI_Testall(int count, void* requests, int* done, nint statuses);
}
