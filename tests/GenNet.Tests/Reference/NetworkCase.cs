using System.Text;

namespace GenNet.Tests.Reference;

/// <summary>A network with weights, and a batch to run and train it on. All numbers are floats, so that a generated network can start from them.</summary>
record NetworkCase
{
    /// <summary>A C# identifier.</summary>
    public required string Name { get; init; }

    /// <summary>Inputs, then the units of each layer.</summary>
    public required int[] Sizes { get; init; }

    /// <summary>One for each layer.</summary>
    public required Activation[] Activations { get; init; }

    /// <summary>As declared, which may be <see cref="Loss.Default"/>.</summary>
    public required Loss Loss { get; init; }

    public required OptimizerSettings Optimizer { get; init; }

    /// <summary>For each layer [out, in], row by row.</summary>
    public required float[][] Weights { get; init; }

    /// <summary>For each layer [out].</summary>
    public required float[][] Biases { get; init; }

    /// <summary>[samples, inputs], row by row.</summary>
    public required float[] Inputs { get; init; }

    /// <summary>[samples, outputs], row by row, or null where there are <see cref="Labels"/>.</summary>
    public float[]? Targets { get; init; }

    /// <summary>[samples], or null where there are <see cref="Targets"/>.</summary>
    public int[]? Labels { get; init; }

    public int Samples => Inputs.Length / Sizes[0];

    /// <summary><see cref="Inputs"/>, one array a sample.</summary>
    public double[][] InputRows => Rows(Inputs, Sizes[0]);

    /// <summary><see cref="Targets"/>, or what <see cref="Labels"/> stand for, one array a sample.</summary>
    public double[][] TargetRows => Labels is null ? Rows(Targets!, Sizes[^1]) : NaiveNetwork.Targets(Labels, Sizes[^1]);

    public NaiveNetwork CreateNetwork() => new(Sizes, Activations, Loss, Weights.Select(ToDouble).ToArray(), Biases.Select(ToDouble).ToArray());

    /// <summary>Trains a network on the whole batch, step by step.</summary>
    /// <returns>The mean loss before each step.</returns>
    public double[] Train(NaiveNetwork network, int steps)
    {
        var optimizer = new NaiveOptimizer(Optimizer, network.Parameters);
        var losses = new double[steps];
        for (var step = 0; step < steps; step++)
        {
            (losses[step], var gradients) = network.LossAndGradients(InputRows, TargetRows);
            optimizer.Step(gradients);
        }
        return losses;
    }

    /// <summary>The declaration of the network, for a file that has <c>using GenNet;</c>.</summary>
    public string ToSource(string className)
    {
        var source = new StringBuilder();
        source.Append(Loss == Loss.Default ? $"[Network({Sizes[0]})]\n" : $"[Network({Sizes[0]}, Loss = Loss.{Loss})]\n");
        for (var layer = 0; layer < Activations.Length; layer++)
            source.Append($"[Dense({Sizes[layer + 1]}, Activation.{Activations[layer]})]\n");
        return source.Append($"public sealed partial class {className};\n").ToString();
    }

    static double[] ToDouble(float[] values) => values.Select(value => (double)value).ToArray();

    static double[][] Rows(float[] values, int width) => values.Chunk(width).Select(ToDouble).ToArray();
}
