using System.Globalization;
using GenNet.Generator.Specification;

namespace GenNet.Generator.Layers;

/// <summary>What a sample is made of.</summary>
/// <param name="Positions">Its positions, on each of which a layer works by itself: the steps of a sequence; 1 for flat data.</param>
/// <param name="Features">Values at each of them.</param>
readonly record struct SampleShape(int Positions, int Features)
{
    /// <summary>Values in all.</summary>
    public long Size => (long)Positions * Features;

    /// <summary>As in <c>64 × 3</c>; of flat data the number alone.</summary>
    public override string ToString() => Positions == 1 ? Text(Features) : $"{Text(Positions)} × {Text(Features)}";

    /// <summary>The same as messages have it.</summary>
    public string Words => Positions == 1 ? NetworkParser.Grouped(Features) : ToString();

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
