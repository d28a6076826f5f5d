using System.Collections.Immutable;
using System.Globalization;
using GenNet.Generator.Diagnostics;
using GenNet.Generator.Specification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace GenNet.Generator.Analyzers;

/// <summary>Reports arrays and spans whose length is known and wrong where they are passed to a network.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LengthAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The property of a diagnostic that holds what to write for the number at its additional location.</summary>
    internal const string Replacement = nameof(Replacement);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Descriptors.WrongLength, Descriptors.PartOfSample, Descriptors.SamplesDiffer);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName("GenNet.INetwork") is { } network
                && start.Compilation.GetTypeByMetadataName("GenNet.Trainer") is { } trainer)
                start.RegisterOperationAction(operation => Check(operation, network, trainer), OperationKind.Invocation);
        });
    }

    static void Check(OperationAnalysisContext context, INamedTypeSymbol contract, INamedTypeSymbol trainer)
    {
        var call = (IInvocationOperation)context.Operation;
        var method = call.TargetMethod;
        var type = method.Name switch
        {
            "Forward" or "ForwardBatch" => method.ContainingType,
            "Step" or "Backward" or "Loss" when SymbolEqualityComparer.Default.Equals(method.ContainingType, trainer) => call.Instance?.Type?.ContainingType,
            _ => null,
        };
        if (type is null || !type.AllInterfaces.Contains(contract, SymbolEqualityComparer.Default)
            || Constant(type, "InputSize") is not { } inputSize || Constant(type, "OutputSize") is not { } outputSize
            || Argument(call, 0) is not { } first)
            return;

        var reader = new LengthReader(call.SemanticModel!, context.CancellationToken);
        var second = Argument(call, 1);
        if (second is null && !(method.Parameters.Length == 1 && method.Parameters[0].Type is { Name: "InputArray", ContainingType: var owner } && SymbolEqualityComparer.Default.Equals(owner, type)))
            return;
        var name = $"{type.Name}.{method.Name}";
        var size = $"{type.ToMinimalDisplayString(call.SemanticModel!, call.Syntax.SpanStart)}.";
        var inputs = new Passed(first, reader.Read(first), inputSize, "inputs", size + "InputSize");
        var others = second is null ? null : IsLabels(method)
            ? new Passed(second, reader.Read(second), 1, "labels", "")
            : new Passed(second, reader.Read(second), outputSize, method.Name is "Forward" or "ForwardBatch" ? "outputs" : "targets", size + "OutputSize");

        Diagnostic?[] found = method.Name == "Forward"
            ? [WholeSample(name, inputs), WholeSample(name, others)]
            : [Samples(name, inputs), Samples(name, others!), Equal(name, inputs, others), Equal(name, inputs, Weights(call, reader))];
        if (found.Any(diagnostic => diagnostic is not null) && NetworkParser.Check(type, context.Compilation, out _).Count == 0)
            foreach (var diagnostic in found)
                if (diagnostic is not null)
                    context.ReportDiagnostic(diagnostic);
    }

    /// <summary>The weights of the samples, which a step may take.</summary>
    static Passed? Weights(IInvocationOperation call, LengthReader reader) =>
        Argument(call, 2) is { } weights ? new(weights, reader.Read(weights), 1, "weights", "") : null;

    static bool IsLabels(IMethodSymbol method) => 
        method.Parameters[1].Type is INamedTypeSymbol { TypeArguments.Length: 1 } span && span.TypeArguments[0].SpecialType == SpecialType.System_Int32;

    static int? Constant(INamedTypeSymbol type, string name) =>
        type.GetMembers(name).OfType<IFieldSymbol>().FirstOrDefault() is { HasConstantValue: true, ConstantValue: int value } ? value : null;

    static ExpressionSyntax? Argument(IInvocationOperation call, int position) =>
        call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == position)?.Syntax is ArgumentSyntax { RefKindKeyword.RawKind: 0 } syntax
            ? syntax.Expression
            : null;

    static Diagnostic? WholeSample(string method, Passed? passed)
    {
        if (passed?.Length is not { } length || length.Value == passed.Size)
            return null;
        var wanted = passed.What == "inputs" ? $"{Number(passed.Size)} inputs" : $"room for {Number(passed.Size)} outputs";
        return Create(Descriptors.WrongLength, passed, method, wanted, Number(length.Value), passed.Constant);
    }

    static Diagnostic? Samples(string method, Passed passed) =>
        passed.Length is { } length && length.Value % passed.Size != 0
            ? Create(Descriptors.PartOfSample, passed, method, Number(passed.Size), passed.What, Number(length.Value), passed.Constant)
            : null;

    static Diagnostic? Equal(string method, Passed inputs, Passed? others) =>
        inputs.Samples is { } samples && others?.Samples is { } other && samples != other
            ? Create(Descriptors.SamplesDiffer, others, method, Number(samples), Number(other), others.What)
            : null;

    static Diagnostic Create(DiagnosticDescriptor descriptor, Passed passed, params string[] arguments)
    {
        var written = passed.Length!.Value.Written;
        var fixable = descriptor == Descriptors.WrongLength && written is not null;
        return Diagnostic.Create(
            descriptor,
            passed.Expression.GetLocation(),
            fixable ? [written!.GetLocation()] : null,
            fixable ? ImmutableDictionary<string, string?>.Empty.Add(Replacement, passed.Constant) : null,
            arguments);
    }

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>An argument of a call.</summary>
    /// <param name="Expression">It.</param>
    /// <param name="Length">Its length.</param>
    /// <param name="Size">The length that one sample has.</param>
    /// <param name="What">What it holds.</param>
    /// <param name="Constant">How to write <paramref name="Size"/>.</param>
    sealed record Passed(ExpressionSyntax Expression, KnownLength? Length, int Size, string What, string Constant)
    {
        /// <summary>Whole samples, if it holds nothing else.</summary>
        public int? Samples => Length is { } length && length.Value % Size == 0 ? length.Value / Size : null;
    }
}
