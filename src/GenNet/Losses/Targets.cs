using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace GenNet.Runtime;

/// <summary>
/// What a batch's outputs should be, in memory pinned during a call: a class number or a row of numbers a sample, or a step where each has classes of its own, and what each counts.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class Targets
{
    internal int* Labels;

    internal float* Values;

    /// <summary>Values of a row, those of all heads.</summary>
    readonly int _width;

    /// <summary>Rows that each sample has.</summary>
    readonly int _rowsOfSample;

    /// <param name="outputs">Outputs of a sample, those of all heads.</param>
    /// <param name="rowsOfSample">Rows that they are: steps that have classes of their own.</param>
    internal Targets(int outputs, int rowsOfSample = 1) => (_width, _rowsOfSample) = (outputs / rowsOfSample, rowsOfSample);

    /// <summary>The sample of the first row that is computed.</summary>
    internal int First;

    /// <summary>Where its loss is kept: behind those of other samples of its part that were computed before.</summary>
    internal int FirstLoss;

    /// <summary>ε: labels become (1 − ε)·y + ε/classes.</summary>
    float _smoothing;

    /// <summary>What a sample of each class counts, or null.</summary>
    float* _classWeights;

    /// <summary>What each sample counts, or null.</summary>
    float* _sampleWeights;

    /// <summary>The same, of so many samples; empty where all count the same.</summary>
    internal ReadOnlySpan<float> SampleWeights(int samples) => _sampleWeights == null ? [] : new(_sampleWeights, samples);

    /// <summary>Makes the class weights of the batch's labels one on average.</summary>
    float _classFactor;

    /// <summary>Whether there are any: not where the outputs' gradients are given instead.</summary>
    internal bool AreGiven;

    /// <summary>Whether there are any, and every row has one that counts.</summary>
    internal bool AllCount;

    /// <summary>What a mean over all rows is multiplied by to be one over those that count: 0 where none does.</summary>
    internal double LossFactor => AllCount ? 1 : _lossFactor;

    /// <summary>The same where some rows do not count.</summary>
    double _lossFactor;

    /// <summary>Steps of each sample that are there, where some rows of numbers do not count; null where labels say so.</summary>
    int[]? _lengths;

    /// <summary>Whether every row counts the same.</summary>
    internal bool CountAlike => _classWeights == null && _sampleWeights == null && AllCount;

    /// <summary>Takes the targets of a batch, one of the two, as they are: all count.</summary>
    /// <param name="labels">[rows] class numbers, or a number below zero of a row that does not count.</param>
    /// <param name="values">[rows][width] numbers.</param>
    internal void Set(int* labels, float* values)
    {
        Labels = labels;
        Values = values;
        (AreGiven, AllCount) = (true, true);
        First = 0;
        Weigh(0, null, 1, null);
    }

    /// <summary>Says that some rows do not count.</summary>
    /// <param name="lengths">Steps of each sample that are there, where targets are numbers.</param>
    /// <param name="rows">Rows of the whole batch.</param>
    /// <param name="counted">Those of them that count.</param>
    internal void LeaveOut(int[]? lengths, long rows, long counted)
    {
        AllCount = false;
        _lengths = lengths;
        _lossFactor = counted == 0 ? 0 : (double)rows / counted;
    }

    /// <summary>Says what the targets count.</summary>
    internal void Weigh(float smoothing, float* classWeights, float classFactor, float* sampleWeights)
    {
        _smoothing = smoothing;
        _classWeights = classWeights;
        _classFactor = classFactor;
        _sampleWeights = sampleWeights;
    }

    /// <summary><see cref="Write"/> for one sample; in the caller where it is a matter of copying a few numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void WriteFirst(int outputs, bool weighClasses, float* row)
    {
        if (Labels == null && _classWeights == null)
            Copy(Values, row, outputs);
        else
            Write(0, 1, 0, outputs, weighClasses, row, 0);
    }

    /// <summary>Writes the targets of some rows; a loss linear in them (<paramref name="weighClasses"/>) has each class's weight in it.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="end">The first behind them.</param>
    /// <param name="column">The first of the head's values in a row.</param>
    /// <param name="outputs">Their number.</param>
    /// <param name="weighClasses">Whether each is to have its class's weight in it.</param>
    /// <param name="rows">[rows][stride]; what is behind the outputs of a row is undefined. All zeros where a row's label does not count.</param>
    /// <param name="stride">Floats from row to row, four or more.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal void Write(int first, int end, int column, int outputs, bool weighClasses, float* rows, int stride)
    {
        weighClasses &= _classWeights != null;
        if (weighClasses || Labels != null)
        {
            WriteAny(first, end, column, outputs, weighClasses, rows, stride);
            return;
        }
        var row = first;
        var source = Values + (nint)first * _width + column;
        if (outputs <= 4)
        {
            // Four floats are copied faster than fewer, as long as the last row does not end before them.
            for (var last = Values + (nint)end * _width - 4; row < end && source <= last; row++)
            {
                Unsafe.CopyBlockUnaligned(rows, source, 4 * sizeof(float));
                source += _width;
                rows += stride;
            }
        }
        for (; row < end; row++)
        {
            Copy(source, rows, outputs);
            source += _width;
            rows += stride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)] // What is not called need not be compiled.
    void WriteAny(int first, int end, int column, int outputs, bool weighClasses, float* rows, int stride)
    {
        for (var row = first; row < end; row++)
        {
            if (Labels == null)
                Copy(Values + (nint)row * _width + column, rows, outputs);
            else
                WriteLabel(Labels[row], rows, outputs);
            for (var j = 0; weighClasses && j < outputs; j++)
                rows[j] *= _classWeights[j] * _classFactor;
            rows += stride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    void WriteLabel(int label, float* row, int outputs)
    {
        if (label < 0)
            new Span<float>(row, outputs).Clear();
        else if (outputs == 1)
            row[0] = label * (1 - _smoothing) + _smoothing / 2;
        else
        {
            for (var j = 0; j < outputs; j++)
                row[j] = _smoothing / outputs;
            row[label] += 1 - _smoothing;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Copy(float* source, float* target, int count)
    {
        if (count > 8)
            Unsafe.CopyBlockUnaligned(target, source, (uint)count * sizeof(float));
        else
            for (var j = 0; j < count; j++)
                target[j] = source[j];
    }

    /// <summary>What some rows count, their classes' weights included unless those are in the targets.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="weighClasses">Whether the targets have their classes' weights in them.</param>
    /// <param name="weights">[rows] written.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Weigh(int first, bool weighClasses, Span<float> weights)
    {
        for (var i = 0; i < weights.Length; i++)
        {
            var row = first + i;
            weights[i] = !AllCount && !Counts(row) ? 0
                : (_sampleWeights == null ? 1 : _sampleWeights[row / _rowsOfSample]) * (weighClasses || _classWeights == null ? 1 : _classWeights[Labels[row]] * _classFactor);
        }
    }

    /// <summary>The same of the only sample, in the caller: where it counts, and has one row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal float WeightOfOne(bool weighClasses) => _classWeights == null && _sampleWeights == null ? 1
        : (_sampleWeights == null ? 1 : *_sampleWeights) * (weighClasses || _classWeights == null ? 1 : _classWeights[*Labels] * _classFactor);

    bool Counts(int row) => Labels != null ? Labels[row] >= 0 : _lengths is null || row % _rowsOfSample < _lengths[row / _rowsOfSample];
}
