namespace GenNet.Runtime;

/// <summary>What the samples of a batch are as sequences: how long each is, where one begins anew, and which state it goes on from.</summary>
sealed class SequenceBatch
{
    /// <summary>Sequences that are whole and begin with zeros.</summary>
    public static readonly SequenceBatch Whole = new();

    int[] _lengths = [], _widths = [];
    bool[] _resets = [];
    float[] _initial = [], _final = [];
    int _steps, _stateSize;

    /// <summary>The number in the batch of the first of these samples: they may be a part of it.</summary>
    public int FirstSample { get; private set; }

    /// <summary>Whether samples have lengths of their own.</summary>
    public bool HasLengths { get; private set; }

    /// <summary>Whether a state is forgotten on the way.</summary>
    public bool HasResets { get; private set; }

    /// <summary>Whether states are read from before the first step.</summary>
    public bool HasInitial { get; private set; }

    /// <summary>Whether states are kept behind the last.</summary>
    public bool KeepsFinal { get; private set; }

    // Fields, because each property's getter is compiled in the first step of any network.

    /// <summary>How many outputs of each sample are there, where each step has its own; null where all are.</summary>
    public int[]? Widths;

    /// <summary>What a mean over all outputs is multiplied by to be one over those that are there.</summary>
    public double LossFactor = 1;

    /// <summary>Begins a batch. Allocates where one before was smaller.</summary>
    /// <param name="firstSample">The number of the first sample, where these are a part of a batch.</param>
    /// <param name="samples">Their number.</param>
    /// <param name="steps">Steps that a sequence may have.</param>
    /// <param name="lengths">[samples] how many each has, or none.</param>
    /// <param name="resets">[samples, steps] whether the state before a step is forgotten, or none.</param>
    /// <param name="stateSize">Values of a sample's state.</param>
    /// <param name="initial">[samples, values] of the states before the first step, or none.</param>
    /// <param name="keepsFinal">Whether those behind the last are wanted.</param>
    /// <param name="stepOutputs">Outputs of a step, where each has its own; else zero.</param>
    public void Begin(int firstSample, int samples, int steps, ReadOnlySpan<int> lengths, ReadOnlySpan<bool> resets, int stateSize, ReadOnlySpan<float> initial, bool keepsFinal, int stepOutputs)
    {
        (FirstSample, _steps, _stateSize) = (firstSample, steps, stateSize);
        HasLengths = Take(lengths, ref _lengths);
        HasResets = Take(resets, ref _resets);
        HasInitial = Take(initial, ref _initial);
        KeepsFinal = keepsFinal;
        if (keepsFinal && _final.Length < samples * stateSize)
            _final = new float[samples * stateSize];
        (Widths, LossFactor) = (null, 1);
        if (HasLengths && stepOutputs > 0)
            LeaveOut(samples, stepOutputs);
    }

    /// <summary>Leaves the outputs out that are behind the end.</summary>
    void LeaveOut(int samples, int stepOutputs)
    {
        if (_widths.Length < samples)
            _widths = new int[samples];
        var valid = 0L;
        for (var sample = 0; sample < samples; sample++)
        {
            _widths[sample] = _lengths[sample] * stepOutputs;
            valid += _lengths[sample];
        }
        (Widths, LossFactor) = (_widths, (double)samples * _steps / valid);
    }

    static bool Take<T>(ReadOnlySpan<T> values, ref T[] memory)
    {
        if (memory.Length < values.Length)
            memory = new T[values.Length];
        values.CopyTo(memory);
        return !values.IsEmpty;
    }

    /// <summary>Steps of a sample.</summary>
    public int Length(int sample) => HasLengths ? _lengths[sample] : _steps;

    /// <summary>Whether a sample begins anew with a step: it is behind its end, or its state is to be forgotten.</summary>
    public bool BeginsWith(int sample, int step) => (HasLengths && step >= _lengths[sample]) || (HasResets && _resets[sample * _steps + step]);

    /// <summary>The values of a sample's state before its first step.</summary>
    public ReadOnlySpan<float> Initial(int sample) => _initial.AsSpan(sample * _stateSize, _stateSize);

    /// <summary>Those behind its last.</summary>
    public Span<float> Final(int sample) => _final.AsSpan(sample * _stateSize, _stateSize);
}
