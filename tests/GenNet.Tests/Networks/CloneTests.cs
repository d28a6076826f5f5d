using GenNet.Tests.Generation;

namespace GenNet.Tests.Networks;

/// <summary>A clone is a network of its own with equal parameters.</summary>
public sealed class CloneTests
{
    [Fact]
    public void A_clone_computes_the_same_and_goes_its_own_way()
    {
        var network = new NormalizedClassifier(1);
        network.Parameters.Norm(1).RunningMeans.Fill(0.3f);
        network.Parameters.Norm(1).RunningVariances.Fill(2);
        float[] x = [1, -2, 3, 0.5f, 0], expected = new float[3], outputs = new float[3];
        network.Forward(x, expected);

        var clone = network.Clone();
        clone.Forward(x, outputs);
        Assert.Equal(expected, outputs);
        Assert.Equal(network.Hash(), clone.Hash());

        clone.Layer1.Biases.Fill(7);
        clone.Parameters.Norm(1).RunningMeans.Fill(5);
        network.Forward(x, outputs);
        Assert.Equal(expected, outputs);
        Assert.NotEqual(network.Hash(), clone.Hash());

        INetwork any = ((INetwork)network).Clone();
        Assert.IsType<NormalizedClassifier>(any);
        Assert.Equal(network.Hash(), any.Hash());
    }

    /// <summary>Its random weights would cost as much as a step of training.</summary>
    [Fact]
    public void A_clone_allocates_a_network_and_copying_into_one_nothing()
    {
        Regressor network = new(1), other = new(2);
        other.Parameters.CopyFrom(network.Parameters);
        _ = network.Clone();
        var before = GC.GetAllocatedBytesForCurrentThread();
        other.Parameters.CopyFrom(network.Parameters);
        var copied = GC.GetAllocatedBytesForCurrentThread();
        _ = network.Clone();
        Assert.Equal(before, copied);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - copied, 4 * Regressor.ParameterCount, 4 * Regressor.ParameterCount + 4096);
    }

    /// <summary>What the class has of the user's own: constructors of parameters, required members that can be read and that cannot, a base class.</summary>
    [Theory]
    [InlineData("public partial class Net { public Net(ParameterBlock parameters) : this(1) => Parameters.CopyFrom(parameters); public Net(Net net) : this(net.Parameters) { } }", "new Net(new Net(3))")]
    [InlineData("public partial class Net { public required string Name { get; init; } public required int @class; public required int Hidden { init { } } }", "new Net(3) { Name = \"a\", @class = 3, Hidden = 1 }")]
    [InlineData("public class Base { public required string Name { private get; init; } public required object Other { get; set; } } public partial class Net : Base { }", "new Net(3) { Name = \"a\", Other = \"b\" }")]
    [InlineData("public class Base { [System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public Base() => Name = \"a\"; public required string Name { get; init; } } public partial class Net : Base { public required int Own { get; init; } = 3; }", "new Net(3) { Name = \"b\" }")]
    [InlineData("public partial class Net : System.ICloneable { object System.ICloneable.Clone() => Clone(); }", "(Net)((System.ICloneable)new Net(3)).Clone()")]
    public void Members_of_the_users_own_do_not_stand_in_the_way(string declaration, string network)
    {
        using var program = GeneratorHarness.Run($$"""
            #pragma warning disable CS1591
            [Network(2, 1)] public partial class Net;
            {{declaration}}
            public class Program
            {
                public override string ToString()
                {
                    var net = {{network}};
                    var clone = net.Clone();
                    return $"{net.Hash() == clone.Hash()} {net != clone}";
                }
            }
            """).CompileAndLoad();
        Assert.Equal("True True", program.Create<object>("Program").ToString());
    }

    [Fact]
    public void Required_members_have_the_values_of_the_original()
    {
        using var program = GeneratorHarness.Run("""
            #pragma warning disable CS1591
            [Network(2, 1)] public partial class Net { public required string Name { get; init; } public int Count { get; set; } = 5; }
            public class Program
            {
                public override string ToString() => new Net(3) { Name = "a", Count = 7 }.Clone() is var clone ? clone.Name + clone.Count : "";
            }
            """).CompileAndLoad();
        Assert.Equal("a5", program.Create<object>("Program").ToString());
    }
}
