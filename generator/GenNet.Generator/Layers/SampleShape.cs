using System.Globalization;
using GenNet.Generator.Specification;

namespace GenNet.Generator.Layers;

/// <summary>What a sample is made of.</summary>
/// <param name="Positions">Its positions, on each of which a layer works by itself: the steps of a sequence, the pixels of an image; 1 for flat data.</param>
/// <param name="Features">Values at each of them.</param>
readonly record struct SampleShape(int Positions, int Features)
{
    /// <summary>Rows of pixels of an image, 1 of a sequence along which windows go; 0 where windows go over nothing.</summary>
    public int Height { get; init; }

    /// <summary>Pixels of a row, or steps.</summary>
    public int Width => Height == 0 ? 0 : Positions / Height;

    /// <summary>Whether it is a sequence along which windows go: one row of an image, whose features files have first too, as PyTorch's <c>Conv1d</c> takes them.</summary>
    public bool IsAlongSteps { get; init; }

    /// <summary>Whether files have it step by step all the same: behind recurrent layers, as PyTorch's with <c>batch_first</c> give it.</summary>
    public bool IsStepsFirst { get; init; }

    /// <summary>Whether it is an image.</summary>
    public bool IsImage => Height > 0 && !IsAlongSteps;

    /// <summary>Whether windows may go over it.</summary>
    public bool HasNeighbours => Height > 0;

    /// <summary>Pixels of the image, or steps of the sequence along which windows went, of which the row of features was made, 0 where it was of none: files have such a row channel by channel.</summary>
    public int Pixels { get; init; }

    /// <summary>Whether the two have the same values at the same positions, whatever their order in files.</summary>
    public bool HasValuesOf(SampleShape other) => this with { IsStepsFirst = false } == other with { IsStepsFirst = false };

    /// <summary>An image.</summary>
    public static SampleShape Image(int height, int width, int channels) => new(height * width, channels) { Height = height };

    /// <summary>A sequence along which windows go.</summary>
    public static SampleShape Steps(int steps, int features) => new(steps, features) { Height = 1, IsAlongSteps = true };

    /// <summary>Values in all.</summary>
    public long Size => (long)Positions * Features;

    /// <summary>As in <c>64 × 3</c> or <c>28 × 28 × 1</c>; of flat data the number alone.</summary>
    public override string ToString() => IsImage ? $"{Text(Height)} × {Text(Width)} × {Text(Features)}" : Positions == 1 && !IsAlongSteps ? Text(Features) : $"{Text(Positions)} × {Text(Features)}";

    /// <summary>The same as messages have it.</summary>
    public string Words => Positions == 1 && !HasNeighbours ? NetworkParser.Grouped(Features) : ToString();

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
