using System.Globalization;

namespace GenNet.Tests.Generation;

/// <summary>A right program compiles with its networks, whatever else is in it: neither the compiler nor GenNet refuses it.</summary>
/// <remarks>The environment variable <c>GENNET_RANDOM_PROGRAMS</c> makes it so many instead of a few.</remarks>
public class RandomProgramTests
{
    const int Few = 25;

    static int Count => int.TryParse(Environment.GetEnvironmentVariable("GENNET_RANDOM_PROGRAMS"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : Few;

    [Fact]
    public void Valid_programs_compile()
    {
        for (var seed = 0; seed < Count; seed++)
        {
            var source = RandomProgram.Create(seed);
            var run = GeneratorHarness.Run(source);
            Assert.True(run.Diagnostics.Count == 0, $"Program {seed}: {string.Join('\n', run.Diagnostics.Take(5))}\n\n{source}");
            Assert.NotEmpty(run.Sources);
        }
    }
}
