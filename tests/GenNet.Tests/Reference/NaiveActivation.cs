namespace GenNet.Tests.Reference;

/// <summary>The activations and their derivatives in double precision, as PyTorch defines them.</summary>
static class NaiveActivation
{
    const double LeakySlope = 0.01;

    /// <summary>a = g(z) for one sample of a layer.</summary>
    public static double[] Apply(Activation activation, double[] z) =>
        activation == Activation.Softmax ? Softmax(z) : z.Select(value => Apply(activation, value)).ToArray();

    /// <summary>∂L/∂z from ∂L/∂a for one sample of a layer.</summary>
    public static double[] Backward(Activation activation, double[] z, double[] a, double[] da)
    {
        var dz = new double[z.Length];
        for (var i = 0; i < z.Length; i++)
        {
            if (activation != Activation.Softmax)
                dz[i] = da[i] * Derivative(activation, z[i]);
            else
                for (var j = 0; j < z.Length; j++)
                    dz[i] += da[j] * a[j] * ((i == j ? 1 : 0) - a[i]);
        }
        return dz;
    }

    static double Apply(Activation activation, double z) => activation switch
    {
        Activation.Identity => z,
        Activation.Sigmoid => Sigmoid(z),
        Activation.Tanh => Math.Tanh(z),
        Activation.ReLU => z > 0 ? z : 0,
        Activation.LeakyReLU => z > 0 ? z : LeakySlope * z,
        Activation.ELU => z > 0 ? z : Math.Exp(z) - 1,
        Activation.GELU => z * NormalDistribution(z),
        Activation.SiLU => z * Sigmoid(z),
        Activation.Softplus => Softplus(z),
        Activation.HardSigmoid => Math.Clamp(z / 6 + 0.5, 0, 1),
        Activation.HardTanh => Math.Clamp(z, -1, 1),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "Not an element-wise activation."),
    };

    static double Derivative(Activation activation, double z) => activation switch
    {
        Activation.Identity => 1,
        Activation.Sigmoid => Sigmoid(z) * Sigmoid(-z),
        Activation.Tanh => 1 / (Math.Cosh(z) * Math.Cosh(z)),
        Activation.ReLU => z > 0 ? 1 : 0,
        Activation.LeakyReLU => z > 0 ? 1 : LeakySlope,
        Activation.ELU => z > 0 ? 1 : Math.Exp(z),
        Activation.GELU => NormalDistribution(z) + z * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI),
        Activation.SiLU => Sigmoid(z) + z * Sigmoid(z) * Sigmoid(-z),
        Activation.Softplus => Sigmoid(z),
        Activation.HardSigmoid => z is > -3 and < 3 ? 1.0 / 6 : 0,
        Activation.HardTanh => z is > -1 and < 1 ? 1 : 0,
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "Not an element-wise activation."),
    };

    public static double Sigmoid(double z) => 1 / (1 + Math.Exp(-z));

    public static double Softplus(double z) => Math.Max(z, 0) + Log1P(Math.Exp(-Math.Abs(z)));

    public static double[] Softmax(double[] z)
    {
        var logSumExp = LogSumExp(z);
        return z.Select(value => Math.Exp(value - logSumExp)).ToArray();
    }

    public static double LogSumExp(double[] z)
    {
        var maximum = z.Max();
        return maximum + Math.Log(z.Sum(value => Math.Exp(value - maximum)));
    }

    /// <summary>ln(1 + x), exact near 0 too: what rounding did to ln(1 + x) it did to (1 + x) − 1 as well (Kahan).</summary>
    static double Log1P(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * x / (sum - 1);
    }

    /// <summary>Φ(z) = ½·erfc(−z/√2).</summary>
    static double NormalDistribution(double z) => z < 0 ? Erfc(-z / Math.Sqrt(2)) / 2 : 1 - Erfc(z / Math.Sqrt(2)) / 2;

    /// <summary>erfc x for x ≥ 0: 1 − erf x by its series (Abramowitz and Stegun 7.1.6) below 2, the continued fraction (7.1.14) from there.</summary>
    static double Erfc(double x)
    {
        const int Terms = 100;
        if (x < 2)
        {
            double term = x, sum = x;
            for (var n = 1; n < Terms; n++)
            {
                term *= 2 * x * x / (2 * n + 1);
                sum += term;
            }
            return 1 - 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
        }
        var fraction = x;
        for (var n = Terms; n > 0; n--)
            fraction = x + n / 2.0 / fraction;
        return Math.Exp(-x * x) / (Math.Sqrt(Math.PI) * fraction);
    }
}
