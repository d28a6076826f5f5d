using GenNet.Numerics;

namespace GenNet.Agents;

/// <summary>
/// Numbers, each drawn from a normal distribution of its own: the outputs are the means, the deviations are parameters σ = e^s that are the same in every state, as in Stable-Baselines3.
/// </summary>
sealed unsafe class GaussianHead : PolicyHead
{
    const double HalfLogOfTwoPi = 0.91893853320467274178;

    readonly float[] _logDeviations, _deviations, _inverses;
    readonly double[] _gradients;
    readonly VectorAdam _adam;
    float _constant;

    /// <param name="count">Numbers of an action.</param>
    /// <param name="logDeviation">s at first.</param>
    /// <param name="epsilon">ε of Adam.</param>
    public GaussianHead(int count, double logDeviation, double epsilon) : base(count)
    {
        (_logDeviations, _deviations, _inverses) = (new float[count], new float[count], new float[count]);
        (_gradients, _adam) = (new double[count], new VectorAdam(count, epsilon));
        Array.Fill(_logDeviations, (float)logDeviation);
        Derive();
    }

    /// <summary>[numbers] s = ln σ.</summary>
    public ReadOnlySpan<float> LogDeviations => _logDeviations;

    /// <summary>What follows from s.</summary>
    void Derive()
    {
        var sum = 0.0;
        for (var i = 0; i < Outputs; i++)
        {
            _deviations[i] = (float)ScalarMath.Exp(_logDeviations[i]);
            _inverses[i] = 1 / _deviations[i];
            sum += _logDeviations[i] + HalfLogOfTwoPi;
        }
        _constant = (float)sum;
    }

    public override void Draw(PolicyBlock block, float* policy, int stride, float* masks, int rows, Span<RandomStream> random, float* actions, float* logProbabilities)
    {
        var noise = stackalloc float[Outputs];
        for (var row = 0; row < rows; row++)
        {
            random[row].NextNormals(new(noise, Outputs));
            for (var i = 0; i < Outputs; i++)
                actions[row * Outputs + i] = policy[(nint)row * stride + i] + _deviations[i] * noise[i];
        }
        LogProbabilities(block, policy, stride, rows, actions, logProbabilities);
    }

    public override void Gradients(PolicyBlock block, float* policy, float* gradients, int stride, float* masks, int rows, in PolicyLoss settings, ref PolicySums sums)
    {
        LogProbabilities(block, policy, stride, rows, block.Actions, block.LogProbabilities);
        SurrogateWork.Run(block, rows, settings, ref sums);
        for (var i = 0; i < Outputs; i++)
        {
            // ∂ln p/∂μ = d/σ, ∂ln p/∂s = d² − 1; the entropy grows by 1 with s.
            var sum = 0.0;
            for (var row = 0; row < rows; row++)
            {
                var (factor, distance) = (block.Factors[row], block.Values[i * Rows + row]);
                gradients[(nint)row * stride + i] = factor * (distance * _inverses[i]);
                sum += factor * ((double)distance * distance - 1);
            }
            _gradients[i] += sum - (double)settings.EntropyCoefficient * rows / settings.Samples;
        }
        sums.Entropy += rows * (_constant + 0.5 * Outputs);
    }

    /// <summary>ln p = −½Σd² − Σ(s + ½ ln 2π), d = (a − μ)/σ.</summary>
    void LogProbabilities(PolicyBlock block, float* policy, int stride, int rows,
        float* actions, // [rows][numbers]
        float* logProbabilities) // [rows]
    {
        for (var row = 0; row < rows; row++)
        {
            var sum = 0f;
            for (var i = 0; i < Outputs; i++)
            {
                var distance = (actions[row * Outputs + i] - policy[(nint)row * stride + i]) * _inverses[i];
                block.Values[i * Rows + row] = distance;
                sum += distance * distance;
            }
            logProbabilities[row] = -0.5f * sum - _constant;
        }
    }

    public override void ClearGradients() => Array.Clear(_gradients);

    public override void Update(double learningRate, double maxGradientNorm)
    {
        var norm = 0.0;
        foreach (var gradient in _gradients)
            norm += gradient * gradient;
        norm = Math.Sqrt(norm);
        if (norm > maxGradientNorm)
            for (var i = 0; i < Outputs; i++)
                _gradients[i] *= maxGradientNorm / (norm + 1e-6);
        _adam.Update(_logDeviations, _gradients, learningRate);
        Derive();
    }

    public override void Save(BinaryWriter writer)
    {
        foreach (var value in _logDeviations)
            writer.Write(value);
        _adam.Save(writer);
    }

    public override void Load(BinaryReader reader)
    {
        for (var i = 0; i < Outputs; i++)
            _logDeviations[i] = reader.ReadSingle();
        _adam.Load(reader);
        Derive();
    }
}
