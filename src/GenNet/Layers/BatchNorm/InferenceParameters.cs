using System.ComponentModel;

namespace GenNet.Runtime;

/// <summary>
/// A network's parameters as inference uses them: batch normalisation is folded into the dense layer or convolution before it, W′ = γ/σ·W and b′ = γ/σ·(b − μ) + β
/// with σ = √(running variance + ε), or, where it stands alone, into a scale γ/σ and a shift β − μ·γ/σ. Worked out anew after the parameters changed.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class InferenceParameters
{
    readonly ParameterBlock _source, _folded;
    readonly NetworkArchitecture _architecture;
    readonly int[] _intoLayers;
    readonly object _folding = new();
    (WeightMatrix Weights, ParameterVector Biases)[]? _before; // of the layers before those, found once: whoever trains and predicts in turns folds at each prediction
    int _version = -1;

    /// <summary>Allocates the folded parameters.</summary>
    /// <param name="source">The parameters that are trained.</param>
    /// <param name="architecture">The layers.</param>
    /// <param name="intoLayers">Numbers, from 0, of the batch normalisations that are folded into the layer before them.</param>
    public InferenceParameters(ParameterBlock source, NetworkArchitecture architecture, params int[] intoLayers)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(architecture);
        (_source, _architecture, _intoLayers) = (source, architecture, intoLayers);
        _folded = source.Like();
    }

    /// <summary>The folded parameters.</summary>
    public ParameterBlock Current
    {
        get
        {
            if (Volatile.Read(ref _version) != _source.Version)
                Fold();
            return _folded;
        }
    }

    void Fold()
    {
        lock (_folding)
        {
            var version = _source.Version;
            if (_version == version)
                return;
            _before ??= Array.ConvertAll(_intoLayers, Before);
            _source.Span.CopyTo(_folded.Span);
            for (var layer = 0; layer < _architecture.Layers.Count; layer++)
                if (_architecture.Layers[layer] is BatchNormLayer norm)
                    Fold(norm, Array.IndexOf(_intoLayers, layer));
            Volatile.Write(ref _version, version);
        }
    }

    /// <param name="norm">The normalisation.</param>
    /// <param name="into">Its number among those that are folded into the layer before them; negative where it stands alone.</param>
    void Fold(BatchNormLayer norm, int into)
    {
        var place = norm.Shape;
        var values = _source.Span;
        var (weights, biases) = into >= 0 ? _before![into] : default;
        for (var unit = 0; unit < norm.Outputs; unit++)
        {
            var scale = values[place.Offset + unit] / Math.Sqrt(values[place.VarianceOffset + unit] + (double)norm.Epsilon);
            double mean = values[place.StatisticsOffset + unit], shift = values[place.ShiftOffset + unit];
            if (into >= 0)
            {
                for (var input = 0; input < weights!.Inputs; input++)
                    weights[unit, input] = (float)(scale * weights[unit, input]);
                biases[unit] = (float)(scale * (biases[unit] - mean) + shift);
            }
            else
            {
                _folded.Span[place.Offset + unit] = (float)scale;
                _folded.Span[place.ShiftOffset + unit] = (float)(shift - mean * scale);
            }
        }
    }

    /// <summary>The weights of the layer before this one, a row for each unit, and its biases.</summary>
    (WeightMatrix Weights, ParameterVector Biases) Before(int layer)
    {
        var tensors = _architecture.Layers[layer - 1].Tensors.ToArray();
        TensorPlace weights = Array.Find(tensors, tensor => tensor.Kind == ParameterKind.Weight)!, biases = Array.Find(tensors, tensor => tensor.Kind == ParameterKind.Bias)!;
        return (new(_folded, weights.Offset, weights.Inputs, weights.Outputs), new(_folded, biases.Offset, biases.Outputs));
    }
}
