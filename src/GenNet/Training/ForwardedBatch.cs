using GenNet.Runtime;

namespace GenNet;

/// <summary>
/// The batch last given to a trainer's <c>Forward</c>: its inputs, so that activations that do not fit the layers' memory, or that another call wrote over,
/// can be computed again, and its outputs.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="batchSize">Most samples of a batch.</param>
sealed unsafe class ForwardedBatch(INetwork network, int batchSize)
{
    AlignedBuffer? _gradients;
    readonly AlignedBuffer _inputs = new(checked(batchSize * network.InputSize)), _outputs = new(checked(batchSize * network.OutputSize));
    int _version, _firstSample;
    bool _counted, _training;
    ulong _seed;
    long _number;

    /// <summary>For messages alone: with Native AOT a type's name is a new string.</summary>
    string Name => network.GetType().Name;

    /// <summary>What its samples are as sequences; null where they are whole.</summary>
    public SequenceBatch? Sequences { get; private set; }

    /// <summary>Where that is kept, where anything is said of them.</summary>
    public SequenceBatch OwnSequences { get; } = new();

    /// <summary>Number of samples; 0 where there is no batch.</summary>
    public int Samples { get; private set; }

    /// <summary>[samples, inputs] features.</summary>
    public float* Inputs => _inputs.Pointer;

    /// <summary>[samples, outputs] outputs, in memory that does not move.</summary>
    public Span<float> Outputs => _outputs.Span[..(Samples * network.OutputSize)];

    /// <summary>The outputs from a sample on, to be written.</summary>
    public Rows OutputsFrom(int sample, int samples) => new(_outputs.Pointer + (nint)sample * network.OutputSize, network.OutputSize, samples);

    /// <summary>Room for the outputs' gradients, [samples, outputs] zeros.</summary>
    public Span<float> ClearGradients()
    {
        _gradients ??= new AlignedBuffer(_outputs.Length);
        var gradients = _gradients.Span[..(Samples * network.OutputSize)];
        gradients.Clear();
        return gradients;
    }

    /// <summary>Begins another batch.</summary>
    /// <param name="inputs">[samples, inputs] features.</param>
    /// <param name="sequences">What its samples are as sequences.</param>
    /// <param name="training">Whether dropout drops and batch normalisation takes the batch's statistics.</param>
    /// <param name="seed">What dropout masks follow from, with the batch's <paramref name="number"/>.</param>
    /// <param name="number">The batch's number.</param>
    /// <param name="version">The version of the parameters.</param>
    /// <param name="firstSample">The number of the first sample where these are the next part of a batch that has begun, which dropout masks follow from too.</param>
    public void Begin(ReadOnlySpan<float> inputs, SequenceBatch? sequences, bool training, ulong seed, long number, int version, int firstSample)
    {
        inputs.CopyTo(_inputs.Span);
        _firstSample = firstSample;
        (Samples, Sequences, _counted) = (inputs.Length / network.InputSize, sequences, false);
        (_training, _seed, _number, _version) = (training, seed, number, version);
    }

    /// <summary>What shares of samples from <paramref name="first"/> on have in common: the same each time that they are computed.</summary>
    public Pass Pass(int first) => new(0, _training, Samples, _firstSample + first, _seed, _number);

    /// <summary>Gradients of it may come back no more.</summary>
    public void Forget() => Samples = 0;

    /// <summary>Whether this is the first backward pass of a batch in training, which counts as one more batch and leaves its statistics.</summary>
    public bool Count()
    {
        var counts = _training && !_counted;
        _counted = true;
        return counts;
    }

    /// <summary>The parameters changed by what this batch itself left: its statistics.</summary>
    public void Follow(int version) => _version = version;

    /// <summary>Whether the layers still compute what they computed for it.</summary>
    public bool IsOf(int version) => Samples > 0 && version == _version;

    /// <summary>Throws unless there is a batch whose gradients can come back.</summary>
    public void Check(int gradients, int version, string method)
    {
        if (Samples == 0)
            throw new InvalidOperationException($"{Name}.{method}: there is no batch whose outputs these are the gradients of, or what its layers compute has been changed. Call Forward first.");
        if (version != _version)
            throw new InvalidOperationException($"{Name}.{method}: the parameters have changed since Forward, so these are gradients of outputs that the network no longer gives. Call Forward again.");
        if (gradients != Samples * network.OutputSize)
            throw new ArgumentException($"{Name}.{method} expects {Samples * network.OutputSize} gradients for the {Samples} samples last given to Forward ({network.OutputSize} a sample), got {gradients}.", "outputGradients");
    }
}
