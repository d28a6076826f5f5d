using System.Globalization;
using GenNet.Generator.Diagnostics;
using GenNet.Generator.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenNet.Generator.Specification;

/// <summary>Reads the features of a network's input or output type.</summary>
/// <param name="compilation">Of the network.</param>
/// <param name="network">Which must be able to see the types' members.</param>
/// <param name="argument">Where the type is named: diagnostics about code elsewhere stand here.</param>
/// <param name="isOutput">Whether values of the type are predicted, so that they must be made from numbers.</param>
/// <param name="report">Takes a diagnostic and its arguments.</param>
sealed class FeatureParser(
    Compilation compilation, INamedTypeSymbol network, SyntaxNode argument, bool isOutput, Action<DiagnosticDescriptor, Location, string[]> report)
{
    const int MaxFeatures = 4096;

    static readonly SymbolDisplayFormat ShortFormat =
        SymbolDisplayFormat.MinimallyQualifiedFormat.RemoveMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    readonly Stack<ITypeSymbol> _around = new();

    string Purpose => isOutput ? "an output" : "a feature";

    /// <summary>The features, without those that were reported; null where none is left.</summary>
    public FeatureSpec? Read(ITypeSymbol type)
    {
        var feature = ReadValue(type, "", argument.GetLocation(), type.ToDisplayString(ShortFormat), null);
        if (feature is null)
            return null;
        if (feature.Size > MaxFeatures)
        {
            Report(Descriptors.SizeOutOfRange, argument.GetLocation(), $"{Number(feature.Size)} {(isOutput ? "outputs" : "inputs")}", Number(MaxFeatures));
            return null;
        }
        return feature;
    }

    /// <param name="type">The type of the value.</param>
    /// <param name="name">The member that holds it; empty for the value itself.</param>
    /// <param name="where">Where diagnostics about it stand.</param>
    /// <param name="path">What they call it.</param>
    /// <param name="scaling">How it is scaled.</param>
    FeatureSpec? ReadValue(ITypeSymbol type, string name, Location where, string path, ScalingSpec? scaling)
    {
        if (type.TypeKind == TypeKind.Error)
            return null;

        var shortType = type.ToDisplayString(ShortFormat);
        FeatureSpec Feature(FeatureKind kind, IEnumerable<FeatureSpec>? members = null, IEnumerable<string>? enumMembers = null) => new(
            name,
            type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            shortType,
            kind,
            new EquatableArray<FeatureSpec>(members ?? []),
            new EquatableArray<string>(enumMembers ?? []),
            scaling);

        if (IsNumber(type))
            return Feature(FeatureKind.Number);
        if (type.SpecialType == SpecialType.System_Boolean)
            return Feature(FeatureKind.Bool);
        if (type is INamedTypeSymbol { TypeKind: TypeKind.Enum } enumeration)
            return ReadEnumMembers(enumeration, where, path) is { } enumMembers
                ? Feature(FeatureKind.Enum, enumMembers: enumMembers.Select(member => member.Name)) with { EnumValues = new(enumMembers.Where(_ => enumMembers.Count > FeatureSpec.NamedLimit).Select(member => member.Value)) }
                : null;
        if (type is INamedTypeSymbol { TypeKind: TypeKind.Struct, IsRefLikeType: false } structure
            && structure.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T
            && !_around.Contains(type, SymbolEqualityComparer.Default))
        {
            _around.Push(type);
            var members = ReadMembers(structure);
            _around.Pop();
            if (members is null)
                return null;
            if (members.Count > 0)
                return Feature(FeatureKind.Struct, members);
        }
        var obstacle =
            type.SpecialType == SpecialType.System_String ? "a string is no number" :
            type.SpecialType == SpecialType.System_Char ? "a char is no number" :
            type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T ? "it may be null" :
            _around.Contains(type, SymbolEqualityComparer.Default) ? $"'{shortType}' contains itself" :
            type.TypeKind == TypeKind.Struct ? $"'{shortType}' has no field or automatic property that is one" :
            type.IsReferenceType ? $"'{shortType}' is no struct" :
            $"'{shortType}' is no number";
        Report(Descriptors.UnsupportedFeature, where, path, Purpose, obstacle, name.Length == 0 ? "" : ", or leave it out with [IgnoreFeature]");
        return null;
    }

    List<(string Name, decimal Value)>? ReadEnumMembers(INamedTypeSymbol type, Location where, string path)
    {
        if (type.GetAttributes().Any(attribute => attribute.AttributeClass?.ToDisplayString() == "System.FlagsAttribute"))
        {
            Report(Descriptors.UnsuitableEnum, where, path, $"the members of '{type.Name}' are flags, which combine", "use one bool for each flag");
            return null;
        }
        // Of members with one value the first is the name.
        var members = type.GetMembers().OfType<IFieldSymbol>()
            .Where(field => field.HasConstantValue)
            .GroupBy(field => Convert.ToDecimal(field.ConstantValue, CultureInfo.InvariantCulture))
            .OrderBy(group => group.Key)
            .Select(group => (Escape(group.First().Name), group.Key))
            .ToList();
        if (members.Count >= 2)
            return members;
        Report(Descriptors.UnsuitableEnum, where, path, $"'{type.Name}' has {(members.Count == 0 ? "no member" : "one member only")}", "give it two members or more");
        return null;
    }

    /// <summary>The features of a struct: properties in their order, then fields in theirs, because metadata keep no other order.</summary>
    List<FeatureSpec>? ReadMembers(INamedTypeSymbol type)
    {
        var members = type.IsTupleType
            ? type.TupleElements.Select(element => new FeatureMember(element, element.Type, true, [])).ToList()
            : FeatureMember.Of(type);
        var features = new List<FeatureSpec>();
        var used = new List<ISymbol>();
        var canBeMade = true;
        foreach (var member in members)
        {
            var symbol = member.Symbol;
            var path = $"{type.ToDisplayString(ShortFormat)}.{symbol.Name}";
            var isFeature = (member.IsStored || member.Mark("Feature") is not null) && compilation.IsSymbolAccessibleWithin(symbol, network);
            if (!isFeature || member.Mark("IgnoreFeature") is not null)
            {
                CheckLeftOut(member, path, isFeature);
                if (isOutput && symbol is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true })
                {
                    Report(Descriptors.NotSettable, LocationOf(symbol), path);
                    canBeMade = false;
                }
                continue;
            }
            used.Add(symbol);
            var scaling = ReadScaling(member, path);
            if (isOutput && !IsSettable(symbol))
                Report(Descriptors.NotSettable, LocationOf(symbol), path);
            else if (ReadValue(member.Type, Escape(symbol.Name), LocationOf(symbol), path, scaling) is { } feature)
                features.Add(feature);
        }
        if (!type.IsTupleType)
            CheckOneDeclaration(type, used);
        return canBeMade && (features.Count > 0 || used.Count == 0) ? features : null;
    }

    /// <summary>A member that is no feature has no business with attributes of features.</summary>
    void CheckLeftOut(FeatureMember member, string path, bool isFeature)
    {
        var useless = member.Marks.FirstOrDefault(mark => !isFeature || mark.AttributeClass!.Name != "IgnoreFeatureAttribute");
        if (useless is null)
            return;
        var why = isFeature ? "it is left out by [IgnoreFeature]"
            : compilation.IsSymbolAccessibleWithin(member.Symbol, network) ? "it is computed, so it is a feature only with [Feature]"
            : $"'{network.Name}' cannot access it";
        Report(Descriptors.UselessMark, LocationOf(useless), useless.AttributeClass!.Name.Replace("Attribute", ""), path, why);
    }

    ScalingSpec? ReadScaling(FeatureMember member, string path)
    {
        if ((member.Mark("Scale") ?? member.Mark("Standardize")) is not { } mark)
            return null;
        if (mark.AttributeConstructor is null || mark.ConstructorArguments.Any(constant => constant.Value is not double))
            return null; // the compiler complains
        var standardize = mark.AttributeClass!.Name == "StandardizeAttribute";
        var (first, second) = ((double)mark.ConstructorArguments[0].Value!, (double)mark.ConstructorArguments[1].Value!);
        var problem =
            member.Mark("Scale") is not null && member.Mark("Standardize") is not null ? "[Scale] and [Standardize] exclude each other" :
            !IsNumber(member.Type) ? "only a number can be scaled" :
            !IsFinite(first) || !IsFinite(second) ? "both numbers must be finite" :
            standardize && second <= 0 ? "the deviation must be positive" :
            !standardize && !(first < second && IsFinite(second - first)) ? "the minimum must be less than the maximum" :
            null;
        if (problem is null)
            return new ScalingSpec(standardize, first, second);
        Report(Descriptors.WrongScaling, LocationOf(mark), path, problem);
        return null;
    }

    /// <summary>The order of features must not depend on the order in which the compiler gets the files.</summary>
    void CheckOneDeclaration(INamedTypeSymbol type, List<ISymbol> features)
    {
        var declarations = features
            .Select(feature => feature.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax().FirstAncestorOrSelf<TypeDeclarationSyntax>())
            .ToList();
        var elsewhere = declarations.FindIndex(declaration => declaration != declarations[0]);
        if (elsewhere >= 0)
            Report(Descriptors.FeaturesSpread, LocationOf(features[elsewhere]), type.Name);
    }

    bool IsSettable(ISymbol member) => member switch
    {
        IFieldSymbol field => !field.IsReadOnly,
        IPropertySymbol { SetMethod: { } setter } => compilation.IsSymbolAccessibleWithin(setter, network),
        _ => false,
    };

    static bool IsNumber(ITypeSymbol type) => type.SpecialType
        is SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16
        or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64
        or SpecialType.System_IntPtr or SpecialType.System_UIntPtr
        or SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal
        || type.ToDisplayString() == "System.Half";

    static bool IsFinite(double value) => !double.IsNaN(value) && !double.IsInfinity(value);

    static string Escape(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Where it is declared, if in this compilation.</summary>
    Location LocationOf(ISymbol symbol) =>
        symbol.Locations.FirstOrDefault(location => location.SourceTree is { } tree && compilation.ContainsSyntaxTree(tree)) ?? argument.GetLocation();

    Location LocationOf(AttributeData mark) =>
        mark.ApplicationSyntaxReference is { } syntax && compilation.ContainsSyntaxTree(syntax.SyntaxTree)
            ? syntax.GetSyntax().GetLocation()
            : argument.GetLocation();

    void Report(DiagnosticDescriptor descriptor, Location where, params string[] arguments) => report(descriptor, where, [network.Name, .. arguments]);
}
