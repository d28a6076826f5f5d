using GenNet.Generator.Diagnostics;
using GenNet.Generator.Emission;
using GenNet.Generator.Specification;
using GenNet.Kernels;

namespace GenNet.Generator.Layers;

/// <summary>How a kernel or a pool goes over an image, or along the steps of a sequence, which is an image of one row.</summary>
/// <param name="InputHeight">Rows of pixels that the layer takes.</param>
/// <param name="InputWidth">Pixels of a row.</param>
/// <param name="Height">Pixels that a window reads of a column.</param>
/// <param name="Width">Pixels that it reads of a row.</param>
/// <param name="Stride">Pixels from one window to the next, down and to the right.</param>
/// <param name="Dilation">Pixels from one that it reads to the next.</param>
/// <param name="Padding">Pixels added above and below, and on either side; negative for as many as make ⌈pixels/stride⌉ windows.</param>
sealed record WindowSpec(int InputHeight, int InputWidth, int Height, int Width, (int Height, int Width) Stride, (int Height, int Width) Dilation, (int Height, int Width) Padding)
{
    static readonly (int Height, int Width) Same = (-1, -1), One = (1, 1);

    /// <summary>Whether it goes along the steps of a sequence.</summary>
    public bool IsAlongSteps { get; init; }

    (int Count, int Before) Rows => WindowLayout.Place(InputHeight, Height, Stride.Height, Dilation.Height, Padding.Height);

    (int Count, int Before) Columns => WindowLayout.Place(InputWidth, Width, Stride.Width, Dilation.Width, Padding.Width);

    /// <summary>Steps of a stream before the first with which a window ends; −1 where a stream cannot have such windows.</summary>
    public int StepsBeforeFirst => IsAlongSteps ? WindowLayout.StepsBeforeFirst(InputWidth, Width, Stride.Width, Dilation.Width, Columns.Before, Columns.Count) : -1;

    /// <summary>Whether no window ends with some steps of a stream.</summary>
    public bool SkipsSteps => StepsBeforeFirst > 0 || Stride.Width > 1;

    /// <summary>Floats that a stream remembers of windows of so many features.</summary>
    public int StateLength(int features) => StepsBeforeFirst < 0 ? 0 : WindowLayout.StateLength(Width, Stride.Width, Dilation.Width, features);

    /// <summary>Why not.</summary>
    public string WhyNotByStep =>
        Width > 1 && Stride.Width > 1 && Dilation.Width > 1 ? "has a stride and a dilation: a stream can have either" :
        StepsBeforeFirst < 0 ? "has zeros behind the last step, and a stream has no last one: let it be causal or without padding" : "comes only with steps that are too far apart";

    /// <summary>The pixels that it makes, with so many channels.</summary>
    public SampleShape Output(int channels) => IsAlongSteps ? SampleShape.Steps(Columns.Count, channels) : SampleShape.Image(Rows.Count, Columns.Count, channels);

    /// <summary>A window of so many steps of a sequence.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="size">Steps that it reads.</param>
    /// <param name="stride">Steps from one window to the next.</param>
    /// <param name="dilation">Steps from one that it reads to the next.</param>
    /// <param name="padding">Steps added on either side; negative for as many as make ⌈steps/stride⌉ windows.</param>
    public static WindowSpec Along(SampleShape sequence, int size, int stride, int dilation, int padding) =>
        new(1, sequence.Positions, 1, size, (1, stride), (1, dilation), (0, padding)) { IsAlongSteps = true };

    /// <summary>A window over a whole image.</summary>
    public static WindowSpec Whole(SampleShape image) => new(image.Height, image.Width, image.Height, image.Width, One, One, default);

    /// <summary>Whether a layer can stand here, which takes images alone. If not, that is reported.</summary>
    public static bool TakesImage(LayerReader reader, string layer)
    {
        if (!reader.Input.IsImage)
            reader.ReportAlone(Descriptors.NotAnImage, layer, reader.Input.Words);
        return reader.Input.IsImage;
    }

    /// <summary>Whether a layer can stand here, which takes sequences alone. If not, that is reported.</summary>
    public static bool TakesSequence(LayerReader reader, string layer)
    {
        if (!reader.Input.IsAlongSteps)
            reader.ReportAlone(Descriptors.NotASequence, layer, reader.Input.Words);
        return reader.Input.IsAlongSteps;
    }

    /// <summary>Reads the window of a layer that takes images; null where it does not fit, which is reported.</summary>
    /// <param name="reader">Reads the attribute.</param>
    /// <param name="layer">The attribute's name.</param>
    /// <param name="what">What goes over the image: <c>kernel</c> or <c>window</c>.</param>
    /// <param name="height">The name of its height.</param>
    /// <param name="width">The name of its width.</param>
    /// <param name="side">The name of both.</param>
    /// <param name="isPool">Whether it is a pool: its windows lie side by side unless told otherwise, and each needs a pixel of the image.</param>
    public static WindowSpec? Read(LayerReader reader, string layer, string what, string height, string width, string side, bool isPool)
    {
        if (!TakesImage(reader, layer))
            return null;
        var image = reader.Input;
        int Size(string name, string words) => reader.Integer(name, 1, 1, WindowLayout.MostPixels, $"a {what} {words}");
        var isSquare = reader.Has(side);
        var rows = isSquare ? Size(side, "size") : Size(height, "height");
        var columns = isSquare ? rows : Size(width, "width");
        var stride = Pair(reader, "Stride", "", isPool ? (rows, columns) : One, 1, (WindowLayout.MostPixels, WindowLayout.MostPixels), "a stride");
        var dilation = isPool ? One : Pair(reader, "Dilation", "", One, 1, (WindowLayout.MostPixels, WindowLayout.MostPixels), "a dilation");
        if (Math.Max((rows - 1L) * dilation.Height, (columns - 1L) * dilation.Width) >= WindowLayout.MostPixels)
            dilation = One; // beyond any image, as the size alone is
        var (reachDown, reach) = (WindowLayout.Reach(rows, dilation.Height), WindowLayout.Reach(columns, dilation.Width));
        var padding = Pair(reader, "Padding", "Size", default, 0, isPool ? (reachDown / 2, reach / 2) : (reachDown - 1, reach - 1), "a padding");
        if (IsSame(reader))
            padding = Same;
        var window = new WindowSpec(image.Height, image.Width, rows, columns, stride, dilation, padding);
        if (window.Rows.Count > 0 && window.Columns.Count > 0)
            return window;
        reader.ReportAlone(Descriptors.WindowTooLarge, $"a {Text.Number(reachDown)}×{Text.Number(reach)} {what}",
            $"{Text.Number(image.Height)}×{Text.Number(image.Width)} image{(padding is { Height: > 0 } or { Width: > 0 } ? $" with a padding of {SchemaText.Size(padding)}" : "")}");
        return null;
    }

    /// <summary>Reads the window of a layer that takes sequences; null where it does not fit, which is reported.</summary>
    /// <param name="reader">Reads the attribute.</param>
    /// <param name="layer">The attribute's name.</param>
    /// <param name="what">What goes along the steps: <c>kernel</c> or <c>window</c>.</param>
    /// <param name="size">The name of its size.</param>
    /// <param name="isPool">Whether it is a pool: its windows lie side by side unless told otherwise, and each needs a step of the sequence.</param>
    public static WindowSpec? ReadAlong(LayerReader reader, string layer, string what, string size, bool isPool)
    {
        if (!TakesSequence(reader, layer))
            return null;
        var steps = reader.Integer(size, 1, 1, WindowLayout.MostPixels, $"a {what} size");
        var stride = reader.Integer("Stride", isPool ? steps : 1, 1, WindowLayout.MostPixels, "a stride");
        var dilation = isPool ? 1 : reader.Integer("Dilation", 1, 1, WindowLayout.MostPixels, "a dilation");
        if ((steps - 1L) * dilation >= WindowLayout.MostPixels)
            dilation = 1; // beyond any sequence, as the size alone is
        var reach = WindowLayout.Reach(steps, dilation);
        var padding = reader.Integer("PaddingSize", 0, 0, isPool ? reach / 2 : reach - 1, "a padding");
        var window = Along(reader.Input, steps, stride, dilation, IsCausal(reader) ? WindowLayout.Causal : IsSame(reader) ? WindowLayout.Same : padding);
        if (window.Columns.Count > 0)
            return window;
        reader.ReportAlone(Descriptors.WindowTooLarge, $"a {what} of {Text.Number(reach)} steps",
            $"sequence of {Text.Number(reader.Input.Positions)}{(padding > 0 ? $" with a padding of {Text.Number(padding)}" : "")}");
        return null;
    }

    /// <summary>Whether the padding stands before the first step alone.</summary>
    static bool IsCausal(LayerReader reader)
    {
        if (!reader.Flag("Causal"))
            return false;
        foreach (var name in new[] { "Padding", "PaddingSize" }.Where(reader.Has).Take(1))
            reader.ReportArgument(Descriptors.StatedTwice, name, -1, "padding", name, "Causal = true");
        return true;
    }

    /// <summary>Whether the padding is such that there are ⌈pixels/stride⌉ windows.</summary>
    static bool IsSame(LayerReader reader)
    {
        if (reader.Member("Padding", "Valid") != "Same")
            return false;
        foreach (var name in new[] { "PaddingSize", "PaddingHeight", "PaddingWidth" }.Where(reader.Has).Take(1))
            reader.ReportArgument(Descriptors.StatedTwice, name, -1, "padding", name, "Padding = Padding.Same");
        return true;
    }

    /// <summary>A setting of both sides, or of one: <c>Stride</c>, or <c>StrideHeight</c> and <c>StrideWidth</c>.</summary>
    static (int Height, int Width) Pair(LayerReader reader, string name, string suffix, (int Height, int Width) fallback, int least, (int Height, int Width) most, string what)
    {
        var (both, sides) = (name + suffix, new[] { name + "Height", name + "Width" });
        if (!reader.Has(both))
            return (reader.Integer(sides[0], fallback.Height, least, most.Height, what), reader.Integer(sides[1], fallback.Width, least, most.Width, what));
        foreach (var side in sides.Where(reader.Has).Take(1))
            reader.ReportArgument(Descriptors.StatedTwice, side, -1, what.Substring(2), side, both);
        var value = reader.Integer(both, least, least, Math.Min(most.Height, most.Width), what);
        return (value, value);
    }

    /// <summary>It in words.</summary>
    public string Words => Described();

    string Described(int groups = 1) => IsAlongSteps ? SchemaText.Along(Width, Stride.Width, Dilation.Width, Columns.Before, groups) : SchemaText.Window(Height, Width, Stride, Dilation, Rows.Before, Columns.Before, groups);

    /// <summary>A layer with it, as <see cref="SchemaText"/> has that.</summary>
    public string Schema(string kind, SampleShape input, int outputs, string activation, int groups = 1) =>
        IsAlongSteps ? SchemaText.Steps(kind, InputWidth, input.Features, Columns.Count, outputs, Described(groups), activation) :
        SchemaText.Image(kind, InputHeight, InputWidth, input.Features, Rows.Count, Columns.Count, outputs, Described(groups), activation);

    /// <summary>The expression that makes it.</summary>
    public string Value => IsAlongSteps
        ? $"new(Steps: {Text.Number(InputWidth)}, Size: {Text.Number(Width)}, Stride: {Text.Number(Stride.Width)}, Dilation: {Text.Number(Dilation.Width)}, Before: {Text.Number(Columns.Before)}, OutputSteps: {Text.Number(Columns.Count)})"
        : $"new(InputHeight: {Text.Number(InputHeight)}, InputWidth: {Text.Number(InputWidth)}, Height: {Text.Number(Height)}, Width: {Text.Number(Width)}, Stride: {Pair(Stride)}, Dilation: {Pair(Dilation)}, "
        + $"Top: {Text.Number(Rows.Before)}, Left: {Text.Number(Columns.Before)}, OutputHeight: {Text.Number(Rows.Count)}, OutputWidth: {Text.Number(Columns.Count)})";

    static string Pair((int Height, int Width) size) => size.Height == size.Width ? Text.Number(size.Height) : $"new({Text.Number(size.Height)}, {Text.Number(size.Width)})";

    /// <summary>The pixel that place (i, j) of the window reads, as in <c>x(2y + i − 1, 2x + j − 1)</c>.</summary>
    public string Pixel(string x) => $"{x}({At}, c)";

    /// <summary>Where that is.</summary>
    public string At => IsAlongSteps ? Index(Stride.Width, "t", Dilation.Width, "i", Columns.Before) : $"{Index(Stride.Height, "y", Dilation.Height, "i", Rows.Before)}, {Index(Stride.Width, "x", Dilation.Width, "j", Columns.Before)}";

    /// <summary>The place of the window as an index: <c>i, j</c>.</summary>
    public string Place => IsAlongSteps ? "i" : "i, j";

    /// <summary>What it goes over: a <c>pixel</c> or a <c>step</c>.</summary>
    public string Position => IsAlongSteps ? "step" : "pixel";

    /// <summary>Places of the window, as in <c>i, j &lt; 3</c>.</summary>
    public string Places => IsAlongSteps ? $"i < {Text.Number(Width)}" : Height == Width ? $"i, j < {Text.Number(Height)}" : $"i < {Text.Number(Height)}, j < {Text.Number(Width)}";

    static string Index(int stride, string output, int dilation, string place, int before) =>
        $"{(stride == 1 ? "" : Text.Number(stride))}{output} + {(dilation == 1 ? "" : Text.Number(dilation))}{place}{(before == 0 ? "" : $" − {Text.Number(before)}")}";
}
