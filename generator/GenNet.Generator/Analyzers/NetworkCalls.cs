using GenNet.Generator.Specification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GenNet.Generator.Analyzers;

/// <summary>Knows which calls run code that GenNet emitted or has in its library, and of which network. The user's own methods of the same names are left alone.</summary>
sealed class NetworkCalls
{
    readonly Compilation _compilation;
    readonly INamedTypeSymbol _contract;
    readonly INamedTypeSymbol _trainer;

    NetworkCalls(Compilation compilation, INamedTypeSymbol contract, INamedTypeSymbol trainer) =>
        (_compilation, _contract, _trainer) = (compilation, contract, trainer);

    /// <summary>Null where GenNet is not referenced.</summary>
    public static NetworkCalls? Of(Compilation compilation) =>
        compilation.GetTypeByMetadataName("GenNet.INetwork") is { } contract && compilation.GetTypeByMetadataName("GenNet.Trainer") is { } trainer
            ? new(compilation, contract, trainer)
            : null;

    /// <summary>The network that a call computes or trains, if it is one and the source says which.</summary>
    public INamedTypeSymbol? Find(IInvocationOperation call, CancellationToken cancellationToken)
    {
        var method = call.TargetMethod;
        return method.Name switch
        {
            "Forward" when TakesArray(method) => IsNetwork(method.ContainingType) ? method.ContainingType : null,
            "Forward" or "ForwardBatch" when TakesStep(method) => IsNetwork(method.ContainingType) ? method.ContainingType : null,
            "Forward" or "ForwardBatch" when TakesSamples(method) =>
                IsNetwork(method.ContainingType) ? method.ContainingType :
                IsContract(method.ContainingType) ? Receiver(call, IsNetwork, cancellationToken) :
                null,
            "Forward" or "Step" or "Backward" or "BackwardToInputs" or "Loss" when IsTrainers(method) && HasSamples(method) =>
                Receiver(call, type => type.ContainingType is { } outer && IsNetwork(outer) && IsTrainer(type), cancellationToken)?.ContainingType,
            _ => null,
        };
    }

    /// <summary>Whether it is a method of trainers.</summary>
    public bool IsTrainers(IMethodSymbol method) => Equal(method.ContainingType, _trainer);

    /// <summary>Whether a trainer's method takes samples as spans, not as a batch of a data set.</summary>
    static bool HasSamples(IMethodSymbol method) => method.Parameters.Length > 0 && IsSpan(method.Parameters[0].Type, "ReadOnlySpan", SpecialType.System_Single);

    /// <summary>Whether the first argument is the gradients of outputs, of samples that were given before.</summary>
    public static bool TakesGradients(IMethodSymbol method) => method.Parameters.Length == 1 && (method.Name is "Backward" or "BackwardToInputs");

    /// <summary>Whether the second argument belongs to the samples of the first: not the state of a loss, nor how a forward pass is computed, nor what the samples are as sequences.</summary>
    public static bool TakesPairs(IMethodSymbol method) => method is { Arity: 0, Parameters.Length: > 1 } && method.Parameters[1].Type.Name is ("ReadOnlySpan" or "Span" or "NetworkState");

    /// <summary>Whether the second argument of a step is class numbers.</summary>
    public static bool TakesLabels(IMethodSymbol method) => method.Parameters.Length > 1 && IsSpan(method.Parameters[1].Type, "ReadOnlySpan", SpecialType.System_Int32);

    /// <summary>
    /// Whether the lengths of the declaration are what runs: not after another mistake, of which they follow, nor where a derived class may implement the
    /// interface in its own way.
    /// </summary>
    public bool MayBeJudged(IInvocationOperation call, INamedTypeSymbol network) =>
        IsRight(network) && (!IsContract(call.TargetMethod.ContainingType) || network.IsSealed || !IsReimplemented(network, _compilation.Assembly.GlobalNamespace));

    /// <summary>Whether it computes the next step of streams, between which and the outputs their state stands.</summary>
    public static bool TakesStep(IMethodSymbol method) =>
        method is { Arity: 0, Parameters.Length: 3 or 4 } && (method.Parameters.Length == 3 || TakesAnswers(method)) && IsSpan(method.Parameters[0].Type, "ReadOnlySpan", SpecialType.System_Single)
        && method.Parameters[1].Type.ToDisplayString() == "GenNet.NetworkState" && IsSpan(method.Parameters[2].Type, "Span", SpecialType.System_Single);

    /// <summary>Whether it says of which streams the step has outputs.</summary>
    public static bool TakesAnswers(IMethodSymbol method) => method is { Arity: 0, Parameters.Length: 4 } && IsSpan(method.Parameters[3].Type, "Span", SpecialType.System_Boolean);

    static bool TakesSamples(IMethodSymbol method) =>
        method is { Arity: 0, Parameters.Length: 2 } && method.Parameters.All(parameter => parameter.RefKind == RefKind.None)
        && IsSpan(method.Parameters[0].Type, "ReadOnlySpan", SpecialType.System_Single) && IsSpan(method.Parameters[1].Type, "Span", SpecialType.System_Single);

    /// <summary>Whether it is the form that takes a sample by value, of which a collection expression may be one.</summary>
    static bool TakesArray(IMethodSymbol method) =>
        method is { Arity: 0, Parameters.Length: 1 } && method.Parameters[0].Type is var type && IsSample(type) && Equal(type.ContainingType, method.ContainingType);

    /// <summary>Whether it is the type of a network's inputs by value.</summary>
    public static bool IsSample(ITypeSymbol? type) =>
        type is { Name: "InputArray", ContainingType: { } owner } && owner.AllInterfaces.Any(face => face.ToDisplayString() == "GenNet.INetwork");

    static bool IsSpan(ITypeSymbol type, string name, SpecialType element) =>
        type is INamedTypeSymbol { Arity: 1, ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } span
        && span.Name == name && span.TypeArguments[0].SpecialType == element;

    bool IsContract(INamedTypeSymbol type) => Equal(type, _contract);

    bool IsNetwork(INamedTypeSymbol type) => type.AllInterfaces.Any(IsContract) && type.GetAttributes().Any(NetworkParser.IsNetwork);

    bool IsTrainer(INamedTypeSymbol type)
    {
        var ancestor = type.BaseType;
        while (ancestor is not null && !Equal(ancestor, _trainer))
            ancestor = ancestor.BaseType;
        return ancestor is not null;
    }

    /// <summary>The type of what a method is called on, of its conversions and of its definition that is first of the kind.</summary>
    static INamedTypeSymbol? Receiver(IInvocationOperation call, Func<INamedTypeSymbol, bool> isKind, CancellationToken cancellationToken)
    {
        var definitions = new DefinitionReader(call.SemanticModel!, cancellationToken);
        var value = call.Instance;
        for (var step = 0; value is not null && step < 8; step++)
        {
            if (value.Type is INamedTypeSymbol type && isKind(type))
                return type;
            value = value is IConversionOperation conversion
                ? conversion.OperatorMethod is null ? conversion.Operand : null
                : definitions.Find(value);
        }
        return null;
    }

    /// <summary>Whether nothing is wrong with the declaration. What was compiled was right; a project beside this one is asked itself.</summary>
    bool IsRight(INamedTypeSymbol network)
    {
        var (type, compilation) = (network, _compilation);
        if (!Equal(network.ContainingAssembly, compilation.Assembly))
        {
            if (compilation.GetMetadataReference(network.ContainingAssembly) is not CompilationReference { Compilation: var other }
                || other.GetTypeByMetadataName(MetadataName.Of(network)) is not { } original)
                return true;
            (type, compilation) = (original, other);
        }
        return NetworkParser.Check(type, compilation, out _).Count == 0;
    }

    bool IsReimplemented(INamedTypeSymbol network, INamespaceOrTypeSymbol within) => within.GetMembers().OfType<INamespaceOrTypeSymbol>().Any(member =>
        (member is INamedTypeSymbol { TypeKind: TypeKind.Class } type && type.Interfaces.SelectMany(face => face.AllInterfaces.Add(face)).Any(IsContract) && DerivesFrom(type, network))
        || IsReimplemented(network, member));

    static bool DerivesFrom(INamedTypeSymbol type, INamedTypeSymbol network)
    {
        var ancestor = type.BaseType;
        while (ancestor is not null && !Equal(ancestor, network))
            ancestor = ancestor.BaseType;
        return ancestor is not null;
    }

    static bool Equal(ISymbol left, ISymbol right) => SymbolEqualityComparer.Default.Equals(left, right);
}
