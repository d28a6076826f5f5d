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

    const int MaxSize = 65_536;
    const long MaxParameters = 1L << 28;
    const string DefaultInit = "Default";

    readonly INamedTypeSymbol _type;
    readonly TypeDeclarationSyntax _declaration;
    readonly Compilation _compilation;
    readonly List<Diagnostic> _diagnostics = [];
    bool _hopeless;

    NetworkParser(INamedTypeSymbol type, AttributeData attribute, Compilation compilation) =>
        (_type, _declaration, _compilation) = (type, (TypeDeclarationSyntax)Syntax(attribute).Parent!.Parent!, compilation);

    /// <summary>Whether the attributes may stand here at all: the compiler refuses them on anything but a class.</summary>
    public static bool IsCandidate(SyntaxNode node) =>
        node.IsKind(SyntaxKind.ClassDeclaration) || node.IsKind(SyntaxKind.RecordDeclaration);

    /// <summary>What to emit for a class with [Network]; nothing where that would only add to the compiler's complaints.</summary>
    public static NetworkSpec? Parse(GeneratorAttributeSyntaxContext context) =>
        new NetworkParser((INamedTypeSymbol)context.TargetSymbol, context.Attributes[0], context.SemanticModel.Compilation).Read();

    /// <summary>What is wrong with a class, if it is or seems to be a network.</summary>
    /// <param name="type">Any type.</param>
    /// <param name="compilation">The type's program.</param>
    /// <param name="spec">What will be emitted.</param>
    public static IReadOnlyList<Diagnostic> Check(INamedTypeSymbol type, Compilation compilation, out NetworkSpec? spec)
    {
        spec = null;
        if (type.TypeKind != TypeKind.Class)
            return [];
        var attributes = type.GetAttributes();
        if (attributes.FirstOrDefault(attribute => Is(attribute, NetworkAttribute)) is { } network)
        {
            var parser = new NetworkParser(type, network, compilation);
            spec = parser.Read();
            return parser._diagnostics;
        }
        return attributes.FirstOrDefault(attribute => Is(attribute, DenseAttribute)) is { } layer
            ? [Diagnostic.Create(Descriptors.StrayLayer, Syntax(layer).GetLocation(), type.Name)]
            : [];
    }

    NetworkSpec? Read()
    {
        AttributeData[] networks = [.. Attributes(NetworkAttribute)];
        AttributeData[] dense = [.. Attributes(DenseAttribute)];
        if (networks.Length > 1 || networks.Concat(dense).Any(HasErrors))
            return null;

        CheckPlatform(network: networks[0]);
        CheckDeclaration();
        CheckConstructor();
        var network = networks[0];
        var inputs = ReadSize(network, network.ConstructorArguments[0], "inputs", 0);
        var layers = dense.Length == 0 ? ReadSizes(network) : ReadDense(network, dense);
        CheckLayers(network, inputs, layers);
        var loss = ReadLoss(network, layers);

        return _hopeless ? null : new NetworkSpec(
            _type.ContainingNamespace.IsGlobalNamespace ? null : _type.ContainingNamespace.ToDisplayString(),
            Containers(),
            _declaration.Identifier.Text,
            MetadataName.Of(_type),
            MetadataName.HintNameOf(_type),
            inputs,
            layers.ToEquatableArray(),
            loss)
        {
            Members = MemberReader.Read(_type).Select(member => member.Spec).ToEquatableArray(),
            Error = _diagnostics.Count == 0 ? null : $"{_diagnostics[0].Id}: {_diagnostics[0].GetMessage(CultureInfo.InvariantCulture)}",
        };
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
            BaseNetwork() is { } ancestor ? $"its base class '{ancestor.Name}' is one" :
            IsFileLocal(_type) ? "it is file-local, and the generated code is another file" :
            null;
        if (obstacle is not null)
            Report(Descriptors.UnsupportedKind, _declaration.Identifier, _type.Name, obstacle);
    }

    INamedTypeSymbol? BaseNetwork()
    {
        var ancestor = _type.BaseType;
        while (ancestor is not null && !ancestor.GetAttributes().Any(attribute => Is(attribute, NetworkAttribute)))
            ancestor = ancestor.BaseType;
        return ancestor;
    }

    /// <summary>Emitted code is C# 12, and GenNet needs the vectors of .NET 8.</summary>
    void CheckPlatform(AttributeData network)
    {
        var language = ((CSharpParseOptions)_declaration.SyntaxTree.Options).LanguageVersion;
        if (language < LanguageVersion.CSharp12)
            Report(Descriptors.LanguageTooOld, Syntax(network), _type.Name, language.ToDisplayString());
        if (_compilation.GetTypesByMetadataName("System.Runtime.Intrinsics.Vector512").IsEmpty)
            Report(Descriptors.FrameworkTooOld, Syntax(network), _type.Name);
    }

    void CheckConstructor()
    {
        var parts = _type.DeclaringSyntaxReferences.Select(part => part.GetSyntax()).OfType<ClassDeclarationSyntax>().ToList();
        if (parts.Find(part => part.ParameterList is not null) is { } primary)
            Report(Descriptors.NoConstructor, primary.ParameterList!, _type.Name, "it has a primary constructor", "write the parameters' constructor out, and let it call 'this(seed)'");

        var parent = _type.BaseType!;
        if (parent.TypeKind != TypeKind.Error && BaseNetwork() is null
            && !parent.InstanceConstructors.Any(constructor => constructor.Parameters.All(parameter => parameter.IsOptional || parameter.IsParams)
                && _compilation.IsSymbolAccessibleWithin(constructor, _type)))
            Report(Descriptors.NoConstructor, parts.First(part => part.BaseList is not null).BaseList!.Types[0], _type.Name,
                $"its base class '{parent.Name}' has no constructor without parameters that it may call", $"give '{parent.Name}' one");
    }

    static bool IsFileLocal(INamedTypeSymbol? type) => type is not null && (type.IsFileLocal || IsFileLocal(type.ContainingType));

    List<LayerSpec> ReadSizes(AttributeData network)
    {
        var hidden = ReadNamed(network, "Hidden", "ReLU");
        var output = ReadNamed(network, "Output", "Identity");
        var init = ReadNamed(network, "Init", DefaultInit);
        var sizes = Sizes(network);
        if (sizes.Length > 1 && hidden == "Softmax")
        {
            ReportMended(Descriptors.HiddenSoftmax, Argument(network, "Hidden"), _type.Name);
            hidden = "Identity";
        }
        var layers = new List<LayerSpec>();
        for (var i = 0; i < sizes.Length; i++)
        {
            var units = ReadSize(network, sizes[i], "sizes", 1 + i);
            layers.Add(new(units, i < sizes.Length - 1 ? hidden : output, init));
        }
        return layers;
    }

    List<LayerSpec> ReadDense(AttributeData network, AttributeData[] dense)
    {
        CheckForms(network, dense);
        var init = ReadNamed(network, "Init", DefaultInit);
        var layers = new List<LayerSpec>();
        foreach (var layer in dense)
        {
            var units = ReadSize(layer, layer.ConstructorArguments[0], "units", 0);
            var activation = ReadMember(layer, layer.ConstructorArguments[1], "activation", "Identity", 1);
            var ownInit = ReadNamed(layer, "Init", DefaultInit);
            if (activation == "Softmax" && layer != dense[dense.Length - 1])
            {
                ReportMended(Descriptors.HiddenSoftmax, Argument(layer, "activation", 1), _type.Name);
                activation = "Identity";
            }
            layers.Add(new(units, activation, ownInit == DefaultInit ? init : ownInit));
        }
        return layers;
    }

    void CheckForms(AttributeData network, AttributeData[] dense)
    {
        if (Sizes(network).Length > 0)
            ReportMended(Descriptors.MixedForms, Argument(network, "sizes", 1), _type.Name, "sizes");
        foreach (var name in new[] { "Hidden", "Output" })
            if (network.NamedArguments.Any(argument => argument.Key == name))
                ReportMended(Descriptors.MixedForms, Argument(network, name), _type.Name, name);

        var elsewhere = dense.FirstOrDefault(layer => Syntax(layer).Parent!.Parent != Syntax(dense[0]).Parent!.Parent);
        if (elsewhere is not null)
            ReportMended(Descriptors.LayersSpread, Syntax(elsewhere), _type.Name);
    }

    void CheckLayers(AttributeData network, int inputs, List<LayerSpec> layers)
    {
        if (layers.Count == 0)
        {
            ReportMended(Descriptors.NoLayers, Syntax(network), _type.Name);
            layers.Add(new(1, "Identity", DefaultInit));
        }
        long parameters = 0, rows = inputs;
        foreach (var layer in layers)
        {
            parameters += (rows + 1) * layer.Outputs;
            rows = layer.Outputs;
        }
        if (parameters > MaxParameters)
        {
            ReportMended(Descriptors.TooManyParameters, Syntax(network), _type.Name, Grouped(parameters), Grouped(MaxParameters));
            for (var i = 0; i < layers.Count; i++)
                layers[i] = layers[i] with { Outputs = 1 };
        }
    }

    string ReadLoss(AttributeData network, List<LayerSpec> layers)
    {
        var loss = ReadNamed(network, "Loss", "Default");
        string[]? outputs = loss switch
        {
            "CrossEntropy" => ["Softmax", "Identity"],
            "BinaryCrossEntropy" => ["Sigmoid", "HardSigmoid", "Identity"],
            _ => null,
        };
        var output = layers[layers.Count - 1].Activation;
        if (outputs is null || outputs.Contains(output))
            return loss;
        ReportMended(Descriptors.LossDoesNotFit, Argument(network, "Loss"), _type.Name, loss, output, string.Join(" or ", outputs));
        return "Default";
    }

    EquatableArray<ContainerSpec> Containers() => _declaration.Ancestors().OfType<TypeDeclarationSyntax>().Reverse()
        .Select(outer => new ContainerSpec(Keyword(outer), outer.Identifier.Text + TypeParameters(outer)))
        .ToEquatableArray();

    static string Keyword(TypeDeclarationSyntax type) =>
        type is RecordDeclarationSyntax { ClassOrStructKeyword.Text: { Length: > 0 } kind } ? $"record {kind}" : type.Keyword.Text;

    static string TypeParameters(TypeDeclarationSyntax type) => type.TypeParameterList is { } list
        ? $"<{string.Join(", ", list.Parameters.Select(parameter => parameter.Identifier.Text))}>"
        : "";

    IEnumerable<AttributeData> Attributes(string name) =>
        _type.GetAttributes().Where(attribute => Is(attribute, name));

    static bool Is(AttributeData attribute, string name) =>
        attribute.AttributeClass is { } type && name.EndsWith(type.Name, StringComparison.Ordinal) && type.ToDisplayString() == name;

    /// <summary>Whether the compiler refuses the attribute: its message is enough.</summary>
    static bool HasErrors(AttributeData attribute) =>
        attribute.AttributeConstructor is not { } constructor
        || attribute.ConstructorArguments.Length != constructor.Parameters.Length
        || attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(argument => argument.Value)).Any(IsError);

    static bool IsError(TypedConstant constant) =>
        constant.Kind == TypedConstantKind.Error
        || (constant.Kind == TypedConstantKind.Array && !constant.IsNull && constant.Values.Any(IsError));

    static TypedConstant[] Sizes(AttributeData network) =>
        network.ConstructorArguments[1] is { IsNull: false } sizes ? [.. sizes.Values] : [];

    int ReadSize(AttributeData attribute, TypedConstant constant, string parameter, int position)
    {
        var size = (int)constant.Value!;
        if (size is >= 1 and <= MaxSize)
            return size;
        ReportMended(Descriptors.SizeOutOfRange, Argument(attribute, parameter, position),
            _type.Name, parameter == "inputs" ? $"{Grouped(size)} inputs" : $"a layer of {Grouped(size)} units", Grouped(MaxSize));
        return 1;
    }

    string ReadNamed(AttributeData attribute, string name, string fallback)
    {
        foreach (var argument in attribute.NamedArguments)
            if (argument.Key == name)
                return ReadMember(attribute, argument.Value, name, fallback);
        return fallback;
    }

    string ReadMember(AttributeData attribute, TypedConstant constant, string name, string fallback, int position = -1)
    {
        var member = constant.Type!.GetMembers().OfType<IFieldSymbol>()
            .FirstOrDefault(field => field.HasConstantValue && field.ConstantValue.Equals(constant.Value));
        if (member is null)
            ReportMended(Descriptors.UnknownMember, Argument(attribute, name, position), _type.Name, constant.Type.Name,
                Convert.ToString(constant.Value, CultureInfo.InvariantCulture));
        return member?.Name ?? fallback;
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

    /// <summary>Reports what no emitted code can go with.</summary>
    void Report(DiagnosticDescriptor descriptor, SyntaxNodeOrToken where, params string[] arguments)
    {
        _hopeless = true;
        ReportMended(descriptor, where, arguments);
    }

    /// <summary>
    /// Reports what its caller then replaces by something valid. The class gets the members that the rest of the program calls,
    /// so that the compiler does not report each call as well.
    /// </summary>
    void ReportMended(DiagnosticDescriptor descriptor, SyntaxNodeOrToken where, params string[] arguments) =>
        _diagnostics.Add(Diagnostic.Create(descriptor, where.GetLocation(), arguments));
}
