using System.Buffers.Binary;

namespace Fashion;

static class Bitmap
{
    const int HeaderSize = 14 + 40;
    const int PaletteSize = 256 * 4;

    /// <summary>A grey image (0 is white, 1 is black) as a data URI of a Windows bitmap with 8 bits per pixel.</summary>
    /// <param name="pixels">[<paramref name="width"/> · height] values 0…1, row by row from the top.</param>
    /// <param name="width">Pixels of a row.</param>
    public static string DataUri(ReadOnlySpan<float> pixels, int width)
    {
        // The format pads rows to whole words.
        var (height, stride) = (pixels.Length / width, (width + 3) & -4);
        var file = new byte[HeaderSize + PaletteSize + height * stride];
        file[0] = (byte)'B';
        file[1] = (byte)'M';
        Write(2, file.Length);
        Write(10, HeaderSize + PaletteSize);
        Write(14, 40);
        Write(18, width);
        Write(22, -height); // Negative: from the top.
        Write(26, 1 | 8 << 16); // 1 plane, 8 bits per pixel.
        for (var i = 0; i < 256; i++)
            file.AsSpan(HeaderSize + 4 * i, 3).Fill((byte)(255 - i));
        for (var i = 0; i < pixels.Length; i++)
            file[HeaderSize + PaletteSize + i / width * stride + i % width] = (byte)(pixels[i] * 255 + 0.5f);
        return "data:image/bmp;base64," + Convert.ToBase64String(file);

        void Write(int offset, int value) => BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(offset), value);
    }
}
