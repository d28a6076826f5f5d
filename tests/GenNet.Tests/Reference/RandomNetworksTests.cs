using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GenNet.Tests.Reference;

public class RandomNetworksTests
{
    const int Count = 150;

    static readonly NetworkCase[] Cases = Enumerable.Range(0, Count).Select(seed => RandomNetworks.Create((ulong)seed)).ToArray();

    [Fact]
    public void Networks_differ_in_everything()
    {
        Assert.Equal(Enum.GetValues<Activation>(), Cases.SelectMany(network => network.Activations).Distinct().Order());
        Assert.Equal(Enum.GetValues<Loss>(), Cases.Select(network => network.Loss).Distinct().Order());
        Assert.Equal([1, 2, 3, 4, 5], Cases.Select(network => network.Activations.Length).Distinct().Order());
        Assert.Subset(Cases.SelectMany(network => network.Sizes).ToHashSet(), (HashSet<int>)[1, 2, 3, 5, 7, 15, 16, 17, 31, 32, 33, 47, 48, 64, 65]);
        Assert.Subset(Cases.Select(network => network.Samples).ToHashSet(), (HashSet<int>)[1, 16, 17, 65]);
        Assert.All(Cases, network => Assert.DoesNotContain(Activation.Softmax, network.Activations.SkipLast(1)));
        Assert.Contains(Cases, network => network.Labels is null);
        Assert.Contains(Cases, network => network.Labels is not null);
    }

    [Fact]
    public void A_seed_gives_the_same_network_again()
    {
        var again = RandomNetworks.Create(3);
        Assert.Equal(Cases[3].Sizes, again.Sizes);
        Assert.Equal(Cases[3].Weights, again.Weights);
        Assert.Equal(Cases[3].Inputs, again.Inputs);
    }

    [Fact]
    public void Networks_learn_without_overflow()
    {
        foreach (var data in Cases.Take(30))
            Assert.All(data.Train(data.CreateNetwork(), steps: 3), loss => Assert.True(double.IsFinite(loss), $"{data.Name}: loss {loss}"));
    }

    [Fact]
    public void Rounding_of_the_weights_changes_no_gradient_by_a_jump()
    {
        var random = new RandomStream(1);
        foreach (var data in Cases)
        {
            var network = data.CreateNetwork();
            var (_, exact) = network.LossAndGradients(data.InputRows, data.TargetRows);
            foreach (var tensor in network.Parameters.Tensors)
                for (var i = 0; i < tensor.Length; i++)
                    tensor[i] *= 1 + 1e-6 * (random.NextDouble() - 0.5);
            var (_, rounded) = network.LossAndGradients(data.InputRows, data.TargetRows);
            foreach (var (expected, actual) in exact.Tensors.Zip(rounded.Tensors))
                Close.AssertEqual($"gradient of {data.Name}", expected, actual, 2e-4);
        }
    }

    [Fact]
    public void Samples_stay_away_from_kinks()
    {
        const double Margin = 0.1;
        var data = RandomNetworks.Create("Kinks", [3, 7, 5, 4, 3], [Activation.HardSigmoid, Activation.HardTanh, Activation.ReLU, Activation.Identity],
            Loss.MeanAbsoluteError, new(OptimizerKind.Sgd, 0), samples: 70, seed: 1, Margin);
        var network = data.CreateNetwork();
        foreach (var (x, y) in data.InputRows.Zip(data.TargetRows))
        {
            network.Forward(x);
            Assert.All(network.Z[0], z => Assert.False(Math.Abs(Math.Abs(z) - 3) < Margin));
            Assert.All(network.Z[1], z => Assert.False(Math.Abs(Math.Abs(z) - 1) < Margin));
            Assert.All(network.Z[2], z => Assert.False(Math.Abs(z) < Margin));
            Assert.All(network.A[3].Zip(y), pair => Assert.False(Math.Abs(pair.First - pair.Second) < Margin));
        }
    }

    [Fact]
    public void Declarations_compile_and_say_what_the_case_says()
    {
        foreach (var batch in new[] { Cases, TorchReference.All() })
        {
            var compilation = Compile(string.Concat(batch.Select(data => data.ToSource(data.Name))));
            Assert.Empty(compilation.GetDiagnostics());
            foreach (var data in batch)
            {
                var attributes = compilation.GetTypeByMetadataName(data.Name)!.GetAttributes();
                Assert.Equal(data.Sizes[0], attributes[0].ConstructorArguments[0].Value);
                Assert.Equal((int)data.Loss, attributes[0].NamedArguments.Select(argument => argument.Value.Value).SingleOrDefault(0));
                Assert.Equal(data.Sizes.Skip(1), attributes.Skip(1).Select(dense => (int)dense.ConstructorArguments[0].Value!));
                Assert.Equal(data.Activations, attributes.Skip(1).Select(dense => (Activation)dense.ConstructorArguments[1].Value!));
            }
        }
    }

    static CSharpCompilation Compile(string source)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
        return CSharpCompilation.Create(
            "Declarations",
            [CSharpSyntaxTree.ParseText("using GenNet;\n" + source)],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
    }
}
