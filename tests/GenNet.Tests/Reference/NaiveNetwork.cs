namespace GenNet.Tests.Reference;

/// <summary>A network of dense layers in double precision, one loop an index: what generated networks are tested against.</summary>
sealed class NaiveNetwork
{
    readonly int[] _sizes;
    readonly Activation[] _activations;
    readonly Loss _loss;

    /// <summary>A network with copies of the given parameters.</summary>
    /// <param name="sizes">Inputs, then the units of each layer.</param>
    /// <param name="activations">One for each layer.</param>
    /// <param name="loss">What <see cref="LossAndGradients(double[][], double[][])"/> computes.</param>
    /// <param name="weights">For each layer [out, in], row by row.</param>
    /// <param name="biases">For each layer [out].</param>
    public NaiveNetwork(int[] sizes, Activation[] activations, Loss loss, double[][] weights, double[][] biases)
    {
        _sizes = sizes;
        _activations = activations;
        _loss = NaiveLoss.Resolve(loss, activations[^1]);
        if (!NaiveLoss.Fits(_loss, activations[^1]))
            throw new ArgumentException($"{_loss} does not fit {activations[^1]}.", nameof(loss));
        for (var layer = 0; layer < LayerCount; layer++)
        {
            if (weights[layer].Length != sizes[layer] * sizes[layer + 1] || biases[layer].Length != sizes[layer + 1])
                throw new ArgumentException($"Layer {layer} is [{sizes[layer + 1]}, {sizes[layer]}], got {weights[layer].Length} weights and {biases[layer].Length} biases.", nameof(weights));
        }
        Parameters = new Parameters(weights, biases).Copy();
        Z = new double[LayerCount][];
        A = new double[LayerCount][];
    }

    public int LayerCount => _activations.Length;

    /// <summary>The weights and biases. May be changed.</summary>
    public Parameters Parameters { get; }

    /// <summary>z = Wx + b of each layer, for the sample last given to <see cref="Forward"/>.</summary>
    public double[][] Z { get; }

    /// <summary>a = g(z) of each layer, for the sample last given to <see cref="Forward"/>.</summary>
    public double[][] A { get; }

    /// <summary>The outputs of one sample.</summary>
    public double[] Forward(double[] x)
    {
        if (x.Length != _sizes[0])
            throw new ArgumentException($"Expected {_sizes[0]} inputs, got {x.Length}.", nameof(x));
        for (var layer = 0; layer < LayerCount; layer++)
        {
            var (inputs, outputs) = (_sizes[layer], _sizes[layer + 1]);
            Z[layer] = new double[outputs];
            for (var o = 0; o < outputs; o++)
            {
                Z[layer][o] = Parameters.Biases[layer][o];
                for (var i = 0; i < inputs; i++)
                    Z[layer][o] += Parameters.Weights[layer][o * inputs + i] * x[i];
            }
            x = A[layer] = NaiveActivation.Apply(_activations[layer], Z[layer]);
        }
        return x;
    }

    /// <summary>The mean loss of a batch.</summary>
    public double MeanLoss(double[][] inputs, double[][] targets)
    {
        CheckBatch(inputs, targets);
        var sum = 0.0;
        for (var sample = 0; sample < inputs.Length; sample++)
        {
            Forward(inputs[sample]);
            sum += NaiveLoss.Value(_loss, _activations[^1], Z[^1], A[^1], targets[sample]);
        }
        return sum / NaiveLoss.Divisor(_loss, inputs.Length, _sizes[^1]);
    }

    /// <summary>The mean loss of a batch, and its derivative by every weight and bias (back-propagation).</summary>
    public (double Loss, Parameters Gradients) LossAndGradients(double[][] inputs, double[][] targets)
    {
        CheckBatch(inputs, targets);
        var divisor = NaiveLoss.Divisor(_loss, inputs.Length, _sizes[^1]);
        var loss = 0.0;
        var gradients = Parameters.Zeros();
        for (var sample = 0; sample < inputs.Length; sample++)
        {
            Forward(inputs[sample]);
            loss += NaiveLoss.Value(_loss, _activations[^1], Z[^1], A[^1], targets[sample]) / divisor;
            var dz = NaiveLoss.Gradient(_loss, _activations[^1], Z[^1], A[^1], targets[sample]);
            for (var layer = LayerCount - 1; layer >= 0; layer--)
            {
                var x = layer > 0 ? A[layer - 1] : inputs[sample];
                var dx = new double[x.Length];
                for (var o = 0; o < dz.Length; o++)
                {
                    gradients.Biases[layer][o] += dz[o] / divisor;
                    for (var i = 0; i < x.Length; i++)
                    {
                        gradients.Weights[layer][o * x.Length + i] += dz[o] * x[i] / divisor;
                        dx[i] += Parameters.Weights[layer][o * x.Length + i] * dz[o];
                    }
                }
                if (layer > 0)
                    dz = NaiveActivation.Backward(_activations[layer - 1], Z[layer - 1], A[layer - 1], dx);
            }
        }
        return (loss, gradients);
    }

    /// <inheritdoc cref="LossAndGradients(double[][], double[][])"/>
    public (double Loss, Parameters Gradients) LossAndGradients(double[][] inputs, int[] labels) =>
        LossAndGradients(inputs, Targets(labels, _sizes[^1]));

    /// <summary>Labels as targets: 1 for the class and 0 elsewhere; with a single output the label itself, 0 or 1.</summary>
    public static double[][] Targets(int[] labels, int outputs) =>
        labels.Select(label => Enumerable.Range(0, outputs).Select(o => outputs == 1 ? label : o == label ? 1.0 : 0.0).ToArray()).ToArray();

    void CheckBatch(double[][] inputs, double[][] targets)
    {
        if (inputs.Length == 0 || inputs.Length != targets.Length || targets.Any(row => row.Length != _sizes[^1]))
            throw new ArgumentException($"Expected {_sizes[^1]} targets for each of {inputs.Length} samples (at least 1).", nameof(targets));
    }
}
