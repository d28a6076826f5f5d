using GenNet;

namespace Lessons;

[Network(Health = true)]
[Sequence(VanishingThroughTime.Steps, 1)]
[SimpleRNN(16)]
[LastStep]
[Dense(1, Activation.Sigmoid)]
sealed partial class LastAnswers;

[Network(Health = true)]
[Sequence(VanishingThroughTime.Steps, 1)]
[SimpleRNN(16)]
[GlobalAveragePool1D]
[Dense(1, Activation.Sigmoid)]
sealed partial class MeanAnswers;

[Network(Health = true)]
[Sequence(VanishingThroughTime.Steps, 1)]
[LSTM(16)]
[LastStep]
[Dense(1, Activation.Sigmoid)]
sealed partial class OpenGates;

/// <summary>Sixty steps of which the first decides: each step back multiplies a gradient by the weights of the state and by a derivative, and sixty are multiplied.</summary>
static class VanishingThroughTime
{
    public const int Steps = 60;

    public static Lesson Lesson { get; } = new(
        "forgetting",
        "Sixty steps of which the first decides: gradients vanish through time",
        "Back from step to step a gradient is multiplied by the weights of the state and by the derivative of tanh. After sixty steps almost nothing of it is left for the first, which is the one that decides.",
        15,
        Draw,
        new("the last step answers", () => new LastAnswers(1).CreateTrainer(new Adam(0.01), 32)),
        [
            new("the mean over all steps answers", () => new MeanAnswers(1).CreateTrainer(new Adam(0.01), 32)),
            new("LSTM, forget gates begin open, gradients clipped to norm 1", () => Clipped(WithOpenGates(new OpenGates(1)).CreateTrainer(new Adam(0.005), 32))),
        ]);

    /// <summary>A first step of 1 or −1, which is the class, and noise of that size behind it.</summary>
    static Dataset Draw(int count, ulong seed)
    {
        var random = new RandomStream(seed);
        var inputs = new float[Steps * count];
        var labels = new int[count];
        for (var i = 0; i < count; i++)
        {
            var steps = inputs.AsSpan(Steps * i, Steps);
            foreach (ref var step in steps)
                step = (float)random.NextNormal();
            labels[i] = random.NextDouble() < 0.5 ? 0 : 1;
            steps[0] = 2 * labels[i] - 1;
        }
        return new Dataset(inputs, Steps, labels, 2);
    }

    static Trainer Clipped(Trainer trainer)
    {
        trainer.MaxGradientNorm = 1;
        return trainer;
    }

    /// <summary>σ(5) = 0.993 of a cell is left from step to step, two thirds after sixty.</summary>
    static OpenGates WithOpenGates(OpenGates network)
    {
        for (var unit = 0; unit < network.Layer1.Units; unit++)
            network.Layer1.InputBiases[network.Layer1.Units + unit] = 5;
        return network;
    }
}
