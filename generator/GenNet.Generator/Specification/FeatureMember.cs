using Microsoft.CodeAnalysis;

namespace GenNet.Generator.Specification;

/// <summary>A field or property that may be a feature.</summary>
/// <param name="symbol">The field or property.</param>
/// <param name="type">Its type.</param>
/// <param name="isStored">Whether it holds data: not so for a computed property.</param>
/// <param name="marks">GenNet's attributes on it, on its backing field, or on the constructor's parameter of the same name and type.</param>
sealed class FeatureMember(ISymbol symbol, ITypeSymbol type, bool isStored, IReadOnlyList<AttributeData> marks)
{
    public ISymbol Symbol => symbol;

    public ITypeSymbol Type => type;

    public bool IsStored => isStored;

    public IReadOnlyList<AttributeData> Marks => marks;

    /// <summary>The attribute of that name, if it has it.</summary>
    public AttributeData? Mark(string name) => marks.FirstOrDefault(mark => mark.AttributeClass!.Name == name + "Attribute");

    /// <summary>The properties and fields of a struct, those of objects alone.</summary>
    public static List<FeatureMember> Of(INamedTypeSymbol type)
    {
        var fields = type.GetMembers().OfType<IFieldSymbol>().Where(field => !field.IsStatic).ToList();
        var parameters = Parameters(type).ToList();

        IFieldSymbol? Backing(IPropertySymbol property) => fields.Find(field => field.Name == $"<{property.Name}>k__BackingField");

        IReadOnlyList<AttributeData> Marks(ISymbol member, ITypeSymbol memberType, ISymbol? backing = null) =>
        [
            .. parameters
                .Where(parameter => IsOf(parameter, member, memberType))
                .Cast<ISymbol>()
                .Prepend(backing ?? member)
                .Prepend(member)
                .Distinct(SymbolEqualityComparer.Default)
                .SelectMany(symbol => MarksOf(symbol!)),
        ];

        var properties = type.GetMembers().OfType<IPropertySymbol>().Where(IsReadable)
            .Select(property => new FeatureMember(property, property.Type, Backing(property) is not null, Marks(property, property.Type, Backing(property))));
        return
        [
            .. properties,
            .. fields.Where(field => field.CanBeReferencedByName).Select(field => new FeatureMember(field, field.Type, true, Marks(field, field.Type))),
        ];
    }

    /// <summary>GenNet's attributes where nothing can be a feature, each with the name of what it stands on and why it is none.</summary>
    /// <param name="type">The struct.</param>
    /// <param name="members">What <see cref="Of"/> found.</param>
    public static IEnumerable<(AttributeData Mark, string Name, string Why)> Strays(INamedTypeSymbol type, IReadOnlyList<FeatureMember> members)
    {
        var strays = type.GetMembers()
            .Where(member => member is IPropertySymbol property ? !IsReadable(property) : member is IFieldSymbol { IsStatic: true, AssociatedSymbol: null })
            .Select(member => (Symbol: member, Why: member is { IsStatic: true } ? "it is static" : member is IPropertySymbol { IsIndexer: true } ? "it is an indexer" : "it cannot be read"))
            .Concat(Parameters(type)
                .Where(parameter => !members.Any(member => IsOf(parameter, member.Symbol, member.Type)))
                .Select(parameter => (Symbol: (ISymbol)parameter, Why: "no field or property has that parameter's name and type")));
        foreach (var (symbol, why) in strays)
            foreach (var mark in MarksOf(symbol))
                yield return (mark, symbol is IPropertySymbol { IsIndexer: true } ? "this[]" : symbol.Name, why);
    }

    /// <summary>GenNet's attributes on it.</summary>
    public static IEnumerable<AttributeData> MarksOf(ISymbol symbol) => symbol.GetAttributes().Where(IsMark);

    static IEnumerable<IParameterSymbol> Parameters(INamedTypeSymbol type) => type.InstanceConstructors.SelectMany(constructor => constructor.Parameters);

    static bool IsOf(IParameterSymbol parameter, ISymbol member, ITypeSymbol type) =>
        parameter.Name == member.Name && SymbolEqualityComparer.Default.Equals(parameter.Type, type);

    static bool IsReadable(IPropertySymbol property) => property is { IsStatic: false, IsIndexer: false, GetMethod: not null };

    static bool IsMark(AttributeData attribute) => attribute.AttributeClass is
    {
        Name: "ScaleAttribute" or "StandardizeAttribute" or "FeatureAttribute" or "IgnoreFeatureAttribute" or "FixedLengthAttribute" or "EmbeddedAttribute",
        ContainingNamespace: { Name: "GenNet", ContainingNamespace.IsGlobalNamespace: true },
    };
}
