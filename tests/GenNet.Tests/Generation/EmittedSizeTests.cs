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
        AssertAtMost(220 + 35 * layers, size.Lines);
        AssertAtMost(700 + 330 * layers, size.ILBytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(30)]
    public void Unrolled_layers_are_bounded(int layers)
    {
        var size = EmittedSize.Of(ManyNetworks.Source("Net", 16, Enumerable.Repeat(16, layers)));
        AssertAtMost(420 + 35 * layers, size.Lines);
        AssertAtMost(4700 + 330 * layers, size.ILBytes);
        // The JIT does not optimise methods of 60,000 bytes, and inlines worse in large ones.
        AssertAtMost(6000, size.LargestMethod);
    }

    static void AssertAtMost(int limit, int actual) => Assert.True(actual <= limit, $"{actual} is more than {limit}");
}
