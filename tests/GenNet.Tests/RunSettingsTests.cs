using System.Runtime.CompilerServices;

namespace GenNet.Tests;

/// <summary>Tests of allocated bytes count what a method allocates, whatever was compiled before.</summary>
public class RunSettingsTests
{
    [Fact]
    public void Objects_are_allocated_on_the_heap()
    {
        Assert.Equal("0", Environment.GetEnvironmentVariable("DOTNET_JitObjectStackAllocation"));
        var sum = Sum(1, 2);
        var before = GC.GetAllocatedBytesForCurrentThread();
        sum += Sum(3, 4);
        Assert.NotEqual(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(10, sum);
    }

    /// <summary>By an object that does not leave it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static int Sum(int x, int y)
    {
        var pair = new Pair(x, y);
        return pair.X + pair.Y;
    }

    sealed class Pair(int x, int y)
    {
        public int X { get; } = x;

        public int Y { get; } = y;
    }
}
