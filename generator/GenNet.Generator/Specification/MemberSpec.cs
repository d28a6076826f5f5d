namespace GenNet.Generator.Specification;

/// <summary>A name that an emitted member may collide with.</summary>
/// <param name="Role">Whose name it is.</param>
/// <param name="Name">As in metadata: <c>.ctor</c>, <c>GenNet.INetwork.Forward</c> for an explicit implementation.</param>
/// <param name="Kind">What bears it.</param>
/// <param name="Signature">Of a method or type: its arity and parameters, which tell it from others of its name.</param>
/// <param name="Part">Of a type that could have one part more, what that would have to be: <see cref="MemberReader.PartOf"/>.</param>
sealed record MemberSpec(MemberRole Role, string Name, MemberKind Kind, string Signature = "", string? Part = null)
{
    /// <summary>Whether C# refuses the two in one class, or in a class and its base without <c>new</c>.</summary>
    public bool CollidesWith(MemberSpec other) => Name == other.Name && (Kind != other.Kind || Kind == MemberKind.Plain || Signature == other.Signature);

    /// <summary>Whether C# keeps this accessor of a property from another member of its name. A method's own type parameters make no difference there; a class may be called as an accessor that is not written.</summary>
    public bool IsReservedFrom(MemberSpec other) => Name == other.Name && (
        other.Role == MemberRole.Class ? Name.StartsWith("get_", StringComparison.Ordinal)
        : other.Kind != MemberKind.Method || Parameters == other.Parameters);

    string Parameters => Signature.Substring(Signature.IndexOf('('));
}

/// <summary>Whose name it is.</summary>
enum MemberRole
{
    /// <summary>The class's own member.</summary>
    Own,

    /// <summary>A base class's member.</summary>
    Inherited,

    /// <summary>The class itself, whose name no member may have.</summary>
    Class,
}

/// <summary>What of the same name may stand side by side.</summary>
enum MemberKind
{
    /// <summary>Alone of its name: a field, property or event.</summary>
    Plain,

    /// <summary>Beside methods of other signature.</summary>
    Method,

    /// <summary>Beside types of other arity.</summary>
    Type,
}
