namespace GenNet.Tests.Diagnostics;

/// <summary>Tests with random programs try a few of them, and as many times more as the environment variable GENNET_RANDOM says.</summary>
static class LongForm
{
    public static int Times { get; } = int.TryParse(Environment.GetEnvironmentVariable("GENNET_RANDOM"), out var times) ? Math.Max(1, times) : 1;
}
