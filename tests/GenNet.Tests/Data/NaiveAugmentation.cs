namespace GenNet.Tests.Data;

/// <summary>What becomes of one image, asked pixel by pixel: was it cut out, where does it come from before the shift, before the rotation, before the flips.</summary>
sealed class NaiveAugmentation
{
    readonly Augmentation _settings;
    readonly int _height, _width;

    /// <summary>Draws all numbers in the declared order, whatever the settings.</summary>
    public NaiveAugmentation(Augmentation settings, int height, int width, RandomStream random)
    {
        (_settings, _height, _width) = (settings, height, width);
        var flips = random.NextUInt64();
        (UpsideDown, Mirrored) = (flips % 2 == 1 && settings.FlipVertically, flips / 2 % 2 == 1 && settings.FlipHorizontally);
        Degrees = -settings.Rotation + 2 * settings.Rotation * random.NextDouble();
        Down = (int)Math.Floor(random.NextDouble() * (2 * settings.Shift + 1)) - settings.Shift;
        Right = (int)Math.Floor(random.NextDouble() * (2 * settings.Shift + 1)) - settings.Shift;
        Row = random.NextInt32(height);
        Column = random.NextInt32(width);
    }

    public bool UpsideDown { get; }

    public bool Mirrored { get; }

    public double Degrees { get; }

    public int Down { get; }

    public int Right { get; }

    public int Row { get; }

    public int Column { get; }

    /// <summary>A pixel of the altered image.</summary>
    /// <param name="image">The pixels of the image.</param>
    /// <param name="row">Its row.</param>
    /// <param name="column">Its column.</param>
    public double Pixel(Func<int, int, double> image, int row, int column)
    {
        var half = _settings.CutOut / 2;
        if (row >= Row - half && row < Row - half + _settings.CutOut && column >= Column - half && column < Column - half + _settings.CutOut)
            return _settings.Fill;

        // A vector from the middle, y upwards, rotated back.
        var (up, right) = ((_height - 1) / 2.0 - (row - Down), column - Right - (_width - 1) / 2.0);
        var angle = -Degrees * Math.PI / 180;
        (up, right) = (right * Math.Sin(angle) + up * Math.Cos(angle), right * Math.Cos(angle) - up * Math.Sin(angle));
        var (y, x) = ((_height - 1) / 2.0 - up, right + (_width - 1) / 2.0);
        if (UpsideDown)
            y = _height - 1 - y;
        if (Mirrored)
            x = _width - 1 - x;
        if (_settings.Rotation == 0)
            (y, x) = (Math.Round(y), Math.Round(x));

        // All pixels, and those around the image, with the share that each has.
        var sum = 0.0;
        for (var i = -1; i <= _height; i++)
            for (var k = -1; k <= _width; k++)
                sum += Math.Max(0, 1 - Math.Abs(y - i)) * Math.Max(0, 1 - Math.Abs(x - k)) * (Inside(i, k) ? image(i, k) : _settings.Fill);
        return y > -1 && y < _height && x > -1 && x < _width ? sum : _settings.Fill;
    }

    bool Inside(int row, int column) => row >= 0 && row < _height && column >= 0 && column < _width;
}
