using GenNet.Numerics;

namespace GenNet.Agents;

/// <summary>Adam (Kingma and Ba 2015) on parameters that are in no network, in double precision: as <c>torch.optim.Adam</c> on a tensor.</summary>
/// <param name="count">Parameters.</param>
/// <param name="epsilon">ε.</param>
sealed class VectorAdam(int count, double epsilon)
{
    const double Beta1 = 0.9, Beta2 = 0.999;

    readonly double[] _means = new double[count], _squares = new double[count];
    long _steps;

    /// <summary>Changes the parameters by their gradients.</summary>
    public void Update(Span<float> parameters, ReadOnlySpan<double> gradients, double learningRate)
    {
        Begin();
        Update(parameters, gradients, learningRate, 0, count);
    }

    /// <summary>Begins an update that is made in pieces.</summary>
    public void Begin() => _steps++;

    /// <summary>Changes the parameters from one to before another, each once.</summary>
    public void Update(Span<float> parameters, ReadOnlySpan<double> gradients, double learningRate, int first, int end)
    {
        double ofMeans = 1 - ScalarMath.Power(Beta1, _steps), ofSquares = Math.Sqrt(1 - ScalarMath.Power(Beta2, _steps));
        for (var i = first; i < end; i++)
        {
            var gradient = gradients[i];
            _means[i] += (1 - Beta1) * (gradient - _means[i]);
            _squares[i] += (1 - Beta2) * (gradient * gradient - _squares[i]);
            parameters[i] = (float)(parameters[i] - learningRate / ofMeans * _means[i] / (Math.Sqrt(_squares[i]) / ofSquares + epsilon));
        }
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_steps);
        for (var i = 0; i < count; i++)
        {
            writer.Write(_means[i]);
            writer.Write(_squares[i]);
        }
    }

    public void Load(BinaryReader reader)
    {
        _steps = reader.ReadInt64();
        for (var i = 0; i < count; i++)
            (_means[i], _squares[i]) = (reader.ReadDouble(), reader.ReadDouble());
    }
}
