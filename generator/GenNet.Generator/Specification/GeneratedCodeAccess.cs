using Microsoft.CodeAnalysis;

namespace GenNet.Generator.Specification;

/// <summary>Whether generated code may name a symbol that its author can name.</summary>
/// <param name="compilation">Of the network.</param>
/// <param name="network">In which the code will stand.</param>
sealed class GeneratedCodeAccess(Compilation compilation, INamedTypeSymbol network)
{
    readonly bool _isObsolete = Around(network).Any(type => Find(type, "System.ObsoleteAttribute") is not null);

    /// <summary>The ids of what is only experimental among what was asked for; an empty one for all that the compiler refuses as an id.</summary>
    public SortedSet<string> Experiments { get; } = new(StringComparer.Ordinal);

    /// <summary>Why a type cannot be named, and what to do; null where it can.</summary>
    public (string Obstacle, string Remedy)? Check(ITypeSymbol type)
    {
        foreach (var part in Parts(type))
        {
            AddExperiments(part);
            if (part is INamedTypeSymbol { IsFileLocal: true })
                return ($"'{part.Name}' is visible in its own file alone", "declare it without 'file'");
            if (Alias(part) is { } alias)
                return ($"the assembly of '{part.Name}' is referenced under the alias '{alias}' alone", $"reference it globally as well, by <Aliases>global,{alias}</Aliases>");
            if (IsRefused(part))
                return ($"'{part.Name}' is [Obsolete] as an error", "make that a warning");
        }
        return null;
    }

    /// <summary>Why a struct cannot be made, and what to do; null where it can.</summary>
    public (string Obstacle, string Remedy)? CheckCreation(INamedTypeSymbol type) =>
        type.InstanceConstructors.FirstOrDefault(constructor => constructor.Parameters.IsEmpty) is { } made && IsRefused(made)
            ? ($"the constructor of '{type.Name}' is [Obsolete] as an error", "make that a warning")
            : null;

    /// <summary>Whether a member is obsolete as an error, so that nothing may read it.</summary>
    public bool IsRefused(ISymbol member)
    {
        AddExperiments(member);
        AddExperiment((member as IPropertySymbol)?.GetMethod);
        return !_isObsolete && member switch
        {
            IPropertySymbol property => IsError(property) || IsError(property.GetMethod),
            _ => IsError(member),
        };
    }

    /// <summary>Whether a property can be read alone, because its other accessor is obsolete as an error.</summary>
    public bool IsSetterRefused(ISymbol member)
    {
        AddExperiment((member as IPropertySymbol)?.SetMethod);
        return !_isObsolete && member is IPropertySymbol property && IsError(property.SetMethod);
    }

    static bool IsError(ISymbol? symbol) =>
        symbol is not null && Find(symbol, "System.ObsoleteAttribute") is { } attribute
        && attribute.ConstructorArguments.Any(argument => argument.Value is true);

    void AddExperiments(ISymbol symbol)
    {
        for (var part = symbol; part is not null and not INamespaceSymbol; part = part.ContainingType)
            AddExperiment(part);
        AddExperiment(symbol.ContainingModule);
        AddExperiment(symbol.ContainingAssembly);
    }

    void AddExperiment(ISymbol? symbol)
    {
        if (symbol is not null && Find(symbol, "System.Diagnostics.CodeAnalysis.ExperimentalAttribute") is { } attribute
            && attribute.ConstructorArguments.FirstOrDefault().Value is string id)
            Experiments.Add(Microsoft.CodeAnalysis.CSharp.SyntaxFacts.IsValidIdentifier(id) ? id : "");
    }

    /// <summary>An alias of the type's assembly, if it is known by no other name.</summary>
    string? Alias(ITypeSymbol type) =>
        type.ContainingAssembly is { } assembly && compilation.GetMetadataReference(assembly) is { Properties.Aliases: { IsDefaultOrEmpty: false } aliases } && !aliases.Contains(MetadataReferenceProperties.GlobalAlias)
            ? aliases[0]
            : null;

    /// <summary>Every type that the name of a type names.</summary>
    public static IEnumerable<ITypeSymbol> Parts(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => Parts(array.ElementType),
        INamedTypeSymbol { IsTupleType: true } tuple => tuple.TupleElements.SelectMany(element => Parts(element.Type)),
        INamedTypeSymbol named => Around(named).SelectMany(part => part.TypeArguments).SelectMany(Parts).Concat(Around(named)),
        _ => [],
    };

    /// <summary>A type and the types around it, from the inside out.</summary>
    public static IEnumerable<INamedTypeSymbol> Around(INamedTypeSymbol type)
    {
        for (var part = type; part is not null; part = part.ContainingType)
            yield return part;
    }

    static AttributeData? Find(ISymbol symbol, string name) => symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.ToDisplayString() == name);
}
