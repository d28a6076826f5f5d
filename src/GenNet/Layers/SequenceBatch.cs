namespace GenNet.Runtime;

/// <summary>What the samples of a batch are as sequences: how long each is, where one begins anew, and which state it goes on from.</summary>
sealed class SequenceBatch
{
    /// <summary>Sequences that are whole and begin with zeros.</summary>
    public static readonly SequenceBatch Whole = new();

    int[] _lengths = [], _widths = [];
    bool[] _resets = [];
    float[] _initial = [], _final = [];
    SequenceStart[] _starts = [];
    long _batch;

    /// <summary>The number in the batch of the first of these samples: they may be a part of it.</summary>
    public int FirstSample { get; private set; }

    /// <summary>Steps that a sequence may have.</summary>
    public int Steps { get; private set; }

    /// <summary>Values of a sample's state.</summary>
    public int StateSize { get; private set; }

    /// <summary>Whether samples have lengths of their own.</summary>
    public bool HasLengths { get; private set; }

    /// <summary>[samples] steps of each; null where samples are whole.</summary>
    public int[]? Lengths => HasLengths ? _lengths : null;

    /// <summary>Steps of all samples together; zero where these are whole.</summary>
    public int StepsThere { get; private set; }

    /// <summary>Whether a state is forgotten on the way.</summary>
    public bool HasResets { get; private set; }

    /// <summary>Whether states are read from before the first step.</summary>
    public bool HasInitial { get; private set; }

    /// <summary>Whether some of the sequences may have begun in other windows.</summary>
    public bool HasStarts { get; private set; }

    /// <summary>Whether states are kept behind the last.</summary>
    public bool KeepsFinal { get; private set; }

    // Fields, because each property's getter is compiled in the first step of any network.

    /// <summary>How many outputs of each sample are there, where each step has its own; null where all are.</summary>
    public int[]? Widths;

    /// <summary>What a mean over all outputs is multiplied by to be one over those that are there.</summary>
    public double LossFactor = 1;

    /// <summary>Begins a batch. Allocates where one before was smaller.</summary>
    /// <param name="batch">The number of the batch, with which sequences begin; -1 where it is none of training.</param>
    /// <param name="firstSample">The number of the first sample, where these are a part of a batch.</param>
    /// <param name="samples">Their number.</param>
    /// <param name="steps">Steps that a sequence may have.</param>
    /// <param name="lengths">[samples] how many each has, or none.</param>
    /// <param name="resets">[samples, steps] whether the state before a step is forgotten, or none.</param>
    /// <param name="stateSize">Values of a sample's state.</param>
    /// <param name="initial">[samples, values] of the states before the first step, or none.</param>
    /// <param name="starts">[samples] where the sequences began that these go on, or none.</param>
    /// <param name="keepsFinal">Whether those behind the last are wanted.</param>
    /// <param name="stepOutputs">Outputs of a step, where each has its own; else zero.</param>
    public void Begin(long batch, int firstSample, int samples, int steps, ReadOnlySpan<int> lengths, ReadOnlySpan<bool> resets, int stateSize, ReadOnlySpan<float> initial, ReadOnlySpan<SequenceStart> starts, bool keepsFinal, int stepOutputs)
    {
        (_batch, FirstSample, Steps, StateSize) = (batch, firstSample, steps, stateSize);
        HasLengths = Take(lengths, ref _lengths);
        HasResets = Take(resets, ref _resets);
        HasInitial = Take(initial, ref _initial);
        HasStarts = Take(starts, ref _starts);
        KeepsFinal = keepsFinal;
        if (keepsFinal && _final.Length < samples * stateSize)
            _final = GC.AllocateArray<float>(samples * stateSize, pinned: true);
        (Widths, LossFactor, StepsThere) = (null, 1, 0);
        foreach (var length in lengths)
            StepsThere += length;
        if (HasLengths && stepOutputs > 0)
            LeaveOut(samples, stepOutputs);
    }

    /// <summary>Leaves the outputs out that are behind the end.</summary>
    void LeaveOut(int samples, int stepOutputs)
    {
        if (_widths.Length < samples)
            _widths = new int[samples];
        for (var sample = 0; sample < samples; sample++)
            _widths[sample] = _lengths[sample] * stepOutputs;
        (Widths, LossFactor) = (_widths, (double)samples * Steps / StepsThere);
    }

    static bool Take<T>(ReadOnlySpan<T> values, ref T[] memory)
    {
        if (memory.Length < values.Length)
            memory = new T[values.Length];
        values.CopyTo(memory);
        return !values.IsEmpty;
    }

    /// <summary>The lengths of so many samples; empty where they are whole.</summary>
    public ReadOnlySpan<int> LengthsOf(int samples) => _lengths.AsSpan(0, HasLengths ? samples : 0);

    /// <summary>[samples, steps] where their states are forgotten; empty for nowhere.</summary>
    public ReadOnlySpan<bool> ResetsOf(int samples) => _resets.AsSpan(0, HasResets ? samples * Steps : 0);

    /// <summary>[samples, values] of their states before the first step; empty for zeros.</summary>
    public ReadOnlySpan<float> InitialOf(int samples) => _initial.AsSpan(0, HasInitial ? samples * StateSize : 0);

    /// <summary>Where they have begun; empty for here.</summary>
    public ReadOnlySpan<SequenceStart> StartsOf(int samples) => _starts.AsSpan(0, HasStarts ? samples : 0);

    /// <summary>Steps of a sample.</summary>
    public int Length(int sample) => HasLengths ? _lengths[sample] : Steps;

    /// <summary>Whether a sample begins anew with a step: it is behind its end, or its state is to be forgotten.</summary>
    public bool BeginsWith(int sample, int step) => (HasLengths && step >= _lengths[sample]) || Resets(sample, step);

    /// <summary>Whether its state is to be forgotten there.</summary>
    public bool Resets(int sample, int step) => HasResets && _resets[sample * Steps + step];

    /// <summary>Where the sequence began to which a sample's step belongs.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="step">The step.</param>
    /// <param name="batch">The number of the batch, with which sequences begin.</param>
    public SequenceStart StartOf(int sample, int step, long batch)
    {
        while (step > 0 && !Resets(sample, step))
            step--;
        return step == 0 && HasStarts && _starts[sample].IsKnown && !Resets(sample, 0) ? _starts[sample] : new(batch, FirstSample + sample, step);
    }

    /// <summary>Where the sequence began with which a sample ends.</summary>
    public SequenceStart FinalStart(int sample) => StartOf(sample, Length(sample) - 1, _batch);

    /// <summary>The values of a sample's state before its first step.</summary>
    public ReadOnlySpan<float> Initial(int sample) => _initial.AsSpan(sample * StateSize, StateSize);

    /// <summary>Those behind its last.</summary>
    public Span<float> Final(int sample) => _final.AsSpan(sample * StateSize, StateSize);

    /// <summary>Those of all samples, [samples, values], in memory that does not move.</summary>
    public Span<float> FinalRows => _final;
}
