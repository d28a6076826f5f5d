using GenNet.Activations;
using GenNet.Losses;
using GenNet.Shared;
using GenNet.Simd;
using GenNet.Testing;
using GenNet.Tests.Layers;
using GenNet.Tests.Reference;

namespace GenNet.Tests.Networks;

/// <summary>The checks that users run on networks with parts of their own: they pass for right ones and name what is wrong of others.</summary>
public sealed class NetworkCheckTests
{
    [Theory]
    [MemberData(nameof(LayerReference.Names), MemberType = typeof(LayerReference))]
    public void Every_kind_of_layer_passes(string name)
    {
        var source = $"using GenNet;\n/// <summary>A test's network.</summary>\n{LayerReference.Load(name).Source}\npublic partial class {name};\n";
        var network = InMemoryCompiler.Create(InMemoryCompiler.Load(source), name, seed: 3);
        var hash = network.Hash();
        NetworkCheck.All(network);
        Assert.Equal(hash, network.Hash());
    }

    [Fact]
    public void Dropout_and_parts_of_the_user_s_own_pass()
    {
        NetworkCheck.All(new Dropped(2));
        NetworkCheck.All(new RightParts(1));
        FunctionCheck.Activation<Right>();
        FunctionCheck.Loss<RightLoss>();
    }

    /// <summary>Where all that a convolution reads is zero, and so is its bias, a rectifier behind it stands on its kink.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Units_that_begin_on_a_kink_pass(ulong seed) => NetworkCheck.All(new OnKinks(1), seed);

    [Fact]
    public void A_tensor_is_judged_where_the_others_are_as_they_were() => NetworkCheck.Gradients(new Sensitive(7));

    [Fact]
    public void Built_in_functions_pass()
    {
        FunctionCheck.Activation<Identity>();
        FunctionCheck.Activation<Sigmoid>();
        FunctionCheck.Activation<Tanh>();
        FunctionCheck.Activation<ReLU>();
        FunctionCheck.Activation<LeakyReLU>();
        FunctionCheck.Activation<ELU>();
        FunctionCheck.Activation<GELU>();
        FunctionCheck.Activation<SiLU>();
        FunctionCheck.Activation<Softplus>();
        FunctionCheck.Activation<HardSigmoid>();
        FunctionCheck.Activation<HardTanh>();
        FunctionCheck.Loss<MeanSquaredError>();
        FunctionCheck.Loss<MeanAbsoluteError>();
        FunctionCheck.Loss<Huber>();
    }

    [Fact]
    public void A_derivative_of_the_wrong_sign_is_found()
    {
        Assert.Contains("but its derivative there says", Assert.Throws<NetworkCheckException>(() => FunctionCheck.Activation<WrongSign>()).Message, StringComparison.Ordinal);
        Assert.Contains("WrongParts", Assert.Throws<NetworkCheckException>(() => NetworkCheck.Gradients(new WrongParts(1))).Message, StringComparison.Ordinal);
        Assert.Throws<NetworkCheckException>(() => FunctionCheck.Loss<ZeroDerivative>());
    }

    [Fact]
    public void Bits_that_depend_on_the_width_are_found() =>
        Assert.Contains("with wider ones", Assert.Throws<NetworkCheckException>(() => FunctionCheck.Activation<WidthDependent>()).Message, StringComparison.Ordinal);

}

/// <summary>Rectified zeros side by side, of which a rectified layer makes sums.</summary>
[Network]
[Image(12, 9, 2)]
[Conv2D(4, 3, Activation.ReLU, Stride = 2, Padding = Padding.Same)]
[BatchNorm(Activation.ReLU)]
[DepthwiseConv2D(3, PaddingSize = 1)]
[Residual(1, Activation.ReLU)]
[Flatten]
[Dense(5, Activation.Softmax)]
sealed partial class OnKinks;

/// <summary>Gradients that change much where a weight is moved a little.</summary>
[Network]
[Sequence(33, 16)]
[Dropout(0)]
[Dropout(0)]
[BatchNorm(Activation.Softplus)]
[BatchNorm(Activation.Softplus)]
[Flatten]
[Dense(3, Activation.Sigmoid)]
[Dense(2)]
sealed partial class Sensitive;

/// <summary>z³/8: a right activation.</summary>
readonly struct Right : IActivation
{
    public static bool DerivativeNeedsPreactivation => true;
    public static Initializer DefaultInitializer => Initializer.GlorotUniform;
    public static V Apply<V>(V z) where V : struct, ISimd<V> => z * z * z * V.Splat(0.125f);
    public static V Derivative<V>(V a, V z) where V : struct, ISimd<V> => V.Splat(0.375f) * z * z;
}

readonly struct WrongSign : IActivation
{
    public static bool DerivativeNeedsPreactivation => true;
    public static Initializer DefaultInitializer => Initializer.GlorotUniform;
    public static V Apply<V>(V z) where V : struct, ISimd<V> => Right.Apply(z);
    public static V Derivative<V>(V a, V z) where V : struct, ISimd<V> => -Right.Derivative(a, z);
}

readonly struct WidthDependent : IActivation
{
    public static bool DerivativeNeedsPreactivation => true;
    public static Initializer DefaultInitializer => Initializer.GlorotUniform;
    public static V Apply<V>(V z) where V : struct, ISimd<V> => z * V.Splat(1 + V.Count * 1e-6f);
    public static V Derivative<V>(V a, V z) where V : struct, ISimd<V> => V.Splat(1);
}

/// <summary>(a − y)⁴/4: a right loss.</summary>
readonly struct RightLoss : ILoss
{
    public static V Value<V>(V a, V y) where V : struct, ISimd<V> => (a - y) * (a - y) * (a - y) * (a - y) * V.Splat(0.25f);
    public static V Derivative<V>(V a, V y) where V : struct, ISimd<V> => (a - y) * (a - y) * (a - y);
}

readonly struct ZeroDerivative : ILoss
{
    public static V Value<V>(V a, V y) where V : struct, ISimd<V> => RightLoss.Value(a, y);
    public static V Derivative<V>(V a, V y) where V : struct, ISimd<V> => V.Zero;
}

[Network(4, LossType = typeof(RightLoss))]
[Dense(20, typeof(Right))]
[Dense(3)]
sealed partial class RightParts;

[Network(4, LossType = typeof(RightLoss))]
[Dense(20, typeof(WrongSign))]
[Dense(3)]
sealed partial class WrongParts;
