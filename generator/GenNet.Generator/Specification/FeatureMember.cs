using Microsoft.CodeAnalysis;

namespace GenNet.Generator.Specification;

/// <summary>A field or property that may be a feature.</summary>
/// <param name="symbol">The field or property.</param>
/// <param name="type">Its type.</param>
/// <param name="isStored">Whether it holds data: not so for a computed property.</param>
/// <param name="marks">GenNet's attributes on it, or on the constructor's parameter of the same name and type.</param>
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
        var parameters = type.InstanceConstructors.SelectMany(constructor => constructor.Parameters).ToList();

        IReadOnlyList<AttributeData> Marks(ISymbol member, ITypeSymbol memberType) =>
        [
            .. parameters
                .Where(parameter => parameter.Name == member.Name && SymbolEqualityComparer.Default.Equals(parameter.Type, memberType))
                .Cast<ISymbol>()
                .Prepend(member)
                .SelectMany(symbol => symbol.GetAttributes())
                .Where(IsMark),
        ];

        var properties = type.GetMembers().OfType<IPropertySymbol>()
            .Where(property => property is { IsStatic: false, IsIndexer: false, GetMethod: not null })
            .Select(property => new FeatureMember(
                property, property.Type, fields.Any(field => field.Name == $"<{property.Name}>k__BackingField"), Marks(property, property.Type)));
        return
        [
            .. properties,
            .. fields.Where(field => field.CanBeReferencedByName).Select(field => new FeatureMember(field, field.Type, true, Marks(field, field.Type))),
        ];
    }

    static bool IsMark(AttributeData attribute) => attribute.AttributeClass is
    {
        Name: "ScaleAttribute" or "StandardizeAttribute" or "FeatureAttribute" or "IgnoreFeatureAttribute",
        ContainingNamespace: { Name: "GenNet", ContainingNamespace.IsGlobalNamespace: true },
    };
}
