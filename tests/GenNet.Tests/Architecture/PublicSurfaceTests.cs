using System.ComponentModel;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using GenNet.Tests.Documentation;

namespace GenNet.Tests.Architecture;

/// <summary>Who writes <c>using GenNet;</c> sees what people use. What emitted code alone calls is in <c>GenNet.Runtime</c>.</summary>
public partial class PublicSurfaceTests
{
    const string Runtime = "GenNet.Runtime";

    const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    static readonly Type[] Types = typeof(Dataset).Assembly.GetExportedTypes();

    [Fact]
    public void Types_that_editors_hide_are_those_of_the_runtime()
    {
        Assert.Equal(Types.Where(type => type.Namespace == Runtime && !type.IsNested), Types.Where(IsHidden));
    }

    /// <summary>Else a type is there for nobody, or for people.</summary>
    [Fact]
    public void Emitted_code_names_each_type_of_the_runtime_or_calls_what_does()
    {
        var emitted = Text("tests/GenNet.Tests", "*.verified.cs") + Text("generator/GenNet.Generator", "*Emitter.cs");
        var named = NameOfRuntime().Matches(emitted).Select(match => match.Groups[1].Value).ToHashSet();
        var runtime = Types.Where(type => type.Namespace == Runtime).ToArray();
        var used = runtime.Where(type => named.Contains(type.Name.Split('`')[0])).SelectMany(type => NamedBy(type).Prepend(type)).ToHashSet();
        Assert.Empty(runtime.Except(used));
        Assert.Empty(named.Except(runtime.Select(type => type.Name.Split('`')[0])));
    }

    [Fact]
    public void No_member_that_editors_show_names_a_type_of_the_runtime()
    {
        var members = Types.Where(type => type.Namespace != Runtime).SelectMany(type => type.GetMembers(All).Where(member => IsVisible(member) && !IsHidden(member)).Append(type));
        Assert.Empty(members.Where(member => Signature(member).Any(type => type.Namespace == Runtime)).Select(member => $"{member.DeclaringType?.Name}.{member}").ToArray());
    }

    /// <summary>The compiler holds the two lists together against the code. Which of them a line is in, it does not care.</summary>
    [Theory]
    [InlineData("PublicAPI.Unshipped.txt", false)]
    [InlineData("PublicAPI.Shipped.txt", false)]
    [InlineData("PublicAPI.Unshipped.Runtime.txt", true)]
    [InlineData("PublicAPI.Shipped.Runtime.txt", true)]
    public void One_list_is_of_what_names_the_runtime_the_other_of_what_people_use(string file, bool namesRuntime)
    {
        var lines = Repository.Read("src/GenNet/" + file).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#');
        Assert.All(lines, line => Assert.Equal(namesRuntime, line.Contains(Runtime + ".", StringComparison.Ordinal)));
    }

    /// <summary>Types that only emitted code calls change with the generator, which is in the library's package.</summary>
    [Theory]
    [InlineData(typeof(GenNet.Onnx.OnnxFile))]
    [InlineData(typeof(GenNet.Images.ImageFolder))]
    [InlineData(typeof(GenNet.Agents.ActionSpace))]
    [InlineData(typeof(GenNet.Mpi.MpiWorld))]
    public void No_other_package_names_the_runtime(Type member)
    {
        ArgumentNullException.ThrowIfNull(member);
        using var file = new PEReader(File.OpenRead(member.Assembly.Location));
        var metadata = file.GetMetadataReader();
        var named = metadata.TypeReferences.Select(metadata.GetTypeReference).Select(type => metadata.GetString(type.Namespace)).ToArray();
        Assert.Contains("GenNet", named);
        Assert.DoesNotContain(Runtime, named);
    }

    static string Text(string folder, string pattern) => string.Concat(Repository.Files(folder, pattern).Select(path => Repository.Read(folder + "/" + path)));

    /// <summary>Bases, and what members take and give.</summary>
    static IEnumerable<Type> NamedBy(Type type) => type.GetMembers(All).Where(IsVisible).Append(type).SelectMany(Signature);

    /// <summary>Accessors are as hidden as their property.</summary>
    static bool IsHidden(MemberInfo member) => member is MethodInfo { IsSpecialName: true } || member.GetCustomAttribute<EditorBrowsableAttribute>(inherit: false)?.State == EditorBrowsableState.Never;

    static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible),
        EventInfo @event => IsVisible(@event.AddMethod!),
        _ => false,
    };

    static IEnumerable<Type> Signature(MemberInfo member) => (member switch
    {
        Type type => [.. type.GetInterfaces(), .. Constraints(type.GetGenericArguments()), .. type.BaseType is { } parent ? [parent] : Type.EmptyTypes],
        MethodInfo method => [method.ReturnType, .. method.GetParameters().Select(parameter => parameter.ParameterType), .. Constraints(method.GetGenericArguments())],
        ConstructorInfo constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType),
        FieldInfo field => [field.FieldType],
        PropertyInfo property => [property.PropertyType],
        _ => Type.EmptyTypes,
    }).SelectMany(Parts);

    static IEnumerable<Type> Constraints(Type[] arguments) => arguments.Where(argument => argument.IsGenericParameter).SelectMany(argument => argument.GetGenericParameterConstraints());

    /// <summary>A type, and those of which it is made.</summary>
    static IEnumerable<Type> Parts(Type type) => type switch
    {
        { HasElementType: true } => Parts(type.GetElementType()!),
        { IsConstructedGenericType: true } => type.GetGenericArguments().SelectMany(Parts).Prepend(type.GetGenericTypeDefinition()),
        _ => [type],
    };

    [GeneratedRegex(@"(?:\bRuntime::|\bGenNet\.Runtime\.|""Runtime\.)(\w+)")]
    private static partial Regex NameOfRuntime();
}
