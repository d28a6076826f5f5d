using System.Globalization;
using GenNet.Generator.Diagnostics;
using GenNet.Generator.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenNet.Generator.Specification;

/// <summary>Reads the attributes of one class. Activations, losses and initializers pass through by name: their enums alone list them.</summary>
sealed class NetworkParser
{
    public const string NetworkAttribute = "GenNet.NetworkAttribute";
    public const string DenseAttribute = "GenNet.DenseAttribute";
    const string BatchNormAttribute = "GenNet.BatchNormAttribute";
    const string LayerNormAttribute = "GenNet.LayerNormAttribute";
    const string DropoutAttribute = "GenNet.DropoutAttribute";
    const string ResidualAttribute = "GenNet.ResidualAttribute";

    const int MaxSize = 65_536;
    const long MaxParameters = 1L << 28;
    const string DefaultInit = "Default";
    const string WeightsArgument = "Weights";

    readonly INamedTypeSymbol _type;
    readonly TypeDeclarationSyntax _declaration;
    readonly List<DiagnosticInfo> _diagnostics = [];

    NetworkParser(GeneratorAttributeSyntaxContext context)
    {
        _type = (INamedTypeSymbol)context.TargetSymbol;
        _declaration = (TypeDeclarationSyntax)context.TargetNode;
    }

    /// <summary>Whether the attributes may stand here at all: the compiler refuses them on anything but a class.</summary>
    public static bool IsCandidate(SyntaxNode node) =>
        node.IsKind(SyntaxKind.ClassDeclaration) || node.IsKind(SyntaxKind.RecordDeclaration);

    /// <summary>Reads a class with [Network].</summary>
    public static ParseResult Parse(GeneratorAttributeSyntaxContext context)
    {
        var parser = new NetworkParser(context);
        var spec = parser.Read();
        var weights = spec?.Weights is null ? null : LocationInfo.From(Argument(parser.Attributes(NetworkAttribute).First(), WeightsArgument).GetLocation());
        return new(parser._diagnostics.Count == 0 ? spec : null, parser._diagnostics.ToEquatableArray(), weights);
    }

    /// <summary>Reads a class with [Dense], which is wrong where [Network] is missing.</summary>
    public static ParseResult ParseStray(GeneratorAttributeSyntaxContext context)
    {
        var parser = new NetworkParser(context);
        if (!parser.Attributes(NetworkAttribute).Any())
            parser.Report(Descriptors.StrayLayer, Syntax(context.Attributes[0]), parser._type.Name);
        return new(null, parser._diagnostics.ToEquatableArray());
    }

    NetworkSpec? Read()
    {
        AttributeData[] networks = [.. Attributes(NetworkAttribute)];
        AttributeData[] declared = [.. Attributes(DenseAttribute, BatchNormAttribute, LayerNormAttribute, DropoutAttribute, ResidualAttribute)];
        if (networks.Length > 1 || networks.Concat(declared).Any(HasErrors))
            return null;

        CheckDeclaration();
        var network = networks[0];
        var inputs = ReadSize(network, network.ConstructorArguments[0], "inputs", 0);
        var layers = declared.Length == 0 ? ReadSizes(network) : ReadLayers(network, inputs, declared);
        CheckLayers(network, inputs, layers);
        var loss = ReadLoss(network);
        CheckLoss(network, loss, layers);

        return new NetworkSpec(
            _type.ContainingNamespace.IsGlobalNamespace ? null : _type.ContainingNamespace.ToDisplayString(),
            Containers(),
            _declaration.Identifier.Text,
            MetadataName.Of(_type),
            MetadataName.HintNameOf(_type),
            inputs,
            layers.ToEquatableArray(),
            loss,
            network.NamedArguments.FirstOrDefault(argument => argument.Key == WeightsArgument).Value.Value as string);
    }

    void CheckDeclaration()
    {
        foreach (var outer in _declaration.AncestorsAndSelf().OfType<TypeDeclarationSyntax>())
            if (!outer.Modifiers.Any(SyntaxKind.PartialKeyword))
                Report(Descriptors.NotPartial, outer.Identifier, outer.Identifier.Text, Keyword(outer));

        var obstacle =
            _type.IsRecord ? "it is a record" :
            _type.TypeParameters.Length > 0 ? "it is generic" :
            _type.IsStatic ? "it is static" :
            _type.IsAbstract ? "it is abstract" :
            IsFileLocal(_type) ? "it is file-local, and the generated code is another file" :
            null;
        if (obstacle is not null)
            Report(Descriptors.UnsupportedKind, _declaration.Identifier, _type.Name, obstacle);
    }

    static bool IsFileLocal(INamedTypeSymbol? type) => type is not null && (type.IsFileLocal || IsFileLocal(type.ContainingType));

    List<LayerSpec> ReadSizes(AttributeData network)
    {
        var hidden = ReadNamed(network, "Hidden", "ReLU");
        var output = ReadNamed(network, "Output", "Identity");
        var init = ReadNamed(network, "Init", DefaultInit);
        var sizes = Sizes(network);
        var layers = new List<LayerSpec>();
        for (var i = 0; i < sizes.Length; i++)
        {
            var units = ReadSize(network, sizes[i], "sizes", 1 + i);
            layers.Add(new DenseSpec(units, i < sizes.Length - 1 ? hidden : output, init));
        }
        if (layers.Count > 1 && hidden == "Softmax")
            Report(Descriptors.HiddenSoftmax, Argument(network, "Hidden"), _type.Name);
        return layers;
    }

    List<LayerSpec> ReadLayers(AttributeData network, int inputs, AttributeData[] declared)
    {
        CheckForms(network, declared);
        var init = ReadNamed(network, "Init", DefaultInit);
        var layers = new List<LayerSpec>();
        var widths = new List<int> { inputs };
        foreach (var attribute in declared)
        {
            var layer = ReadLayer(attribute, init);
            if (layer.Activation == "Softmax" && attribute != declared[declared.Length - 1])
                Report(Descriptors.HiddenSoftmax, Argument(attribute, "activation", attribute.ConstructorArguments.Length - 1), _type.Name);
            if (layer is ResidualSpec residual)
                CheckResidual(attribute, residual, widths);
            layers.Add(layer);
            widths.Add(layer.OutputsFor(widths[widths.Count - 1]));
        }
        return layers;
    }

    LayerSpec ReadLayer(AttributeData attribute, string init)
    {
        var last = attribute.ConstructorArguments.Length - 1;
        switch (attribute.AttributeClass!.ToDisplayString())
        {
            case BatchNormAttribute:
                return new BatchNormSpec(
                    ReadActivation(attribute, last), ReadNumber(attribute, "Momentum", 0.1, value => value is >= 0 and <= 1, "from 0 to 1"), ReadEpsilon(attribute));
            case LayerNormAttribute:
                return new LayerNormSpec(ReadActivation(attribute, last), ReadEpsilon(attribute));
            case DropoutAttribute:
                var rate = (double)attribute.ConstructorArguments[0].Value!;
                CheckNumber(attribute, "rate", rate, rate is >= 0 and <= 1, "from 0 to 1", 0);
                return new DropoutSpec(rate);
            case ResidualAttribute:
                return new ResidualSpec((int)attribute.ConstructorArguments[0].Value!, ReadActivation(attribute, last));
            default:
                var units = ReadSize(attribute, attribute.ConstructorArguments[0], "units", 0);
                var ownInit = ReadNamed(attribute, "Init", DefaultInit);
                return new DenseSpec(units, ReadActivation(attribute, last), ownInit == DefaultInit ? init : ownInit);
        }
    }

    double ReadEpsilon(AttributeData attribute) => ReadNumber(attribute, "Epsilon", 1e-5, value => value is > 0 and < float.MaxValue, "greater than 0");

    /// <param name="attribute">The residual connection.</param>
    /// <param name="residual">What it declares.</param>
    /// <param name="widths">Widths of the inputs and of the layers before.</param>
    void CheckResidual(AttributeData attribute, ResidualSpec residual, List<int> widths)
    {
        var before = widths.Count - 1;
        if (residual.Back < 1 || residual.Back > before)
            Report(Descriptors.ResidualBlock, Argument(attribute, "layers", 0), _type.Name, Grouped(residual.Back), Grouped(before));
        else if (widths[before] != widths[before - residual.Back])
            Report(Descriptors.ResidualWidth, Syntax(attribute), _type.Name, Grouped(widths[before - residual.Back]), Grouped(widths[before]));
    }

    string ReadActivation(AttributeData attribute, int position) => attribute.ConstructorArguments[position] is { Kind: TypedConstantKind.Type } type
        ? ReadType(attribute, type, "activation", position, "GenNet.Activations.IActivation")
        : ReadMember(attribute, attribute.ConstructorArguments[position], "activation", position);

    string ReadLoss(AttributeData network)
    {
        foreach (var argument in network.NamedArguments)
            if (argument.Key == "LossType")
                return ReadType(network, argument.Value, "LossType", -1, "GenNet.Losses.ILoss");
        return ReadNamed(network, "Loss", "Default");
    }

    /// <summary>The full name of a struct of the user's own that implements an interface.</summary>
    string ReadType(AttributeData attribute, TypedConstant constant, string name, int position, string contract)
    {
        if (constant.Value is INamedTypeSymbol { IsValueType: true, IsUnboundGenericType: false } type && !IsFileLocal(type)
            && type.AllInterfaces.Any(implemented => implemented.ToDisplayString() == contract))
            return type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        Report(Descriptors.UnsuitableType, Argument(attribute, name, position), _type.Name, (constant.Value as ISymbol)?.Name ?? "null", contract);
        return "";
    }

    double ReadNumber(AttributeData attribute, string name, double fallback, Func<double, bool> fits, string range)
    {
        foreach (var argument in attribute.NamedArguments)
            if (argument.Key == name)
            {
                var value = (double)argument.Value.Value!;
                CheckNumber(attribute, name, value, fits(value), range);
                return value;
            }
        return fallback;
    }

    void CheckNumber(AttributeData attribute, string name, double value, bool fits, string range, int position = -1)
    {
        if (!fits)
            Report(Descriptors.NumberOutOfRange, Argument(attribute, name, position), _type.Name, name.ToLowerInvariant(), value.ToString(CultureInfo.InvariantCulture), range);
    }

    void CheckForms(AttributeData network, AttributeData[] declared)
    {
        if (Sizes(network).Length > 0)
            Report(Descriptors.MixedForms, Argument(network, "sizes", 1), _type.Name, "sizes");
        foreach (var name in new[] { "Hidden", "Output" })
            if (network.NamedArguments.Any(argument => argument.Key == name))
                Report(Descriptors.MixedForms, Argument(network, name), _type.Name, name);

        var elsewhere = declared.FirstOrDefault(layer => Syntax(layer).Parent!.Parent != Syntax(declared[0]).Parent!.Parent);
        if (elsewhere is not null)
            Report(Descriptors.LayersSpread, Syntax(elsewhere), _type.Name);
    }

    void CheckLayers(AttributeData network, int inputs, List<LayerSpec> layers)
    {
        if (_diagnostics.Count > 0) // a product of sizes out of range may overflow
            return;

        long parameters = 0;
        var width = inputs;
        foreach (var layer in layers)
        {
            parameters += layer.ParametersFor(width);
            width = layer.OutputsFor(width);
        }
        if (parameters == 0)
            Report(Descriptors.NoLayers, Syntax(network), _type.Name);
        if (parameters > MaxParameters)
            Report(Descriptors.TooManyParameters, Syntax(network), _type.Name, Grouped(parameters), Grouped(MaxParameters));
    }

    void CheckLoss(AttributeData network, string loss, List<LayerSpec> layers)
    {
        string[]? outputs = loss switch
        {
            "CrossEntropy" => ["Softmax", "Identity"],
            "BinaryCrossEntropy" => ["Sigmoid", "HardSigmoid", "Identity"],
            _ => null,
        };
        if (outputs is not null && layers.Count > 0 && layers[layers.Count - 1].Activation is var output && !outputs.Contains(output))
            Report(Descriptors.LossDoesNotFit, Argument(network, "Loss"), _type.Name, loss, output, string.Join(" or ", outputs));
    }

    EquatableArray<ContainerSpec> Containers() => _declaration.Ancestors().OfType<TypeDeclarationSyntax>().Reverse()
        .Select(outer => new ContainerSpec(Keyword(outer), outer.Identifier.Text + TypeParameters(outer)))
        .ToEquatableArray();

    static string Keyword(TypeDeclarationSyntax type) =>
        type is RecordDeclarationSyntax { ClassOrStructKeyword.Text: { Length: > 0 } kind } ? $"record {kind}" : type.Keyword.Text;

    static string TypeParameters(TypeDeclarationSyntax type) => type.TypeParameterList is { } list
        ? $"<{string.Join(", ", list.Parameters.Select(parameter => parameter.Identifier.Text))}>"
        : "";

    IEnumerable<AttributeData> Attributes(params string[] names) =>
        _type.GetAttributes().Where(attribute => names.Contains(attribute.AttributeClass?.ToDisplayString()));

    /// <summary>Whether the compiler refuses the attribute: its message is enough.</summary>
    static bool HasErrors(AttributeData attribute) =>
        attribute.AttributeConstructor is null
        || attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(argument => argument.Value)).Any(IsError);

    static bool IsError(TypedConstant constant) =>
        constant.Kind == TypedConstantKind.Error
        || (constant.Kind == TypedConstantKind.Array && !constant.IsNull && constant.Values.Any(IsError));

    static TypedConstant[] Sizes(AttributeData network) =>
        network.ConstructorArguments[1] is { IsNull: false } sizes ? [.. sizes.Values] : [];

    int ReadSize(AttributeData attribute, TypedConstant constant, string parameter, int position)
    {
        var size = (int)constant.Value!;
        if (size is < 1 or > MaxSize)
            Report(Descriptors.SizeOutOfRange, Argument(attribute, parameter, position),
                _type.Name, parameter == "inputs" ? $"{Grouped(size)} inputs" : $"a layer of {Grouped(size)} units", Grouped(MaxSize));
        return size;
    }

    string ReadNamed(AttributeData attribute, string name, string fallback)
    {
        foreach (var argument in attribute.NamedArguments)
            if (argument.Key == name)
                return ReadMember(attribute, argument.Value, name);
        return fallback;
    }

    string ReadMember(AttributeData attribute, TypedConstant constant, string name, int position = -1)
    {
        var member = constant.Type!.GetMembers().OfType<IFieldSymbol>()
            .FirstOrDefault(field => field.HasConstantValue && field.ConstantValue.Equals(constant.Value));
        if (member is null)
            Report(Descriptors.UnknownMember, Argument(attribute, name, position), _type.Name, constant.Type.Name,
                Convert.ToString(constant.Value, CultureInfo.InvariantCulture));
        return member?.Name ?? "";
    }

    /// <summary>The argument of that name or else of that position, or else the attribute.</summary>
    static SyntaxNode Argument(AttributeData attribute, string name, int position = -1)
    {
        var syntax = Syntax(attribute);
        var arguments = syntax.ArgumentList?.Arguments ?? default;
        return arguments.FirstOrDefault(argument => (argument.NameEquals?.Name ?? argument.NameColon?.Name)?.Identifier.ValueText == name)
            ?? arguments.Where(argument => argument.NameEquals is null && argument.NameColon is null).ElementAtOrDefault(position)
            ?? (SyntaxNode)syntax;
    }

    static AttributeSyntax Syntax(AttributeData attribute) => (AttributeSyntax)attribute.ApplicationSyntaxReference!.GetSyntax();

    static string Grouped(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    void Report(DiagnosticDescriptor descriptor, SyntaxNodeOrToken where, params string[] arguments) =>
        _diagnostics.Add(new(descriptor, LocationInfo.From(where.GetLocation()!), arguments.ToEquatableArray()));
}
