using System.Globalization;
using ProcessTool = GenNet.Shared.Tool;

namespace GenNet.Tests.Benchmarks;

/// <summary>The native code that a program gets for a network stays small, and all of it is optimised.</summary>
public class NativeCodeTests
{
    const int RestOfLibrary = 22_500, RestOfImages = 29_500;

    /// <summary>Without tiers, as methods are compiled here, the one that chooses the kernels of a layer holds that of every vector width; tiers leave it one.</summary>
    const int LargestMethod = 4_200;

    /// <summary>Bytes of generated code and of the kernels that it calls. There is some room above what the JIT of .NET 10 makes.</summary>
    static readonly Dictionary<string, (int Generated, int Kernels)> Bounds = new()
    {
        ["Tanh4x16x16x2"] = (6_000, 28_200),
        ["Tanh17x64x64x6"] = (6_300, 33_600),
        ["ReLU32x64x64x8"] = (5_600, 32_900),
        ["ReLU784x128x64x10"] = (5_100, 32_400),
        ["ReLU8x32x32x1"] = (8_100, 28_400),
        ["Tanh16x64x64x4"] = (6_200, 34_400),
        ["Sigmoid2x8x1"] = (5_000, 30_000),
        ["Softmax784x128x64x10"] = (5_300, 34_700),
        ["Softmax784x512x256x10"] = (5_300, 34_200),
        ["ReLU8x256x256x1"] = (5_300, 34_100),
        ["ReLU4x32x16x4"] = (6_200, 28_900),
        ["LeNet5"] = (8_500, 57_900),
        ["Conv32x32x64"] = (8_400, 53_300),
        ["DepthwiseSeparable"] = (19_800, 67_600),
        ["MobileNet96"] = (46_300, 74_900),
        ["ResNet8"] = (20_000, 68_800),
    };

    /// <summary>The same of the methods: generated, the largest of them, kernels; of the rest of the library, in bytes and methods. Networks of images have more kinds of kernels, and more layers.</summary>
    static readonly Dictionary<string, (int Generated, int Largest, int Kernels, int Library, int LibraryMethods)> Methods = new()
    {
        ["LeNet5"] = (28, LargestMethod, 147, RestOfImages, 135),
        ["Conv32x32x64"] = (30, LargestMethod, 137, RestOfImages, 135),
        ["DepthwiseSeparable"] = (49, 6_000, 167, RestOfImages, 135),
        ["MobileNet96"] = (95, 12_200, 184, RestOfImages, 135),
        ["ResNet8"] = (47, 5_600, 183, RestOfImages, 135),
    };

    [Theory]
    [InlineData("")]
    [InlineData("256")]
    [InlineData("128")]
    public void Code_of_the_benchmarks_networks_is_optimised_and_bounded(string bits)
    {
        var start = BenchmarksProgram.Start("code");
        if (bits.Length > 0)
            start.Environment["GENNET_VECTOR_BITS"] = bits;
        var result = ProcessTool.Run(start);
        Assert.True(result.Succeeded, result.Error);
        var rows = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2).Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)).ToArray();

        Assert.Equal(Bounds.Keys.Order(), rows.Select(row => row[0]).Order());
        Assert.All(rows, row =>
        {
            var figures = row.Skip(1).Select(cell => int.Parse(cell, CultureInfo.InvariantCulture)).ToArray();
            var (generated, kernels) = Bounds[row[0]];
            (int Generated, int Largest, int Kernels, int Library, int LibraryMethods) methods = Methods.GetValueOrDefault(row[0], (24, LargestMethod, 86, RestOfLibrary, 95));
            int[] limits = [generated, methods.Generated, methods.Largest, kernels, methods.Kernels, LargestMethod, methods.Library, methods.LibraryMethods, LargestMethod, 0];
            Assert.All(limits.Zip(figures), pair => Assert.True(pair.Second <= pair.First, $"{string.Join(" | ", row)}: {pair.Second} is more than {pair.First}"));
            // A list that was not understood would be within all limits.
            Assert.All(figures.SkipLast(1), figure => Assert.NotEqual(0, figure));
        });
    }
}
