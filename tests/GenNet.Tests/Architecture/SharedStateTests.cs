using System.Reflection;
using System.Runtime.CompilerServices;

namespace GenNet.Tests.Architecture;

/// <summary>Files that are compiled into several packages: what they keep for the whole process would be there once for each package.</summary>
public class SharedStateTests
{
    static readonly Assembly[] Packages = [typeof(INetwork).Assembly, typeof(GenNet.Agents.Ppo<>).Assembly, typeof(GenNet.Mpi.Mpi).Assembly, typeof(GenNet.Onnx.OnnxFile).Assembly, typeof(GenNet.Images.ImageFolder).Assembly];

    [Fact]
    public void What_changes_for_a_whole_process_is_in_one_package() => Assert.Empty(Twice(Packages.SelectMany(package => package.GetTypes())));

    /// <summary>Names of types that are there more than once, and have fields of the type itself that change.</summary>
    static IEnumerable<string> Twice(IEnumerable<Type> types) =>
        from type in types
        where type.Namespace?.StartsWith("GenNet", StringComparison.Ordinal) == true && !type.IsDefined(typeof(CompilerGeneratedAttribute))
        where type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Any(field => !field.IsInitOnly && !field.IsLiteral)
        group type by type.FullName into named
        where named.Count() > 1
        select named.Key;
}
