namespace GenNet.Images;

/// <summary>The pixels of a file.</summary>
/// <param name="Pixels">[height, width, channels] bytes.</param>
/// <param name="Size">Their size.</param>
sealed record DecodedImage(byte[] Pixels, ImageSize Size)
{
    /// <summary>Copies them in another size.</summary>
    /// <param name="pixels">[height, width, channels wanted] bytes, written.</param>
    /// <param name="size">The size wanted.</param>
    /// <param name="resizer">The one used before, which serves again where the sizes are the same.</param>
    /// <returns>The one that was used.</returns>
    public ImageResizer? CopyTo(Span<byte> pixels, ImageSize size, ImageResizer? resizer)
    {
        if (Size == size)
        {
            Pixels.CopyTo(pixels);
            return resizer;
        }
        if (resizer is null || resizer.From != Size)
            resizer = new(Size, size, Interpolation.Bilinear);
        resizer.Resize(Pixels, pixels);
        return resizer;
    }
}
