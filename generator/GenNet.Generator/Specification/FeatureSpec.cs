using GenNet.Generator.Infrastructure;

namespace GenNet.Generator.Specification;

/// <summary>What the network sees of a value: one number or several. Names are as C# source has them, '@' included.</summary>
/// <param name="Name">The field or property; empty for the value itself and for elements.</param>
/// <param name="Type">Its type with <c>global::</c>, or its keyword.</param>
/// <param name="ShortType">Its type for people.</param>
/// <param name="Kind">What becomes of it.</param>
/// <param name="Members">The features of a struct, or the element of an array; otherwise empty.</param>
/// <param name="EnumMembers">The members of an enum, ordered by value, one for each value; otherwise empty.</param>
/// <param name="Scaling">How a number is scaled, if at all.</param>
/// <param name="Length">Elements of an array.</param>
sealed record FeatureSpec(
    string Name,
    string Type,
    string ShortType,
    FeatureKind Kind,
    EquatableArray<FeatureSpec> Members,
    EquatableArray<string> EnumMembers,
    ScalingSpec? Scaling,
    int Length)
{
    /// <summary>Members up to which an enum is a switch, and a probability has the name of its member.</summary>
    public const int NamedLimit = 64;

    /// <summary>The values of <see cref="EnumMembers"/>, where these are more than are a switch.</summary>
    public EquatableArray<decimal> EnumValues { get; init; }

    /// <summary>Learnt values of each member of an enum that is an index; 0 where it is one-hot.</summary>
    public int EmbeddedSize { get; init; }

    /// <summary>What members of the network that name an enum that is predicted may be; null where none can be.</summary>
    public string? Accessibility { get; init; }

    /// <summary>The first of its outputs, where it is one of the members that are dealt out to heads.</summary>
    public int? Column { get; init; }

    /// <summary>Numbers that it becomes, or the largest int if they are more.</summary>
    public int Size => Kind switch
    {
        FeatureKind.Struct => (int)Math.Min(int.MaxValue, Members.Sum(member => (long)member.Size)),
        FeatureKind.InlineArray or FeatureKind.Array => (int)Math.Min(int.MaxValue, (long)Length * Element.Size),
        FeatureKind.Enum when EmbeddedSize == 0 => EnumMembers.Count,
        FeatureKind.Missing => 0,
        _ => 1,
    };

    public bool IsArray => Kind is FeatureKind.InlineArray or FeatureKind.Array;

    /// <summary>What an array is made of.</summary>
    public FeatureSpec Element => Members[0];

    /// <summary>All numbers, bools and enums that it is made of, in order; of an array those of one element.</summary>
    public IEnumerable<FeatureSpec> Leaves =>
        Kind == FeatureKind.Struct || IsArray ? Members.SelectMany(member => member.Leaves) :
        Kind == FeatureKind.Missing ? [] :
        [this];
}
