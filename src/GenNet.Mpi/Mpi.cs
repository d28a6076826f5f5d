using GenNet.Mpi.Native;

namespace GenNet.Mpi;

/// <summary>Joins the processes that <c>mpirun</c>, <c>mpiexec</c> or <c>srun</c> started.</summary>
public static class Mpi
{
    static int _initialized;

    /// <summary>
    /// Joins the other ranks, once in a process: <c>using var world = Mpi.Initialize();</c>. A program that was started by itself is a world of one, and needs no MPI.
    /// From then on an exception that nobody catches ends the job on all ranks, not this process alone.
    /// </summary>
    /// <param name="options">How; null for the usual.</param>
    /// <exception cref="MpiException">No MPI library can be loaded, it is another one than the launcher's, or it fails.</exception>
    /// <exception cref="InvalidOperationException">The process has joined before.</exception>
    public static MpiWorld Initialize(MpiOptions? options = null)
    {
        options ??= new MpiOptions();
        var launcher = Launcher.Find(Environment.GetEnvironmentVariable);
        if (Interlocked.Exchange(ref _initialized, 1) == 1)
            throw new InvalidOperationException("MPI is initialised once in a process: keep the world that Mpi.Initialize returned, and pass it on.");
        if (launcher is null)
            return new MpiWorld(options);
        var library = MpiLibrary.Load(options.Library is null ? launcher.Libraries : [options.Library], launcher.Name);
        return new MpiWorld(options, library, launcher);
    }
}
