namespace GenNet;

/// <summary>
/// Makes the elements of an array features: as many as it says, always. An array of another length is an exception where a value is read.
/// </summary>
/// <param name="length">The number of elements, from 1 to 4,096.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class FixedLengthAttribute(int length) : Attribute
{
    /// <summary>The number of elements.</summary>
    public int Length { get; } = length;
}
