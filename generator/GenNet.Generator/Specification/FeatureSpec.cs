using GenNet.Generator.Infrastructure;

namespace GenNet.Generator.Specification;

/// <summary>What the network sees of a value: one number or several. Names are as C# source has them, '@' included.</summary>
/// <param name="Name">The field or property; empty for the value itself.</param>
/// <param name="Type">Its type with <c>global::</c>, or its keyword.</param>
/// <param name="ShortType">Its type for people.</param>
/// <param name="Kind">What becomes of it.</param>
/// <param name="Members">The features of a struct; otherwise empty.</param>
/// <param name="EnumMembers">The members of an enum, ordered by value, one for each value; otherwise empty.</param>
/// <param name="Scaling">How a number is scaled, if at all.</param>
sealed record FeatureSpec(
    string Name,
    string Type,
    string ShortType,
    FeatureKind Kind,
    EquatableArray<FeatureSpec> Members,
    EquatableArray<string> EnumMembers,
    ScalingSpec? Scaling)
{
    /// <summary>Members up to which an enum is a switch, and a probability has the name of its member.</summary>
    public const int NamedLimit = 64;

    /// <summary>The values of <see cref="EnumMembers"/>, where these are more than are a switch.</summary>
    public EquatableArray<decimal> EnumValues { get; init; }

    /// <summary>Numbers that it becomes.</summary>
    public int Size => Kind switch
    {
        FeatureKind.Struct => Members.Sum(member => member.Size),
        FeatureKind.Enum => EnumMembers.Count,
        _ => 1,
    };

    /// <summary>Everything that is not a struct, in order.</summary>
    public IEnumerable<FeatureSpec> Leaves => Kind == FeatureKind.Struct ? Members.SelectMany(member => member.Leaves) : [this];
}
