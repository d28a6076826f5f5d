using System.ComponentModel;

namespace GenNet.Runtime;

/// <summary>Sets the weights that a network starts with.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WeightInitialization
{
    /// <summary>Draws the weights of layer number <paramref name="layer"/>, output by output, from a stream of the seed's own for each layer. Biases are set to zero.</summary>
    public static void Fill(ParameterBlock parameters, int layer, Initializer initializer, ulong seed) => Fill(parameters, layer, initializer, seed, groups: 1);

    /// <summary>The same of a layer with groups: an input is read by the outputs of its own.</summary>
    public static void Fill(ParameterBlock parameters, int layer, Initializer initializer, ulong seed, int groups)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        TensorPlace? weights = null;
        foreach (var place in parameters.Architecture.Layers[layer].Tensors)
            if (place.Kind == ParameterKind.Weight)
                weights = place;
            else if (place.Kind == ParameterKind.Bias)
                parameters.Span[place.Offset..place.End].Clear();

        // An output depends on all that its weights are for, and an input is read at each place of a kernel. A transposed convolution, whose weights are [channels, filters, …], is taken for the
        // convolution the other way, as PyTorch and Keras have it.
        var (height, width) = weights!.Kernel ?? (1, 1);
        var random = Stream(layer, seed);
        Fill(new WeightMatrix(parameters, weights.Offset, weights.Inputs, weights.Outputs), weights.Inputs, (double)height * width * weights.Outputs / groups, ref random, initializer);
        parameters.MarkChanged();
    }

    /// <summary>The stream of a layer's own.</summary>
    internal static RandomStream Stream(int layer, ulong seed) => new RandomStream(seed).SplitFor(RandomPurpose.Weights).Split((ulong)layer);

    internal static void Fill(WeightMatrix weights, double inputs, double outputs, ref RandomStream random, Initializer initializer)
    {
        switch (initializer)
        {
            case Initializer.GlorotUniform: Uniform(weights, ref random, Math.Sqrt(6 / (inputs + outputs))); break;
            case Initializer.GlorotNormal: Normal(weights, ref random, Math.Sqrt(2 / (inputs + outputs))); break;
            case Initializer.HeUniform: Uniform(weights, ref random, Math.Sqrt(6 / inputs)); break;
            case Initializer.HeNormal: Normal(weights, ref random, Math.Sqrt(2 / inputs)); break;
            case Initializer.LeCunUniform: Uniform(weights, ref random, Math.Sqrt(3 / inputs)); break;
            case Initializer.LeCunNormal: Normal(weights, ref random, Math.Sqrt(1 / inputs)); break;
            case Initializer.Orthogonal: Orthogonal(weights, ref random); break;
            case Initializer.Zeros: Uniform(weights, ref random, 0); break;
            default: throw new ArgumentOutOfRangeException(nameof(initializer), initializer, "There is no such initialiser.");
        }
    }

    static void Uniform(WeightMatrix weights, ref RandomStream random, double bound)
    {
        for (var o = 0; o < weights.Outputs; o++)
            for (var i = 0; i < weights.Inputs; i++)
                weights[o, i] = (float)(bound * (2 * random.NextDouble() - 1));
    }

    static void Normal(WeightMatrix weights, ref RandomStream random, double deviation)
    {
        for (var o = 0; o < weights.Outputs; o++)
            for (var i = 0; i < weights.Inputs; i++)
                weights[o, i] = (float)(deviation * random.NextNormal());
    }

    /// <summary>Normal vectors made orthonormal by the modified Gram-Schmidt process, twice for full precision: rows if they are fewer than columns, else columns.</summary>
    static void Orthogonal(WeightMatrix weights, ref RandomStream random)
    {
        var byRows = weights.Outputs <= weights.Inputs;
        var count = Math.Min(weights.Outputs, weights.Inputs);
        var length = Math.Max(weights.Outputs, weights.Inputs);
        var vectors = new double[count][];
        for (var v = 0; v < count; v++)
        {
            var vector = vectors[v] = new double[length];
            for (var j = 0; j < length; j++)
                vector[j] = random.NextNormal();
            for (var pass = 0; pass < 2; pass++)
            {
                for (var earlier = 0; earlier < v; earlier++)
                    AddScaled(vector, vectors[earlier], -Dot(vector, vectors[earlier]));
                var scale = 1 / Math.Sqrt(Dot(vector, vector));
                for (var j = 0; j < length; j++)
                    vector[j] *= scale;
            }
            for (var j = 0; j < length; j++)
            {
                if (byRows)
                    weights[v, j] = (float)vector[j];
                else
                    weights[j, v] = (float)vector[j];
            }
        }

        static double Dot(double[] x, double[] y)
        {
            var sum = 0.0;
            for (var j = 0; j < x.Length; j++)
                sum += x[j] * y[j];
            return sum;
        }

        static void AddScaled(double[] target, double[] x, double factor)
        {
            for (var j = 0; j < x.Length; j++)
                target[j] += factor * x[j];
        }
    }
}
