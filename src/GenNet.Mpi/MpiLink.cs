using GenNet.Mpi.Native;

namespace GenNet.Mpi;

/// <summary>
/// What all exchanges of a world go over: one communicator, of which an MPI has few (MPICH some 2,000), and for each exchange a tag, of which there are always 32,768.
/// The bytes of one that nobody waits for any more are so not another's.
/// </summary>
/// <param name="library">The library; null in a world of one.</param>
sealed unsafe class MpiLink(MpiLibrary? library)
{
    /// <summary>Tags that every MPI has.</summary>
    const int Tags = 1 << 15;

    int _exchanges;

    public MpiLibrary? Library => library;

    /// <summary>The communicator, whose calls return their errors.</summary>
    public nint Communicator { get; } = library is null ? 0 : Copy(library);

    /// <summary>Whether messages are under way that nobody waits for any more.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Whether the world has been left.</summary>
    public bool IsClosed { get; set; }

    /// <summary>The tag of the next exchange: ranks ask for them in the same order.</summary>
    public int NextTag() => _exchanges++ % Tags;

    static nint Copy(MpiLibrary library)
    {
        nint handle = 0;
        MpiLibrary.Check(MpiCalls.MPI_Comm_dup(library.World, &handle), nameof(MpiCalls.MPI_Comm_dup));
        var communicator = library.RequestSize == sizeof(int) ? *(int*)&handle : handle;
        MpiLibrary.Check(MpiCalls.MPI_Comm_set_errhandler(communicator, library.ErrorsReturn), nameof(MpiCalls.MPI_Comm_set_errhandler));
        return communicator;
    }
}
