using System.Globalization;
using GenNet.Shared;
using Microsoft.CodeAnalysis;

namespace GenNet.Tests.Generation;

/// <summary>Where and how a network may be declared, and what is said where it may not.</summary>
public class DeclarationTests
{
    const string Two = """
        using GenNet;
        namespace A { [Network(3, 2)] public partial class Net; }
        namespace B { [Network(4, 2)] public partial class Net; [Network(4, 3)] partial class Other; }
        partial class Outer { [Network(5, 2)] partial class Net; }
        [Network(6, 2)] partial class Net;
        """;

    [Theory]
    [InlineData(NullableContextOptions.Enable)]
    [InlineData(NullableContextOptions.Disable)]
    public void Networks_of_one_name_in_several_places_compile_without_a_warning(NullableContextOptions nullable)
    {
        var (compilation, diagnostics, sources) = InMemoryCompiler.Run(InMemoryCompiler.Compilation(Two, nullable));
        Assert.Empty(diagnostics);
        Assert.Empty(compilation.GetDiagnostics());
        Assert.Equal(["A.Net.g.cs", "B.Net.g.cs", "B.Other.g.cs", "Net.g.cs", "Outer+Net.g.cs"], sources.Select(source => source.HintName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Text_does_not_depend_on_the_culture()
    {
        var source = "using GenNet; [Network(1000, 2000, 3)] partial class Net;";
        string Emit() => InMemoryCompiler.Run(InMemoryCompiler.Compilation(source)).Sources.Single().SourceText.ToString();
        var culture = CultureInfo.CurrentCulture;
        var invariant = Emit();
        try
        {
            // As Swedish writes numbers, also where only the invariant culture is installed.
            var swedish = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            swedish.NumberFormat = new NumberFormatInfo { NegativeSign = "−", NumberDecimalSeparator = ",", NumberGroupSeparator = "\u00A0" };
            CultureInfo.CurrentCulture = swedish;
            Assert.Equal(invariant, Emit());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Theory]
    [InlineData("GN0001", "Net", "[Network(3, 2)] class Net;")]
    [InlineData("GN0001", "Outer", "class Outer { [Network(3, 2)] partial class Net; }")]
    [InlineData("GN0002", "Net", "[Network(3, 2)] static partial class Net;")]
    [InlineData("GN0002", "Net", "[Network(3, 2)] abstract partial class Net;")]
    [InlineData("GN0002", "Net", "[Network(3, 2)] partial class Net<T>;")]
    [InlineData("GN0003", "0", "[Network(0, 2)] partial class Net;")]
    [InlineData("GN0003", "-5", "[Network(3, -5)] partial class Net;")]
    [InlineData("GN0003", "70000", "[Network(3)] [Dense(70000)] partial class Net;")]
    [InlineData("GN0004", "Network(60000, 60000)", "[Network(60000, 60000)] partial class Net;")]
    [InlineData("GN0005", "Network(3)", "[Network(3)] partial class Net;")]
    [InlineData("GN0006", "Dense(4)", "[Network(3, 2)] [Dense(4)] partial class Net;")]
    [InlineData("GN0007", "Dense(4)", "[Network(3)] partial class Net; [Dense(4)] partial class Net;")]
    [InlineData("GN0008", "Dense(4, Activation.Softmax)", "[Network(3)] [Dense(4, Activation.Softmax)] [Dense(2)] partial class Net;")]
    [InlineData("GN0009", "Network(3, 2, Output = Activation.Tanh, Loss = Loss.CrossEntropy)", "[Network(3, 2, Output = Activation.Tanh, Loss = Loss.CrossEntropy)] partial class Net;")]
    public void A_mistake_is_one_error_at_its_place(string id, string place, string source)
    {
        var (compilation, diagnostics, sources) = InMemoryCompiler.Run(InMemoryCompiler.Compilation("using GenNet; " + source));
        var diagnostic = Assert.Single(diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(place, compilation.SyntaxTrees.First().GetText().ToString(diagnostic.Location.SourceSpan));
        Assert.Contains("Net", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Empty(sources);
        Assert.Empty(compilation.GetDiagnostics());
    }
}
