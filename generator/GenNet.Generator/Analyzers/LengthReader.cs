using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace GenNet.Generator.Analyzers;

/// <summary>Reads how many elements an array or span has, where the source says so. It never guesses: what it does not know has no length.</summary>
sealed class LengthReader(SemanticModel model, CancellationToken cancellationToken)
{
    /// <summary>A variable may be defined by another one, but not endlessly.</summary>
    const int MaxDepth = 8;

    readonly DefinitionReader _definitions = new(model, cancellationToken);

    public KnownLength? Read(IOperation value) => Read(value, 0);

    KnownLength? Read(IOperation? value, int depth)
    {
        if (value is null || depth > MaxDepth)
            return null;
        if (value is IConversionOperation conversion)
            return !KeepsLength(conversion) ? null
                : conversion.Operand is { Syntax: CollectionExpressionSyntax elements } and not IConversionOperation ? Collected(elements, conversion.Type, depth)
                : Read(conversion.Operand, depth);
        if (value.Syntax is CollectionExpressionSyntax collection)
            return Collected(collection, value.Type ?? model.GetTypeInfo(collection, cancellationToken).ConvertedType, depth);
        if (InlineArrayLength(value.Type) is { } inline)
            return new(inline);
        return value switch
        {
            IArrayCreationOperation array => Created(array),
            IDefaultValueOperation or ILiteralOperation { ConstantValue: { HasValue: true, Value: null } } => new(0),
            IInvocationOperation call => Called(call, depth),
            IObjectCreationOperation created when IsSpan(created.Type) => Created(created, depth),
            IPropertyReferenceOperation { Property.Name: "Empty" } empty when IsSpan(empty.Property.ContainingType) => new(0),
            IArrayElementReferenceOperation { Indices.Length: 1 } part when part.Indices[0] is IRangeOperation range => Range(part.ArrayReference, range, depth),
            IImplicitIndexerReferenceOperation { Argument: IRangeOperation range } part when IsSpan(part.Instance.Type) => Range(part.Instance, range, depth),
            IInlineArrayAccessOperation { Argument: IRangeOperation range } part => Range(part.Instance, range, depth),
            ILocalReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation => Read(_definitions.Find(value), depth + 1),
            _ => Written(value.Syntax, depth),
        };
    }

    /// <summary>What no operation of its own stands for in every compiler that may run this.</summary>
    KnownLength? Written(SyntaxNode syntax, int depth) => syntax switch
    {
        StackAllocArrayCreationExpressionSyntax { Initializer: { } elements } => new(elements.Expressions.Count),
        StackAllocArrayCreationExpressionSyntax { Type: ArrayTypeSyntax { RankSpecifiers: { Count: 1 } ranks } } when ranks[0].Sizes[0] is var size =>
            Constant(model.GetConstantValue(size, cancellationToken)) is { } length ? new(length, size) : null,
        ImplicitStackAllocArrayCreationExpressionSyntax stack => new(stack.Initializer.Expressions.Count),
        _ => null,
    };

    /// <summary>Whether the converted value is the same array or span, or a span of it: a conversion of the user's own may do anything.</summary>
    static bool KeepsLength(IConversionOperation conversion) => conversion.OperatorMethod is not { } method || IsSpan(method.ContainingType);

    static int? InlineArrayLength(ITypeSymbol? type) =>
        type is { IsValueType: true }
        && type.GetAttributes().FirstOrDefault(candidate => candidate.AttributeClass?.ToDisplayString() == "System.Runtime.CompilerServices.InlineArrayAttribute")
            is { ConstructorArguments.Length: 1 } attribute && attribute.ConstructorArguments[0].Value is int length
            ? length
            : null;

    /// <summary><c>new float[5]</c>, with or without elements.</summary>
    static KnownLength? Created(IArrayCreationOperation array) =>
        array.DimensionSizes.Length != 1 ? null :
        array.Initializer is { } elements ? new(elements.ElementValues.Length) :
        Constant(array.DimensionSizes[0]) is { } length ? new(length, array.DimensionSizes[0].Syntax as ExpressionSyntax) :
        null;

    /// <summary><c>new Span&lt;float&gt;(x, 2, 5)</c>.</summary>
    KnownLength? Created(IObjectCreationOperation span, int depth)
    {
        var arguments = span.Arguments;
        return arguments.Length == 0 ? new(0)
            : Argument(arguments, "array") is not { } array ? null
            : Argument(arguments, "length") is { } length ? Given(length)
            : Read(array, depth);
    }

    /// <summary>A collection expression of that type. Behind a cast, the expression itself has none. A network's inputs are as long as what they are made from, or the call throws.</summary>
    KnownLength? Collected(CollectionExpressionSyntax collection, ITypeSymbol? type, int depth) =>
        type is IArrayTypeSymbol || IsSpan(type) || NetworkCalls.IsSample(type) ? Sum(collection, depth)
        : InlineArrayLength(type) is { } inline ? new(inline)
        : null;

    KnownLength? Sum(CollectionExpressionSyntax collection, int depth)
    {
        long sum = 0;
        foreach (var element in collection.Elements)
            if (element is not SpreadElementSyntax spread)
                sum++;
            // A type of the user's own may enumerate something else than it holds.
            else if (model.GetTypeInfo(spread.Expression, cancellationToken).Type is { } type && (type is IArrayTypeSymbol || IsSpan(type))
                && Read(model.GetOperation(Inner(spread.Expression), cancellationToken), depth + 1) is { } part)
                sum += part.Value;
            else
                return null;
        return sum <= int.MaxValue ? new((int)sum) : null;
    }

    /// <summary>An expression without parentheses and <c>!</c>, for which there is no operation.</summary>
    static ExpressionSyntax Inner(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax parentheses => Inner(parentheses.Expression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppression => Inner(suppression.Operand),
        _ => expression,
    };

    /// <summary><c>AsSpan</c>, <c>Slice</c>, <c>ToArray</c> and <c>Array.Empty</c>.</summary>
    KnownLength? Called(IInvocationOperation call, int depth)
    {
        var method = call.TargetMethod;
        if (method is { Name: "Empty", ContainingType.SpecialType: SpecialType.System_Array })
            return new(0);
        var of = method.Name switch
        {
            "AsSpan" when method.ContainingType.ToDisplayString() == "System.MemoryExtensions" => call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0)?.Value,
            "Slice" or "ToArray" when IsSpan(method.ContainingType) => call.Instance,
            _ => null,
        };
        if (of is null)
            return null;
        if (Argument(call.Arguments, "length") is { } length)
            return Given(length);
        if (Argument(call.Arguments, "range") is { } range)
            return range is IRangeOperation places ? Range(of, places, depth) : null;
        return (Argument(call.Arguments, "start") ?? Argument(call.Arguments, "startIndex")) is { } start
            ? Place.Read(start) is { } first ? Between(first, Place.End, of, depth) : null
            : Read(of, depth);
    }

    static IOperation? Argument(IEnumerable<IArgumentOperation> arguments, string parameter) =>
        arguments.FirstOrDefault(argument => argument.Parameter?.Name == parameter)?.Value;

    static KnownLength? Given(IOperation length) => Constant(length) is { } number ? new(number, length.Syntax as ExpressionSyntax) : null;

    /// <summary><c>x[..5]</c>, <c>x[2..^1]</c>.</summary>
    KnownLength? Range(IOperation of, IRangeOperation range, int depth)
    {
        var start = range.LeftOperand is null ? Place.Start : Place.Read(range.LeftOperand);
        var stop = range.RightOperand is null ? Place.End : Place.Read(range.RightOperand);
        return start is { } first && stop is { } last ? Between(first, last, of, depth) : null;
    }

    /// <summary>From one place to another; how long the whole is matters only if one is counted from its end.</summary>
    KnownLength? Between(Place start, Place stop, IOperation of, int depth)
    {
        long length;
        if (start.FromEnd == stop.FromEnd)
            length = start.FromEnd ? (long)start.Value - stop.Value : (long)stop.Value - start.Value;
        else if (Read(of, depth) is { } whole)
            length = start.FromEnd ? (long)stop.Value - (whole.Value - start.Value) : (long)whole.Value - stop.Value - start.Value;
        else
            return null;
        return length < 0 ? null : new((int)length, start == Place.Start && !stop.FromEnd ? stop.Written : stop == Place.End && start.FromEnd ? start.Written : null);
    }

    static bool IsSpan(ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: "Span" or "ReadOnlySpan", Arity: 1, ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    static int? Constant(IOperation value) => Constant(value.ConstantValue);

    static int? Constant(Optional<object?> value) =>
        value is { HasValue: true, Value: (byte or sbyte or short or ushort or int or uint or long or ulong) and var number }
        && Convert.ToDecimal(number, CultureInfo.InvariantCulture) is >= 0 and <= int.MaxValue and var length
            ? (int)length
            : null;

    /// <summary>Where a slice starts or stops.</summary>
    /// <param name="Value">Elements from the start or from the end.</param>
    /// <param name="FromEnd">Which of the two.</param>
    /// <param name="Written">Where the number stands.</param>
    readonly record struct Place(int Value, bool FromEnd, ExpressionSyntax? Written = null)
    {
        public static readonly Place Start = new(0, FromEnd: false), End = new(0, FromEnd: true);

        /// <summary><c>2</c> or <c>^2</c>.</summary>
        public static Place? Read(IOperation index)
        {
            if (index is IConversionOperation { Type.Name: "Index" } conversion)
                index = conversion.Operand;
            var fromEnd = index is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat };
            var number = index is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } hat ? hat.Operand : index;
            return Constant(number) is { } value ? new(value, fromEnd, number.Syntax as ExpressionSyntax) : null;
        }

        /// <summary>The same place, wherever it is written.</summary>
        public bool Equals(Place other) => (Value, FromEnd) == (other.Value, other.FromEnd);

        public override int GetHashCode() => FromEnd ? ~Value : Value;
    }
}
