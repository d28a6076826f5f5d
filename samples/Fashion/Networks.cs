using GenNet;

namespace Fashion;

[Network(ImageData.PixelCount, 128, 64, 3, Hidden = Activation.ReLU, Output = Activation.Softmax)]
sealed partial class Network128x64x3;

[Network(ImageData.PixelCount, 128, 64, 10, Hidden = Activation.ReLU, Output = Activation.Softmax)]
sealed partial class Network128x64x10;

[Network(ImageData.PixelCount, 512, 256, 3, Hidden = Activation.ReLU, Output = Activation.Softmax)]
sealed partial class Network512x256x3;

[Network(ImageData.PixelCount, 512, 256, 10, Hidden = Activation.ReLU, Output = Activation.Softmax)]
sealed partial class Network512x256x10;

[Network(ImageData.PixelCount, 128, 64, 3, Hidden = Activation.ReLU, Output = Activation.Softmax, Health = true)]
sealed partial class Watched128x64x3;

[Network(ImageData.PixelCount, 128, 64, 10, Hidden = Activation.ReLU, Output = Activation.Softmax, Health = true)]
sealed partial class Watched128x64x10;

[Network(ImageData.PixelCount, 512, 256, 3, Hidden = Activation.ReLU, Output = Activation.Softmax, Health = true)]
sealed partial class Watched512x256x3;

[Network(ImageData.PixelCount, 512, 256, 10, Hidden = Activation.ReLU, Output = Activation.Softmax, Health = true)]
sealed partial class Watched512x256x10;

static class Networks
{
    public static IReadOnlyList<string> Names { get; } = ["128x64", "512x256"];

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
        ("512x256", 3, false) => new Network512x256x3(seed),
        ("512x256", 3, true) => new Watched512x256x3(seed),
        ("512x256", 10, false) => new Network512x256x10(seed),
        ("512x256", 10, true) => new Watched512x256x10(seed),
        _ => throw new UserErrorException($"networks are compiled for 3 or for 10 classes, --classes picks {classCount}."),
    };
}
