using System.Reflection;

namespace GenNet.Tests.Networks;

/// <summary>Parameters of one network given to another: whatever differs, the message says what.</summary>
public sealed class MixedUpTests
{
    /// <summary>Of every network in the tests.</summary>
    static readonly NetworkArchitecture[] Architectures = [.. typeof(MixedUpTests).Assembly.GetTypes()
        .Where(type => typeof(INetwork).IsAssignableFrom(type) && type is { IsClass: true, IsAbstract: false })
        .Select(type => (NetworkArchitecture?)type.GetProperty("Architecture", BindingFlags.Public | BindingFlags.Static)?.GetValue(null))
        .Where(architecture => architecture is { ParameterCount: < 1000 }).Select(architecture => architecture!)];

    [Fact]
    public void A_message_never_says_the_same_of_both()
    {
        var blocks = Architectures.Select(architecture => new ParameterBlock(architecture)).ToArray();
        var mixed = 0;
        foreach (var mine in blocks)
        {
            foreach (var theirs in blocks)
            {
                if (Record.Exception(() => mine.CopyFrom(theirs)) is not ArgumentException refusal)
                    continue;
                var halves = refusal.Message.Split("These parameters are of ")[1].Split(", the source's of ");
                Assert.NotEqual(halves[0], halves[1].Split(". (Parameter")[0]);
                mixed++;
            }
        }
        Assert.InRange(mixed, 1000, int.MaxValue);
    }

    [Fact]
    public void Networks_of_the_same_sizes_are_told_apart_by_the_first_layer_that_differs()
    {
        ParameterBlock logit = Block(Activation.Identity), sigmoid = Block(Activation.Sigmoid);
        Action<ParameterBlock, ParameterBlock>[] uses = [(a, b) => a.CopyFrom(b), (a, b) => a.Swap(b), (a, b) => a.Lerp(b, 0.5f), (a, b) => a.DistanceTo(b)];
        foreach (var use in uses)
        {
            var message = Assert.Throws<ArgumentException>(() => use(logit, sigmoid)).Message;
            Assert.StartsWith("These parameters are of 2→3→1 with Dense 3→1 Identity, the ", message, StringComparison.Ordinal);
            Assert.Contains("'s of 2→3→1 with Dense 3→1 Sigmoid.", message, StringComparison.Ordinal);
        }

        static ParameterBlock Block(Activation output) => new(new ArchitectureBuilder(2).Dense(3, Activation.Tanh).Dense(1, output).Build("Net", "BinaryCrossEntropy"));
    }
}
