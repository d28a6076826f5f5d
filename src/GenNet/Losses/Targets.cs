using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace GenNet.Runtime;

/// <summary>What a batch's outputs should be, in memory pinned during a call: a class number or a row of numbers a sample, and what each counts.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class Targets
{
    internal int* Labels;

    internal float* Values;

    /// <summary>Values of a sample, those of all heads.</summary>
    readonly int _width;

    internal Targets(int width) => _width = width;

    /// <summary>The sample of the first row that is computed.</summary>
    internal int First;

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

    /// <summary>Whether every sample counts the same.</summary>
    internal bool CountAlike => _classWeights == null && _sampleWeights == null;

    /// <summary>Takes the targets of a batch, one of the two, as they are.</summary>
    internal void Set(int* labels, float* values)
    {
        Labels = labels;
        Values = values;
        AreGiven = true;
        First = 0;
        Weigh(0, null, 1, null);
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

    /// <summary>Writes the targets of some samples, row by row; a loss linear in them (<paramref name="weighClasses"/>) has each class's weight in it.</summary>
    /// <param name="first">The first sample.</param>
    /// <param name="end">The first behind them.</param>
    /// <param name="column">The first of the head's values in a sample.</param>
    /// <param name="outputs">Their number.</param>
    /// <param name="weighClasses">Whether each is to have its class's weight in it.</param>
    /// <param name="rows">[samples][stride]; what is behind the outputs of a row is undefined.</param>
    /// <param name="stride">Floats from row to row, four or more.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal void Write(int first, int end, int column, int outputs, bool weighClasses, float* rows, int stride)
    {
        var row = first;
        if (outputs <= 4 && Labels == null && _classWeights == null)
        {
            // Four floats are copied faster than fewer, as long as the last row does not end before them.
            var source = Values + (nint)row * _width + column;
            for (var last = Values + (nint)end * _width - 4; row < end && source <= last; row++)
            {
                Unsafe.CopyBlockUnaligned(rows, source, 4 * sizeof(float));
                source += _width;
                rows += stride;
            }
        }
        for (; row < end; row++)
        {
            if (Labels == null)
                Copy(Values + (nint)row * _width + column, rows, outputs);
            else if (outputs == 1)
                rows[0] = Labels[row] * (1 - _smoothing) + _smoothing / 2;
            else
            {
                for (var j = 0; j < outputs; j++)
                    rows[j] = _smoothing / outputs;
                rows[Labels[row]] += 1 - _smoothing;
            }
            if (weighClasses && _classWeights != null)
                for (var j = 0; j < outputs; j++)
                    rows[j] *= _classWeights[j] * _classFactor;
            rows += stride;
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

    /// <summary>What a sample counts, its class's weight included unless that is in the target.</summary>
    internal float Weight(int row, bool weighClasses) =>
        (_sampleWeights == null ? 1 : _sampleWeights[row]) * (weighClasses || _classWeights == null ? 1 : _classWeights[Labels[row]] * _classFactor);
}
