using GenNet.Onnx;
using GenNet.Onnx.Schema;
using GenNet.Shared;
using GenNet.Tests.Files;
using GenNet.Tests.Onnx;
using GenNet.Tool;

namespace GenNet.Tests.Layers;

/// <summary>A stride that nobody states is the usual one of its side, whoever reads it: the generator, the library, ONNX and <c>gennet declare</c>.</summary>
public sealed class UsualStrideTests : TestFolder
{
    /// <summary>Every layer with a stride, with windows that are square and not, and strides that are stated for no side, one, or both.</summary>
    static IEnumerable<(string Attribute, Size2D Stride)> Cases()
    {
        foreach (var (height, width) in new[] { (2, 3), (3, 2), (1, 3), (3, 3) })
        {
            var sizes = height == width ? new[] { $"{height}, {width}", $"{height}" } : [$"{height}, {width}"];
            foreach (var size in sizes)
                foreach (var (settings, down, across) in new (string, int?, int?)[] { ("", null, null), (", Stride = 2", 2, 2), (", StrideHeight = 2", 2, null), (", StrideWidth = 2", null, 2), (", StrideHeight = 2, StrideWidth = 3", 2, 3) })
                {
                    foreach (var pool in new[] { "MaxPool2D", "AveragePool2D" })
                        yield return ($"{pool}({size}{settings})", new(down ?? height, across ?? width));
                    foreach (var convolution in new[] { "Conv2D(2, ", "DepthwiseConv2D(" })
                        yield return ($"{convolution}{size}{settings})", new(down ?? 1, across ?? 1));
                    if (down == across)
                        yield return ($"Conv2DTranspose(2, {size}{settings})", new(down ?? 1, across ?? 1));
                }
        }
    }

    [Fact]
    public void A_stride_that_is_not_stated_is_the_usual_one_of_its_side()
    {
        var cases = Cases().ToList();
        string Name(int number) => $"Net{number}";
        var compiled = InMemoryCompiler.Load(string.Join('\n', cases.Select((item, number) => "/// <summary>A test's network.</summary>\n"
            + $"[GenNet.Network] [GenNet.Image(11, 13, 2)] [GenNet.{item.Attribute}] [GenNet.Conv2D(1, 1)] [GenNet.Flatten] public partial class {Name(number)};")));
        var (declarations, windows) = (new List<string>(), new List<ImageWindow>());
        for (var number = 0; number < cases.Count; number++)
        {
            var network = InMemoryCompiler.Create(compiled, Name(number), 1);
            var window = WindowOf(network.Architecture);
            Assert.True(window.Stride == cases[number].Stride, $"{cases[number].Attribute}: {window}");
            Assert.Equal(cases[number].Stride, Written(Model.Of(network)));
            OnnxFile.Save(network, Path("net.onnx"));
            network.Save(Path("net.safetensors"));
            Assert.Equal(window, WindowOf(OnnxFile.Read(Path("net.onnx")).Architecture));
            foreach (var file in new[] { "net.onnx", "net.safetensors" })
            {
                declarations.Add(Declared(Path(file), $"Declared{declarations.Count}"));
                windows.Add(window);
            }
        }
        compiled = InMemoryCompiler.Load("using GenNet;\n" + string.Join('\n', declarations));
        for (var number = 0; number < declarations.Count; number++)
            Assert.Equal(windows[number], WindowOf(InMemoryCompiler.Create(compiled, $"Declared{number}", 1).Architecture));
    }

    static ImageWindow WindowOf(NetworkArchitecture architecture) => architecture.Layers[0] switch
    {
        PoolLayer pool => pool.Window,
        ConvolutionLayer convolution => convolution.Window,
        var layer => ((Conv2DTransposeLayer)layer).Window,
    };

    /// <summary>The strides of a model's first window; the standard's default is 1, of pools too.</summary>
    static Size2D Written(ModelProto model) =>
        model.Graph.Node.First(node => node.Attribute.Any(attribute => attribute.Name == "kernel_shape")).Attribute.FirstOrDefault(attribute => attribute.Name == "strides") is { } strides
            ? new((int)strides.Ints[0], (int)strides.Ints[1])
            : new(1, 1);

    static string Declared(string file, string name)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        Assert.True(CommandLine.Run(["declare", file, "--name", name], output, errors) == 0, errors.ToString());
        return output.ToString().Replace("using GenNet;\n", "", StringComparison.Ordinal).Replace("[Network]", "/// <summary>Declared.</summary>\n[Network]", StringComparison.Ordinal);
    }
}
