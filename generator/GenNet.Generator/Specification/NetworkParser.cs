using System.Globalization;
using GenNet.Generator.Diagnostics;
using GenNet.Generator.Emission;
using GenNet.Generator.Infrastructure;
using GenNet.Generator.Layers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenNet.Generator.Specification;

/// <summary>Reads the attributes of one class. Activations, losses and initializers pass through by name: their enums alone list them.</summary>
sealed class NetworkParser
{
    public const string NetworkAttribute = "GenNet.NetworkAttribute";
    public const string TypedNetworkAttribute = "GenNet.NetworkAttribute`2";

    const string SequenceAttribute = "GenNet.SequenceAttribute";
    const string ImageAttribute = "GenNet.ImageAttribute";
    const string HeadAttribute = "GenNet.HeadAttribute";

    public const int MaxSize = 262_144;

    /// <summary>The most values of a sample that a layer gives at several positions.</summary>
    public const int MaxImage = 1 << 22;

    /// <summary>What to do about a size.</summary>
    public static string SizeRange => $"give a size from 1 to {Grouped(MaxSize)}";

    /// <summary>What to do about a number of values that sizes make together.</summary>
    public static string MostValues(int most) => $"that is more than {Grouped(most)}, make one of its sizes smaller";
    const long MaxParameters = 1L << 28;
    public const string DefaultInit = "Default";
    const string WeightsArgument = "Weights";
    const string OutputArgument = "Output";

    static readonly string[] LayerAttributes = [.. LayerKind.All.Select(kind => kind.Attribute)];

    readonly INamedTypeSymbol _type;
    readonly TypeDeclarationSyntax _declaration;
    readonly Compilation _compilation;
    readonly GeneratedCodeAccess _access;
    readonly List<Diagnostic> _diagnostics = [];
    bool _hasWholeTypes, _lacksLayers;

    NetworkParser(INamedTypeSymbol type, AttributeData attribute, Compilation compilation) =>
        (_type, _declaration, _compilation, _access) = (type, (TypeDeclarationSyntax)Syntax(attribute).Parent!.Parent!, compilation, new(compilation, type));

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
        if (attributes.FirstOrDefault(attribute => IsNetwork(attribute)) is { } network)
        {
            var parser = new NetworkParser(type, network, compilation);
            spec = parser.Read();
            return parser._diagnostics;
        }
        return attributes.FirstOrDefault(attribute => LayerAttributes.Concat([SequenceAttribute, ImageAttribute, HeadAttribute]).Any(name => Is(attribute, name))) is { } layer
            ? [Diagnostic.Create(Descriptors.StrayLayer, Syntax(layer).GetLocation(), type.Name)]
            : [];
    }

    /// <summary>Where a network names the weights to compile in.</summary>
    public static Location WeightsLocation(INamedTypeSymbol type) => Argument(type.GetAttributes().First(IsNetwork), WeightsArgument).GetLocation();

    /// <summary>The name of the class where its attribute says that it is a network: other parts of it may stand anywhere.</summary>
    public static Location NameLocation(INamedTypeSymbol type) =>
        ((TypeDeclarationSyntax)Syntax(type.GetAttributes().First(IsNetwork)).Parent!.Parent!).Identifier.GetLocation();

    NetworkSpec? Read()
    {
        AttributeData[] networks = [.. Attributes(NetworkAttribute, TypedNetworkAttribute)];
        AttributeData[] declared = [.. Attributes([.. LayerAttributes, HeadAttribute])];
        AttributeData[] shapes = [.. Attributes(SequenceAttribute, ImageAttribute)];
        if (networks.Concat(declared).Concat(shapes).Any(HasErrors) || _declaration.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().Any(IsRefused))
            return null;
        if (networks.Length > 1)
        {
            // Two of one form are the compiler's to refuse.
            if (networks.Count(IsTyped) == 1 && networks.Length == 2)
                Report(Descriptors.BothNetworks, Syntax(networks.First(network => !IsTyped(network))), _type.Name);
            return null;
        }

        var network = networks[0];
        _diagnostics.AddRange(DeclarationChecks.Check(_type, _declaration, Syntax(network), _compilation, _access));
        var canBeMade = _diagnostics.Count == 0;
        var hopeless = !DeclarationChecks.AllowsMembers(_type, _diagnostics);
        if (canBeMade)
            _diagnostics.AddRange(ConstructorChecks.CheckChaining(_type));
        var chained = ConstructorChecks.BaseConstructors(_type, _compilation);
        var setsRequiredMembers = chained.Count == 1 && ConstructorChecks.SetsRequiredMembers(chained[0]);
        var firstHead = declared.FirstOrDefault(attribute => Is(attribute, HeadAttribute));
        var before = _diagnostics.Count;
        var types = IsTyped(network) ? TypesOf(network).Read(network.AttributeClass!, firstHead is not null) : null;
        if (IsTyped(network) && types is null)
            return null;
        _hasWholeTypes = _diagnostics.Count == before;
        if (types is not null && firstHead is not null && types.Output.Kind != FeatureKind.Struct)
        {
            Report(Descriptors.NothingToDeal, Syntax(firstHead), _type.Name, types.Output.ShortType);
            declared = [.. declared.TakeWhile(attribute => attribute != firstHead)];
        }
        // Two of one kind are the compiler's to refuse.
        if (shapes.Length > 1 && Is(shapes[0], ImageAttribute) != Is(shapes[1], ImageAttribute))
            Report(Descriptors.TwoShapes, Syntax(shapes[1]), _type.Name);
        var shape = ReadShape(network, shapes.FirstOrDefault(), types, declared);
        CheckShapeComesFirst(shapes.FirstOrDefault(), declared);
        var embedded = types is null ? [] : ReadEmbedded(network, types, shape, isSequence: shapes.Length > 0 && !Is(shapes[0], ImageAttribute));
        var branches = declared.Length == 0 ? [new Branch(null, [.. embedded, .. ReadSizes(network, types)], [])] : ReadLayers(network, shape, declared, types, embedded);
        if (types is not null)
            types = AddOutputLayers(network, branches, types);
        CheckLayers(network, shape, branches);
        var trunk = branches.Count > 1 ? branches[0].Layers : [];
        foreach (var branch in branches.Count > 1 ? branches.Skip(1) : branches)
        {
            var attribute = branch.Head ?? network;
            branch.Loss = FittingLoss(attribute, ReadLoss(attribute), [.. trunk, .. branch.Layers], types);
            CheckSingleOutput(attribute, branch, shape, [.. trunk, .. branch.Layers]);
            if (branch.Loss == "Default" && branch.Prediction == FeatureKind.Number)
                branch.Loss = "MeanSquaredError";
        }
        var loss = branches.Count > 1 ? "Default" : branches[0].Loss;

        if (!setsRequiredMembers)
            CheckPretrained(network);

        return hopeless ? null : new NetworkSpec(
            _type.ContainingNamespace.IsGlobalNamespace ? null : _type.ContainingNamespace.ToDisplayString(),
            Containers(),
            _declaration.Identifier.Text,
            MetadataName.Of(_type),
            MetadataName.HintNameOf(_type),
            shape,
            branches.SelectMany(branch => branch.Layers).ToEquatableArray(),
            loss)
        {
            Heads = branches.Skip(1).Select((branch, index) => new HeadSpec(branch.Name, branches.Take(index + 1).Sum(before => before.Layers.Count), branch.Loss, branch.Weight)).ToEquatableArray(),
            Health = network.NamedArguments.Any(argument => argument is { Key: "Health", Value.Value: true }),
            Types = types,
            Experiments = _access.Experiments.ToEquatableArray(),
            Weights = network.NamedArguments.FirstOrDefault(argument => argument.Key == WeightsArgument).Value.Value as string,
            HasSummary = IsDocumented("<summary"),
            HasRemarks = IsDocumented("<remarks"),
            Constructor = canBeMade ? ConstructorKind.Seeded : DeclarationChecks.PrimaryParameters(_type) is null ? ConstructorKind.Bodiless : ConstructorKind.None,
            SetsRequiredMembers = setsRequiredMembers,
            CopiesOfRequired = ConstructorChecks.CopiesOfRequired(_type, _compilation).ToEquatableArray(),
            Compliance = LanguageComplianceReader.Read(_type),
            HasToString = MemberReader.HasToString(_type),
            Members = MemberReader.Read(_type).Select(member => member.Spec).ToEquatableArray(),
            Error = _diagnostics.Count == 0 ? null : $"{_diagnostics[0].Id}: {_diagnostics[0].GetMessage(CultureInfo.InvariantCulture)}",
        };
    }

    TypesParser TypesOf(AttributeData network) => new(_compilation, _type, _access, Syntax(network), Report);

    /// <summary>What a sample is made of: features, or what an attribute of its own says.</summary>
    SampleShape ReadShape(AttributeData network, AttributeData? stating, TypesSpec? types, AttributeData[] declared)
    {
        var stated = types is null && network.ConstructorArguments.Length > 0;
        if (stating is null)
        {
            if (types is null && !stated)
                Report(Descriptors.NoInputs, Syntax(network), _type.Name);
            return new(1, types?.Input.Size ?? (stated ? ReadSize(network, network.ConstructorArguments[0], "inputs", 0) : 1));
        }
        var isImage = Is(stating, ImageAttribute);
        int[] sizes = [.. stating.ConstructorArguments.Select((constant, position) => ReadSize(stating, constant, stating.AttributeConstructor!.Parameters[position].Name, position))];
        var size = sizes.Aggregate(1L, (product, factor) => Math.Min(product * factor, long.MaxValue / MaxSize));
        if (size > MaxSize)
            Report(Descriptors.SizeOutOfRange, Syntax(stating), _type.Name, $"{(isImage ? "an image" : "a sequence")} of {Grouped(size)} values", MostValues(MaxSize));
        var shape = size > MaxSize ? isImage ? SampleShape.Image(1, 2, 1) : new(2, 1) : isImage ? SampleShape.Image(sizes[0], sizes[1], sizes[2]) : new(sizes[0], sizes[1]);
        if (stated)
            Report(Descriptors.InputsTwice, Argument(network, "inputs", 0), _type.Name,
                isImage ? $"images of {shape}" : $"{Grouped(shape.Positions)} steps of {Grouped(shape.Features)} features");
        if (size > MaxSize)
            return shape;
        if (types is not null && types.Input.Size != shape.Size)
        {
            Report(Descriptors.OtherShape, Syntax(stating), _type.Name, shape.ToString(), Grouped(shape.Size), types.Input.ShortType, Grouped(types.Input.Size));
            return new(1, types.Input.Size);
        }
        return !isImage && declared.Any(layer => LayerKind.All.Any(kind => kind.GoesAlongSteps && Is(layer, kind.Attribute))) ? SampleShape.Steps(shape.Positions, shape.Features) : shape;
    }

    /// <summary>Layers stand in the order in which a sample goes through them. Parts of a class have no order.</summary>
    void CheckShapeComesFirst(AttributeData? stating, AttributeData[] layers)
    {
        if (stating is not null && layers.Any(layer => Syntax(layer).Parent!.Parent == Syntax(stating).Parent!.Parent && Syntax(layer).SpanStart < Syntax(stating).SpanStart))
            Report(Descriptors.ShapeBelowLayers, Syntax(stating), _type.Name, Is(stating, ImageAttribute) ? "Image" : "Sequence");
    }

    /// <summary>Whether the user documents the class with an element. Text, since the compiler may have been told not to read documentation.</summary>
    bool IsDocumented(string element) => _type.DeclaringSyntaxReferences.Where(part => !MemberReader.IsEmitted(part.SyntaxTree))
        .Select(part => part.GetSyntax().GetLeadingTrivia().ToFullString())
        .Any(text => text.Contains(element) || text.Contains("<inheritdoc") || text.Contains("<include"));

    /// <summary>Whether the compiler refuses that there is a class within: a type has no name yet, or is an interface with variance.</summary>
    static bool IsRefused(TypeDeclarationSyntax type) =>
        type.Identifier.IsMissing || type.TypeParameterList?.Parameters.Any(parameter => !parameter.VarianceKeyword.IsKind(SyntaxKind.None)) == true;

    /// <summary>The layers that sizes stand for; those of a network of types are hidden, all of them.</summary>
    List<LayerSpec> ReadSizes(AttributeData network, TypesSpec? types)
    {
        var hidden = ReadNamed(network, "Hidden", "ReLU");
        var output = ReadNamed(network, "Output", "Identity");
        var init = ReadNamed(network, "Init", DefaultInit);
        var sizes = Sizes(network);
        if (sizes.Length > (types is null ? 1 : 0) && hidden == "Softmax")
        {
            Report(Descriptors.HiddenSoftmax, Argument(network, "Hidden"), _type.Name);
            hidden = "Identity";
        }
        var layers = new List<LayerSpec>();
        for (var i = 0; i < sizes.Length; i++)
        {
            var units = types is null ? ReadSize(network, sizes[i], "sizes", 1 + i) : ReadSize(network, sizes[i], "hidden", i);
            layers.Add(new DenseSpec(units, i < sizes.Length - 1 || types is not null ? hidden : output, init));
        }
        return layers;
    }

    /// <summary>The first layers, which follow from the enums of the input type that are embedded.</summary>
    IReadOnlyList<LayerSpec> ReadEmbedded(AttributeData network, TypesSpec types, SampleShape shape, bool isSequence)
    {
        var layers = EmbeddedEnums.Layers(types.Input, shape, isSequence, out var obstacle);
        if (obstacle is var (feature, why))
            Report(Descriptors.WrongEmbedded, TypesOf(network).Argument(0), _type.Name, feature, why);
        return layers;
    }

    /// <summary>Adds the output layers that follow from the output type, and says what each predicts.</summary>
    TypesSpec AddOutputLayers(AttributeData network, List<Branch> branches, TypesSpec types)
    {
        if (branches.Count == 1)
        {
            AddOutputLayer(network, network, branches[0], types.Predictions.Single());
            return types;
        }
        var heads = branches.Skip(1).ToList();
        var deal = new MemberDeal(types.Output, heads.ConvertAll(head => NameOf(head.Head!)));
        CheckDeal(network, heads, deal, types);
        var predictions = new List<PredictionSpec>();
        for (var h = 0; h < heads.Count; h++)
        {
            predictions.Add(new(heads[h].Name, deal.Of(h), predictions.Sum(prediction => prediction.Size)));
            AddOutputLayer(heads[h].Head!, network, heads[h], predictions[h], isOfOneKind: deal.ObstacleOf(h) is null);
        }
        return types with
        {
            Heads = predictions.ToEquatableArray(),
            Output = types.Output with { Members = types.Output.Members.Select(member => member with { Column = PredictionSpec.ColumnOf(member, predictions) }).ToEquatableArray() },
        };
    }

    void CheckDeal(AttributeData network, List<Branch> heads, MemberDeal deal, TypesSpec types)
    {
        // A mistake in a type may be the cause.
        if (!_hasWholeTypes)
            return;
        if (deal.Left.Count > 0)
            Report(Descriptors.MemberWithoutHead, TypesOf(network).Argument(1), _type.Name, MemberDeal.Listed(deal.Left), types.Output.ShortType, MemberDeal.PlainName(deal.Left[0]));
        foreach (var h in deal.Unnamed.Where(h => deal.Of(h).Size == 0 && heads[h].Name == NameOf(heads[h].Head!)))
            Report(Descriptors.HeadWithoutMembers, Argument(heads[h].Head!, "name", 0), _type.Name, heads[h].Name, types.Output.ShortType, deal.Of(deal.Unnamed[0]).Size > 0
                ? $"as '{NameOf(heads[deal.Unnamed[0]].Head!)}', which predicts all that no head is named after: name one of the two after a member"
                : "and each of these has a head: remove it");
        for (var h = 0; h < heads.Count && deal.Unnamed.Count < 2; h++)
            if (deal.ObstacleOf(h) is { } obstacle)
                Report(Descriptors.MixedHead, Argument(heads[h].Head!, "name", 0), _type.Name, heads[h].Name, deal.MembersOf(h), obstacle);
    }

    /// <param name="attribute">What states the settings of the layer: a head or the network.</param>
    /// <param name="network">The network.</param>
    /// <param name="branch">Takes the layer.</param>
    /// <param name="prediction">What the layer predicts.</param>
    /// <param name="isOfOneKind">Whether one activation can fit it.</param>
    void AddOutputLayer(AttributeData attribute, AttributeData network, Branch branch, PredictionSpec prediction, bool isOfOneKind = true)
    {
        string[]? fitting = prediction.Kind switch
        {
            FeatureKind.Enum => ProbabilityLosses.OutputsOf("CrossEntropy"),
            FeatureKind.Bool => ProbabilityLosses.OutputsOf("BinaryCrossEntropy"),
            _ => null,
        };
        var output = ReadNamed(attribute, OutputArgument, fitting?[0] ?? "Identity");
        if (fitting is not null && !fitting.Contains(output))
        {
            var type = attribute == network ? prediction.Value.ShortType : prediction.Kind == FeatureKind.Enum ? prediction.Value.Leaves.First().ShortType : "bools";
            if (isOfOneKind)
                Report(Descriptors.OutputDoesNotFit, Argument(attribute, OutputArgument), _type.Name, type, string.Join(" or ", fitting), output);
            output = fitting[0];
        }
        branch.Prediction = prediction.Kind;
        branch.Layers.Add(new DenseSpec(Math.Max(1, prediction.Size), output, ReadNamed(network, "Init", DefaultInit)));
    }

    /// <summary>The trunk, or a head: what begins it, its layers and the attributes that declare them.</summary>
    sealed class Branch(AttributeData? head, List<LayerSpec> layers, List<AttributeData> attributes)
    {
        public AttributeData? Head { get; } = head;

        public List<LayerSpec> Layers { get; } = layers;

        public List<AttributeData> Attributes { get; } = attributes;

        public string Name { get; init; } = "";

        public double Weight { get; init; } = 1;

        public string Loss { get; set; } = "Default";

        /// <summary>What its output layer predicts of an output type.</summary>
        public FeatureKind? Prediction { get; set; }
    }

    /// <summary>The layers: in one branch, or those of the trunk and then of each head.</summary>
    List<Branch> ReadLayers(AttributeData network, SampleShape input, AttributeData[] declared, TypesSpec? types, IReadOnlyList<LayerSpec> embedded)
    {
        CheckForms(network, declared);
        var init = ReadNamed(network, "Init", DefaultInit);
        var branches = new List<Branch> { new(null, [.. embedded, .. types is not null && BeginsWithHead(declared) ? ReadSizes(network, types) : []], []) };
        var shapes = new List<SampleShape> { input };
        foreach (var layer in branches[0].Layers)
            shapes.Add(layer.OutputFor(shapes[shapes.Count - 1]));
        var trunk = shapes;
        foreach (var attribute in declared)
        {
            var branch = branches[branches.Count - 1];
            if (Is(attribute, HeadAttribute))
            {
                if (branches.Count == 1)
                    trunk = shapes;
                branches.Add(ReadHead(attribute, branches, declared));
                shapes = [.. trunk];
                continue;
            }
            var layer = LayerKind.All.First(kind => Is(attribute, kind.Attribute)).Read(new LayerReader(this, attribute, init, shapes, branches.Count == 1 ? branch.Layers : null));
            if (layer.Activation == "Softmax" && (types is not null || !(IsLastOfHead(declared, attribute) || IsOfEachPosition(declared, attribute))))
            {
                Report(Descriptors.HiddenSoftmax, Argument(attribute, "activation", attribute.ConstructorArguments.Length - 1), _type.Name);
                layer = layer with { Activation = "Identity" };
            }
            branch.Layers.Add(layer);
            branch.Attributes.Add(attribute);
            shapes.Add(layer.OutputFor(shapes[shapes.Count - 1]));
        }
        if (branches.Count > 1)
            CheckHeads(network, branches);
        return branches;
    }

    static bool BeginsWithHead(AttributeData[] declared) => Is(declared[0], HeadAttribute);

    /// <summary>Whether a layer is the last before the end or before another head.</summary>
    static bool IsLastOfHead(AttributeData[] declared, AttributeData layer)
    {
        var index = Array.IndexOf(declared, layer);
        return index == declared.Length - 1 || (Is(declared[index + 1], HeadAttribute) && declared.Take(index).Any(before => Is(before, HeadAttribute)));
    }

    /// <summary>Whether all that is behind a layer makes one row of the outputs of each position, each of which may have a softmax.</summary>
    static bool IsOfEachPosition(AttributeData[] declared, AttributeData layer) =>
        declared.Length > 1 && layer == declared[declared.Length - 2] && Is(declared[declared.Length - 1], FlattenSpec.Kind.Attribute) && !declared.Any(other => Is(other, HeadAttribute));

    Branch ReadHead(AttributeData attribute, List<Branch> before, AttributeData[] declared)
    {
        var name = NameOf(attribute);
        var obstacle = NameObstacle(name, before);
        if (obstacle is not null)
            Report(Descriptors.HeadName, Argument(attribute, "name", 0), _type.Name, name, obstacle);
        bool IsTaken(string other) => declared.Any(head => Is(head, HeadAttribute) && AreAlike(NameOf(head), other)) || before.Exists(head => AreAlike(head.Name, other));
        return new(attribute, [], [])
        {
            Name = obstacle is null ? name : UniqueName.Of("Head", IsTaken),
            Weight = ReadNumber(attribute, "Weight", 1, value => (float)value is > 0 and < float.PositiveInfinity, "greater than 0 that a float can hold"),
        };
    }

    static string NameOf(AttributeData head) => head.ConstructorArguments[0].Value as string ?? "";

    /// <summary>Why a head cannot have a name.</summary>
    static string? NameObstacle(string name, List<Branch> before) =>
        // C# takes two names for one that differ only in characters nobody sees.
        !SyntaxFacts.IsValidIdentifier(name) || name.Any(letter => CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.Format) ? "use a C# identifier, as in [Head(\"Policy\")]" :
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "it is a word of C#'s own" :
        TakenNames.Contains(name) || name.Equals("trunk", StringComparison.OrdinalIgnoreCase) ? "generated code has another use for the name" :
        before.Find(other => AreAlike(other.Name, name)) is { Name: var other } ? $"it is too much like that of the head '{other}'" :
        null;

    /// <summary>Whether two heads cannot have two names: they differ by the case of letters alone, or one is what C# keeps for an accessor of the other.</summary>
    static bool AreAlike(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase) || IsAccessor(name, other) || IsAccessor(other, name);

    static bool IsAccessor(string name, string property) => name == "get_" + property || name == "set_" + property;

    /// <summary>Names that members of a class of heads cannot have. Files give the trunk a name, too.</summary>
    static readonly string[] TakenNames = ["Heads", "Equals", "ReferenceEquals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "Finalize"];

    void CheckHeads(AttributeData network, List<Branch> branches)
    {
        var typed = IsTyped(network);
        foreach (var (name, what, example) in new[] { ("Loss", "a loss", "Loss = Loss.Huber"), ("LossType", "a loss", "Loss = Loss.Huber"), (OutputArgument, "an output activation", "Output = Activation.Tanh") })
            if (HasNamed(network, name) && (typed || name != OutputArgument))
                Report(Descriptors.LossBesideHeads, Argument(network, name), _type.Name, what, example);
        foreach (var branch in branches.Skip(1).Where(branch => !typed && HasNamed(branch.Head!, OutputArgument)))
            Report(Descriptors.OutputOfHead, Argument(branch.Head!, OutputArgument), _type.Name, branch.Name);
        // Sizes of which something else is said already may have been meant for the trunk.
        var hasSizes = Sizes(network).Length > 0;
        if (branches[0].Layers.Count == 0)
        {
            if (!hasSizes)
                Report(Descriptors.HeadWithoutTrunk, Syntax(branches[1].Head!), _type.Name);
            branches[0].Layers.Add(new DenseSpec(1, "Identity", DefaultInit));
        }
        foreach (var branch in branches.Skip(1).Where(branch => branch.Layers.Count == 0 && !typed))
        {
            if (!hasSizes)
                Report(Descriptors.HeadWithoutLayers, Syntax(branch.Head!), _type.Name, branch.Name, "layers");
            branch.Layers.Add(new DenseSpec(1, "Identity", DefaultInit));
        }
    }

    /// <summary>Takes note of a layer that cannot be, without which there may be no weights.</summary>
    public void LackLayer() => _lacksLayers = true;

    /// <summary>Whether there is a mistake so far, of which others may be the consequence.</summary>
    public bool HasMistakes => _diagnostics.Count > 0;

    /// <summary>Reports a mistake of a layer's: at the argument of a name or position, or at the attribute. The network's name goes before the other arguments of the message.</summary>
    public void ReportLayer(DiagnosticDescriptor descriptor, AttributeData layer, string argument, int position, string[] arguments) =>
        Report(descriptor, Argument(layer, argument, position), [_type.Name, .. arguments]);

    public string ReadActivation(AttributeData attribute, int position) => attribute.ConstructorArguments[position] is { Kind: TypedConstantKind.Type } type
        ? ReadType(attribute, type, "activation", "Identity", position, "GenNet.Activations.IActivation")
        : ReadMember(attribute, attribute.ConstructorArguments[position], "activation", "Identity", position);

    string ReadLoss(AttributeData network)
    {
        foreach (var argument in network.NamedArguments)
            if (argument.Key == "LossType")
                return ReadType(network, argument.Value, "LossType", "Default", -1, "GenNet.Losses.ILoss");
        return ReadNamed(network, "Loss", "Default");
    }

    /// <summary>The full name of a struct of the user's own that implements an interface.</summary>
    string ReadType(AttributeData attribute, TypedConstant constant, string name, string fallback, int position, string contract)
    {
        if (constant.Value is INamedTypeSymbol refused && (ConstructorChecks.IsRefused(refused) || IsUnfinished(refused, contract)))
            return fallback; // the compiler complains

        // A ref struct cannot be a type argument, and the name of a pointer would make emitted code unsafe.
        if (constant.Value is INamedTypeSymbol { IsValueType: true, IsRefLikeType: false, IsUnboundGenericType: false } type && !DeclarationChecks.IsFileLocal(type)
            && type.AllInterfaces.Any(implemented => implemented.ToDisplayString() == contract)
            && type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) is var fullName && !fullName.Contains('*'))
        {
            if (_access.Check(type) is not { } hidden)
                return fullName;
            Report(Descriptors.OutOfReach, Argument(attribute, name, position), _type.Name, type.Name, hidden.Obstacle, hidden.Remedy);
            return fallback;
        }
        Report(Descriptors.UnsuitableType, Argument(attribute, name, position), _type.Name, (constant.Value as ISymbol)?.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) ?? "null", contract);
        return fallback;
    }

    /// <summary>Whether there is no such type, or it lacks a member of the interface.</summary>
    static bool IsUnfinished(INamedTypeSymbol type, string contract) => type.TypeKind == TypeKind.Error
        || (type is { IsRefLikeType: false, IsUnboundGenericType: false } && type.AllInterfaces.FirstOrDefault(implemented => implemented.ToDisplayString() == contract) is { } implemented
            && implemented.GetMembers().Any(member => member is { IsAbstract: true } and not IMethodSymbol { AssociatedSymbol: not null } && type.FindImplementationForInterfaceMember(member) is null));

    /// <summary>The number of a named argument, or of the one at a position; the fallback where there is none, or it does not fit.</summary>
    public double ReadNumber(AttributeData attribute, string name, double fallback, Func<double, bool> fits, string range, int position = -1)
    {
        var given = position >= 0 ? attribute.ConstructorArguments[position].Value : attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;
        if (given is not double value || fits(value))
            return given as double? ?? fallback;
        Report(Descriptors.NumberOutOfRange, Argument(attribute, name, position), _type.Name, (name[0] is 'E' ? "an " : "a ") + Planning.TypeNames.Words(name), value.ToString(CultureInfo.InvariantCulture), range);
        return fallback;
    }

    /// <summary>The position of the constructor's parameter with that name, or −1.</summary>
    static int PositionOf(AttributeData attribute, string name)
    {
        var parameters = attribute.AttributeConstructor!.Parameters;
        for (var i = 0; i < parameters.Length; i++)
            if (parameters[i].Name == name)
                return i;
        return -1;
    }

    /// <summary>Whether the constructor has a parameter with that name, or an argument is named so.</summary>
    public static bool IsGiven(AttributeData attribute, string name) => PositionOf(attribute, name) >= 0 || attribute.NamedArguments.Any(argument => argument.Key == name);

    /// <summary>A whole number of the constructor or of a named argument; the fallback where there is none, the nearest that fits where it does not.</summary>
    public int ReadInteger(AttributeData attribute, string name, int fallback, int least, int most, string what)
    {
        var position = PositionOf(attribute, name);
        var given = position >= 0 ? attribute.ConstructorArguments[position].Value : attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;
        if (given is not int value || (value >= least && value <= most))
            return given as int? ?? fallback;
        Report(Descriptors.NumberOutOfRange, Argument(attribute, name, position), _type.Name, what, value.ToString(CultureInfo.InvariantCulture), $"from {Grouped(least)} to {Grouped(most)}");
        return Math.Min(Math.Max(value, least), most);
    }

    void CheckForms(AttributeData network, AttributeData[] declared)
    {
        var typed = IsTyped(network);
        // The hidden layers of types are the trunk.
        var hasTrunk = typed && BeginsWithHead(declared);
        if (Sizes(network).Length > 0 && !hasTrunk)
            Report(Descriptors.MixedForms, Argument(network, typed ? "hidden" : "sizes", typed ? 0 : 1), _type.Name, typed ? "hidden" : "sizes");
        foreach (var name in hasTrunk ? [] : typed ? new[] { "Hidden" } : ["Hidden", OutputArgument])
            if (HasNamed(network, name))
                Report(Descriptors.MixedForms, Argument(network, name), _type.Name, name);

        var elsewhere = declared.FirstOrDefault(layer => Syntax(layer).Parent!.Parent != Syntax(declared[0]).Parent!.Parent);
        if (elsewhere is not null)
            Report(Descriptors.LayersSpread, Syntax(elsewhere), _type.Name);
    }

    void CheckLayers(AttributeData network, SampleShape input, List<Branch> branches)
    {
        long parameters = 0, outputs = 0;
        var smallest = new DenseSpec(1, "Identity", DefaultInit);
        var (trunk, ofTrunk) = (input, 0L);
        for (var b = 0; b < branches.Count; b++)
        {
            var (branch, shape, own) = (branches[b], trunk, 0L);
            foreach (var layer in branch.Layers)
            {
                own += layer.ParametersFor(shape.Features);
                shape = layer.OutputFor(shape);
            }
            parameters += own;
            if (shape.Positions > 1 && (b > 0 || branches.Count == 1))
            {
                // Nothing is said of it after another mistake, which may be the cause, nor where there is no layer yet.
                if (_diagnostics.Count == 0 && branch.Layers.Count > 0)
                    Report(Descriptors.NotFlattened, Syntax(branch.Head ?? network), Subject(branch), shape.IsImage ? $"{Grouped(shape.Positions)} pixels" : $"{Grouped(shape.Positions)} steps",
                        shape.IsImage ? "the whole image" : "all steps", shape.IsImage ? "[Flatten]" : "[Flatten] or [LastStep]");
                branch.Layers.Insert(Math.Max(0, branch.Layers.Count - 1), new FlattenSpec());
            }
            if (b == 0)
            {
                (trunk, ofTrunk) = (shape, own);
                continue;
            }
            if (ofTrunk + own == 0)
            {
                Report(Descriptors.HeadWithoutLayers, Syntax(branch.Head!), _type.Name, branch.Name, "weights");
                branch.Layers.Add(smallest);
            }
            outputs += shape.Size;
            if (outputs > MaxSize)
            {
                if (outputs - shape.Size <= MaxSize)
                    Report(Descriptors.SizeOutOfRange, Syntax(branch.Head!), _type.Name, $"{Grouped(outputs)} outputs of all heads", MostValues(MaxSize));
                branch.Layers.Add(smallest);
            }
        }
        if (parameters == 0 && branches.Count == 1)
        {
            if (!_lacksLayers)
                Report(Descriptors.NoLayers, Syntax(network), _type.Name);
            branches[0].Layers.Add(smallest);
        }
        if (parameters > MaxParameters)
        {
            Report(Descriptors.TooManyParameters, Syntax(network), _type.Name, Grouped(parameters), Grouped(MaxParameters));
            foreach (var branch in branches)
                for (var i = 0; i < branch.Layers.Count; i++)
                    branch.Layers[i] = smallest;
        }
    }

    /// <summary>The loss, or the default one if it does not fit the output.</summary>
    string FittingLoss(AttributeData network, string loss, List<LayerSpec> layers, TypesSpec? types)
    {
        if (ProbabilityLosses.OutputsOf(loss) is not { } outputs)
            return loss;

        // Logits do not go through an activation, nor does one become part of the loss where another layer is behind it.
        var activated = layers.FindLastIndex(layer => layer.IsActivated);
        if (activated >= 0 && activated < layers.Count - 1)
        {
            if (layers[activated].Activation == "Identity" || (layers[activated].Activation == "Softmax" && outputs.Contains("Softmax")))
                return loss;
            Report(Descriptors.LossDoesNotFit, Argument(network, "Loss"), _type.Name, loss, $"{layers[activated].Activation} before [{layers[layers.Count - 1].Library}]", "Identity");
            return "Default";
        }

        // With identity the network's outputs are logits, which Predict does not return.
        if (types is null)
            outputs = [.. outputs, "Identity"];
        var output = layers[layers.Count - 1].Activation;
        if (outputs.Contains(output))
            return loss;
        Report(Descriptors.LossDoesNotFit, Argument(network, "Loss"), _type.Name, loss, output, string.Join(" or ", outputs));
        return "Default";
    }

    /// <summary>Nobody could set a required member of the network with compiled weights.</summary>
    void CheckPretrained(AttributeData network)
    {
        if (network.NamedArguments.Any(argument => argument is { Key: WeightsArgument, Value.Value: string }) && ConstructorChecks.RequiredMembers(_type).FirstOrDefault() is { } required)
            Report(Descriptors.RequiredBesideWeights, Argument(network, WeightsArgument), _type.Name, required.Name);
    }

    /// <summary>One output is the whole of a softmax, always 1. Nothing is said of it after another mistake, which may be the cause.</summary>
    void CheckSingleOutput(AttributeData attribute, Branch branch, SampleShape input, List<LayerSpec> layers)
    {
        if (_diagnostics.Count > 0)
            return;
        // Softmax before a last flatten is one of each position.
        var scored = layers.FindIndex(layer => layer.Activation == "Softmax");
        var shape = layers.Take(scored < 0 ? layers.Count : scored + 1).Aggregate(input, (shape, layer) => layer.OutputFor(shape));
        if (scored < 0 ? shape.Size > 1 : shape.Features > 1)
            return;
        if (scored >= 0)
            Report(Descriptors.SingleOutput,
                branch.Prediction is null && branch.Attributes.ElementAtOrDefault(scored - (layers.Count - branch.Attributes.Count)) is { } last ? Argument(last, "activation", last.ConstructorArguments.Length - 1) : Argument(attribute, OutputArgument),
                shape.Positions == 1 ? Subject(branch) : $"Each {(shape.IsImage ? "pixel" : "step")} of {Subject(branch)}", "which softmax makes 1 whatever the weights", "Activation.Sigmoid");
        else if (branch.Loss == "CrossEntropy")
            Report(Descriptors.SingleOutput, Argument(attribute, "Loss"), Subject(branch), "whose cross-entropy is 0 whatever the weights", "Loss.BinaryCrossEntropy");
    }

    /// <summary>What outputs belong to, as messages begin.</summary>
    string Subject(Branch branch) => branch.Head is null ? $"'{_type.Name}'" : $"The head '{branch.Name}' of '{_type.Name}'";

    EquatableArray<ContainerSpec> Containers() => _declaration.Ancestors().OfType<TypeDeclarationSyntax>().Reverse()
        .Select(outer => new ContainerSpec(Keyword(outer), outer.Identifier.Text + TypeParameters(outer)))
        .ToEquatableArray();

    public static string Keyword(TypeDeclarationSyntax type) =>
        type is RecordDeclarationSyntax { ClassOrStructKeyword.Text: { Length: > 0 } kind } ? $"record {kind}" : type.Keyword.Text;

    public static string TypeParameters(TypeDeclarationSyntax type) => type.TypeParameterList is { } list
        ? $"<{string.Join(", ", list.Parameters.Select(parameter => parameter.Identifier.Text))}>"
        : "";

    IEnumerable<AttributeData> Attributes(params string[] names) =>
        _type.GetAttributes().Where(attribute => names.Any(name => Is(attribute, name)));

    public static bool IsNetwork(AttributeData attribute) => Is(attribute, NetworkAttribute) || Is(attribute, TypedNetworkAttribute);

    static bool IsTyped(AttributeData network) => network.AttributeClass!.IsGenericType;

    static bool Is(AttributeData attribute, string name) =>
        attribute.AttributeClass is { } type && name.EndsWith(type.MetadataName, StringComparison.Ordinal) && MetadataName.Of(type) == name;

    /// <summary>Whether the compiler refuses the attribute: its message is enough.</summary>
    static bool HasErrors(AttributeData attribute) =>
        attribute.AttributeConstructor is not { } constructor
        || attribute.ConstructorArguments.Length != constructor.Parameters.Length
        || attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(argument => argument.Value)).Any(IsError);

    static bool IsError(TypedConstant constant) =>
        constant.Kind == TypedConstantKind.Error
        || (constant.Kind == TypedConstantKind.Array && !constant.IsNull && constant.Values.Any(IsError));

    static TypedConstant[] Sizes(AttributeData network) =>
        network.ConstructorArguments.LastOrDefault() is { Kind: TypedConstantKind.Array, IsNull: false } sizes ? [.. sizes.Values] : [];

    public int ReadSize(AttributeData attribute, TypedConstant constant, string parameter, int position)
    {
        var size = (int)constant.Value!;
        if (size is >= 1 and <= MaxSize)
            return size;
        Report(Descriptors.SizeOutOfRange, Argument(attribute, parameter, position),
            _type.Name, parameter switch
            {
                "inputs" => $"{Grouped(size)} inputs",
                "steps" => $"a sequence of {Grouped(size)} steps",
                "features" => $"steps of {Grouped(size)} features",
                "height" => $"an image {Grouped(size)} pixels high",
                "width" => $"an image {Grouped(size)} pixels wide",
                "channels" => $"an image of {Grouped(size)} channels",
                "filters" => $"a convolution of {Grouped(size)} filters",
                _ => $"a layer of {Grouped(size)} units",
            }, SizeRange);
        return 1;
    }

    public string ReadNamed(AttributeData attribute, string name, string fallback)
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
            Report(Descriptors.UnknownMember, Argument(attribute, name, position), _type.Name, constant.Type.Name,
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

    static bool HasNamed(AttributeData attribute, string name) => attribute.NamedArguments.Any(argument => argument.Key == name);

    static AttributeSyntax Syntax(AttributeData attribute) => (AttributeSyntax)attribute.ApplicationSyntaxReference!.GetSyntax();

    /// <summary>A number as messages have it.</summary>
    public static string Grouped(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>
    /// Reports a mistake, which the caller then replaces by something valid. The class gets the members that the rest of the program
    /// calls, so that the compiler does not report each call as well.
    /// </summary>
    void Report(DiagnosticDescriptor descriptor, SyntaxNodeOrToken where, params string[] arguments) =>
        Report(descriptor, where.GetLocation()!, arguments);

    /// <summary>The same once: a type may be met in several places.</summary>
    void Report(DiagnosticDescriptor descriptor, Location where, string[] arguments)
    {
        var diagnostic = Diagnostic.Create(descriptor, where, arguments);
        if (!_diagnostics.Contains(diagnostic))
            _diagnostics.Add(diagnostic);
    }
}
