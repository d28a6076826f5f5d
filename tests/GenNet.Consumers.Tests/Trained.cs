using App;

namespace GenNet.Consumers.Tests;

/// <summary>What every consumer must print.</summary>
static class Trained
{
    static readonly string Expected = $"trained to {Training.Run()}";

    /// <summary>Fails unless a consumer trained its networks to the same bits as this program, and without allocating once they were warm.</summary>
    public static void Same(string output)
    {
        Assert.EndsWith(", 0 bytes allocated in the last step", Expected, StringComparison.Ordinal);
        Assert.Equal(Expected, output.Split('\n')[0].TrimEnd());
    }
}
