namespace GenNet.Tests.Reference;

/// <summary>The update rules of PyTorch's optimisers in double precision, one parameter at a time.</summary>
sealed class NaiveOptimizer(OptimizerSettings settings, Parameters parameters)
{
    readonly Parameters[] _states = [parameters.Zeros(), parameters.Zeros(), parameters.Zeros()];
    double _muProduct = 1;
    int _step;

    /// <summary>The average of the weights, where there is one.</summary>
    public Parameters Average { get; private set; } = parameters.Zeros();

    /// <summary>What is kept for each parameter, PyTorch's values in the order in which they are used.</summary>
    public IReadOnlyList<Parameters> States => _states;

    /// <summary>Goes on after so many steps, with what was kept then; not for NAdam, whose product is not kept.</summary>
    public void GoOn(int steps, IReadOnlyList<Parameters> states, Parameters? average)
    {
        _step = steps;
        for (var index = 0; index < states.Count; index++)
            _states[index] = states[index].Copy();
        Average = average?.Copy() ?? Average;
    }

    /// <summary>Changes the parameters by their gradients.</summary>
    public void Step(Parameters gradients)
    {
        _step++;
        _muProduct *= Mu(_step);
        var norm = Math.Sqrt(gradients.Tensors.Sum(tensor => tensor.Sum(g => g * g)));
        var clip = settings.ClipNorm > 0 ? Math.Min(1, settings.ClipNorm / (norm + 1e-6)) : 1;
        Step(parameters.Weights, gradients.Weights, states => states.Weights, clip, decays: true);
        Step(parameters.Biases, gradients.Biases, states => states.Biases, clip, decays: settings.DecayBiases);
    }

    void Step(double[][] weights, double[][] gradients, Func<Parameters, double[][]> part, double clip, bool decays)
    {
        var states = _states.Select(part).ToArray();
        for (var layer = 0; layer < weights.Length; layer++)
        {
            for (var i = 0; i < weights[layer].Length; i++)
            {
                var w = weights[layer][i];
                var g = clip * gradients[layer][i];
                if (settings.ClipValue > 0)
                    g = Math.Clamp(g, -settings.ClipValue, settings.ClipValue);
                if (decays)
                    g += settings.L1 * Math.Sign(w) + settings.L2 * w;
                weights[layer][i] = New(w, g, decays ? settings.WeightDecay : 0, ref states[0][layer][i], ref states[1][layer][i], ref states[2][layer][i]);
                var average = part(Average)[layer];
                average[i] = _step == 1 ? weights[layer][i] : settings.Average * average[i] + (1 - settings.Average) * weights[layer][i];
            }
        }
    }

    double New(double w, double g, double decay, ref double s0, ref double s1, ref double s2)
    {
        var (rate, beta1, beta2, epsilon) = (settings.LearningRate, settings.Beta1, settings.Beta2, settings.Epsilon);
        if (settings.Kind is OptimizerKind.AdamW or OptimizerKind.Lion)
            w -= rate * decay * w;
        else
            g += decay * w;
        switch (settings.Kind)
        {
            case OptimizerKind.Sgd:
                s0 = settings.Momentum * s0 + g;
                return w - rate * (settings.Nesterov ? g + settings.Momentum * s0 : s0);
            case OptimizerKind.RMSProp:
                s0 = Mix(settings.Alpha, s0, g * g);
                s1 = Mix(settings.Alpha, s1, g);
                s2 = settings.Momentum * s2 + g / (Math.Sqrt(settings.Centered ? s0 - s1 * s1 : s0) + epsilon);
                return w - rate * s2;
            case OptimizerKind.Adagrad:
                s0 += g * g;
                return w - rate / (1 + (_step - 1) * settings.LearningRateDecay) * g / (Math.Sqrt(settings.InitialAccumulator + s0) + epsilon);
            case OptimizerKind.Adadelta:
                s0 = Mix(settings.Rho, s0, g * g);
                var delta = Math.Sqrt(s1 + epsilon) / Math.Sqrt(s0 + epsilon) * g;
                s1 = Mix(settings.Rho, s1, delta * delta);
                return w - rate * delta;
            case OptimizerKind.Lion:
                var sign = Math.Sign(Mix(beta1, s0, g));
                s0 = Mix(beta2, s0, g);
                return w - rate * sign;
        }

        // Adam's kin.
        s0 = Mix(beta1, s0, g);
        s1 = Mix(beta2, s1, g * g);
        s2 = settings.AMSGrad ? Math.Max(s2, s1) : s1;
        var correction = 1 - Math.Pow(beta2, _step);
        var mean = s0 / (1 - Math.Pow(beta1, _step));
        var root = Math.Sqrt(s2 / correction) + epsilon;
        switch (settings.Kind)
        {
            case OptimizerKind.NAdam:
                return w - rate * ((1 - Mu(_step)) * g / (1 - _muProduct) + Mu(_step + 1) * s0 / (1 - _muProduct * Mu(_step + 1))) / root;
            case OptimizerKind.RAdam:
                var limit = 2 / (1 - beta2) - 1;
                var length = limit - 2 * _step * Math.Pow(beta2, _step) / correction;
                if (length <= 5)
                    return w - rate * mean;
                var rectification = Math.Sqrt((length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length));
                return w - rate * mean * rectification * Math.Sqrt(correction) / (Math.Sqrt(s1) + epsilon);
            default:
                return w - rate * mean / root;
        }
    }

    double Mu(int step) => settings.Beta1 * (1 - 0.5 * Math.Pow(0.96, step * settings.MomentumDecay));

    static double Mix(double share, double past, double present) => share * past + (1 - share) * present;
}
