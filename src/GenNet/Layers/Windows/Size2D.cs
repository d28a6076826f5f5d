namespace GenNet;

/// <summary>A stride, a dilation or a padding: so many rows of an image, and so many pixels of a row. A number is both.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Pixels of a row.</param>
public readonly record struct Size2D(int Height, int Width)
{
    /// <summary>The same for both.</summary>
    public static implicit operator Size2D(int size) => FromInt32(size);

    /// <summary>The same for both.</summary>
    public static Size2D FromInt32(int size) => new(size, size);

    /// <summary><c>2</c>, or <c>2×1</c>.</summary>
    public override string ToString() => Height == Width ? Text(Height) : $"{Text(Height)}×{Text(Width)}";

    static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
