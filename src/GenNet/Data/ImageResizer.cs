namespace GenNet;

/// <summary>
/// Gives images another size: first the pixels of each row, then the rows. Not for several threads at once.
/// </summary>
/// <param name="from">The size of the images given; as many channels as <paramref name="to"/>.</param>
/// <param name="to">The size wanted.</param>
/// <param name="interpolation">How.</param>
sealed class ImageResizer(ImageSize from, ImageSize to, Interpolation interpolation)
{
    readonly ResizedAxis _rows = new(from.Height, to.Height, interpolation), _columns = new(from.Width, to.Width, interpolation);

    // [height given][width wanted][channels]
    readonly float[] _narrowed = new float[checked(from.Height * to.Width * from.Channels)];

    float[]? _given, _wanted;

    /// <summary>The size of the images given.</summary>
    public ImageSize From => from;

    /// <summary>The size wanted.</summary>
    public ImageSize To => to;

    /// <summary>Resizes an image.</summary>
    /// <param name="image">Its features.</param>
    /// <param name="result">The features of the image in the other size, written.</param>
    public void Resize(ReadOnlySpan<float> image, Span<float> result)
    {
        var channels = to.Channels;
        for (var row = 0; row < from.Height; row++)
        {
            var given = image.Slice(row * from.Width * channels, from.Width * channels);
            var narrowed = _narrowed.AsSpan(row * to.Width * channels, to.Width * channels);
            for (var column = 0; column < to.Width; column++)
                _columns.Mix(column, given, channels, narrowed.Slice(column * channels, channels));
        }
        var length = to.Width * channels;
        for (var row = 0; row < to.Height; row++)
            _rows.Mix(row, _narrowed, length, result.Slice(row * length, length));
    }

    /// <summary>Resizes an image of bytes; means are rounded to the next byte.</summary>
    /// <inheritdoc cref="Resize(ReadOnlySpan{float}, Span{float})"/>
    public void Resize(ReadOnlySpan<byte> image, Span<byte> result)
    {
        _given ??= new float[image.Length];
        _wanted ??= new float[result.Length];
        for (var i = 0; i < image.Length; i++)
            _given[i] = image[i];
        Resize(_given, _wanted);
        for (var i = 0; i < result.Length; i++)
            result[i] = (byte)(_wanted[i] + 0.5f);
    }
}
