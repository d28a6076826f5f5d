namespace GenNet.Generator.Specification;

/// <summary>What a network's class can have for the constructor that makes its weights. Without that one, all its members are without bodies.</summary>
enum ConstructorKind
{
    /// <summary>The constructor itself.</summary>
    Seeded,

    /// <summary>Its signature alone: there is nothing in the base class that a body could begin with.</summary>
    Bodiless,

    /// <summary>None, beside a primary constructor, whose arguments are not known.</summary>
    None,
}
