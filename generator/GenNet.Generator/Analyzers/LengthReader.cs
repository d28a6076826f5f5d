using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenNet.Generator.Analyzers;

/// <summary>Reads how many elements an array or span has, where the source says so. It never guesses: what it does not know has no length.</summary>
sealed class LengthReader(SemanticModel model, CancellationToken cancellationToken)
{
    /// <summary>A variable may be defined by another one, but not endlessly.</summary>
    const int MaxDepth = 8;

    public KnownLength? Read(ExpressionSyntax expression) => Read(expression, 0);

    KnownLength? Read(ExpressionSyntax expression, int depth)
    {
        if (depth > MaxDepth)
            return null;
        if (InlineArrayLength(model.GetTypeInfo(expression, cancellationToken).Type) is { } inline)
            return new(inline);
        return expression switch
        {
            ParenthesizedExpressionSyntax inner => Read(inner.Expression, depth),
            CastExpressionSyntax cast => Read(cast.Expression, depth),
            PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } sure => Read(sure.Operand, depth),
            ArrayCreationExpressionSyntax array => Created(array.Type, array.Initializer),
            StackAllocArrayCreationExpressionSyntax { Type: ArrayTypeSyntax type } stack => Created(type, stack.Initializer),
            ImplicitArrayCreationExpressionSyntax array => new(array.Initializer.Expressions.Count),
            ImplicitStackAllocArrayCreationExpressionSyntax stack => new(stack.Initializer.Expressions.Count),
            CollectionExpressionSyntax collection => Sum(collection, depth),
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call => Called(call, access, depth),
            ElementAccessExpressionSyntax { ArgumentList.Arguments: { Count: 1 } index } element when index[0].Expression is RangeExpressionSyntax range =>
                Range(element.Expression, range, depth),
            IdentifierNameSyntax or MemberAccessExpressionSyntax => Defined(expression, depth),
            _ => null,
        };
    }

    static int? InlineArrayLength(ITypeSymbol? type) =>
        type is { IsValueType: true }
        && type.GetAttributes().FirstOrDefault(candidate => candidate.AttributeClass?.ToDisplayString() == "System.Runtime.CompilerServices.InlineArrayAttribute")
            is { ConstructorArguments.Length: 1 } attribute && attribute.ConstructorArguments[0].Value is int length
            ? length
            : null;

    /// <summary><c>new float[5]</c>, <c>stackalloc float[5]</c>, with or without elements.</summary>
    KnownLength? Created(ArrayTypeSyntax type, InitializerExpressionSyntax? initializer)
    {
        if (type.RankSpecifiers.Count != 1 || type.RankSpecifiers[0].Sizes.Count != 1)
            return null;
        var size = type.RankSpecifiers[0].Sizes[0];
        return initializer is not null ? new(initializer.Expressions.Count) : Constant(size) is { } length ? new(length, size) : null;
    }

    KnownLength? Sum(CollectionExpressionSyntax collection, int depth)
    {
        var sum = 0;
        foreach (var element in collection.Elements)
            if (element is not SpreadElementSyntax spread)
                sum++;
            else if (Read(spread.Expression, depth + 1) is { } part)
                sum += part.Value;
            else
                return null;
        return new(sum);
    }

    /// <summary><c>AsSpan</c> and <c>Slice</c>.</summary>
    KnownLength? Called(InvocationExpressionSyntax call, MemberAccessExpressionSyntax access, int depth)
    {
        if (model.GetSymbolInfo(call, cancellationToken).Symbol is not IMethodSymbol { Name: "AsSpan" or "Slice" } method
            || (method.ContainingType.ToDisplayString() != "System.MemoryExtensions" && !IsSpan(method.ContainingType)))
            return null;
        var arguments = call.ArgumentList.Arguments;
        return arguments.Count switch
        {
            0 => Read(access.Expression, depth),
            1 when arguments[0].Expression is RangeExpressionSyntax range => Range(access.Expression, range, depth),
            1 when Constant(arguments[0].Expression) is { } start && Read(access.Expression, depth) is { } whole => Between(start, whole.Value),
            2 when arguments.All(argument => argument.NameColon is null) && Constant(arguments[1].Expression) is { } length =>
                new(length, arguments[1].Expression),
            _ => null,
        };
    }

    /// <summary><c>x[..5]</c>, <c>x[2..^1]</c>.</summary>
    KnownLength? Range(ExpressionSyntax of, RangeExpressionSyntax range, int depth)
    {
        if (model.GetTypeInfo(of, cancellationToken).Type is not { } type || type is not IArrayTypeSymbol && !IsSpan(type) && InlineArrayLength(type) is null)
            return null;
        int? Place(ExpressionSyntax? end, int otherwise) =>
            end is null or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.IndexExpression }
                ? (end is PrefixUnaryExpressionSyntax index ? Constant(index.Operand) : otherwise) is { } back && Read(of, depth) is { } whole
                    ? whole.Value - back
                    : null
                : Constant(end);
        var start = range.LeftOperand is null ? 0 : Place(range.LeftOperand, 0);
        if (start is null || Place(range.RightOperand, 0) is not { } stop || Between(start.Value, stop) is not { } length)
            return null;
        return start == 0 && range.RightOperand is { } written && Constant(written) is not null ? new(length.Value, written) : length;
    }

    static KnownLength? Between(int start, int stop) => start <= stop ? new(stop - start) : null;

    static bool IsSpan(ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: "Span" or "ReadOnlySpan", Arity: 1, ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    /// <summary>A variable, field or property whose one definition stands in this file.</summary>
    KnownLength? Defined(ExpressionSyntax name, int depth)
    {
        var symbol = model.GetSymbolInfo(name, cancellationToken).Symbol;
        if (symbol?.DeclaringSyntaxReferences is not { Length: 1 } references || references[0].SyntaxTree != model.SyntaxTree)
            return null;
        var declaration = references[0].GetSyntax(cancellationToken);
        var definition = (symbol, declaration) switch
        {
            (ILocalSymbol { IsRef: false }, VariableDeclaratorSyntax { Initializer.Value: var value }) when !IsWritten(symbol, [Body(declaration)]) => value,
            (IFieldSymbol { IsReadOnly: true }, VariableDeclaratorSyntax { Initializer.Value: var value }) when !IsWritten(symbol, Parts(symbol)) => value,
            (IPropertySymbol { IsVirtual: false, IsOverride: false }, PropertyDeclarationSyntax { ExpressionBody.Expression: var value }) => value,
            _ => null,
        };
        return definition is null ? null : Read(definition, depth + 1);
    }

    static SyntaxNode Body(SyntaxNode declaration) =>
        declaration.Ancestors().FirstOrDefault(node => node is MemberDeclarationSyntax and not GlobalStatementSyntax) ?? declaration.SyntaxTree.GetRoot();

    IEnumerable<SyntaxNode> Parts(ISymbol field) => field.ContainingType.DeclaringSyntaxReferences.Select(part => part.GetSyntax(cancellationToken));

    /// <summary>Whether anything of that name is assigned or passed by reference after its definition.</summary>
    static bool IsWritten(ISymbol symbol, IEnumerable<SyntaxNode> scopes) =>
        scopes.SelectMany(scope => scope.DescendantNodes().OfType<IdentifierNameSyntax>())
            .Where(name => name.Identifier.ValueText == symbol.Name)
            .Select(name => name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? (ExpressionSyntax)access : name)
            .Any(use => use.Parent switch
            {
                AssignmentExpressionSyntax assignment => assignment.Left == use,
                ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None)
                    || argument.Parent is TupleExpressionSyntax && argument.Ancestors().SkipWhile(node => node is ArgumentSyntax or TupleExpressionSyntax).FirstOrDefault() is AssignmentExpressionSyntax,
                RefExpressionSyntax => true,
                PrefixUnaryExpressionSyntax address => address.IsKind(SyntaxKind.AddressOfExpression),
                _ => false,
            });

    int? Constant(ExpressionSyntax expression) =>
        model.GetConstantValue(expression, cancellationToken) is { HasValue: true, Value: (byte or sbyte or short or ushort or int or uint or long) and var value }
        && Convert.ToInt64(value, CultureInfo.InvariantCulture) is var number and >= 0 and <= int.MaxValue
            ? (int)number
            : null;
}
