namespace GenNet.Tests.Reference;

/// <summary>The losses of one sample in double precision, not yet divided by what the mean is over.</summary>
static class NaiveLoss
{
    /// <summary>The loss that <see cref="Loss.Default"/> means with an output activation.</summary>
    public static Loss Resolve(Loss loss, Activation output) => (loss, output) switch
    {
        (not Loss.Default, _) => loss,
        (_, Activation.Softmax) => Loss.CrossEntropy,
        (_, Activation.Sigmoid) => Loss.BinaryCrossEntropy,
        _ => Loss.MeanSquaredError,
    };

    /// <summary>Whether the declarations allow a loss with an output activation.</summary>
    public static bool Fits(Loss loss, Activation output) => loss switch
    {
        Loss.CrossEntropy => output is Activation.Softmax or Activation.Identity,
        Loss.BinaryCrossEntropy => output is Activation.Sigmoid or Activation.Identity or Activation.HardSigmoid,
        _ => true,
    };

    /// <summary>What the sum over samples and outputs is divided by.</summary>
    public static int Divisor(Loss loss, int samples, int outputs) => loss == Loss.CrossEntropy ? samples : samples * outputs;

    /// <summary>The loss of one sample, summed over its outputs.</summary>
    public static double Value(Loss loss, Activation output, double[] z, double[] a, double[] y)
    {
        var logSumExp = NaiveActivation.LogSumExp(z);
        var sum = 0.0;
        for (var i = 0; i < y.Length; i++)
        {
            var distance = Math.Abs(a[i] - y[i]);
            sum += loss switch
            {
                Loss.MeanSquaredError => distance * distance,
                Loss.MeanAbsoluteError => distance,
                Loss.Huber => distance <= 1 ? distance * distance / 2 : distance - 0.5,
                Loss.CrossEntropy => y[i] * (logSumExp - z[i]),
                // −ln sigmoid(z) = softplus(−z), −ln(1 − sigmoid(z)) = softplus(z).
                Loss.BinaryCrossEntropy when output != Activation.HardSigmoid =>
                    y[i] * NaiveActivation.Softplus(-z[i]) + (1 - y[i]) * NaiveActivation.Softplus(z[i]),
                Loss.BinaryCrossEntropy => -y[i] * Math.Max(Math.Log(a[i]), -100) - (1 - y[i]) * Math.Max(Math.Log(1 - a[i]), -100),
                _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, "Not a loss."),
            };
        }
        return sum;
    }

    /// <summary>The derivative of <see cref="Value"/> by each z of the output layer.</summary>
    public static double[] Gradient(Loss loss, Activation output, double[] z, double[] a, double[] y)
    {
        if (loss == Loss.CrossEntropy)
            return NaiveActivation.Softmax(z).Select((p, i) => p * y.Sum() - y[i]).ToArray();
        if (loss == Loss.BinaryCrossEntropy && output != Activation.HardSigmoid)
            return z.Select((value, i) => NaiveActivation.Sigmoid(value) - y[i]).ToArray();
        var da = a.Select((value, i) => Derivative(loss, value, y[i])).ToArray();
        return NaiveActivation.Backward(output, z, a, da);
    }

    static double Derivative(Loss loss, double a, double y) => loss switch
    {
        Loss.MeanSquaredError => 2 * (a - y),
        Loss.MeanAbsoluteError => Math.Sign(a - y),
        Loss.Huber => Math.Clamp(a - y, -1, 1),
        // As PyTorch has it, finite at a = 0 and 1.
        Loss.BinaryCrossEntropy => (a - y) / Math.Max(a * (1 - a), 1e-12),
        _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, "Not a loss of an activation."),
    };
}
