using GenNet.Kernels;

namespace GenNet.Runtime;

// What is told of the steps to who asks how training fares.
abstract unsafe partial class RecurrentTraining
{
    /// <summary>Null where nobody asks.</summary>
    StepMeasure? _measure;

    /// <inheritdoc/>
    internal override StepMeasure[] MeasureSteps()
    {
        if (_both is { } both)
            return both.MeasureSteps();
        return [_measure = new StepMeasure(_product.Length / _shape.GateStride, Positions, Outputs)];
    }

    /// <summary>Before the way back through a step.</summary>
    void MeasureTaken(StepMeasure measure, in RecurrentStep at, int step, in Share share)
    {
        for (var sample = 0; sample < share.Count; sample++)
        {
            if (!StepMeasure.Takes(share.First + sample))
                continue;
            ref var measured = ref measure[share.First + sample, step];
            measured.IsThere = step < (Sequences.HasLengths ? Sequences.Length(Told(sample, share)) : Positions);
            measured.State = SumOfSquares(at.State + sample * at.StateStride);
            measured.Gradient = SumOfSquares(at.Delta + sample * at.DeltaStride);
            measured.Taken = measured.Gradient + (HasCell ? SumOfSquares(at.DeltaOfCell + (nint)sample * Stride) : 0);
            if (step > 0)
                new ReadOnlySpan<float>(at.DeltaBefore + sample * at.DeltaStride, Outputs).CopyTo(measure.Before(share.First + sample));
        }
    }

    /// <summary>Behind it.</summary>
    void MeasurePassed(StepMeasure measure, in RecurrentStep at, int step, in Share share)
    {
        for (var sample = 0; sample < share.Count; sample++)
        {
            if (!StepMeasure.Takes(share.First + sample))
                continue;
            ref var measured = ref measure[share.First + sample, step];
            if (step == 0 || Sequences.BeginsWith(Told(sample, share), step))
            {
                (measured.Taken, measured.Passed) = (0, 0);
                continue;
            }
            var passed = HasCell ? SumOfSquares(at.DeltaOfCell + (nint)sample * Stride) : 0;
            var before = measure.Before(share.First + sample);
            for (var j = 0; j < before.Length; j++)
            {
                var came = (double)at.DeltaBefore[sample * at.DeltaStride + j] - before[j];
                passed += came * came;
            }
            measured.Passed = passed;
        }
    }

    double SumOfSquares(float* values)
    {
        var sum = 0.0;
        for (var j = 0; j < Outputs; j++)
            sum += (double)values[j] * values[j];
        return sum;
    }
}
