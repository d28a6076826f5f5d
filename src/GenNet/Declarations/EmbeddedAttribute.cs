namespace GenNet;

/// <summary>
/// Makes an enum one feature, the index of its member, of which the network's first layer makes learnt values: what <see cref="EmbeddingAttribute"/> does, for a member of a type that a network reads.
/// Of a member that is predicted it says nothing.
/// </summary>
/// <param name="size">Learnt values of each member of the enum, from 1 to 4,096.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class EmbeddedAttribute(int size) : Attribute
{
    /// <summary>Learnt values of each member.</summary>
    public int Size { get; } = size;
}
