using System.Globalization;

namespace GenNet.Mpi.Native;

/// <summary>What started this process as one of several ranks, by the variables that it sets.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Ranks">How many it started.</param>
/// <param name="Libraries">The libraries that know how to find the other ranks.</param>
sealed record Launcher(string Name, int Ranks, IReadOnlyList<string> Libraries)
{
    const string OpenMpi = "libmpi.so.40", Abi = "libmpi_abi.so.0";

    static readonly string[] Mpich = ["libmpich.so.12", "libmpi.so.12", Abi];

    /// <summary>The launcher; null where the process was started by itself.</summary>
    /// <param name="variable">The value of an environment variable.</param>
    /// <exception cref="MpiException">Slurm started several tasks that cannot find each other.</exception>
    public static Launcher? Find(Func<string, string?> variable)
    {
        int? Number(string name) => int.TryParse(variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        if (Number("OMPI_COMM_WORLD_SIZE") is { } ofOpenMpi)
            return new("Open MPI's mpirun", ofOpenMpi, [OpenMpi, Abi]);
        if (Number("PMI_SIZE") is { } ofPmi)
            return new("mpiexec", ofPmi, Mpich);
        if (Number("SLURM_STEP_NUM_TASKS") is not { } tasks)
            return null;
        if (variable("PMIX_RANK") is not null)
            return new("srun", tasks, [OpenMpi, .. Mpich]);
        return tasks == 1 ? null : throw new MpiException($"srun started {tasks} tasks that cannot find each other: start it with --mpi=pmix for Open MPI, or with --mpi=pmi2 for MPICH.");
    }
}
