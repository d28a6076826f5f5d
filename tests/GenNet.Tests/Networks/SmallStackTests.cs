namespace GenNet.Tests.Networks;

/// <summary>The widest network whose activations lie on the stack.</summary>
[Network(3984, 64, 4000, Hidden = Activation.Tanh)]
sealed partial class WideOnTheStack;

/// <summary>One that has twice the activations that fit the stack, which take turns there.</summary>
[Network(40)]
[Dense(2048, Activation.Tanh)]
[LayerNorm]
[LayerNorm(Activation.Sigmoid)]
[LayerNorm]
[Dense(4)]
sealed partial class DeepOnTheStack;

[Network(8000, 100, 8000)]
sealed partial class Wide;

/// <summary>The widest whose inputs and outputs are values.</summary>
[Network(2048, 1000, 900, 2048, Hidden = Activation.Tanh)]
sealed partial class WideByValue;

/// <summary>Threads with little stack, as game engines and audio drivers have them: a call stays within 32 KB.</summary>
public class SmallStackTests
{
    /// <summary>What the documentation promises, and what the runtime itself needs of a thread's stack.</summary>
    const int Budget = 32 << 10, Runtime = 32 << 10;

    [Fact]
    public void Forward_stays_within_its_budget()
    {
        Check(new WideOnTheStack(1));
        Check(new DeepOnTheStack(1));
        Check(new Wide(1));
        Check(new WideByValue(1));

        static void Check(INetwork network)
        {
            float[] inputs = new float[network.InputSize], outputs = new float[network.OutputSize], expected = new float[network.OutputSize];
            inputs[0] = 1;
            network.ForwardBatch(inputs, expected);
            OnSmallStack(() =>
            {
                network.Forward(inputs, outputs);
                var before = GC.GetAllocatedBytesForCurrentThread();
                network.Forward(inputs, outputs);
                Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
            }, Budget + Runtime);
            Assert.Equal(expected, outputs);
        }
    }

    /// <summary>The caller's own stack holds the two values.</summary>
    [Fact]
    public void Values_take_their_own_size_and_the_budget()
    {
        var network = new WideByValue(1);
        float[] inputs = new float[2048], expected = new float[2048];
        inputs[5] = 1;
        network.Forward(inputs, expected);
        OnSmallStack(() => Predict(network, inputs, expected), Budget + Runtime + 2 * 2048 * sizeof(float));

        static void Predict(WideByValue network, float[] inputs, float[] expected)
        {
            WideByValue.InputArray x = default;
            inputs.CopyTo(x);
            var y = network.Forward(x);
            Assert.True(expected.AsSpan().SequenceEqual(y));
        }
    }

    [Fact]
    public void A_step_stays_within_its_budget()
    {
        var network = new WideOnTheStack(1);
        var trainer = network.CreateTrainer(new Adam(), 40);
        float[] inputs = new float[40 * WideOnTheStack.InputSize], targets = new float[40 * WideOnTheStack.OutputSize];
        OnSmallStack(() =>
        {
            trainer.Step(inputs, targets);
            trainer.Step(inputs.AsSpan(0, WideOnTheStack.InputSize), targets.AsSpan(0, WideOnTheStack.OutputSize));
            trainer.Loss(inputs, targets);
        }, Budget + Runtime);
    }

    /// <summary>Runs on a thread with so little stack that more would end the process.</summary>
    static void OnSmallStack(Action action, int bytes)
    {
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    action();
                }
                catch (Exception e)
                {
                    failure = e;
                }
            }, bytes);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }
}
