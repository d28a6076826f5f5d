using GenNet.Tests.Generation;

namespace GenNet.Tests.Diagnostics;

/// <summary>While one types, most programs are half a program: generator, analysers and fixes run at each stroke, and none may fail.</summary>
public class HalfTypedTests
{
    const int Texts = 60;

    [Fact]
    public async Task Half_typed_texts_crash_nothing()
    {
        var fixes = 0;
        for (var seed = 0; seed < Texts * LongForm.Times; seed++)
        {
            var random = new RandomText(seed);
            var text = random.Slip(random.Whole());
            try
            {
                var run = GeneratorHarness.Run(text);
                Assert.DoesNotContain(run.Diagnostics, diagnostic => diagnostic.Id is "AD0001" or "CS8785");
                fixes += await CodeFixTests.TryEach(run, text);
            }
            catch (Exception exception)
            {
                Assert.Fail($"Text {seed}: {exception}\n\n{text}");
            }
        }
        Assert.True(fixes > 1, $"{fixes} fixes were tried.");
    }
}
