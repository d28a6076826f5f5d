using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace GenNet.Tests.Generation;

/// <summary>The emitted code of networks that between them show every way in which a network is declared and computed.</summary>
public class SnapshotTests
{
    [Fact]
    public void Wide_classifier() => Verify("""
        namespace Samples;
        [Network(784, 128, 64, 10, Hidden = Activation.ReLU, Output = Activation.Softmax)]
        public sealed partial class FashionNet;
        """);

    [Fact]
    public void Small_controller() => Verify("""
        namespace Samples;
        [Network(4, 16, 16, 2, Hidden = Activation.Tanh)]
        public sealed partial class Controller;
        """);

    [Fact]
    public void Images() => Verify("""
        namespace Samples;
        [Network]
        [Image(12, 12)]
        [Conv2D(6, 5, Activation.ReLU, Padding = Padding.Same)]
        [MaxPool2D(2)]
        [Conv2D(16, 3)]
        [BatchNorm(Activation.ReLU)]
        [AveragePool2D(2)]
        [Flatten]
        [Dense(10, Activation.Softmax)]
        public sealed partial class DigitNet;
        """);

    [Fact]
    public void Larger_images() => Verify("""
        namespace Samples;
        [Network]
        [Image(3, 4, 2)]
        [ZeroPadding2D(1, 0, 2, 0)]
        [Conv2DTranspose(6, 3, Activation.ReLU, Stride = 2, PaddingSize = 1, OutputPadding = 1)]
        [UpSampling2D(2)]
        [UpSampling2D(1, 3, Interpolation = Interpolation.Bilinear)]
        [Flatten]
        [Dense(2)]
        public sealed partial class LargerNet;
        """);

    [Fact]
    public void Single_layer() => Verify("""
        [Network(3, 1, Output = Activation.Sigmoid)]
        partial class Neuron { }
        """);

    [Fact]
    public void Layer_by_layer() => Verify("""
        namespace Samples.Mixed;
        [Network(17, Loss = Loss.Huber, Init = Initializer.LeCunNormal)]
        [Dense(40, Activation.GELU)]
        [Dense(33, Activation.SiLU, Init = Initializer.Orthogonal)]
        [Dense(5, Activation.HardTanh)]
        internal partial class Mixed;
        """);

    [Fact]
    public void Nested() => Verify("""
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
        [Network(6, 9, 7, Output = Activation.Softmax, Loss = Loss.MeanSquaredError)]
        public partial class Shares;
        """);

    [Fact]
    public void Logits() => Verify("""
        [Network(6, 20, Loss = Loss.CrossEntropy)]
        public partial class Logits;
        """);

    [Fact]
    public void Debug_build() => Verify("""
        [Network(4, 16, 16, 2, Hidden = Activation.Tanh)]
        public sealed partial class Controller;
        """, OptimizationLevel.Debug);

    [Fact]
    public void Keywords_as_names() => Verify("""
        namespace @class.@event;
        [Network(2, 2)]
        partial class @new;
        """);

    [Fact]
    public void Partly_unrolled() => Verify("""
        [Network(8, 100, 12, 3, Hidden = Activation.ELU, Output = Activation.Softmax)]
        public partial class PartlyUnrolled;
        """);

    [Fact]
    public void Every_kind_of_layer() => Verify("""
        namespace Samples
        {
            [Network(6, LossType = typeof(Quartic))]
            [Dropout(0.1)]
            [Dense(12)]
            [BatchNorm(Activation.ReLU)]
            [Dense(12, typeof(Cube))]
            [LayerNorm]
            [Residual(2, Activation.Tanh)]
            [BatchNorm(Momentum = 0.2, Epsilon = 0.001)]
            [Dense(2)]
            public sealed partial class Deep;

            readonly struct Cube : GenNet.Activations.IActivation
            {
                public static bool DerivativeNeedsPreactivation => true;
                public static Initializer DefaultInitializer => Initializer.HeNormal;
                public static V Apply<V>(V z) where V : struct, GenNet.Simd.ISimd<V> => z * z * z;
                public static V Derivative<V>(V a, V z) where V : struct, GenNet.Simd.ISimd<V> => V.Splat(3) * z * z;
            }

            readonly struct Quartic : GenNet.Losses.ILoss
            {
                public static V Value<V>(V a, V y) where V : struct, GenNet.Simd.ISimd<V> => (a - y) * (a - y) * (a - y) * (a - y);
                public static V Derivative<V>(V a, V y) where V : struct, GenNet.Simd.ISimd<V> => V.Splat(4) * (a - y) * (a - y) * (a - y);
            }
        }
        """);

    [Fact]
    public void Sequence() => Verify("""
        [Network]
        [Sequence(5, 3)]
        [LayerNorm]
        [Dense(8)]
        [BatchNorm(Activation.ReLU)]
        [Dropout(0.1)]
        [Dense(8, Activation.Tanh)]
        [Residual(1)]
        [Flatten]
        [Dense(2)]
        public sealed partial class Gestures;
        """);

    [Fact]
    public void Residual_from_the_inputs() => Verify("""
        [Network(5)]
        [LayerNorm]
        [Dense(5)]
        [Residual(2)]
        [Dropout(0.5)]
        [Dense(2, Activation.Softmax)]
        public partial class Short;
        """);

    [Fact]
    public void Residual_with_projections() => Verify("""
        [Network(5)]
        [Dense(8, Activation.Tanh)]
        [Residual(1, Projection = true)]
        [Dense(3)]
        [Residual(3, Activation.ReLU, Projection = true)]
        public partial class Wider;
        """);

    [Fact]
    public void Residual_with_a_convolution() => Verify("""
        [Network]
        [Image(7, 6, 3)]
        [Conv2D(4, 3, Activation.ReLU)]
        [Conv2D(8, 3, Stride = 2, Padding = Padding.Same)]
        [BatchNorm(Activation.ReLU)]
        [Conv2D(8, 3, Padding = Padding.Same)]
        [BatchNorm]
        [Residual(4, Activation.ReLU, Projection = true)]
        [GlobalAveragePool2D]
        [Dense(2, Activation.Softmax)]
        public sealed partial class Smaller;
        """);

    [Fact]
    public void Classes_of_steps() => Verify("""
        namespace Samples;
        [Network]
        [Sequence(16, 3)]
        [GRU(8)]
        [Dense(4, Activation.Softmax)]
        [Flatten]
        public sealed partial class TagNet;
        """);

    [Fact]
    public void Along_steps() => Verify("""
        namespace Samples;
        [Network]
        [Sequence(64, 3)]
        [Conv1D(16, 5, Activation.ReLU)]
        [MaxPool1D(2)]
        [Conv1D(8, 3, Stride = 2, Dilation = 2, Padding = Padding.Same)]
        [AveragePool1D(3, Stride = 1, PaddingSize = 1)]
        [Flatten]
        [Dense(4, Activation.Softmax)]
        public sealed partial class WaveNet;
        """);

    [Fact]
    public void Step_by_step() => Verify("""
        namespace Samples;
        [Network]
        [Sequence(64, 3)]
        [SimpleRNN(8, Nonlinearity = Nonlinearity.ReLU)]
        [LSTM(16)]
        [GRU(20)]
        [LastStep]
        [Dense(4, Activation.Softmax)]
        public sealed partial class GestureNet;
        """);

    [Fact]
    public void Windows_of_a_stream() => Verify("""
        namespace Samples;
        [Network]
        [Sequence(64, 3)]
        [Conv1D(16, 5, Activation.ReLU, Causal = true)]
        [Conv1D(16, 4, Groups = 16)]
        [Conv1D(32, 1, Activation.ReLU)]
        [MaxPool1D(2)]
        [Conv1D(6, 3, Activation.Tanh)]
        [LastStep]
        [Dense(4, Activation.Softmax)]
        public sealed partial class WakeNet;
        """);

    [Fact]
    public void Tokens() => Verify("""
        namespace Samples;
        [Network]
        [Sequence(32, 3)]
        [Embedding(500, 16, Feature = 1)]
        [GRU(20, ResetAfter = false, RecurrentDropout = 0.2)]
        [LastStep]
        [Dense(4, Activation.Softmax)]
        public sealed partial class TokenNet;
        """);

    [Fact]
    public void Watched() => Verify("""
        [Network(6, Health = true)]
        [Dense(12)]
        [BatchNorm(Activation.ReLU)]
        [Dense(2, Activation.Softmax)]
        public partial class Watched;
        """);

    [Fact]
    public void Several_heads() => Verify("""
        namespace Samples;
        [Network(8)]
        [Dense(64, Activation.Tanh)]
        [Dense(32, Activation.Tanh)]
        [Head("Policy")]
        [Dense(4, Activation.Softmax)]
        [Head("Value", Loss = Loss.Huber, Weight = 0.5)]
        [Dense(16, Activation.Tanh)]
        [Dense(1)]
        public sealed partial class ActorCritic;
        """);

    /// <summary>What nobody would write, in any of the accepted files.</summary>
    [Theory]
    [InlineData(@"\n\n\n")]
    [InlineData(@"[{\[]\n\n")]
    [InlineData(@"\n\n *[}\]]")]
    [InlineData(@"[^0-9]0 \+ j")]
    [InlineData(@"Add\(ref \w+, 0\)")]
    [InlineData(@" \n")]
    [InlineData(@"(?<!using \w+ = )global::(GenNet|System)\.")]
    public void Nothing_is_written_that_says_nothing(string pattern)
    {
        var files = Directory.GetFiles(TestsFolder(), "*.verified.cs", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.DoesNotMatch(pattern, File.ReadAllText(file).ReplaceLineEndings("\n")));
    }

    static string TestsFolder([CallerFilePath] string thisFile = "") => Path.Combine(Path.GetDirectoryName(thisFile)!, "..");

    static void Verify(string source, OptimizationLevel optimization = OptimizationLevel.Release, [CallerMemberName] string method = "") =>
        Snapshot.Verify(GeneratorHarness.Run(GeneratorHarness.CreateCompilation([source], optimization: optimization)).Compiles().Sources, method: method);
}
