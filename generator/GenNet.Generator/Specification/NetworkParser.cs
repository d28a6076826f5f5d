using GenNet.Generator.Diagnostics;
using GenNet.Generator.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenNet.Generator.Specification;

/// <summary>What became of one attributed class: a specification, or diagnostics.</summary>
sealed record ParsedNetwork(NetworkSpec? Spec, EquatableArray<DiagnosticInfo> Diagnostics);

/// <summary>Reads a network from the attributes of its class. Members of enums are known by name, so that a new one needs no change here.</summary>
sealed class NetworkParser
{
    const int LargestSize = 65_536;
    const long MostParameters = 1 << 28;

    readonly List<DiagnosticInfo> _diagnostics = new();
    readonly INamedTypeSymbol _type;
    readonly ClassDeclarationSyntax _declaration;
    readonly AttributeData _network;
    readonly CancellationToken _cancellation;

    NetworkParser(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        _type = (INamedTypeSymbol)context.TargetSymbol;
        _declaration = (ClassDeclarationSyntax)context.TargetNode;
        _network = context.Attributes[0];
        _cancellation = cancellation;
    }

    public static ParsedNetwork Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var parser = new NetworkParser(context, cancellation);
        var spec = parser.Parse();
        return new ParsedNetwork(parser._diagnostics.Count == 0 ? spec : null, new(parser._diagnostics));
    }

    NetworkSpec? Parse()
    {
        CheckClass();
        var network = new Arguments(_network);
        var inputs = network.Int(0);
        CheckSize("inputs", inputs, _network, 0);
        var sizes = network.Ints(1);
        var dense = _type.GetAttributes().Where(attribute => attribute.AttributeClass?.ToDisplayString() == "GenNet.DenseAttribute").ToArray();
        _cancellation.ThrowIfCancellationRequested();
        if (sizes.Count > 0 && dense.Length > 0)
            Report(Descriptors.MixedForms, Location(dense[0]), _type.Name);
        else if (sizes.Count == 0 && dense.Length == 0)
            Report(Descriptors.NoLayers, Location(_network), _type.Name);
        if (dense.Select(attribute => attribute.ApplicationSyntaxReference?.SyntaxTree).Distinct().Count() > 1
            || dense.Any(attribute => attribute.ApplicationSyntaxReference?.GetSyntax(_cancellation).FirstAncestorOrSelf<ClassDeclarationSyntax>() != _declaration))
            Report(Descriptors.SpreadLayers, Location(dense[0]), _type.Name);

        var layers = dense.Length > 0
            ? dense.Select((attribute, index) => FromAttribute(attribute, index, index == dense.Length - 1, network)).ToArray()
            : sizes.Select((size, index) => FromSize(size, index, index == sizes.Count - 1, network)).ToArray();
        CheckParameters(inputs, layers);
        var loss = network.Name("Loss", "Default");
        if (layers.Length > 0)
            CheckLoss(loss, layers[layers.Length - 1].Activation);
        return new NetworkSpec(
            _type.ContainingNamespace.IsGlobalNamespace ? null : _type.ContainingNamespace.ToDisplayString(Names),
            new(Containers().Reverse().Select(Declaration)),
            _type.ToDisplayString(SimpleName),
            HintName(),
            inputs,
            new(layers),
            loss);
    }

    LayerSpec FromAttribute(AttributeData attribute, int index, bool last, Arguments network)
    {
        var dense = new Arguments(attribute);
        var units = dense.Int(0);
        CheckSize($"units of layer {index + 1}", units, attribute, 0);
        var activation = dense.Name(1);
        if (activation == "Softmax" && !last)
            Report(Descriptors.HiddenSoftmax, Location(attribute), _type.Name, index + 1);
        var init = dense.Name("Init", "Default");
        return new LayerSpec(units, activation, init == "Default" ? network.Name("Init", "Default") : init);
    }

    LayerSpec FromSize(int units, int index, bool last, Arguments network)
    {
        CheckSize($"units of layer {index + 1}", units, _network, index + 1);
        var activation = last ? network.Name("Output", "Identity") : network.Name("Hidden", "ReLU");
        if (activation == "Softmax" && !last && index == 0)
            Report(Descriptors.HiddenSoftmax, Location(_network), _type.Name, index + 1);
        return new LayerSpec(units, activation, network.Name("Init", "Default"));
    }

    void CheckClass()
    {
        if (!_declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
            Report(Descriptors.NotPartial, _declaration.Identifier.GetLocation(), _type.Name, _type.Name);
        foreach (var outer in _declaration.Ancestors().OfType<TypeDeclarationSyntax>())
            if (!outer.Modifiers.Any(SyntaxKind.PartialKeyword))
                Report(Descriptors.NotPartial, outer.Identifier.GetLocation(), outer.Identifier.Text, _type.Name);
        var kind = _type switch
        {
            { IsStatic: true } => "static",
            { IsAbstract: true } => "abstract",
            { IsRecord: true } => "a record",
            { IsGenericType: true } => "generic",
            _ when Containers().Any(outer => outer.IsGenericType) => "inside a generic type",
            _ => null,
        };
        if (kind != null)
            Report(Descriptors.UnsupportedKind, _declaration.Identifier.GetLocation(), _type.Name, kind);
    }

    void CheckSize(string what, int size, AttributeData attribute, int argument)
    {
        if (size is < 1 or > LargestSize)
            Report(Descriptors.BadSize, ArgumentLocation(attribute, argument), _type.Name, what, size, LargestSize);
    }

    void CheckParameters(int inputs, LayerSpec[] layers)
    {
        long parameters = 0;
        foreach (var layer in layers)
        {
            parameters += (inputs + 1L) * layer.Outputs;
            inputs = layer.Outputs;
        }
        if (parameters > MostParameters)
            Report(Descriptors.TooLarge, Location(_network), _type.Name, parameters, MostParameters);
    }

    void CheckLoss(string loss, string output)
    {
        var fitting = loss switch
        {
            "CrossEntropy" => output is "Softmax" or "Identity" ? null : "Softmax (or Identity, for logits)",
            "BinaryCrossEntropy" => output is "Sigmoid" or "Identity" or "HardSigmoid" ? null : "Sigmoid (or Identity, for logits)",
            _ => null,
        };
        if (fitting != null)
            Report(Descriptors.UnfitLoss, Location(_network), _type.Name, loss, output, fitting);
    }

    IEnumerable<INamedTypeSymbol> Containers()
    {
        for (var outer = _type.ContainingType; outer != null; outer = outer.ContainingType)
            yield return outer;
    }

    static ContainerSpec Declaration(INamedTypeSymbol type)
    {
        var kind = type switch
        {
            { TypeKind: TypeKind.Interface } => "interface",
            { IsRecord: true, IsValueType: true } => "record struct",
            { IsRecord: true } => "record",
            { IsValueType: true } => "struct",
            _ => "class",
        };
        return new ContainerSpec($"partial {kind} {type.ToDisplayString(SimpleName)}");
    }

    /// <summary>The full metadata name, with a + before nested types: unique, and fit for a file.</summary>
    string HintName()
    {
        var name = string.Join("+", Containers().Reverse().Append(_type).Select(type => type.MetadataName));
        for (var space = _type.ContainingNamespace; !space.IsGlobalNamespace; space = space.ContainingNamespace)
            name = $"{space.MetadataName}.{name}";
        return name + ".g.cs";
    }

    static readonly SymbolDisplayFormat SimpleName = new(miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    static readonly SymbolDisplayFormat Names = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    void Report(DiagnosticDescriptor descriptor, Location location, params object[] arguments) =>
        _diagnostics.Add(DiagnosticInfo.Create(descriptor, location, arguments));

    Location Location(AttributeData attribute) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(_cancellation).GetLocation() ?? _declaration.Identifier.GetLocation();

    Location ArgumentLocation(AttributeData attribute, int argument) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(_cancellation) is AttributeSyntax { ArgumentList.Arguments: var arguments } && argument < arguments.Count
            ? arguments[argument].GetLocation()
            : Location(attribute);

    /// <summary>An attribute's arguments, with defaults where code that does not compile leaves them out.</summary>
    readonly struct Arguments(AttributeData attribute)
    {
        public int Int(int position) =>
            position < attribute.ConstructorArguments.Length && attribute.ConstructorArguments[position] is { Kind: TypedConstantKind.Primitive, Value: int value } ? value : 0;

        public IReadOnlyList<int> Ints(int position) =>
            position < attribute.ConstructorArguments.Length && attribute.ConstructorArguments[position] is { Kind: TypedConstantKind.Array, IsNull: false } array
                ? array.Values.Select(value => value.Value is int number ? number : 0).ToArray()
                : Array.Empty<int>();

        public string Name(int position) => position < attribute.ConstructorArguments.Length ? MemberName(attribute.ConstructorArguments[position]) : "Identity";

        public string Name(string property, string otherwise)
        {
            foreach (var argument in attribute.NamedArguments)
                if (argument.Key == property)
                    return MemberName(argument.Value);
            return otherwise;
        }

        static string MemberName(TypedConstant constant) =>
            constant.Type?.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => field.HasConstantValue && Equals(field.ConstantValue, constant.Value))?.Name ?? "Identity";
    }
}
