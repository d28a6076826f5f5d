using System.Text.RegularExpressions;
using GenNet.Activations;
using GenNet.Generator.Emission;
using GenNet.Onnx;
using GenNet.Tests.Documentation;
using GenNet.Tests.Generation;

namespace GenNet.Tests.Architecture;

/// <summary>Who adds an activation is told here what it still lacks.</summary>
public class ActivationTests
{
    public static TheoryData<Activation> All => new(Enum.GetValues<Activation>());

    /// <summary>Softmax is none of single values: the library computes it over a row.</summary>
    [Fact]
    public void Each_member_of_the_enum_is_a_struct_of_that_name_and_each_struct_a_member()
    {
        var structs = typeof(IActivation).Assembly.GetExportedTypes().Where(type => type.IsValueType && typeof(IActivation).IsAssignableFrom(type)).ToArray();
        Assert.All(structs, type => Assert.Equal(typeof(IActivation).Namespace, type.Namespace));
        Assert.Equal(Enum.GetNames<Activation>().Order(), structs.Select(type => type.Name).Append(nameof(Activation.Softmax)).Order());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_generator_emits_code_that_computes_it(Activation activation)
    {
        var hidden = activation == Activation.Softmax ? Activation.Tanh : activation;
        var source = GeneratorHarness.Run($"[Network(3)] [Dense(40, Activation.{hidden})] [Dense(4, Activation.{activation})] partial class Net;").Compiles().Sources["Net.g.cs"];
        Assert.Contains($"Activations::{hidden}.", source, StringComparison.Ordinal);
        Assert.Contains($"GenNet::Activation.{activation})", source, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void It_has_its_row_in_the_docs(Activation activation)
    {
        Assert.Matches($@"(?m)^\| `{activation}` \| [^|]+ \| [^|]+ \|$", Repository.Read("docs/networks.md"));
        Assert.Matches($@"(?m)^\| ([^|]*, )?{Regex.Escape(Text.Words(activation.ToString()))}(, [^|]*)? \| [^|]+ \|$", Repository.Read("docs/onnx.md"));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Onnx_gives_it_back(Activation activation)
    {
        var architecture = new ArchitectureBuilder(3).Dense(5, Activation.Tanh).Dense(4, activation).Build("Net", "");
        var path = Path.GetTempFileName();
        try
        {
            OnnxFile.Save(architecture, new ParameterBlock(architecture), path);
            Assert.Equal(activation, OnnxFile.Read(path).Architecture.Layers[1].Activation.BuiltIn);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
