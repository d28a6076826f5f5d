using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet;

/// <summary>Computes many samples with a generated network, some rows at a time.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class BatchForward
{
    /// <summary>Computes <paramref name="outputs"/> from <paramref name="inputs"/>, both row by row.</summary>
    /// <exception cref="ArgumentException">A length is not a multiple of its row, or the two have different numbers of rows.</exception>
    public static void Run<TNetwork>(TNetwork network, ReadOnlySpan<float> inputs, Span<float> outputs) where TNetwork : class, IRowNetwork
    {
        var (inputSize, outputSize) = (network.InputSize, network.OutputSize);
        var samples = inputs.Length / inputSize;
        if (inputs.Length % inputSize != 0)
            throw new ArgumentException($"{typeof(TNetwork).Name}.ForwardBatch expects {inputSize} inputs a sample, got {inputs.Length} in all.", nameof(inputs));
        if (outputs.Length != (long)samples * outputSize)
            throw new ArgumentException($"{typeof(TNetwork).Name}.ForwardBatch expects room for {(long)samples * outputSize} outputs of {samples} samples, got {outputs.Length}.", nameof(outputs));
        var workspace = Workspace.Current;
        fixed (float* x = inputs, y = outputs)
        {
            for (var row = 0; row < samples; row += Workspace.RowsAtOnce)
            {
                var rows = new Rows(x + (nint)row * inputSize, inputSize, Math.Min(Workspace.RowsAtOnce, samples - row));
                var a = network.Forward(rows, workspace);
                var target = y + (nint)row * outputSize;
                for (var r = 0; r < a.Count; r++)
                    new ReadOnlySpan<float>(a.Pointer + (nint)r * a.Stride, outputSize).CopyTo(new(target + (nint)r * outputSize, outputSize));
            }
        }
        GC.KeepAlive(network);
    }
}
