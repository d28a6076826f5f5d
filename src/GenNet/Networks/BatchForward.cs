using System.ComponentModel;
using GenNet.Kernels;

namespace GenNet.Runtime;

/// <summary>Computes many samples with a generated network, some rows at a time.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class BatchForward
{
    /// <summary>The call that this thread makes.</summary>
    [ThreadStatic]
    static Work? _work;

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
        if (network.TakesIndices)
            IndexCheck.Check(network.Architecture, inputs, inputSize, network.Positions, outputs.Length == outputSize ? "Forward" : "ForwardBatch");
        var work = _work ??= new Work();
        fixed (float* x = inputs, y = outputs)
        {
            work.Set(network, x, y, samples);
            WorkerTeam.Run(work, Math.Clamp(samples / (2 * SamplesAtOnce(network)), 1, Parallelism.Threads));
            work.Set(null, null, null, 0);
        }
    }

    /// <summary>Samples computed at a time.</summary>
    static int SamplesAtOnce(IRowNetwork network) => Math.Max(1, Workspace.RowsAtOnce / network.Positions);

    /// <summary>The samples of one call, divided in blocks.</summary>
    internal sealed class Work : SharedWork
    {
        IRowNetwork? _network;
        float* _inputs, _outputs;
        int _samples;

        public void Set(IRowNetwork? network, float* inputs, float* outputs, int samples)
        {
            _network = network;
            _inputs = inputs;
            _outputs = outputs;
            _samples = samples;
        }

        public override void Execute(int part, int parts)
        {
            var workspace = Workspace.Current;
            var (inputSize, outputSize) = (_network!.InputSize, _network.OutputSize);
            var atOnce = SamplesAtOnce(_network);
            var blocks = (_samples + atOnce - 1) / atOnce;
            var last = (int)Math.Min(_samples, (long)blocks * (part + 1) / parts * atOnce);
            for (var row = (int)((long)blocks * part / parts * atOnce); row < last; row += atOnce)
            {
                var rows = new Rows(_inputs + (nint)row * inputSize, inputSize, Math.Min(atOnce, last - row));
                var a = _network.Forward(rows, workspace);
                var target = _outputs + (nint)row * outputSize;
                for (var r = 0; r < a.Count; r++)
                    new ReadOnlySpan<float>(a.Pointer + (nint)r * a.Stride, outputSize).CopyTo(new(target + (nint)r * outputSize, outputSize));
            }
        }
    }
}
