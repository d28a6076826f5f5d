using GenNet.Tests.Generation;

namespace GenNet.Tests.Diagnostics;

/// <summary>A length that fits, or that nobody can know, is let pass. The programs of GN0018 to GN0020 have those that are refused.</summary>
public class LengthTests
{
    [Theory]
    [InlineData("net.Forward(new float[784], stackalloc float[10]);")]
    [InlineData("net.Forward(new float[Net.InputSize], stackalloc float[Net.OutputSize]);")]
    [InlineData("net.Forward(new float[n], y);")]
    [InlineData("net.Forward(many, y[..10]);")]
    [InlineData("net.Forward(many.AsSpan(1, 784), y.Slice(n));")]
    [InlineData("net.Forward(many.AsSpan(n)[..784], y[^10..]);")]
    [InlineData("net.Forward([.. many, 2], y);")]
    [InlineData("var a = new float[783]; a = new float[784]; net.Forward(a, y);")]
    [InlineData("var a = new float[783]; Resize(ref a); net.Forward(a, y);")]
    [InlineData("var (a, b) = (new float[783], 1); (a, b) = (many, 2); net.Forward(a, y);")]
    [InlineData("var a = new float[783]; ref var b = ref a; b = many; net.Forward(a, y);")]
    [InlineData("net.Forward(Assigned, y);")]
    [InlineData("net.Forward(Late, y);")]
    [InlineData("net.Forward(Endless, y);")]
    [InlineData("Net.InputArray x = default; x[3] = 1; net.Forward(x, y); Net.OutputArray z = net.Forward(x); y[0] = z[9];")]
    [InlineData("net.ForwardBatch(new float[2 * 784], new float[20]);")]
    [InlineData("net.ForwardBatch(many, new float[20]);")]
    [InlineData("net.ForwardBatch([], []);")]
    [InlineData("net.CreateTrainer(new Sgd(0.1), 8).Step(new float[2 * 784], new[] { 1, 2 });")]
    [InlineData("any.Forward(new float[3], y);")]
    [InlineData("any = net; any.Forward(new float[3], y);")]
    [InlineData("((INetwork)other).Forward(new float[3], y);")]
    [InlineData("trainer.Step(new float[3], new int[1]);")]
    [InlineData("new Custom().Forward(new float[3], y);")]
    [InlineData("net.Forward(new float[3], y, 1);")]
    [InlineData("net.Forward(new double[3], new double[3]);")]
    [InlineData("net.ForwardBatch(new double[3], new double[3]);")]
    [InlineData("net.Step(new float[3], y);")]
    [InlineData("net.CreateTrainer(new Sgd(0.1), 8).Step(new Padded(), many);")]
    [InlineData("net.CreateTrainer(new Sgd(0.1), 8).Step(new float[784], new int[1], []);")]
    [InlineData("net.Forward(MemoryExtensions.AsSpan(new float[787], 3), y);")]
    [InlineData("net.Forward((Padded)new float[5], y);")]
    [InlineData("Padded p = new float[5]; net.Forward(p, y);")]
    [InlineData("Padded p = [1, 2]; net.Forward(p, y);")]
    [InlineData("Padded p = default(Small); net.Forward(p, y);")]
    [InlineData("net.Forward((float[])(Padded)new float[5], y);")]
    [InlineData("var a = new float[783]; (a) = new float[784]; net.Forward(a, y);")]
    [InlineData("var a = new float[783]; Resize(ref (a)); net.Forward(a, y);")]
    [InlineData("var a = new float[783]; ((a), _) = (many, 2); net.Forward(a, y);")]
    [InlineData("Span<float> a = new float[783]; a.Widen(); net.Forward(a, y);")]
    [InlineData("net.Forward(Filled, y);")]
    [InlineData("net.CreateTrainer(new Sgd(0.1), 8).Step(new float[784], new float[3], static (state, outputs, gradients) => 1);")]
    [InlineData("net.CreateTrainer(new Sgd(0.1), 8).Step(new float[784], new[] { 1, 2, 3 }, static (state, outputs, gradients) => 1);")]
    [InlineData("net.CreateTrainer(new Sgd(0.1), 8).Forward(new float[3 * 784]);")]
    [InlineData("net.CreateTrainer(new Sgd(0.1), 8).Backward(new float[30]);")]
    public void What_may_be_right_is_let_pass(string statement) => GeneratorHarness.Run($$"""
        [Network(784, 10)] partial class Net
        {
            public void Forward(ReadOnlySpan<float> input, Span<float> output, int own) { }
            public void Forward(double[] input, double[] output) { }
            public void ForwardBatch(double[] inputs, double[] outputs) { }
            public void Step(ReadOnlySpan<float> inputs, Span<float> outputs) { }
        }

        [Network(784, 10)] partial class Other;

        class Derived() : Other(1), INetwork
        {
            void INetwork.Forward(ReadOnlySpan<float> input, Span<float> output) { }
        }

        [System.Runtime.CompilerServices.CollectionBuilder(typeof(Padded), "Create")]
        class Padded
        {
            public static Padded Create(ReadOnlySpan<float> values) => new();
            public System.Collections.Generic.IEnumerator<float> GetEnumerator() => throw new NotSupportedException();
            public static implicit operator Padded(float[] values) => new();
            public static implicit operator ReadOnlySpan<float>(Padded padded) => new float[784];
            public static explicit operator float[](Padded padded) => new float[784];
        }

        [System.Runtime.CompilerServices.InlineArray(3)]
        struct Small
        {
            float _first;

            public static implicit operator Padded(Small small) => new();
            public float First => _first;
        }

        static class Extensions
        {
            public static void Widen(this ref Span<float> span) => span = new float[784];
            public static float Step(this Net.Trainer<Sgd> trainer, Padded inputs, float[] targets) => 0;
        }

        class Custom
        {
            public void Forward(ReadOnlySpan<float> input, Span<float> output) => input.CopyTo(output);
        }

        class Program
        {
            static float[] Assigned = new float[3];
            static readonly float[] Late = new float[3];
            static float[] Filled { get; } = null!;

            static Program() => Late = new float[784];

            static ReadOnlySpan<float> Endless => Endless;

            static void Resize(ref float[] array) => Assigned = array = new float[784];

            static void Run(Net net, Other other, INetwork any, Trainer trainer, Span<float> y, float[] many, int n)
            {
                {{statement}}
            }
        }
        """).Compiles();
}
