using GenNet;

namespace Fashion;

// The first layers of the convolutional networks: what they give of an image is what the layers behind them see of it.
[Network]
[Image(ImageData.Side, ImageData.Side)]
[Conv2D(32, 3, Activation.ReLU, Padding = Padding.Same)]
[Flatten]
sealed partial class FirstConvolution;

[Network]
[Image(ImageData.Side, ImageData.Side)]
[Conv2D(32, 3, Activation.ReLU, Padding = Padding.Same)]
[MaxPool2D(2)]
[Flatten]
sealed partial class FirstPool;

[Network]
[Image(ImageData.Side, ImageData.Side)]
[Conv2D(32, 3, Activation.ReLU, Padding = Padding.Same)]
[MaxPool2D(2)]
[Conv2D(64, 3, Activation.ReLU, Padding = Padding.Same)]
[Flatten]
sealed partial class SecondConvolution;

[Network]
[Image(ImageData.Side, ImageData.Side)]
[Conv2D(32, 3, Activation.ReLU, Padding = Padding.Same)]
[MaxPool2D(2)]
[Conv2D(64, 3, Activation.ReLU, Padding = Padding.Same)]
[MaxPool2D(2)]
[Flatten]
sealed partial class SecondPool;

/// <summary>What a layer makes of an image: each of its channels as an image.</summary>
sealed record LayerView(string Name, int Side, IReadOnlyList<float[]> Channels)
{
    /// <summary>What the layers of a convolutional network make of an image, from the first one on.</summary>
    /// <param name="network">One of the convolutional networks.</param>
    /// <param name="image">[<see cref="ImageData.PixelCount"/>] pixels as the network takes them.</param>
    public static IEnumerable<LayerView> Of(INetwork network, ReadOnlySpan<float> image)
    {
        var views = new List<LayerView>();
        foreach (var (name, first) in new (string, INetwork)[]
        {
            ("Convolution, 3 × 3", new FirstConvolution(0)), ("Max pool, 2 × 2", new FirstPool(0)), ("Convolution, 3 × 3", new SecondConvolution(0)), ("Max pool, 2 × 2", new SecondPool(0)),
        })
        {
            var layers = first.Architecture.Layers.Count - 1;
            first.Parameters.CopyFrom(network.Parameters, ..layers);
            var outputs = new float[first.OutputSize];
            first.Forward(image, outputs);
            views.Add(Divide(name, outputs, first.Architecture.Layers[^1].Inputs));
        }
        return views;
    }

    /// <summary>Pixels that have their channels side by side, as one image a channel.</summary>
    static LayerView Divide(string name, float[] outputs, int channels)
    {
        var side = (int)Math.Sqrt(outputs.Length / channels);
        return new(name, side, [.. Enumerable.Range(0, channels).Select(channel => Enumerable.Range(0, side * side).Select(pixel => outputs[pixel * channels + channel]).ToArray())]);
    }
}
