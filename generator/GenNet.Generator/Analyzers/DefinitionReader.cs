using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace GenNet.Generator.Analyzers;

/// <summary>Finds what a variable, read-only field or property is defined as, if its one definition stands in the same file and nothing else is ever written to it.</summary>
sealed class DefinitionReader(SemanticModel model, CancellationToken cancellationToken)
{
    /// <summary>The value, as converted to the type of what is defined; null where it may be another.</summary>
    public IOperation? Find(IOperation reference)
    {
        ISymbol? symbol = reference switch
        {
            ILocalReferenceOperation local => local.Local,
            IFieldReferenceOperation field => field.Field,
            IPropertyReferenceOperation property => property.Property,
            _ => null,
        };
        if (symbol?.DeclaringSyntaxReferences is not { Length: 1 } references || references[0].SyntaxTree != model.SyntaxTree)
            return null;
        var declaration = references[0].GetSyntax(cancellationToken);
        return (symbol, declaration) switch
        {
            (ILocalSymbol { IsRef: false }, VariableDeclaratorSyntax { Initializer: { } value }) when !IsWritten(symbol, [Body(declaration)]) => Value(value),
            (IFieldSymbol { IsReadOnly: true }, VariableDeclaratorSyntax { Initializer: { } value }) => MemberValue(symbol, value),
            (IPropertySymbol { IsVirtual: false, IsOverride: false }, PropertyDeclarationSyntax property) => Returned(symbol, property),
            _ => null,
        };
    }

    IOperation? Returned(ISymbol symbol, PropertyDeclarationSyntax property)
    {
        if (property.ExpressionBody is { } body)
            return Value(body);
        if (property.AccessorList?.Accessors.FirstOrDefault(accessor => accessor.IsKind(SyntaxKind.GetAccessorDeclaration)) is not { } getter)
            return null;
        if (getter.ExpressionBody is { } getterBody)
            return Value(getterBody);
        if (getter.Body is { } block)
            return block.Statements.Count == 1 && block.Statements[0] is ReturnStatementSyntax { Expression: not null } only ? (model.GetOperation(only, cancellationToken) as IReturnOperation)?.ReturnedValue : null;
        return property is { Initializer: { } value, AccessorList.Accessors.Count: 1 } ? MemberValue(symbol, value) : null;
    }

    /// <summary>The initial value of a member that cannot be written later. One that is null waits for somebody to fill it in; one of a struct is not there in its default.</summary>
    IOperation? MemberValue(ISymbol symbol, EqualsValueClauseSyntax value) =>
        (symbol.IsStatic || symbol.ContainingType.IsReferenceType) && !IsWritten(symbol, Parts(symbol)) && Value(value) is { } read && !IsNothing(read) ? read : null;

    static bool IsNothing(IOperation value) => value switch
    {
        IConversionOperation conversion => IsNothing(conversion.Operand),
        _ => value is IDefaultValueOperation || value.ConstantValue is { HasValue: true, Value: null },
    };

    IOperation? Value(SyntaxNode clause) => model.GetOperation(clause, cancellationToken) switch
    {
        ISymbolInitializerOperation initializer => initializer.Value,
        IBlockOperation { Operations.Length: 1 } block when block.Operations[0] is IReturnOperation only => only.ReturnedValue,
        _ => null,
    };

    static SyntaxNode Body(SyntaxNode declaration) =>
        declaration.Ancestors().FirstOrDefault(node => node is MemberDeclarationSyntax and not GlobalStatementSyntax) ?? declaration.SyntaxTree.GetRoot();

    IEnumerable<SyntaxNode> Parts(ISymbol member) => member.ContainingType.DeclaringSyntaxReferences.Select(part => part.GetSyntax(cancellationToken));

    /// <summary>Whether anything of that name is assigned or passed by reference after its definition.</summary>
    bool IsWritten(ISymbol symbol, IEnumerable<SyntaxNode> scopes) =>
        scopes.SelectMany(scope => scope.DescendantNodes().OfType<IdentifierNameSyntax>())
            .Where(name => name.Identifier.ValueText == symbol.Name)
            .Select(name => name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? (ExpressionSyntax)access : name)
            .Select(Outermost)
            .Any(use => use.Parent switch
            {
                AssignmentExpressionSyntax assignment => assignment.Left == use,
                ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None)
                    || argument.Parent is TupleExpressionSyntax && argument.Ancestors().SkipWhile(node => node is ArgumentSyntax or TupleExpressionSyntax or ParenthesizedExpressionSyntax).FirstOrDefault() is AssignmentExpressionSyntax,
                RefExpressionSyntax => true,
                PrefixUnaryExpressionSyntax address => address.IsKind(SyntaxKind.AddressOfExpression),
                MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access => access.Expression == use && TakesReference(call),
                _ => false,
            });

    /// <summary>The expression with the parentheses and the <c>!</c> around it.</summary>
    static ExpressionSyntax Outermost(ExpressionSyntax expression)
    {
        while (expression.Parent is ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression })
            expression = (ExpressionSyntax)expression.Parent;
        return expression;
    }

    /// <summary>An extension method may write to what it is called on.</summary>
    bool TakesReference(InvocationExpressionSyntax call) =>
        model.SyntaxTree == call.SyntaxTree
        && model.GetSymbolInfo(call, cancellationToken).Symbol is IMethodSymbol { ReducedFrom: { } method } && method.Parameters[0].RefKind == RefKind.Ref;
}
