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
    [InlineData("((INetwork)net).Forward(new float[3], y);")]
    [InlineData("Trainer trainer = net.CreateTrainer(new Sgd(0.1), 8); trainer.Step(new float[3], new int[1]);")]
    [InlineData("new Custom().Forward(new float[3], y);")]
    public void What_may_be_right_is_let_pass(string statement) => GeneratorHarness.Run($$"""
        [Network(784, 10)] partial class Net;

        class Custom
        {
            public void Forward(ReadOnlySpan<float> input, Span<float> output) => input.CopyTo(output);
        }

        class Program
        {
            static float[] Assigned = new float[3];
            static readonly float[] Late = new float[3];

            static Program() => Late = new float[784];

            static ReadOnlySpan<float> Endless => Endless;

            static void Resize(ref float[] array) => Assigned = array = new float[784];

            static void Run(Net net, Span<float> y, float[] many, int n)
            {
                {{statement}}
            }
        }
        """).Compiles();
}
