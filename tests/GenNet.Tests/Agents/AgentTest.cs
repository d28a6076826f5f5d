using GenNet.Agents;
using GenNet.Tests.Networks;

namespace GenNet.Tests.Agents;

/// <summary>What tests of agents share.</summary>
static class AgentTest
{
    /// <summary>Runs something with a number of threads.</summary>
    public static T WithThreads<T>(int threads, Func<T> run)
    {
        var before = Parallelism.Threads;
        Parallelism.Threads = threads;
        try
        {
            return run();
        }
        finally
        {
            Parallelism.Threads = before;
        }
    }

    /// <summary>All parameters, in double precision.</summary>
    public static double[] Flat(ParameterBlock block)
    {
        var values = new float[block.Length];
        block.CopyTo(values);
        return [.. values.Select(value => (double)value)];
    }

    /// <summary>All that follows from a complete roll-out, piece by piece.</summary>
    public static void Finish<TEnvironment>(Rollout<TEnvironment> rollout) where TEnvironment : IEnvironment
    {
        while (!rollout.Finish(pieces: 1))
        {
        }
    }

    /// <summary>Goes on piece by piece until something is refused.</summary>
    public static TException Refused<TException>(Func<bool> advance) where TException : Exception => Assert.ThrowsAny<TException>((Action)(() =>
    {
        while (true)
            advance();
    }));

    /// <summary>Ten pieces, of an agent that is warm.</summary>
    public static void AssertPiecesAllocateNothing<TReport>(Agent<TReport> agent) where TReport : struct => NetworkContractTests.AssertAllocatesNothing(() =>
    {
        for (var i = 0; i < 10; i++)
            agent.Advance();
    });
}
