using System.Collections.Immutable;
using System.Globalization;
using GenNet.Generator.Diagnostics;
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
            if (NetworkCalls.Of(start.Compilation) is { } calls)
                start.RegisterOperationAction(operation => Check(operation, calls), OperationKind.Invocation);
        });
    }

    static void Check(OperationAnalysisContext context, NetworkCalls calls)
    {
        var call = (IInvocationOperation)context.Operation;
        var (inputName, outputName) = NetworkCalls.TakesStep(call.TargetMethod) ? ("StepSize", "StepOutputSize") : ("InputSize", "OutputSize");
        if (calls.Find(call, context.CancellationToken) is not { } network
            || ConstantOf(network, inputName) is not { } inputSize || ConstantOf(network, outputName) is not { } outputSize
            || Argument(call, 0) is not { } first)
            return;

        var method = call.TargetMethod;
        var reader = new LengthReader(call.SemanticModel!, context.CancellationToken);
        var name = $"{network.Name}.{method.Name}";
        string Constant(string constant, SyntaxNode where) => $"{network.ToMinimalDisplayString(call.SemanticModel!, where.SpanStart)}.{constant}";
        Func<SyntaxNode, string> inputConstant = where => Constant(inputName, where), outputConstant = where => Constant(outputName, where);
        var inputs = NetworkCalls.TakesGradients(method)
            ? new Passed(first, reader.Read(first.Value), outputSize, "gradients", outputConstant)
            : new Passed(first, reader.Read(first.Value), inputSize, "inputs", inputConstant);

        // A network that goes step by step takes fewer of them, too.
        var (inputsOfStep, outputsOfStep) = (ConstantOf(network, "StepSize") ?? inputSize, ConstantOf(network, "StepOutputSize") ?? outputSize);
        var pairs = NetworkCalls.TakesPairs(method);
        var others = !pairs || Argument(call, NetworkCalls.TakesStep(method) ? 2 : 1) is not { } second ? null
            : NetworkCalls.TakesLabels(method) ? new Passed(second, reader.Read(second.Value), ConstantOf(network, "LabelSize") ?? 1, "labels", where => Constant("LabelSize", where))
            : new Passed(second, reader.Read(second.Value), outputSize, method.Name is "Forward" or "ForwardBatch" ? "outputs" : "targets", outputConstant);
        if (others is null && pairs)
            return;

        Diagnostic?[] found = calls.IsTrainers(method) && !pairs ? [Samples(name, inputs)]
            : method.Name == "Forward" ? [WholeSample(name, inputs, inputsOfStep), WholeSample(name, others, outputsOfStep)]
            : calls.IsTrainers(method) && inputs.Length is { Value: 0 } ? [NoSamples(name, inputs)]
            : NetworkCalls.TakesStep(method) ? [Samples(name, inputs), Samples(name, others!), Equal(name, inputs, others), Equal(name, inputs, Answers(call, reader))]
            : [Samples(name, inputs), Samples(name, others!), Equal(name, inputs, others), Equal(name, inputs, Weights(call, reader))];
        if (found.Any(diagnostic => diagnostic is not null) && calls.MayBeJudged(call, network))
            foreach (var diagnostic in found)
                if (diagnostic is not null)
                    context.ReportDiagnostic(diagnostic);
    }

    /// <summary>The weights of the samples, which a step may take; none count as 1 each.</summary>
    static Passed? Weights(IInvocationOperation call, LengthReader reader) =>
        Argument(call, 2) is { } weights && reader.Read(weights.Value) is { Value: > 0 } length ? new(weights, length, 1, "weights", _ => "") : null;

    /// <summary>Whether the streams answered, of which each has one.</summary>
    static Passed? Answers(IInvocationOperation call, LengthReader reader) =>
        NetworkCalls.TakesAnswers(call.TargetMethod) && Argument(call, 3) is { } answers ? new(answers, reader.Read(answers.Value), 1, "answers", _ => "") : null;

    static int? ConstantOf(INamedTypeSymbol type, string name) =>
        type.GetMembers(name).OfType<IFieldSymbol>().FirstOrDefault() is { HasConstantValue: true, ConstantValue: int value } ? value : null;

    static IArgumentOperation? Argument(IInvocationOperation call, int position) =>
        call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == position && argument.ArgumentKind == ArgumentKind.Explicit);

    /// <param name="method">The call.</param>
    /// <param name="passed">What is passed.</param>
    /// <param name="ofStep">The length that one step has, of which there may be fewer.</param>
    static Diagnostic? WholeSample(string method, Passed? passed, int ofStep)
    {
        if (passed?.Length is not { } length || (length.Value > 0 && length.Value <= passed.Size && length.Value % ofStep == 0))
            return null;
        var wanted = passed.What == "inputs" ? $"{Number(passed.Size)} inputs" : $"room for {Number(passed.Size)} outputs";
        return Create(Descriptors.WrongLength, passed, method, wanted, Number(length.Value), passed.Constant);
    }

    static Diagnostic? Samples(string method, Passed passed) =>
        passed.Length is { } length && length.Value % passed.Size != 0
            ? Create(Descriptors.PartOfSample, passed, method, Number(passed.Size), passed.What, Number(length.Value), passed.Constant)
            : null;

    /// <summary>There is nothing to learn from or to judge in no samples.</summary>
    static Diagnostic NoSamples(string method, Passed passed) =>
        Create(Descriptors.PartOfSample, passed, method, Number(passed.Size), passed.What, "0", passed.Constant + " above 0");

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
            fixable ? ImmutableDictionary<string, string?>.Empty.Add(Replacement, passed.ConstantAt(written!)) : null,
            arguments);
    }

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>An argument of a call.</summary>
    /// <param name="Argument">It.</param>
    /// <param name="Length">Its length.</param>
    /// <param name="Size">The length that one sample has.</param>
    /// <param name="What">What it holds.</param>
    /// <param name="ConstantAt">How to write <paramref name="Size"/> somewhere.</param>
    sealed record Passed(IArgumentOperation Argument, KnownLength? Length, int Size, string What, Func<SyntaxNode, string> ConstantAt)
    {
        /// <summary>The argument with the parentheses around it.</summary>
        public ExpressionSyntax Expression { get; } = Argument.Syntax.FirstAncestorOrSelf<ArgumentSyntax>()!.Expression;

        /// <summary>How to write <see cref="Size"/> in the call.</summary>
        public string Constant => ConstantAt(Expression);

        /// <summary>Whole samples, if it holds nothing else.</summary>
        public int? Samples => Length is { } length && length.Value % Size == 0 ? length.Value / Size : null;
    }
}
