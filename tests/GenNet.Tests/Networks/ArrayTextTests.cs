using GenNet.Runtime;
using GenNet.Tests.Generation;

namespace GenNet.Tests.Networks;

/// <summary>What a debugger or a log shows of arrays by value.</summary>
public class ArrayTextTests
{
    [Fact]
    public void Few_numbers_are_all_there() => Assert.Equal("[0.25, -1.5, 12345.6, NaN]", ArrayText.Of([0.25f, -1.5f, 12345.6f, float.NaN]));

    [Fact]
    public void Of_many_numbers_the_first_are_there() => Assert.Equal("[0, 1, 2, 3, 4, 5, 6, 7, … of 784]", ArrayText.Of([.. Enumerable.Range(0, 784).Select(i => (float)i)]));

    [Fact]
    public void There_may_be_none() => Assert.Equal("[]", ArrayText.Of([]));

    [Fact]
    public void The_arrays_of_a_network_say_what_is_in_them()
    {
        using var program = GeneratorHarness.Run("""
            #pragma warning disable CS1591
            [Network(2, 1)] public partial class Net;
            public static class Program { public static string Run() { Net.InputArray x = [1.5f, -2]; return $"{x} {default(Net.OutputArray)}"; } }
            """).CompileAndLoad();
        Assert.Equal("[1.5, -2] [0]", program.Call<string>("Program", "Run"));
    }
}
