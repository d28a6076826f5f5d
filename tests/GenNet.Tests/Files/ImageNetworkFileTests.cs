using GenNet.Shared;
using GenNet.Tests.Onnx;
using GenNet.Tool;

namespace GenNet.Tests.Files;

/// <summary>A dense layer behind pixels, which files have channel by channel.</summary>
[Network]
[Image(3, 3, 2)]
[Dense(4, Activation.Tanh)]
[Flatten]
[Dense(3)]
sealed partial class RowOfPixels;

/// <summary>The same sizes, but files have steps one after the other.</summary>
[Network]
[Sequence(9, 2)]
[Dense(4, Activation.Tanh)]
[Flatten]
[Dense(3)]
sealed partial class RowOfSteps;

/// <summary>The first layers work on each pixel, and only a later one has to do with rows and columns of them.</summary>
[Network]
[Image(4, 3, 2)]
[Dense(3, Activation.SiLU)]
[LayerNorm]
[Head("A")]
[Conv2D(3, 2, 3, Activation.Tanh, Padding = Padding.Same)]
[GlobalMaxPool2D]
[Head("B")]
[Dense(2)]
[Flatten]
sealed partial class PixelsThenRows;

/// <summary>What files say of networks of images.</summary>
public sealed class ImageNetworkFileTests : TestFolder
{
    /// <summary>Other orders of columns are other functions of the same file: the words and their fingerprint tell them apart.</summary>
    [Fact]
    public void A_row_of_pixels_is_no_row_of_steps()
    {
        Assert.NotEqual(RowOfSteps.Architecture.Schema, RowOfPixels.Architecture.Schema);
        new RowOfPixels(1).Save(Path("pixels.safetensors"));
        Assert.Throws<InvalidDataException>(() => new RowOfSteps(1).Load(Path("pixels.safetensors")));
        Assert.Throws<ArgumentException>(() => new RowOfSteps(1).Parameters.CopyFrom(new RowOfPixels(1).Parameters));
    }

    /// <summary>What GenNet wrote tells all that it takes to read it: inspected, declared and converted without a word more.</summary>
    [Fact]
    public void Every_network_of_images_can_be_declared_from_its_own_file()
    {
        foreach (var create in OnnxImageNetworks.All.Concat([seed => new RowOfPixels(seed), seed => new RowOfSteps(seed), seed => new PixelsThenRows(seed)]))
        {
            var network = create(1);
            network.Save(Path("net.safetensors"));
            Assert.Contains(network.Architecture.Schema, Succeeds("inspect", Path("net.safetensors")), StringComparison.Ordinal);
            var source = Succeeds("declare", Path("net.safetensors"), "--name", "Net");
            var declared = InMemoryCompiler.Create(InMemoryCompiler.Load(source.Replace("[Network", "/// <summary>Declared.</summary>\n[Network", StringComparison.Ordinal)), "Net", 2);
            Assert.Equal(network.Architecture.Schema, declared.Architecture.Schema);
            declared.Load(Path("net.safetensors"));
            Assert.Equal(network.Hash(), declared.Hash());
            Succeeds("convert", Path("net.safetensors"), Path("net.onnx"));
            declared = create(3);
            GenNet.Onnx.OnnxFile.Load(declared, Path("net.onnx"));
            Assert.Equal(network.Hash(), declared.Hash());
        }
    }

    static string Succeeds(params string[] arguments)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        Assert.True(CommandLine.Run(arguments, output, errors) == 0, errors.ToString());
        return output.ToString();
    }
}
