using System.Globalization;

namespace GenNet.Tests.Training.Histories;

/// <summary>How many random histories are tried: few in every run of the tests, as many as <c>GENNET_HISTORIES</c> says in a longer one.</summary>
static class Histories
{
    public static int Count(int few) =>
        Environment.GetEnvironmentVariable("GENNET_HISTORIES") is { } many ? int.Parse(many, CultureInfo.InvariantCulture) : few;

    /// <summary>Runs histories of the seeds 1, 2, … and says which failed.</summary>
    public static void Run(int few, Action<ulong> history)
    {
        for (var seed = 1UL; seed <= (ulong)Count(few); seed++)
        {
            try
            {
                history(seed);
            }
            catch (Exception e)
            {
                throw new Xunit.Sdk.XunitException($"History {seed}: {e.Message}", e);
            }
        }
    }
}
