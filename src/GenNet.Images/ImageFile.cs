using StbImageSharp;

namespace GenNet.Images;

/// <summary>Reads images for a network: PNG and JPEG files.</summary>
public static class ImageFile
{
    /// <summary>The most pixels that a file may have: a small file could promise more than memory holds.</summary>
    public const int MaximumPixels = 1 << 27;

    /// <summary>Reads a file as features 0…1 of an image of the size that a network takes: row by row of pixels, the channels of a pixel side by side, as a batch of <see cref="ImageFolder"/>'s has them.</summary>
    /// <param name="path">The file.</param>
    /// <param name="height">Rows of pixels wanted; the image is resized as <see cref="Dataset.Resized"/> does it.</param>
    /// <param name="width">Pixels of a row wanted.</param>
    /// <param name="channels">1 for shades of grey, 3 for red, green and blue, 4 for these and opacity.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive, or the channels are others.</exception>
    /// <exception cref="InvalidDataException">The file is neither PNG nor JPEG, or is damaged. The message begins with its name.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static float[] Read(string path, int height, int width, int channels)
    {
        ArgumentNullException.ThrowIfNull(path);
        var size = CheckSize(height, width, channels);
        var pixels = new byte[height * width * channels];
        Decode(path, channels).CopyTo(pixels, size, resizer: null);
        return Array.ConvertAll(pixels, value => value / 255f);
    }

    /// <summary>Throws unless an image has a size that can be.</summary>
    internal static ImageSize CheckSize(int height, int width, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        CheckChannels(channels);
        return (long)height * width <= MaximumPixels ? new(height, width, channels)
            : throw new ArgumentOutOfRangeException(nameof(height), height, $"An image of {height} × {width} has more than {MaximumPixels} pixels.");
    }

    /// <summary>Throws unless there are colours for the channels.</summary>
    internal static void CheckChannels(int channels)
    {
        if (channels is not (1 or 3 or 4))
            throw new ArgumentOutOfRangeException(nameof(channels), channels, "Images have 1 channel (grey), 3 (red, green, blue) or 4 (with opacity).");
    }

    /// <summary>Reads an image in the size that it has.</summary>
    internal static DecodedImage Decode(string path, int channels)
    {
        var file = Permission.Needed(path, () => File.ReadAllBytes(path));
        try
        {
            var (height, width) = PngContainer.Starts(file) ? PngContainer.Check(file)
                : JpegContainer.Starts(file) ? JpegContainer.Check(file)
                : throw new InvalidDataException("neither a PNG nor a JPEG file.");
            if (height == 0 || width == 0 || (long)height * width > MaximumPixels)
                throw new InvalidDataException($"an image of {height} × {width} pixels is empty or has more than the {MaximumPixels} that are read.");
            var image = ImageResult.FromMemory(file, (ColorComponents)channels);
            return image.Height == height && image.Width == width ? new(image.Data, new(height, width, channels))
                : throw new InvalidDataException($"the header promises {height} × {width} pixels, there are {image.Height} × {image.Width}.");
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The decoder throws whatever its loops run into.
            throw new InvalidDataException($"{path}: the image is damaged, or of a kind that cannot be read ({e.Message}).", e);
        }
    }
}
