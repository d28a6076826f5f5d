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
/// <param name="access">What its generated code may name.</param>
/// <param name="argument">Where the type is named: diagnostics about code elsewhere stand here.</param>
/// <param name="isOutput">Whether values of the type are predicted, so that they must be made from numbers.</param>
/// <param name="accessibilityOf">What members of the network that name a type may be; null where none can be.</param>
/// <param name="report">Takes a diagnostic and its arguments.</param>
sealed class FeatureParser(
    Compilation compilation, INamedTypeSymbol network, GeneratedCodeAccess access, SyntaxNode argument, bool isOutput, Func<ITypeSymbol, string?> accessibilityOf,
    Action<DiagnosticDescriptor, Location, string[]> report)
{
    const int MaxFeatures = 4096;
    const string FixedLength = "FixedLength";

    static readonly SymbolDisplayFormat ShortFormat =
        SymbolDisplayFormat.MinimallyQualifiedFormat.RemoveMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    readonly Stack<ITypeSymbol> _around = new();

    string Purpose => isOutput ? "an output" : "a feature";

    /// <summary>The features, without those that were reported; null where none is left.</summary>
    public FeatureSpec? Read(ITypeSymbol type)
    {
        var feature = ReadValue(type, "", argument.GetLocation(), type.ToDisplayString(ShortFormat), null, null, 0);
        if (feature is null)
            return null;
        if (feature.Size > MaxFeatures)
        {
            Report(Descriptors.SizeOutOfRange, argument.GetLocation(), $"{(feature.Size == int.MaxValue ? "so many" : Number(feature.Size))} {(isOutput ? "outputs" : "inputs")}", $"give a size from 1 to {Number(MaxFeatures)}");
            return null;
        }
        return feature;
    }

    /// <param name="type">The type of the value.</param>
    /// <param name="name">The member that holds it; empty for the value itself and for elements.</param>
    /// <param name="where">Where diagnostics about it stand.</param>
    /// <param name="path">What they call it.</param>
    /// <param name="scaling">How it is scaled.</param>
    /// <param name="length">Its number of elements, where [FixedLength] says it.</param>
    /// <param name="embedded">Values that the members of an enum are embedded in; 0 where it is one-hot.</param>
    FeatureSpec? ReadValue(ITypeSymbol type, string name, Location where, string path, ScalingSpec? scaling, int? length, int embedded)
    {
        if (type.TypeKind == TypeKind.Error)
            return null;

        var shortType = type.ToDisplayString(ShortFormat);
        FeatureSpec Feature(FeatureKind kind, IEnumerable<FeatureSpec>? members = null, IEnumerable<string>? enumMembers = null, int length = 0) => new(
            name,
            type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            shortType,
            kind,
            new EquatableArray<FeatureSpec>(members ?? []),
            new EquatableArray<string>(enumMembers ?? []),
            scaling,
            length);

        if (IsNumber(type))
            return Feature(FeatureKind.Number);
        if (type.SpecialType == SpecialType.System_Boolean)
            return Feature(FeatureKind.Bool);
        if (IsNamed(type) && access.Check(type) is var (hidden, remedy))
        {
            Report(Descriptors.OutOfReach, where, path, hidden, remedy + OrLeaveOut(name));
            return null;
        }
        if (type is INamedTypeSymbol { TypeKind: TypeKind.Enum } enumeration)
            return ReadEnumMembers(enumeration, where, path) is { } enumMembers
                ? Feature(FeatureKind.Enum, enumMembers: enumMembers.Select(member => member.Name)) with
                {
                    EnumValues = new(enumMembers.Where(_ => enumMembers.Count > FeatureSpec.NamedLimit).Select(member => member.Value)),
                    EmbeddedSize = embedded,
                    Accessibility = isOutput ? accessibilityOf(enumeration) : null,
                }
                : null;
        if (type is IArrayTypeSymbol { Rank: 1 } array && length is { } declared)
            return ReadElement(array.ElementType, where, path, scaling, embedded) is { } item ? Feature(FeatureKind.Array, [item], length: declared) : null;
        if (type is INamedTypeSymbol { TypeKind: TypeKind.Struct, IsRefLikeType: false } structure
            && structure.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T
            && !_around.Contains(type, SymbolEqualityComparer.Default))
        {
            _around.Push(type);
            var inline = InlineLength(structure);
            var members = inline is null ? ReadMembers(structure) : ReadInlineElement(structure, where, path, scaling, embedded) is { } item ? [item] : null;
            _around.Pop();
            if (members is null)
                return null;
            if (isOutput && access.CheckCreation(structure) is var (refused, cure))
            {
                Report(Descriptors.OutOfReach, where, path, refused, cure + OrLeaveOut(name));
                return null;
            }
            if (members.Count > 0)
                return inline is null ? Feature(FeatureKind.Struct, members) : Feature(FeatureKind.InlineArray, members, length: inline.Value);
        }
        if (_around.Count == 0 && (type.IsRefLikeType || type is IDynamicTypeSymbol or IPointerTypeSymbol or IFunctionPointerTypeSymbol))
            return null; // the compiler complains: it is no type argument
        var obstacle =
            type.SpecialType == SpecialType.System_String ? "a string is no number" :
            type.SpecialType == SpecialType.System_Char ? "a char is no number" :
            type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T ? "it may be null" :
            type is IArrayTypeSymbol { Rank: > 1 } ? "an array of several dimensions has no fixed length" :
            type is IArrayTypeSymbol ? $"an array may have any length{(name.Length == 0 ? "" : " unless [FixedLength] says which")}" :
            _around.Contains(type, SymbolEqualityComparer.Default) ? $"'{shortType}' contains itself" :
            type.IsRefLikeType ? $"'{shortType}' is a ref struct" :
            type.TypeKind == TypeKind.Struct ? $"'{shortType}' has no field or automatic property that is one" :
            type.IsReferenceType ? $"'{shortType}' is no struct" :
            type is IPointerTypeSymbol ? "only unsafe code reads a pointer or a fixed-size buffer, unlike an inline array" :
            $"'{shortType}' is no number";
        Report(Descriptors.UnsupportedFeature, where, path, Purpose, obstacle, OrLeaveOut(name));
        return null;
    }

    static string OrLeaveOut(string name) => name.Length == 0 ? "" : ", or leave it out with [IgnoreFeature]";

    /// <summary>Whether generated code names the type: of a feature only that of the whole value and enums, of an output all that it makes.</summary>
    bool IsNamed(ITypeSymbol type) => isOutput || _around.Count == 0 || type.TypeKind is TypeKind.Enum;

    FeatureSpec? ReadElement(ITypeSymbol type, Location where, string path, ScalingSpec? scaling, int embedded) => ReadValue(type, "", where, path, scaling, null, embedded);

    /// <summary>The element of an inline array, which its one field stands for, private as it may be.</summary>
    FeatureSpec? ReadInlineElement(INamedTypeSymbol type, Location where, string path, ScalingSpec? scaling, int embedded)
    {
        var fields = type.GetMembers().OfType<IFieldSymbol>().Where(candidate => !candidate.IsStatic).ToList();
        if (fields.Count != 1)
            return null; // the compiler complains
        var field = fields[0];
        foreach (var (mark, name, why) in FeatureMember.Strays(type, []))
            ReportUseless(mark, $"{type.ToDisplayString(ShortFormat)}.{name}", why);
        var element = new FeatureMember(field, field.Type, true, [.. FeatureMember.MarksOf(field)]);
        var own = ReadScaling(element, $"{type.ToDisplayString(ShortFormat)}.{field.Name}");
        var ownEmbedded = ReadEmbedded(element, $"{type.ToDisplayString(ShortFormat)}.{field.Name}");
        if (element.Mark("IgnoreFeature") is { } ignored)
            ReportUseless(ignored, $"{type.ToDisplayString(ShortFormat)}.{field.Name}", "it stands for the elements of an inline array");
        return ReadValue(field.Type, "", where, path, scaling ?? own, ReadLength(element, $"{type.ToDisplayString(ShortFormat)}.{field.Name}"), embedded > 0 ? embedded : ownEmbedded);
    }

    /// <summary>Elements of an inline array; null where it is none, or one that the compiler refuses.</summary>
    static int? InlineLength(INamedTypeSymbol type) =>
        type.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.ToDisplayString() == "System.Runtime.CompilerServices.InlineArrayAttribute")
            is { ConstructorArguments.Length: 1 } attribute && attribute.ConstructorArguments[0].Value is int length and > 0 ? length : null;

    List<(string Name, decimal Value)>? ReadEnumMembers(INamedTypeSymbol type, Location where, string path)
    {
        if (type.GetAttributes().Any(attribute => attribute.AttributeClass?.ToDisplayString() == "System.FlagsAttribute"))
        {
            Report(Descriptors.UnsuitableEnum, where, path, $"the members of '{type.Name}' are flags, which combine", "use one bool for each flag");
            return null;
        }
        // Of members with one value the first that may be named is the name.
        var members = type.GetMembers().OfType<IFieldSymbol>()
            .Where(field => field.HasConstantValue)
            .GroupBy(field => Convert.ToDecimal(field.ConstantValue, CultureInfo.InvariantCulture))
            .OrderBy(group => group.Key)
            .Select(group => (Field: group.FirstOrDefault(field => !access.IsRefused(field)) ?? group.First(), Value: group.Key))
            .ToList();
        if (members.Select(member => member.Field).FirstOrDefault(access.IsRefused) is { } refused)
        {
            Report(Descriptors.OutOfReach, where, path, $"'{type.Name}.{refused.Name}' is [Obsolete] as an error", "make that a warning");
            return null;
        }
        if (members.Count >= 2)
            return members.ConvertAll(member => (Escape(member.Field.Name), member.Value));
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
        var mustSet = isOutput && !SetsRequiredMembers(type);
        foreach (var member in members)
        {
            var symbol = member.Symbol;
            var path = $"{type.ToDisplayString(ShortFormat)}.{symbol.Name}";
            var isRequired = mustSet && symbol is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };
            var isFeature = (member.IsStored || member.Mark("Feature") is not null) && IsReadable(symbol);
            if (!isFeature || member.Mark("IgnoreFeature") is not null)
            {
                CheckLeftOut(member, path, isFeature);
                if (isRequired)
                {
                    Report(Descriptors.NotSettable, LocationOf(symbol), path);
                    canBeMade = false;
                }
                continue;
            }
            used.Add(symbol);
            if (access.IsRefused(symbol) || (isOutput && access.IsSetterRefused(symbol)))
            {
                Report(Descriptors.OutOfReach, LocationOf(symbol), path, "it is [Obsolete] as an error", "make that a warning" + OrLeaveOut(symbol.Name));
                canBeMade &= !isRequired;
                continue;
            }
            var scaling = ReadScaling(member, path);
            var length = ReadLength(member, path);
            var embedded = ReadEmbedded(member, path);
            if (isOutput && !IsSettable(symbol))
                Report(Descriptors.NotSettable, LocationOf(symbol), path);
            else if (ReadValue(member.Type, Escape(symbol.Name), LocationOf(symbol), path, scaling, length, embedded) is { } feature)
                features.Add(feature);
            else if (isRequired)
                features.Add(new(Escape(symbol.Name), "", "", FeatureKind.Missing, default, default, null, 0));
        }
        if (!type.IsTupleType)
        {
            foreach (var (mark, name, why) in FeatureMember.Strays(type, members))
                ReportUseless(mark, $"{type.ToDisplayString(ShortFormat)}.{name}", why);
            CheckOneDeclaration(type, used);
        }
        return canBeMade && (features.Exists(feature => feature.Size > 0) || used.Count == 0) ? features : null;
    }

    /// <summary>Whether the constructor without parameters sets what is required, so that the compiler asks nobody else to.</summary>
    static bool SetsRequiredMembers(INamedTypeSymbol type) =>
        type.InstanceConstructors.Any(constructor => constructor.Parameters.IsEmpty && ConstructorChecks.SetsRequiredMembers(constructor));

    /// <summary>Whether the network may read it: a property may have a getter that is less accessible than itself.</summary>
    bool IsReadable(ISymbol member) =>
        compilation.IsSymbolAccessibleWithin(member, network) && (member is not IPropertySymbol { GetMethod: { } getter } || compilation.IsSymbolAccessibleWithin(getter, network));

    /// <summary>A member that is no feature has no business with attributes of features.</summary>
    void CheckLeftOut(FeatureMember member, string path, bool isFeature)
    {
        var useless = member.Marks.FirstOrDefault(mark => !isFeature || mark.AttributeClass!.Name != "IgnoreFeatureAttribute");
        if (useless is null)
            return;
        var why = isFeature ? "it is left out by [IgnoreFeature]"
            : !compilation.IsSymbolAccessibleWithin(member.Symbol, network) ? $"'{network.Name}' cannot access it"
            : !IsReadable(member.Symbol) ? $"'{network.Name}' cannot access its getter"
            : "it is computed, so it is a feature only with [Feature]";
        ReportUseless(useless, path, why);
    }

    void ReportUseless(AttributeData mark, string path, string why) =>
        Report(Descriptors.UselessMark, LocationOf(mark), mark.AttributeClass!.Name.Replace("Attribute", ""), path, why);

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
            member.Marks.Count(other => other.AttributeClass!.Name == mark.AttributeClass.Name) > 1 ? $"[{(standardize ? "Standardize" : "Scale")}] stands there twice" :
            !IsNumber(Scaled(member.Type)) ? "only a number can be scaled" :
            !IsFinite(first) || !IsFinite(second) ? "both numbers must be finite" :
            standardize && second <= 0 ? "the deviation must be positive" :
            !standardize && !(first < second && IsFinite(second - first)) ? "the minimum must be less than the maximum" :
            !IsWideEnough(Scaled(member.Type), first, second, standardize) ? $"the {(standardize ? "deviation" : "range")} must be one that a float can hold" :
            null;
        if (problem is null)
            return new ScalingSpec(standardize, first, second);
        Report(Descriptors.WrongScaling, LocationOf(mark), path, problem);
        return null;
    }

    /// <summary>Values that the members of an enum are embedded in; 0 where it is one-hot. A type may be read by one network and predicted by another.</summary>
    int ReadEmbedded(FeatureMember member, string path)
    {
        if (isOutput || member.Mark("Embedded") is not { AttributeConstructor: not null, ConstructorArguments.Length: 1 } mark || mark.ConstructorArguments[0].Value is not int size)
            return 0; // one-hot, or the compiler complains
        var type = Scaled(member.Type);
        var problem =
            type.TypeKind == TypeKind.Error ? null :
            type.TypeKind != TypeKind.Enum ? "only an enum can be embedded" :
            size is < 1 or > MaxFeatures ? $"give a number of values from 1 to {Number(MaxFeatures)}" :
            null;
        if (problem is null)
            return type.TypeKind == TypeKind.Error ? 0 : size;
        Report(Descriptors.WrongEmbedded, LocationOf(mark), path, problem);
        return 0;
    }

    /// <summary>Whether values of a type tell the ends of their range apart: a float or a Half those of its own precision, an integer those of a float's.</summary>
    static bool IsWideEnough(ITypeSymbol type, double first, double second, bool standardize) =>
        type.SpecialType is SpecialType.System_Double or SpecialType.System_Decimal || (
            (float)(standardize ? second : second - first) is > 0 and < float.PositiveInfinity
            && (standardize || type.SpecialType != SpecialType.System_Single || ((float)first < (float)second && (float)second < float.PositiveInfinity && (float)first > float.NegativeInfinity)));

    /// <summary>What an attribute of a member is said of: the elements of an array.</summary>
    static ITypeSymbol Scaled(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => Scaled(array.ElementType),
        INamedTypeSymbol named when InlineLength(named) is not null && named.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => !field.IsStatic) is { } field => Scaled(field.Type),
        _ => type,
    };

    int? ReadLength(FeatureMember member, string path)
    {
        if (member.Mark(FixedLength) is not { AttributeConstructor: not null, ConstructorArguments.Length: 1 } mark || mark.ConstructorArguments[0].Value is not int length)
            return null; // no length, or the compiler complains
        var problem =
            member.Type.TypeKind == TypeKind.Error ? null :
            member.Type is not IArrayTypeSymbol { Rank: 1 } ? "only an array with one dimension can have one" :
            length is < 1 or > MaxFeatures ? $"give a number from 1 to {Number(MaxFeatures)}" :
            null;
        if (problem is null)
            return length;
        Report(Descriptors.WrongFixedLength, LocationOf(mark), path, Number(length), problem);
        return 1;
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
        || type.ToDisplayString() is "System.Half" or "System.Int128" or "System.UInt128";

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
