using GenNet.Mpi.Native;

namespace GenNet.Mpi.Tests;

/// <summary>What started a process is known by the variables that it sets.</summary>
public class LauncherTests
{
    [Fact]
    public void A_program_by_itself_has_none() => Assert.Null(Find());

    [Fact]
    public void Open_MPI_s_has_its_library() => Check("Open MPI's mpirun", 4, "libmpi.so.40", Find(("OMPI_COMM_WORLD_SIZE", "4"), ("PMIX_RANK", "1")));

    [Fact]
    public void Hydra_has_MPICH_s() => Check("mpiexec", 3, "libmpich.so.12", Find(("PMI_SIZE", "3"), ("PMI_RANK", "0")));

    [Fact]
    public void Slurm_with_pmix_has_Open_MPI_s_first() => Check("srun", 2, "libmpi.so.40", Find(("SLURM_STEP_NUM_TASKS", "2"), ("PMIX_RANK", "0")));

    [Fact]
    public void Slurm_without_either_is_refused_unless_it_started_one()
    {
        Assert.Null(Find(("SLURM_STEP_NUM_TASKS", "1")));
        Assert.StartsWith("srun started 2 tasks that cannot find each other: start it with --mpi=pmix", Assert.Throws<MpiException>(() => Find(("SLURM_STEP_NUM_TASKS", "2"))).Message, StringComparison.Ordinal);
    }

    static Launcher? Find(params (string Name, string Value)[] variables) => Launcher.Find(name => Array.Find(variables, variable => variable.Name == name).Value);

    static void Check(string name, int ranks, string library, Launcher? launcher) => Assert.Equal((name, ranks, library), (launcher?.Name, launcher?.Ranks, launcher?.Libraries[0]));
}
