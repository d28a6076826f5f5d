namespace GenNet;

/// <summary>
/// Says that a sample of a <see cref="NetworkAttribute"/> class is a sequence: [steps, features], step by step. Layers work on each step by itself until
/// <see cref="FlattenAttribute"/> makes one row of all of them.
/// </summary>
/// <param name="steps">Steps of a sequence.</param>
/// <param name="features">Features of a step.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SequenceAttribute(int steps, int features) : Attribute
{
    /// <summary>Steps of a sequence.</summary>
    public int Steps { get; } = steps;

    /// <summary>Features of a step.</summary>
    public int Features { get; } = features;
}
