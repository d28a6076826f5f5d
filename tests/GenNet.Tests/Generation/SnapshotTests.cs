using GenNet.Shared;

namespace GenNet.Tests.Generation;

/// <summary>The emitted code of networks that between them show every way in which a network is declared and computed.</summary>
public class SnapshotTests
{
    [Fact]
    public void Wide_classifier() => Verify("""
        using GenNet;
        namespace Samples;
        [Network(784, 128, 64, 10, Hidden = Activation.ReLU, Output = Activation.Softmax)]
        public sealed partial class FashionNet;
        """);

    [Fact]
    public void Small_controller() => Verify("""
        using GenNet;
        namespace Samples;
        [Network(4, 16, 16, 2, Hidden = Activation.Tanh)]
        public sealed partial class Controller;
        """);

    [Fact]
    public void Single_layer() => Verify("""
        using GenNet;
        [Network(3, 1, Output = Activation.Sigmoid)]
        partial class Neuron { }
        """);

    [Fact]
    public void Layer_by_layer() => Verify("""
        using GenNet;
        namespace Samples.Mixed;
        [Network(17, Loss = Loss.Huber, Init = Initializer.LeCunNormal)]
        [Dense(40, Activation.GELU)]
        [Dense(33, Activation.SiLU, Init = Initializer.Orthogonal)]
        [Dense(5, Activation.HardTanh)]
        internal partial class Mixed;
        """);

    [Fact]
    public void Nested() => Verify("""
        using GenNet;
        namespace Samples
        {
            partial struct Outer
            {
                internal partial class Inner
                {
                    [Network(2, 8, 1, Hidden = Activation.Sigmoid, Output = Activation.Sigmoid)]
                    private partial class Xor;
                }
            }
        }
        """);

    [Fact]
    public void Softmax_with_another_loss() => Verify("""
        using GenNet;
        [Network(6, 9, 7, Output = Activation.Softmax, Loss = Loss.MeanSquaredError)]
        public partial class Shares;
        """);

    [Fact]
    public void Logits() => Verify("""
        using GenNet;
        [Network(6, 20, Loss = Loss.CrossEntropy)]
        public partial class Logits;
        """);

    [Fact]
    public void Debug_build() => Verify("""
        using GenNet;
        [Network(4, 16, 16, 2, Hidden = Activation.Tanh)]
        public sealed partial class Controller;
        """, Microsoft.CodeAnalysis.OptimizationLevel.Debug);

    [Fact]
    public void Keywords_as_names() => Verify("""
        using GenNet;
        namespace @class.@event;
        [Network(2, 2)]
        partial class @new;
        """);

    [Fact]
    public void Partly_unrolled() => Verify("""
        using GenNet;
        [Network(8, 100, 12, 3, Hidden = Activation.ELU, Output = Activation.Softmax)]
        public partial class PartlyUnrolled;
        """);

    static void Verify(string source, Microsoft.CodeAnalysis.OptimizationLevel optimization = Microsoft.CodeAnalysis.OptimizationLevel.Release, [System.Runtime.CompilerServices.CallerMemberName] string method = "")
    {
        var (compilation, diagnostics, sources) = InMemoryCompiler.Run(InMemoryCompiler.Compilation(source, optimization: optimization));
        Assert.Empty(diagnostics);
        Assert.Empty(compilation.GetDiagnostics());
        var emitted = Assert.Single(sources);
        Snapshot.Verify(emitted.HintName, emitted.SourceText.ToString(), method: method);
    }
}
