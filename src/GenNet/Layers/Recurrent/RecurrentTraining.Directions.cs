using GenNet.Kernels;

namespace GenNet.Runtime;

abstract unsafe partial class RecurrentTraining
{
    /// <summary>The layers of both directions, where there are two; the memory of this one is then that of what they give.</summary>
    readonly BothDirections? _both;

    /// <summary>Whether it is the second direction of another layer.</summary>
    bool _isReverse;

    /// <summary>The number by which its masks are known: that of the layer, negative in the second direction.</summary>
    int MaskNumber => _isReverse ? -(Index + 1) : Index + 1;

    /// <inheritdoc/>
    internal override void Tell(SequenceBatch? sequences, int stateOffset)
    {
        base.Tell(sequences, stateOffset);
        _both?.Tell(sequences);
    }

    /// <summary>
    /// Two layers in one: the second takes the steps of each sample in reverse, the last that is there first, and what it gives of them stands beside what the first gives.
    /// </summary>
    sealed class BothDirections(RecurrentTraining layer, RecurrentTraining forward, RecurrentTraining reverse, int samples)
    {
        readonly int _stride = PanelLayout.RowStride(layer.Inputs);

        /// <summary>What the second takes, and ∂L/∂x of it, [samples × steps][inputs].</summary>
        readonly AlignedBuffer _x = new(checked(samples * layer.Positions * PanelLayout.RowStride(layer.Inputs))), _gradient = new(samples * layer.Positions * PanelLayout.RowStride(layer.Inputs));

        int Units => layer._shape.Units;

        public void Tell(SequenceBatch? sequences)
        {
            forward.Tell(sequences, stateOffset: 0);
            reverse.Tell(sequences, stateOffset: 0);
        }

        public StepMeasure[] MeasureSteps() => [.. forward.MeasureSteps(), .. reverse.MeasureSteps()];

        public void Forward(in Rows x, in Share share)
        {
            (forward.Index, reverse.Index, reverse._isReverse) = (layer.Index, layer.Index, true);
            var steps = x.From(share);
            for (var row = 0; row < share.Count * layer.Positions; row++)
                new ReadOnlySpan<float>(steps.Pointer + (nint)row * steps.Stride, layer.Inputs).CopyTo(Row(_x, Reversed(row, share), share));
            forward.Forward(x, share);
            reverse.Forward(Reversed(x.Count), share);
            for (var row = 0; row < share.Count * layer.Positions; row++)
            {
                var result = new Span<float>(layer.A(share) + (nint)row * layer.Stride, layer.Stride);
                new ReadOnlySpan<float>(forward.A(share) + (nint)row * forward.Stride, Units).CopyTo(result);
                new ReadOnlySpan<float>(reverse.A(share) + (nint)Reversed(row, share) * reverse.Stride, Units).CopyTo(result[Units..]);
                result[(2 * Units)..].Clear();
            }
        }

        public void PrepareGradients(in Share share)
        {
            for (var row = 0; row < share.Count * layer.Positions; row++)
            {
                var delta = new ReadOnlySpan<float>(layer.Delta(share) + (nint)row * layer.Stride, 2 * Units);
                Write(delta[..Units], forward.Delta(share) + (nint)row * forward.Stride);
                Write(delta[Units..], reverse.Delta(share) + (nint)Reversed(row, share) * reverse.Stride);
            }
            forward.PrepareGradients(share);
            reverse.PrepareGradients(share);

            void Write(ReadOnlySpan<float> delta, float* row)
            {
                delta.CopyTo(new(row, Units));
                new Span<float>(row + Units, forward.Stride - Units).Clear();
            }
        }

        public void InputGradient(
            float* result, // [samples × steps][stride]
            int stride, in Share share)
        {
            forward.InputGradient(result, stride, share);
            reverse.InputGradient(_gradient.Pointer + layer.FirstRow(share) * _stride, _stride, share);
            for (var row = 0; row < share.Count * layer.Positions; row++)
            {
                var gradient = Row(_gradient, Reversed(row, share), share);
                var sum = result + (nint)row * stride;
                for (var i = 0; i < gradient.Length; i++)
                    sum[i] += gradient[i];
            }
        }

        public void Gradient<TOptimizer>(in Rows x, GradientUse<TOptimizer> use, in Share share) where TOptimizer : struct, IOptimizer<TOptimizer>
        {
            forward.Gradient(x, use, share);
            reverse.Gradient(Reversed(x.Count), use, share);
        }

        /// <summary>The steps of all samples, each sample's in reverse.</summary>
        Rows Reversed(int rows) => new(_x.Pointer, _stride, rows, layer.Positions);

        Span<float> Row(AlignedBuffer buffer, int row, in Share share) => new(buffer.Pointer + (layer.FirstRow(share) + row) * _stride, layer.Inputs);

        /// <summary>Where a share's row is in reverse: padding stays behind the end.</summary>
        int Reversed(int row, in Share share)
        {
            var (sample, step) = Math.DivRem(row, layer.Positions);
            var length = layer.Sequences.HasLengths ? layer.Sequences.Length(layer.Told(sample, share)) : layer.Positions;
            return step < length ? sample * layer.Positions + length - 1 - step : row;
        }
    }
}
