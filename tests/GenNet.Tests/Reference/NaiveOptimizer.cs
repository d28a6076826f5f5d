namespace GenNet.Tests.Reference;

/// <summary>Which of PyTorch's optimisers.</summary>
enum OptimizerKind
{
    Sgd,
    Adam,
    AdamW,
}

/// <summary>An optimiser's hyper-parameters, with PyTorch's meaning; those of other kinds are ignored.</summary>
sealed record OptimizerSettings(
    OptimizerKind Kind,
    double LearningRate,
    double Momentum = 0,
    bool Nesterov = false,
    double WeightDecay = 0,
    double Beta1 = 0.9,
    double Beta2 = 0.999,
    double Epsilon = 1e-8);

/// <summary>The update rules of torch.optim.SGD, Adam and AdamW in double precision.</summary>
sealed class NaiveOptimizer(OptimizerSettings settings, Parameters parameters)
{
    readonly Parameters _state0 = parameters.Zeros();
    readonly Parameters _state1 = parameters.Zeros();
    int _step;

    /// <summary>Changes the parameters by their gradients.</summary>
    public void Step(Parameters gradients)
    {
        _step++;
        foreach (var (w, g, state0, state1) in parameters.Tensors.Zip(gradients.Tensors).Zip(_state0.Tensors.Zip(_state1.Tensors), (p, s) => (p.First, p.Second, s.First, s.Second)))
        {
            for (var i = 0; i < w.Length; i++)
            {
                w[i] = settings.Kind switch
                {
                    OptimizerKind.Sgd => Sgd(w[i], g[i], ref state0[i]),
                    OptimizerKind.Adam => Adam(w[i], g[i] + settings.WeightDecay * w[i], ref state0[i], ref state1[i]),
                    OptimizerKind.AdamW => Adam(w[i] - settings.LearningRate * settings.WeightDecay * w[i], g[i], ref state0[i], ref state1[i]),
                    _ => throw new InvalidOperationException($"Unknown optimiser {settings.Kind}."),
                };
            }
        }
    }

    double Sgd(double w, double g, ref double velocity)
    {
        g += settings.WeightDecay * w;
        velocity = settings.Momentum * velocity + g;
        return w - settings.LearningRate * (settings.Nesterov ? g + settings.Momentum * velocity : velocity);
    }

    double Adam(double w, double g, ref double m, ref double v)
    {
        m = settings.Beta1 * m + (1 - settings.Beta1) * g;
        v = settings.Beta2 * v + (1 - settings.Beta2) * g * g;
        var meanHat = m / (1 - Math.Pow(settings.Beta1, _step));
        var squareHat = v / (1 - Math.Pow(settings.Beta2, _step));
        return w - settings.LearningRate * meanHat / (Math.Sqrt(squareHat) + settings.Epsilon);
    }
}
