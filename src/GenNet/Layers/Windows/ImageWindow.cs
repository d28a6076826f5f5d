using System.Globalization;
using GenNet.Kernels;

namespace GenNet;

/// <summary>
/// How the kernel of a convolution, or a pool, goes over an image, or along the steps of a sequence, which is an image of one row: output (y, x) reads the pixels
/// (y·Stride.Height − Top + i·Dilation.Height, x·Stride.Width − Left + j·Dilation.Width), i &lt; Height, j &lt; Width.
/// </summary>
/// <param name="InputHeight">Rows of pixels that the layer takes.</param>
/// <param name="InputWidth">Pixels of a row.</param>
/// <param name="Height">Pixels that a window reads of a column.</param>
/// <param name="Width">Pixels that it reads of a row.</param>
/// <param name="Stride">Pixels from one window to the next, down and to the right.</param>
/// <param name="Dilation">Pixels from one that a window reads to the next.</param>
/// <param name="Top">Rows of zeros above the image.</param>
/// <param name="Left">Zeros before each row.</param>
/// <param name="OutputHeight">Rows of windows.</param>
/// <param name="OutputWidth">Windows of a row.</param>
public readonly record struct ImageWindow(
    int InputHeight, int InputWidth, int Height, int Width, Size2D Stride, Size2D Dilation, int Top, int Left, int OutputHeight, int OutputWidth)
{
    /// <summary>Windows along the steps of a sequence: output t reads the steps t·<paramref name="Stride"/> − <paramref name="Before"/> + i·<paramref name="Dilation"/>, i &lt; <paramref name="Size"/>.</summary>
    /// <param name="Steps">Steps that the layer takes.</param>
    /// <param name="Size">Steps that a window reads.</param>
    /// <param name="Stride">Steps from one window to the next.</param>
    /// <param name="Dilation">Steps from one that a window reads to the next.</param>
    /// <param name="Before">Zeros before the first step.</param>
    /// <param name="OutputSteps">Windows.</param>
    public ImageWindow(int Steps, int Size, int Stride, int Dilation, int Before, int OutputSteps) : this(1, Steps, 1, Size, new(1, Stride), new(1, Dilation), 0, Before, 1, OutputSteps) => IsAlongSteps = true;

    /// <summary>Whether it goes along the steps of a sequence, which count as pixels of one row.</summary>
    public bool IsAlongSteps { get; init; }

    /// <summary>The windows of a layer along the steps of a sequence, or null where not one fits, or a number is none that a layer can have.</summary>
    /// <param name="steps">Steps of the sequence.</param>
    /// <param name="size">Steps that a window reads.</param>
    /// <param name="stride">Steps from one window to the next.</param>
    /// <param name="dilation">Steps from one that a window reads to the next.</param>
    /// <param name="padding">Steps added on either side; negative for as many as <see cref="Padding.Same"/> adds.</param>
    public static ImageWindow? Along(int steps, int size, int stride, int dilation, int padding) =>
        Of(1, steps, 1, size, new(1, stride), new(1, dilation), new(0, padding)) is { } window ? window with { IsAlongSteps = true } : null;

    /// <summary>The windows of a causal layer: each ends at the step for which it is computed, and zeros stand before the first. Null where a number is none that a layer can have.</summary>
    /// <inheritdoc cref="Along(int, int, int, int, int)" path="/param"/>
    public static ImageWindow? Causal(int steps, int size, int stride, int dilation) => Along(steps, size, stride, dilation, WindowLayout.Causal);

    /// <summary>The windows of a layer, or null where not one fits, or a number is none that a layer can have.</summary>
    /// <param name="inputHeight">Rows of pixels of the image.</param>
    /// <param name="inputWidth">Pixels of a row.</param>
    /// <param name="height">Pixels that a window reads of a column.</param>
    /// <param name="width">Pixels that it reads of a row.</param>
    /// <param name="stride">Pixels from one window to the next, down and to the right.</param>
    /// <param name="dilation">Pixels from one that a window reads to the next.</param>
    /// <param name="padding">Pixels added above and below, and on either side; negative for as many as <see cref="Padding.Same"/> adds.</param>
    public static ImageWindow? Of(int inputHeight, int inputWidth, int height, int width, Size2D stride, Size2D dilation, Size2D padding)
    {
        ReadOnlySpan<int> numbers = [inputHeight, inputWidth, height, width, stride.Height, stride.Width, dilation.Height, dilation.Width];
        foreach (var number in numbers)
            if (number is < 1 or > WindowLayout.MostPixels)
                return null;
        if (!Fits(height, dilation.Height, padding.Height) || !Fits(width, dilation.Width, padding.Width))
            return null;
        var (rows, columns) = (WindowLayout.Place(inputHeight, height, stride.Height, dilation.Height, padding.Height), WindowLayout.Place(inputWidth, width, stride.Width, dilation.Width, padding.Width));
        if (rows.Count == 0 || columns.Count == 0 || Math.Max((long)inputHeight * inputWidth, (long)rows.Count * columns.Count) > Array.MaxLength)
            return null;
        return new(inputHeight, inputWidth, height, width, stride, dilation, rows.Before, columns.Before, rows.Count, columns.Count);

        static bool Fits(int size, int dilation, int padding) => (size - 1L) * dilation < WindowLayout.MostPixels && padding < WindowLayout.Reach(size, dilation);
    }

    /// <summary>Whether each window ends at the step for which it is computed: zeros stand before the first step alone.</summary>
    public bool IsCausal => (InputHeight, Height) == (1, 1) && Left > 0 && WindowLayout.Place(InputWidth, Width, Stride.Width, Dilation.Width, WindowLayout.Causal) == (OutputWidth, Left) && !IsPadded(Top, Left);

    /// <summary>Steps of a stream before the first with which a window ends; −1 where a stream cannot have such windows.</summary>
    internal int StepsBeforeFirst => IsAlongSteps ? WindowLayout.StepsBeforeFirst(InputWidth, Width, Stride.Width, Dilation.Width, Left, OutputWidth) : -1;

    /// <summary>Floats that a stream remembers of windows of so many features.</summary>
    internal int StateLength(int features) => StepsBeforeFirst < 0 ? 0 : WindowLayout.StateLength(Width, Stride.Width, Dilation.Width, features);

    /// <summary>Sizes of the images that the layer takes and gives; null along steps.</summary>
    internal ((int Height, int Width) Taken, (int Height, int Width) Given)? Images => IsAlongSteps ? null : ((InputHeight, InputWidth), (OutputHeight, OutputWidth));

    /// <summary>Pixels that the layer takes.</summary>
    internal int Inputs => InputHeight * InputWidth;

    /// <summary>Windows, each of which makes one pixel.</summary>
    internal int Outputs => OutputHeight * OutputWidth;

    /// <summary>Pixels that a window reads.</summary>
    internal int Size => Height * Width;

    /// <summary>Rows that windows read, zeros included.</summary>
    internal int PaddedHeight => (OutputHeight - 1) * Stride.Height + WindowLayout.Reach(Height, Dilation.Height);

    /// <summary>Pixels that windows read of a row, zeros included.</summary>
    internal int PaddedWidth => (OutputWidth - 1) * Stride.Width + WindowLayout.Reach(Width, Dilation.Width);

    /// <summary>A layer with these windows, in words.</summary>
    internal string Schema(string kind, int inputs, int outputs, string activation, int groups = 1) => IsAlongSteps
        ? SchemaText.Steps(kind, InputWidth, inputs, OutputWidth, outputs, SchemaText.Along(Width, Stride.Width, Dilation.Width, Left, groups), activation)
        : SchemaText.Image(
            kind, InputHeight, InputWidth, inputs, OutputHeight, OutputWidth, outputs,
            SchemaText.Window(Height, Width, (Stride.Height, Stride.Width), (Dilation.Height, Dilation.Width), Top, Left, groups), activation);

    /// <summary>The size as attributes have it: <c>3</c> or <c>3, 5</c>.</summary>
    internal string SizeText => Height == Width || IsAlongSteps ? Text(Width) : $"{Text(Height)}, {Text(Width)}";

    /// <summary>The settings as attributes have them, null where all are usual.</summary>
    /// <param name="stride">The usual stride.</param>
    internal string? Settings(Size2D stride)
    {
        var settings = new List<string>();
        var isFlat = IsAlongSteps;
        if (Stride.Width != stride.Width || (Stride != stride && !isFlat))
            settings.Add(Pair("Stride", "", isFlat ? Stride.Width : Stride));
        if (Dilation.Width != 1 || (Dilation != 1 && !isFlat))
            settings.Add(Pair("Dilation", "", isFlat ? Dilation.Width : Dilation));
        if (IsCausal)
            settings.Add("Causal = true");
        else if (!IsPadded(Top, Left))
            settings.Add("Padding = Padding.Same");
        else if ((Top, Left) != (0, 0))
            settings.Add(Pair("Padding", "Size", isFlat ? (Size2D)Left : new(Top, Left)));
        return settings.Count == 0 ? null : string.Join(", ", settings);
    }

    static string Pair(string name, string both, Size2D size) =>
        size.Height == size.Width ? $"{name}{both} = {Text(size.Height)}" : $"{name}Height = {Text(size.Height)}, {name}Width = {Text(size.Width)}";

    /// <summary>Whether there is so much padding above and below, and on either side.</summary>
    internal bool IsPadded(int height, int width) =>
        WindowLayout.Place(InputHeight, Height, Stride.Height, Dilation.Height, height) == (OutputHeight, Top) && WindowLayout.Place(InputWidth, Width, Stride.Width, Dilation.Width, width) == (OutputWidth, Left);

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
