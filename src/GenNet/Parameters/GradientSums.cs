using GenNet.Kernels;

namespace GenNet;

/// <summary>
/// Gradients of parts of a batch, which wait to be added to those of other parts: see <see cref="SampleParts"/>. The first that wait are the gradients of the trainer,
/// which in the end hold the sum of all parts. Each place has the gradients' layout, and padding of zeros.
/// </summary>
/// <param name="gradients">The gradients.</param>
sealed unsafe class GradientSums(ParameterBlock gradients)
{
    /// <summary>Samples of the smallest parts, those of the layer with parameters that gives the most positions.</summary>
    readonly int _samplesOfPart = SamplesOfPart(gradients);

    AlignedBuffer[] _others = [];

    /// <summary>The gradients.</summary>
    public ParameterBlock Gradients => gradients;

    /// <summary>Gradients that wait after so many others.</summary>
    public float* this[int place] => place == 0 ? gradients.Pointer : _others[place - 1].Pointer;

    /// <summary>Makes room for batches of so many samples.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="divided">Whether parts may come in pieces.</param>
    /// <param name="beside">Sums that are kept beside that of the batch.</param>
    public void Prepare(int samples, bool divided, int beside = 0)
    {
        var others = SampleParts.Places(SampleParts.Count(samples, _samplesOfPart), divided) - 1 + beside;
        if (others <= _others.Length)
            return;
        var more = new AlignedBuffer[others];
        for (var i = 0; i < others; i++)
            more[i] = i < _others.Length ? _others[i] : new AlignedBuffer(gradients.Span.Length);
        _others = more;
    }

    static int SamplesOfPart(ParameterBlock gradients)
    {
        var positions = 1;
        foreach (var tensor in gradients.Tensors)
            positions = Math.Max(positions, gradients.Architecture.PositionsBehind(tensor.Layer + 1) * gradients.Architecture.LayerArray[tensor.Layer].RowsOfPosition);
        return SampleParts.Rows(positions) / positions;
    }

    /// <summary>Forgets what waits of a layer's gradients.</summary>
    public void Clear(int layer)
    {
        foreach (var tensor in gradients.Tensors)
            for (var place = 0; tensor.Layer == layer && tensor.Place.Trained && place <= _others.Length; place++)
                new Span<float>(this[place] + tensor.Place.Offset, tensor.Place.End - tensor.Place.Offset).Clear();
    }

    /// <summary>Takes over all that waits.</summary>
    public void CopyFrom(GradientSums source)
    {
        gradients.CopyFrom(source.Gradients);
        if (_others.Length < source._others.Length)
            _others = [.. source._others.Select(other => new AlignedBuffer(other.Length))];
        for (var i = 0; i < source._others.Length; i++)
            source._others[i].Span.CopyTo(_others[i].Span);
    }
}
