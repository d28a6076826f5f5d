using GenNet.Runtime;

namespace GenNet.Tests.Reference;

/// <summary>Windows on images, one loop an index.</summary>
static class NaiveImage
{
    /// <summary>The pixels that the places of an output's window read, −1 in the padding.</summary>
    public static int[] Pixels(ImageWindow window, int output)
    {
        var pixels = new int[window.Height * window.Width];
        for (var i = 0; i < window.Height; i++)
            for (var j = 0; j < window.Width; j++)
            {
                var y = output / window.OutputWidth * window.Stride.Height - window.Top + i * window.Dilation.Height;
                var x = output % window.OutputWidth * window.Stride.Width - window.Left + j * window.Dilation.Width;
                pixels[i * window.Width + j] = y >= 0 && y < window.InputHeight && x >= 0 && x < window.InputWidth ? y * window.InputWidth + x : -1;
            }
        return pixels;
    }

    /// <summary>All of a batch's outputs: the first pixel of their image, and the pixels of their windows.</summary>
    public static IEnumerable<(int Output, int First, int[] Pixels)> Outputs(ImageWindow window, int inputRows)
    {
        var output = 0;
        for (var first = 0; first < inputRows; first += window.InputHeight * window.InputWidth)
            for (var of = 0; of < window.OutputHeight * window.OutputWidth; of++)
                yield return (output++, first, Pixels(window, of));
    }

    /// <summary>What a transposed convolution's pixels add to, of a batch: each with the rows of z that the places of its kernel lie on, −1 for those that are cut off.</summary>
    public static IEnumerable<(int Pixel, int[] Rows)> Spread(Conv2DTransposeLayer layer, int inputRows)
    {
        var (taken, given) = layer.PositionsChange!.Value;
        return Outputs(layer.Shape.Window, inputRows / taken * given).Select(at => (at.Output, at.Pixels.Select(pixel => pixel < 0 ? -1 : at.First + pixel).ToArray()));
    }

    /// <summary>Where PyTorch has a transposed convolution's weight for a place of the kernel: [channels, filters, height, width].</summary>
    public static int Weight(Conv2DTransposeLayer layer, int channel, int filter, int place) => (channel * layer.Outputs + filter) * layer.Window.Height * layer.Window.Width + place;

    /// <summary>The pixels of an image that a pixel of the larger one is made of, and how much it takes of each.</summary>
    public static (int Pixel, double Weight)[] Parts(Layer layer, int output) => layer switch
    {
        ZeroPadding2DLayer pad => Inside(pad, output / (pad.Left + pad.InputWidth + pad.Right) - pad.Top, output % (pad.Left + pad.InputWidth + pad.Right) - pad.Left),
        UpSampling2DLayer larger => [.. from row in Parts(larger.InputHeight, larger.Height, output / (larger.InputWidth * larger.Width), larger.Interpolation)
                                        from column in Parts(larger.InputWidth, larger.Width, output % (larger.InputWidth * larger.Width), larger.Interpolation)
                                        select (row.Pixel * larger.InputWidth + column.Pixel, row.Weight * column.Weight)],
        _ => throw new NotSupportedException(layer.GetType().Name),
    };

    /// <summary>The same of a row or a column that becomes so many times as long.</summary>
    static (int Pixel, double Weight)[] Parts(int pixels, int times, int output, Interpolation interpolation)
    {
        if (interpolation == Interpolation.Nearest)
            return [(output / times, 1)];
        var place = Math.Clamp((output + 0.5) / times - 0.5, 0, pixels - 1);
        var first = (int)place;
        return [.. new[] { (first, first + 1 - place), (first + 1, place - first) }.Where(part => part.Item2 > 0)];
    }

    static (int, double)[] Inside(ZeroPadding2DLayer pad, int y, int x) => y >= 0 && y < pad.InputHeight && x >= 0 && x < pad.InputWidth ? [(y * pad.InputWidth + x, 1)] : [];

    /// <summary>All of a batch's outputs of a layer that makes larger images, and the rows that they are made of.</summary>
    public static IEnumerable<(int Output, (int Row, double Weight)[] Parts)> Larger(Layer layer, int inputRows)
    {
        var (taken, given) = layer.PositionsChange!.Value;
        for (var output = 0; output < inputRows / taken * given; output++)
            yield return (output, [.. Parts(layer, output % given).Select(part => (output / given * taken + part.Pixel, part.Weight))]);
    }

    /// <summary>Where PyTorch has the weight for a place of the kernel: [filters, channels of the group, height, width].</summary>
    public static int Weight(ConvolutionLayer layer, int filter, int channel, int place) => (filter * (layer.Inputs / layer.Groups) + channel) * layer.Shape.Window.Height * layer.Shape.Window.Width + place;

    /// <summary>The first channel that a filter takes.</summary>
    public static int FirstChannel(ConvolutionLayer layer, int filter) => filter / (layer.Outputs / layer.Groups) * (layer.Inputs / layer.Groups);

    /// <summary>Of a row made of an image's pixels: where PyTorch has a value, channel by channel.</summary>
    public static int InFile(int index, int count, int pixels) => index % (count / pixels) * pixels + index / (count / pixels);

    /// <summary>The value of a pool.</summary>
    public static double Pool(PoolLayer layer, double[] values) => layer is MaxPoolLayer
        ? values.Max()
        : values.Sum() / Count(layer, values.Length);

    /// <summary>Pixels of a mean.</summary>
    public static int Count(PoolLayer layer, int inside) => layer.Shape.CountsPadding ? layer.Shape.Window.Height * layer.Shape.Window.Width : inside;

    /// <summary>How far the largest of some numbers is from the next that is not the same.</summary>
    public static double Lead(double[] values) => values.Max() is var largest && values.Any(value => value < largest) ? largest - values.Where(value => value < largest).Max() : double.PositiveInfinity;
}
