using System.Runtime.CompilerServices;
using GenNet.Numerics;

namespace GenNet;

/// <summary>Alters the images of a dataset.</summary>
/// <param name="settings">How.</param>
/// <param name="size">The images' size.</param>
/// <param name="outside">[features of an image] what comes into it from outside.</param>
sealed class Augmenter(Augmentation settings, ImageSize size, float[] outside)
{
    /// <summary>What comes from outside is <see cref="Augmentation.Fill"/>.</summary>
    public Augmenter(Augmentation settings, ImageSize size) : this(settings, size, Filled(size.Features, settings.Fill)) { }

    /// <summary>The same for images that are standardised, or taken back.</summary>
    public Augmenter Standardized(Standardizer standardizer, bool inverse) =>
        new(settings, size, ((FloatFeatures)new FloatFeatures(outside, outside.Length).Standardized(standardizer, inverse)).Values.ToArray());

    /// <summary>The same for images of another size.</summary>
    public Augmenter Resized(ImageResizer resizer) =>
        new(settings, resizer.To, ((FloatFeatures)new FloatFeatures(outside, outside.Length).Resized(resizer)).Values.ToArray());

    /// <summary>A fingerprint of what happens to images, not 0.</summary>
    public ulong Hash()
    {
        ReadOnlySpan<double> numbers = [settings.Shift, settings.FlipHorizontally ? 1 : 0, settings.FlipVertically ? 1 : 0, settings.Rotation, settings.CutOut, size.Height, size.Width];
        return EpochSource.Hash<float>(outside, EpochSource.Hash(numbers, seed: 1));
    }

    /// <summary>Alters an image by chance. As many numbers are drawn whatever the settings, so that one of them changes nothing of what the others do.</summary>
    /// <param name="image">The image.</param>
    /// <param name="result">The altered one, written.</param>
    /// <param name="random">Where chance comes from.</param>
    public void Apply(ReadOnlySpan<float> image, Span<float> result, RandomStream random)
    {
        var flips = random.NextUInt64();
        var angle = settings.Rotation * (2 * random.NextDouble() - 1);
        var (down, right) = (Shift(ref random), Shift(ref random));
        var (row, column) = (random.NextInt32(size.Height), random.NextInt32(size.Width));
        var (upsideDown, mirrored) = (settings.FlipVertically && (flips & 1) != 0, settings.FlipHorizontally && (flips & 2) != 0);
        if (settings.Rotation == 0)
            Move(image, result, upsideDown, mirrored, down, right);
        else
            Rotate(image, result, upsideDown, mirrored, angle, down, right);
        if (settings.CutOut > 0)
            Cut(result, row - settings.CutOut / 2, column - settings.CutOut / 2, settings.CutOut);
    }

    int Shift(ref RandomStream random) => (int)((long)(random.NextDouble() * (2L * settings.Shift + 1)) - settings.Shift);

    /// <summary>Flips an image and shifts it.</summary>
    internal void Move(ReadOnlySpan<float> image, Span<float> result, bool upsideDown, bool mirrored, int down, int right)
    {
        var (height, width, channels) = (size.Height, size.Width, size.Channels);
        outside.CopyTo(result);
        var (left, end) = (Math.Max(0, right), (int)Math.Min(width, (long)width + right));
        for (var y = Math.Max(0, down); y < Math.Min(height, (long)height + down); y++)
        {
            var source = image.Slice((upsideDown ? height - 1 - (y - down) : y - down) * width * channels, width * channels);
            var row = result.Slice(y * width * channels, width * channels);
            if (left >= end)
                continue;
            source = source.Slice((mirrored ? width - end + right : left - right) * channels, (end - left) * channels);
            row = row.Slice(left * channels, source.Length);
            if (mirrored)
                Mirror(source, row, channels);
            else
                source.CopyTo(row);
        }
    }

    static void Mirror(ReadOnlySpan<float> source, Span<float> row, int channels)
    {
        source.CopyTo(row);
        row.Reverse();
        for (var pixel = 0; channels > 1 && pixel < row.Length; pixel += channels)
            row.Slice(pixel, channels).Reverse();
    }

    /// <summary>
    /// Flips an image, rotates it anticlockwise about its middle and shifts it. The pixel at (y, x) from the middle shows what was at (x·sin + y·cos, x·cos − y·sin),
    /// bilinear between the four pixels around: first along both rows, then between them, without fused multiply-adds.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Rotate(ReadOnlySpan<float> image, Span<float> result, bool upsideDown, bool mirrored, double degrees, int down, int right)
    {
        // Exact for quarters of a turn.
        var halfTurns = Math.Abs(degrees) / 180;
        var (sine, cosine) = (Math.Sign(degrees) * ScalarMath.CosPi(Math.Abs(0.5 - halfTurns)), ScalarMath.CosPi(halfTurns));
        var (middleY, middleX) = ((size.Height - 1) / 2.0, (size.Width - 1) / 2.0);
        var at = 0;
        for (var row = 0; row < size.Height; row++)
            for (var column = 0; column < size.Width; column++)
            {
                var (y, x) = (row - (double)down - middleY, column - (double)right - middleX);
                var (sourceY, sourceX) = (x * sine + y * cosine + middleY, x * cosine - y * sine + middleX);
                if (upsideDown)
                    sourceY = size.Height - 1 - sourceY;
                if (mirrored)
                    sourceX = size.Width - 1 - sourceX;
                if (!(sourceY > -1 && sourceY < size.Height && sourceX > -1 && sourceX < size.Width))
                    outside.AsSpan(at, size.Channels).CopyTo(result[at..]);
                else
                    Mix(image, sourceY, sourceX, outside.AsSpan(at, size.Channels), result.Slice(at, size.Channels));
                at += size.Channels;
            }
    }

    /// <summary>The channels of a place between four pixels, some of which may lie around the image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Mix(ReadOnlySpan<float> image, double y, double x, ReadOnlySpan<float> around, Span<float> result)
    {
        var (channels, length) = (size.Channels, size.Width * size.Channels);
        var (top, left) = ((int)Math.Floor(y), (int)Math.Floor(x));
        var (down, right) = ((float)(y - top), (float)(x - left));
        if (top >= 0 && left >= 0 && top < size.Height - 1 && left < size.Width - 1)
        {
            var pixels = image.Slice(top * length + left * channels, length + 2 * channels);
            for (var i = 0; i < channels; i++)
                result[i] = Mix(Mix(pixels[i], pixels[channels + i], right), Mix(pixels[length + i], pixels[length + channels + i], right), down);
            return;
        }
        for (var i = 0; i < channels; i++)
        {
            float upper = Mix(Pixel(image, top, left, i, around[i]), Pixel(image, top, left + 1, i, around[i]), right),
                lower = Mix(Pixel(image, top + 1, left, i, around[i]), Pixel(image, top + 1, left + 1, i, around[i]), right);
            result[i] = Mix(upper, lower, down);
        }
    }

    float Pixel(ReadOnlySpan<float> image, int row, int column, int channel, float around) =>
        (uint)row < (uint)size.Height && (uint)column < (uint)size.Width ? image[(row * size.Width + column) * size.Channels + channel] : around;

    static float Mix(float from, float to, float share) => from + (to - from) * share;

    /// <summary>Cuts out the part of a square that lies in the image.</summary>
    internal void Cut(Span<float> image, int top, int left, int side)
    {
        var first = Math.Max(0, left);
        var length = ((int)Math.Min(size.Width, (long)left + side) - first) * size.Channels;
        for (var y = Math.Max(0, top); y < Math.Min(size.Height, (long)top + side) && length > 0; y++)
        {
            var start = (y * size.Width + first) * size.Channels;
            outside.AsSpan(start, length).CopyTo(image.Slice(start, length));
        }
    }

    static float[] Filled(int length, float value)
    {
        var values = new float[length];
        Array.Fill(values, value);
        return values;
    }
}
