using System.Text;
using GenNet.Generator.Specification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenNet.Generator.Emission;

/// <summary>
/// The members of an emitted class, beside those of the user. They are read off its text, so that whatever is emitted is known here. Members that only
/// emitted code uses make way for the user's names, so that a call in emitted code never finds an overload of the user's; the others may collide.
/// </summary>
sealed class EmittedMembers
{
    const string Network = "GenNet.INetwork.";

    readonly NetworkSpec _spec;
    readonly string _text;
    readonly string _network;
    readonly TypeDeclarationSyntax _class;

    public EmittedMembers(NetworkSpec spec, string text)
    {
        (_spec, _text, _network) = (spec, text, SignatureText.NameOf(spec));
        var depth = spec.Containers.Count + (spec.Namespace is null ? 0 : 1);
        SyntaxNode node = SyntaxFactory.ParseCompilationUnit(text).Members.Single();
        for (; depth > 0; depth--)
            node = node is BaseNamespaceDeclarationSyntax space ? space.Members.Single() : ((TypeDeclarationSyntax)node).Members.Single();
        _class = (TypeDeclarationSyntax)node;
    }

    /// <summary>The user's names with which the emitted class would not compile, or would hide what its base class has.</summary>
    public IEnumerable<MemberSpec> Collisions()
    {
        var emitted = _class.Members.Where(member => !IsHelper(member)).SelectMany(Describe).ToLookup(member => member.Name);
        var accessors = _class.Members.Where(member => !IsHelper(member)).SelectMany(Accessors).ToLookup(member => member.Name);
        var parameters = new HashSet<string>(TypeParameters(_class));
        return _spec.Members.Where(member => emitted[member.Name].Any(member.CollidesWith)
            || (member.Role != MemberRole.Inherited && accessors[member.Name].Any(accessor => accessor.IsReservedFrom(member)))
            || (member.Role == MemberRole.Class && parameters.Contains(member.Name)));
    }

    /// <summary>The text beside collisions, or where there is no constructor: what the rest of the program names and calls, but what collides, and no bodies. One mistake is then one error.</summary>
    public string Stubs()
    {
        var users = _spec.Members.Where(member => member.Role != MemberRole.Inherited).ToList();
        bool Collides(MemberDeclarationSyntax member) => Describe(member).Any(described => users.Any(described.CollidesWith));
        bool IsPartOfUsers(MemberDeclarationSyntax member) => member is TypeDeclarationSyntax type
            && Describe(type).All(described => users.Where(described.CollidesWith).All(user => user.Part == MemberReader.PartOf(type)));
        var members = _class.Members.Where(member => !IsHelper(member)).ToList();
        var gone = members.Where(member => Collides(member) && !IsPartOfUsers(member)).ToList();

        // What names a type that is left out would mean the user's.
        var types = new HashSet<string>(gone.OfType<TypeDeclarationSyntax>().Select(type => type.Identifier.ValueText));
        bool Names(SyntaxNode node) => node.DescendantTokens().Any(token => types.Contains(token.ValueText) && token.Parent is SimpleNameSyntax && IsOfClass(token));
        bool IsLeft(MemberDeclarationSyntax member) => !gone.Contains(member) && member switch
        {
            MethodDeclarationSyntax method => !Names(method.ReturnType) && !Names(method.ParameterList),
            PropertyDeclarationSyntax property => !Names(property.Type),
            _ => true,
        };

        var stubs = new EmittedStubs(IsLeft, members.OfType<FieldDeclarationSyntax>().SelectMany(field => field.Declaration.Variables)
            .ToDictionary(constant => constant.Identifier.ValueText, constant => constant.Initializer!.Value));
        var text = new StringBuilder(_text.Substring(0, _class.OpenBraceToken.FullSpan.End));
        foreach (var member in members)
        {
            // A field has no accessors.
            var isField = Accessors(member).Any(accessor => users.Any(accessor.IsReservedFrom));
            if (member is ConstructorDeclarationSyntax constructor && _spec.Constructor != ConstructorKind.Seeded)
            {
                if (_spec.Constructor == ConstructorKind.Bodiless && IsLeft(member))
                    text.Append(EmittedStubs.Bodiless(constructor));
                continue;
            }
            if (IsLeft(member))
                text.Append(isField ? EmittedStubs.Field((PropertyDeclarationSyntax)member) : Collides(member) ? stubs.Part((TypeDeclarationSyntax)member) : stubs.Of(member).ToFullString());
            if ((isField || !IsLeft(member)) && !users.Any(user => user.Name == Network + Describe(member).First().Name))
                text.Append(Explicit(member));
        }
        return text.Append(_text.Substring(_class.CloseBraceToken.FullSpan.Start)).ToString();
    }

    /// <summary>What a network is to the library, whatever its own members are called.</summary>
    static string Explicit(MemberDeclarationSyntax member) => member switch
    {
        PropertyDeclarationSyntax { Identifier.ValueText: "Parameters" } property => $"{property.Type} global::{Network}Parameters => throw null!;\n",
        MethodDeclarationSyntax { Identifier.ValueText: "Hash" or "ForwardBatch" or "Forward", ExplicitInterfaceSpecifier: null, ParameterList.Parameters.Count: not 1 } method =>
            $"{method.ReturnType} global::{Network}{method.Identifier}{method.ParameterList.WithoutTrivia()} => throw null!;\n",
        _ => "",
    };

    /// <summary>The type parameters of a type's members, which hide the type where they have its name.</summary>
    static IEnumerable<string> TypeParameters(TypeDeclarationSyntax type) => type.Members.SelectMany(member => member switch
    {
        MethodDeclarationSyntax { TypeParameterList: { } list } => Names(list),
        TypeDeclarationSyntax { TypeParameterList: { } list } nested => Names(list).Concat(TypeParameters(nested)),
        TypeDeclarationSyntax nested => TypeParameters(nested),
        _ => [],
    });

    static IEnumerable<string> Names(TypeParameterListSyntax list) => list.Parameters.Select(parameter => parameter.Identifier.ValueText);

    /// <summary>The text in which the user has none of the names that only emitted code uses.</summary>
    public string MakeWay()
    {
        var users = new HashSet<string>(_spec.Members.Select(member => member.Name));
        bool IsTaken(string name) => users.Contains(name) || users.Contains("get_" + name) || users.Contains("set_" + name);
        var helpers = _class.Members.Where(IsHelper).SelectMany(Describe).Select(member => member.Name).Where(IsTaken).Distinct().ToList();
        if (helpers.Count == 0)
            return _text;
        users.UnionWith(_class.Members.SelectMany(Describe).Select(member => member.Name));
        var names = helpers.ToDictionary(helper => helper, helper => UniqueName.Of(helper, IsTaken));

        var text = new StringBuilder();
        var written = 0;
        foreach (var token in _class.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken) && names.ContainsKey(token.ValueText) && IsOfClass(token)))
        {
            text.Append(_text, written, token.SpanStart - written).Append(names[token.ValueText]);
            written = token.Span.End;
        }
        return text.Append(_text, written, _text.Length - written).ToString();
    }

    /// <summary>Whether only emitted code uses a member.</summary>
    static bool IsHelper(MemberDeclarationSyntax member) =>
        member is not ConstructorDeclarationSyntax and not MethodDeclarationSyntax { ExplicitInterfaceSpecifier: not null } and not PropertyDeclarationSyntax { ExplicitInterfaceSpecifier: not null }
        && !member.Modifiers.Any(modifier => modifier.IsKind(SyntaxKind.PublicKeyword) || modifier.IsKind(SyntaxKind.InternalKeyword) || modifier.IsKind(SyntaxKind.ProtectedKeyword));

    /// <summary>Whether an identifier stands for a member of the class: declares one, or is a simple name. Names in a record are the user's.</summary>
    bool IsOfClass(SyntaxToken token) => token.Parent switch
    {
        MemberDeclarationSyntax declaration => declaration.Parent == _class,
        VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax field } => field.Parent == _class,
        SimpleNameSyntax name => name.Parent switch
        {
            QualifiedNameSyntax qualified => qualified.Left == name,
            MemberAccessExpressionSyntax access => access.Expression == name,
            AliasQualifiedNameSyntax or NameColonSyntax or NameEqualsSyntax => false,
            AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment => assignment.Left != name,
            _ => true,
        } && !name.Ancestors().TakeWhile(ancestor => ancestor != _class).Any(ancestor => ancestor is RecordDeclarationSyntax),
        _ => false,
    };

    IEnumerable<MemberSpec> Describe(MemberDeclarationSyntax member) => member switch
    {
        FieldDeclarationSyntax field => field.Declaration.Variables.Select(variable => Plain(variable.Identifier.ValueText)),
        PropertyDeclarationSyntax property => [Plain(Qualified(property.ExplicitInterfaceSpecifier, property.Identifier.ValueText))],
        ConstructorDeclarationSyntax constructor => [Method(".ctor", null, constructor.ParameterList)],
        MethodDeclarationSyntax method =>
            [Method(Qualified(method.ExplicitInterfaceSpecifier, method.Identifier.ValueText), method.TypeParameterList, method.ParameterList)],
        TypeDeclarationSyntax type =>
            [new(MemberRole.Own, type.Identifier.ValueText, MemberKind.Type, SignatureText.Of(type.TypeParameterList?.Parameters.Count ?? 0, []))],
        _ => throw new InvalidOperationException($"An emitted {member.Kind()} is not known."),
    };

    /// <summary>The methods that a property keeps for itself, also for the accessor that it has not.</summary>
    IEnumerable<MemberSpec> Accessors(MemberDeclarationSyntax member)
    {
        if (member is not PropertyDeclarationSyntax { ExplicitInterfaceSpecifier: null } property)
            yield break;
        var value = SignatureText.Of(SyntaxFactory.Parameter(property.Identifier).WithType(property.Type), [], _network);
        yield return new(MemberRole.Own, "get_" + property.Identifier.ValueText, MemberKind.Method, SignatureText.Of(0, []));
        yield return new(MemberRole.Own, "set_" + property.Identifier.ValueText, MemberKind.Method, SignatureText.Of(0, [value]));
    }

    static MemberSpec Plain(string name) => new(MemberRole.Own, name, MemberKind.Plain);

    MemberSpec Method(string name, TypeParameterListSyntax? typeParameters, ParameterListSyntax parameters)
    {
        var generic = typeParameters is null ? [] : typeParameters.Parameters.Select(parameter => parameter.Identifier.ValueText).ToList();
        var described = parameters.Parameters.Select(parameter => SignatureText.Of(parameter, generic, _network));
        return new(MemberRole.Own, name, MemberKind.Method, SignatureText.Of(generic.Count, described));
    }

    static string Qualified(ExplicitInterfaceSpecifierSyntax? face, string name) =>
        face is null ? name : face.Name.ToString().Replace("global::", "") + "." + name;
}
