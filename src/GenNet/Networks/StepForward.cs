using System.ComponentModel;

namespace GenNet.Runtime;

/// <summary>Computes the next step of one stream, or of each of many, with a generated network.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class StepForward
{
    /// <summary>Computes the outputs of the next step.</summary>
    /// <param name="network">The network.</param>
    /// <param name="stepSize">Features of a step.</param>
    /// <param name="outputs">Outputs of a step.</param>
    /// <param name="input">[streams, features] the step.</param>
    /// <param name="state">The streams' memory, written.</param>
    /// <param name="output">[streams, outputs], written.</param>
    /// <param name="isBatch">Whether there may be several streams.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the state is another network's.</exception>
    public static void Run<TNetwork>(TNetwork network, int stepSize, int outputs, ReadOnlySpan<float> input, NetworkState state, Span<float> output, bool isBatch) where TNetwork : class, IStepNetwork
    {
        ArgumentNullException.ThrowIfNull(state, isBatch ? "states" : nameof(state));
        var streams = state.Streams;
        if (state.Architecture != network.Architecture || (streams > 1 && !isBatch))
            throw StateError(typeof(TNetwork).Name, state, network.Architecture, isBatch);
        if (input.Length != (long)streams * stepSize)
            throw InputError(typeof(TNetwork).Name, stepSize, streams, input.Length, isBatch);
        if (output.Length != (long)streams * outputs)
            throw OutputError(typeof(TNetwork).Name, outputs, streams, output.Length, isBatch);
        var workspace = Workspace.Current;
        fixed (float* x = input, y = output)
            for (var first = 0; first < streams; first += Workspace.RowsAtOnce)
            {
                var count = Math.Min(Workspace.RowsAtOnce, streams - first);
                var a = network.Step(new Rows(x + (nint)first * stepSize, stepSize, count), workspace, state.Rows(first, count));
                for (var row = 0; row < count; row++)
                    new ReadOnlySpan<float>(a.Pointer + (nint)row * a.Stride, outputs).CopyTo(new(y + (nint)(first + row) * outputs, outputs));
            }
        GC.KeepAlive(state);
        GC.KeepAlive(network);
    }

    /// <summary>Computes a sequence of fewer steps than are declared, from zeros on. Allocates nothing after a thread's first call.</summary>
    /// <param name="network">The network.</param>
    /// <param name="stepSize">Features of a step.</param>
    /// <param name="outputs">Outputs of a step.</param>
    /// <param name="input">[steps, features] the sequence.</param>
    /// <param name="output">The outputs of the last step, or of each where the network answers at each, written.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public static void RunSequence<TNetwork>(TNetwork network, int stepSize, int outputs, ReadOnlySpan<float> input, Span<float> output) where TNetwork : class, IStepNetwork
    {
        var steps = input.Length / stepSize;
        if (steps == 0 || steps * stepSize != input.Length || input.Length > network.InputSize)
            throw new ArgumentException($"{typeof(TNetwork).Name}.Forward expects {network.InputSize} inputs, or {stepSize} of each of fewer steps, got {input.Length}.", nameof(input));
        var answersEach = outputs != network.OutputSize;
        if (output.Length != (answersEach ? steps * outputs : outputs))
            throw new ArgumentException($"{typeof(TNetwork).Name}.Forward expects room for {(answersEach ? $"the {steps * outputs} outputs of {steps} steps" : $"{outputs} outputs")}, got {output.Length}.", nameof(output));
        var state = Sequence<TNetwork>.State ??= new NetworkState(network.Architecture, streams: 1);
        state.Reset();
        for (var step = 0; step < steps; step++)
            Run(network, stepSize, outputs, input.Slice(step * stepSize, stepSize), state, answersEach ? output.Slice(step * outputs, outputs) : output, isBatch: false);
    }

    /// <summary>The state of a sequence that a thread computes.</summary>
    static class Sequence<TNetwork>
    {
        [ThreadStatic]
        public static NetworkState? State;
    }

    static ArgumentException StateError(string network, NetworkState state, NetworkArchitecture architecture, bool isBatch) => state.Architecture != architecture
        ? new($"{network}.{(isBatch ? "ForwardBatch" : "Forward")} takes a state that its own CreateState made, got one of {state.Architecture.Name}.", isBatch ? "states" : "state")
        : new($"{network}.Forward takes a state of one stream, got one of {state.Streams}: ForwardBatch takes those.", "state");

    static ArgumentException InputError(string network, int stepSize, int streams, int inputs, bool isBatch) => isBatch
        ? new($"{network}.ForwardBatch expects the {(long)streams * stepSize} inputs of one step of {streams} {(streams == 1 ? "stream" : "streams")}, got {inputs}.", "steps")
        : new($"{network}.Forward expects the {stepSize} inputs of one step, got {inputs}.", "step");

    static ArgumentException OutputError(string network, int outputSize, int streams, int outputs, bool isBatch) => isBatch
        ? new($"{network}.ForwardBatch expects room for {(long)streams * outputSize} outputs of {streams} {(streams == 1 ? "stream" : "streams")}, got {outputs}.", "outputs")
        : new($"{network}.Forward expects room for {outputSize} outputs, got {outputs}.", "output");
}
