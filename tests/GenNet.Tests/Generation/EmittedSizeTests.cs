using GenNet.Shared;

namespace GenNet.Tests.Generation;

/// <summary>What a network adds to a program grows with its layers, not with their sizes, and stays small.</summary>
public class EmittedSizeTests
{
    [Theory]
    [InlineData(1, 60)]
    [InlineData(1, 2000)]
    [InlineData(3, 500)]
    [InlineData(10, 100)]
    [InlineData(30, 100)]
    [InlineData(30, 1000)]
    public void Layers_in_loops_are_bounded(int layers, int width)
    {
        var size = EmittedSize.Of(ManyNetworks.Source("Net", width, Enumerable.Repeat(width, layers)));
        AssertAtMost(274 + 35 * layers, size.Lines);
        AssertAtMost(880 + 336 * layers, size.ILBytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(30)]
    public void Unrolled_layers_are_bounded(int layers)
    {
        var size = EmittedSize.Of(ManyNetworks.Source("Net", 16, Enumerable.Repeat(16, layers)));
        AssertAtMost(440 + 35 * layers, size.Lines);
        AssertAtMost(4700 + 330 * layers, size.ILBytes);
        // The JIT does not optimise methods of 60,000 bytes, and inlines worse in large ones.
        AssertAtMost(6000, size.LargestMethod);
    }

    /// <summary>The compiler takes a time that grows with the square of the cases of a switch and of the members of a record.</summary>
    [Theory]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(500)]
    [InlineData(4000)]
    public void Enums_are_bounded(int members)
    {
        var of = $"#pragma warning disable CS1591\npublic enum E {{ {string.Join(", ", Enumerable.Range(0, members).Select(i => $"M{i}"))} }} public record struct F(float X);\n";
        var output = EmittedSize.Of("using GenNet;\n" + of + "[Network<F, E>] public partial class Net;");
        AssertAtMost(800 + members / 20, output.Lines);
        AssertAtMost(4000, output.LargestMethod);
        var input = EmittedSize.Of("using GenNet;\n" + of + "[Network<E, bool>] public partial class Net;");
        AssertAtMost(600 + members + members / 20, input.Lines);
        // The names of features are an array.
        AssertAtMost(3000 + 14 * members, input.LargestMethod);
    }

    /// <summary>Up to there each class's probability has a name.</summary>
    [Theory]
    [InlineData(64)]
    [InlineData(65, "CS1061")]
    public void Sixty_four_probabilities_have_names(int members, params string[] errors) => Assert.Equal(errors, GeneratorHarness.Run($$"""
        #pragma warning disable CS1591
        public enum E { {{string.Join(", ", Enumerable.Range(0, members).Select(i => $"M{i}"))}} } public record struct F(float X);
        [Network<F, E>] public partial class Net { public static float Last(Probabilities p) => p.M{{members - 1}} + p[E.M0]; }
        """).Diagnostics.Select(diagnostic => diagnostic.Id));

    static void AssertAtMost(int limit, int actual) => Assert.True(actual <= limit, $"{actual} is more than {limit}");
}
