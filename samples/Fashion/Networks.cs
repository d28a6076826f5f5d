using GenNet;

namespace Fashion;

[Network(ImageData.PixelCount, 128, 64, 3, Hidden = Activation.ReLU, Output = Activation.Softmax)]
sealed partial class Network128x64x3;

[Network(ImageData.PixelCount, 128, 64, 10, Hidden = Activation.ReLU, Output = Activation.Softmax)]
sealed partial class Network128x64x10;

[Network(ImageData.PixelCount)]
[Dense(512, Activation.ReLU)]
[Dropout(Networks.Rate)]
[Dense(256, Activation.ReLU)]
[Dropout(Networks.Rate)]
[Dense(3, Activation.Softmax)]
sealed partial class NetworkLarge3;

[Network(ImageData.PixelCount)]
[Dense(512, Activation.ReLU)]
[Dropout(Networks.Rate)]
[Dense(256, Activation.ReLU)]
[Dropout(Networks.Rate)]
[Dense(10, Activation.Softmax)]
sealed partial class NetworkLarge10;

[Network(ImageData.PixelCount, 128, 64, 3, Hidden = Activation.ReLU, Output = Activation.Softmax, Health = true)]
sealed partial class Watched128x64x3;

[Network(ImageData.PixelCount, 128, 64, 10, Hidden = Activation.ReLU, Output = Activation.Softmax, Health = true)]
sealed partial class Watched128x64x10;

[Network(ImageData.PixelCount, Health = true)]
[Dense(512, Activation.ReLU)]
[Dropout(Networks.Rate)]
[Dense(256, Activation.ReLU)]
[Dropout(Networks.Rate)]
[Dense(3, Activation.Softmax)]
sealed partial class WatchedLarge3;

[Network(ImageData.PixelCount, Health = true)]
[Dense(512, Activation.ReLU)]
[Dropout(Networks.Rate)]
[Dense(256, Activation.ReLU)]
[Dropout(Networks.Rate)]
[Dense(10, Activation.Softmax)]
sealed partial class WatchedLarge10;

[Network]
[Image(ImageData.Side, ImageData.Side)]
[Conv2D(32, 3, Activation.ReLU, Padding = Padding.Same)]
[MaxPool2D(2)]
[Conv2D(64, 3, Activation.ReLU, Padding = Padding.Same)]
[MaxPool2D(2)]
[Dropout(Networks.Rate)]
[Flatten]
[Dense(128, Activation.ReLU)]
[Dropout(Networks.Rate)]
[Dense(3, Activation.Softmax)]
sealed partial class NetworkConv3;

[Network]
[Image(ImageData.Side, ImageData.Side)]
[Conv2D(32, 3, Activation.ReLU, Padding = Padding.Same)]
[MaxPool2D(2)]
[Conv2D(64, 3, Activation.ReLU, Padding = Padding.Same)]
[MaxPool2D(2)]
[Dropout(Networks.Rate)]
[Flatten]
[Dense(128, Activation.ReLU)]
[Dropout(Networks.Rate)]
[Dense(10, Activation.Softmax)]
sealed partial class NetworkConv10;

[Network(Health = true)]
[Image(ImageData.Side, ImageData.Side)]
[Conv2D(32, 3, Activation.ReLU, Padding = Padding.Same)]
[MaxPool2D(2)]
[Conv2D(64, 3, Activation.ReLU, Padding = Padding.Same)]
[MaxPool2D(2)]
[Dropout(Networks.Rate)]
[Flatten]
[Dense(128, Activation.ReLU)]
[Dropout(Networks.Rate)]
[Dense(3, Activation.Softmax)]
sealed partial class WatchedConv3;

[Network(Health = true)]
[Image(ImageData.Side, ImageData.Side)]
[Conv2D(32, 3, Activation.ReLU, Padding = Padding.Same)]
[MaxPool2D(2)]
[Conv2D(64, 3, Activation.ReLU, Padding = Padding.Same)]
[MaxPool2D(2)]
[Dropout(Networks.Rate)]
[Flatten]
[Dense(128, Activation.ReLU)]
[Dropout(Networks.Rate)]
[Dense(10, Activation.Softmax)]
sealed partial class WatchedConv10;

static class Networks
{
    /// <summary>The share of units that the large networks drop in training.</summary>
    public const double Rate = 0.3;

    /// <summary>The network of convolutions, whose training images are turned round at random.</summary>
    public const string Convolutional = "conv";

    public static IReadOnlyList<string> Names { get; } = ["128x64", "large", Convolutional];

    /// <summary>Images that are turned round at random are learnt for longer.</summary>
    public static int DefaultEpochs(string name) => name == Convolutional ? 18 : 10;

    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="classCount">Outputs.</param>
    /// <param name="seed">Of the weights.</param>
    /// <param name="health">Whether its trainer measures how gradients fare.</param>
    public static INetwork Create(string name, int classCount, ulong seed, bool health) => (name, classCount, health) switch
    {
        ("128x64", 3, false) => new Network128x64x3(seed),
        ("128x64", 3, true) => new Watched128x64x3(seed),
        ("128x64", 10, false) => new Network128x64x10(seed),
        ("128x64", 10, true) => new Watched128x64x10(seed),
        ("large", 3, false) => new NetworkLarge3(seed),
        ("large", 3, true) => new WatchedLarge3(seed),
        ("large", 10, false) => new NetworkLarge10(seed),
        ("large", 10, true) => new WatchedLarge10(seed),
        ("conv", 3, false) => new NetworkConv3(seed),
        ("conv", 3, true) => new WatchedConv3(seed),
        ("conv", 10, false) => new NetworkConv10(seed),
        ("conv", 10, true) => new WatchedConv10(seed),
        _ => throw new UserErrorException($"networks are compiled for 3 or for 10 classes, --classes picks {classCount}."),
    };
}
