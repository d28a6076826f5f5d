using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace GenNet.Runtime;

/// <summary>Computes the next step of one stream, or of each of many, with a generated network.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class StepForward
{
    /// <summary>Returns the first value of a stream's memory, to compute its next step from.</summary>
    /// <param name="architecture">The network's layers.</param>
    /// <param name="stepSize">Features of a step.</param>
    /// <param name="outputs">Outputs of a step.</param>
    /// <param name="step">[features] the step.</param>
    /// <param name="state">The stream's memory.</param>
    /// <param name="output">[outputs] for the outputs.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the state is another network's or has several streams.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref float Begin(NetworkArchitecture architecture, int stepSize, int outputs, ReadOnlySpan<float> step, NetworkState state, Span<float> output)
    {
        if (state is null || state.Architecture != (object)architecture || state.Streams != 1 || step.Length != stepSize || output.Length != outputs)
            Check(architecture, stepSize, outputs, step.Length, state, output.Length, isBatch: false);
        return ref state!.First;
    }

    /// <summary>Computes the next step of one stream.</summary>
    /// <inheritdoc cref="Begin"/>
    /// <returns>Whether there are outputs of it.</returns>
    public static bool RunOne<TNetwork>(TNetwork network, int stepSize, int outputs, ReadOnlySpan<float> step, NetworkState state, Span<float> output) where TNetwork : class, IStepNetwork
    {
        Check(network.Architecture, stepSize, outputs, step.Length, state, output.Length, isBatch: false);
        return Compute(network, stepSize, outputs, step, state, output, default) > 0;
    }

    /// <summary>Computes the next step of each of many streams.</summary>
    /// <param name="network">The network.</param>
    /// <param name="stepSize">Features of a step.</param>
    /// <param name="outputs">Outputs of a step.</param>
    /// <param name="input">[streams, features] the steps.</param>
    /// <param name="states">The streams' memory, written.</param>
    /// <param name="output">[streams, outputs], written.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the states are another network's.</exception>
    public static void Run<TNetwork>(TNetwork network, int stepSize, int outputs, ReadOnlySpan<float> input, NetworkState states, Span<float> output) where TNetwork : class, IStepNetwork
    {
        Check(network.Architecture, stepSize, outputs, input.Length, states, output.Length, isBatch: true);
        Compute(network, stepSize, outputs, input, states, output, default);
    }

    /// <summary>The same with a network that does not answer every step.</summary>
    /// <param name="network">The network.</param>
    /// <param name="stepSize">Features of a step.</param>
    /// <param name="outputs">Outputs of a step.</param>
    /// <param name="input">[streams, features] the steps.</param>
    /// <param name="states">The streams' memory, written.</param>
    /// <param name="output">[streams, outputs], written where there are any.</param>
    /// <param name="answered">[streams] whether there are, written.</param>
    /// <returns>Streams that have outputs.</returns>
    /// <exception cref="ArgumentException">A length does not fit, or the states are another network's.</exception>
    public static int Run<TNetwork>(TNetwork network, int stepSize, int outputs, ReadOnlySpan<float> input, NetworkState states, Span<float> output, Span<bool> answered) where TNetwork : class, IStepNetwork
    {
        Check(network.Architecture, stepSize, outputs, input.Length, states, output.Length, isBatch: true);
        if (answered.Length != states.Streams)
            throw new ArgumentException($"{network.Architecture.Name}.ForwardBatch expects room to say of {states.Streams} {(states.Streams == 1 ? "stream" : "streams")} whether it answered, got {answered.Length}.", nameof(answered));
        return Compute(network, stepSize, outputs, input, states, output, answered);
    }

    static int Compute<TNetwork>(TNetwork network, int stepSize, int outputs, ReadOnlySpan<float> input, NetworkState state, Span<float> output, Span<bool> answered) where TNetwork : class, IStepNetwork
    {
        if (network.TakesIndices)
            IndexCheck.Check(network.Architecture, input, stepSize, positions: 1, state.Streams == 1 ? "Forward" : "ForwardBatch");
        var workspace = Workspace.Current;
        var answers = 0;
        fixed (float* x = input, y = output)
            for (int first = 0, count; first < state.Streams; first += count)
            {
                count = state.Alike(first, Math.Min(Workspace.RowsAtOnce, state.Streams - first));
                var a = network.Step(new Rows(x + (nint)first * stepSize, stepSize, count), workspace, state.Rows(first, count));
                for (var row = 0; row < a.Count; row++)
                    new ReadOnlySpan<float>(a.Pointer + (nint)row * a.Stride, outputs).CopyTo(new(y + (nint)(first + row) * outputs, outputs));
                if (!answered.IsEmpty)
                    answered.Slice(first, count).Fill(a.Count > 0);
                answers += a.Count;
            }
        GC.KeepAlive(state);
        GC.KeepAlive(network);
        return answers;
    }

    /// <summary>Computes a sequence of fewer steps than are declared, from zeros on. Allocates nothing after a thread's first call.</summary>
    /// <param name="network">The network.</param>
    /// <param name="stepSize">Features of a step.</param>
    /// <param name="outputs">Outputs of a step.</param>
    /// <param name="input">[steps, features] the sequence.</param>
    /// <param name="output">The outputs of the last step that has some, or of each where the network answers at each, written.</param>
    /// <param name="first">Steps before the first that has outputs.</param>
    /// <param name="every">From one such step to the next.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public static void RunSequence<TNetwork>(TNetwork network, int stepSize, int outputs, ReadOnlySpan<float> input, Span<float> output, int first = 0, int every = 1) where TNetwork : class, IStepNetwork
    {
        var steps = input.Length / stepSize;
        if (steps == 0 || steps * stepSize != input.Length || input.Length > network.InputSize)
            throw new ArgumentException($"{typeof(TNetwork).Name}.Forward expects {network.InputSize} inputs, or {stepSize} of each of fewer steps, got {input.Length}.", nameof(input));
        if (steps <= first)
            throw new ArgumentException($"{typeof(TNetwork).Name}.Forward expects {first + 1} steps or more, got {steps}: with fewer there are no outputs.", nameof(input));
        var (answersEach, answers) = (outputs != network.OutputSize, (steps - 1 - first) / every + 1);
        if (output.Length != (answersEach ? answers * outputs : outputs))
            throw new ArgumentException($"{typeof(TNetwork).Name}.Forward expects room for {(answersEach ? $"the {answers * outputs} outputs of {(answers == steps ? $"{steps} steps" : $"{answers} of {steps} steps")}" : $"{outputs} outputs")}, got {output.Length}.", nameof(output));
        // Of all steps before the first is computed: outputs are written as they come.
        if (network.TakesIndices)
            IndexCheck.Check(network.Architecture, input, input.Length, steps, "Forward");
        var state = Sequence<TNetwork>.State ??= new NetworkState(network.Architecture, streams: 1);
        state.Reset();
        var row = 0;
        for (var step = 0; step < steps; step++)
        {
            var taken = input.Slice(step * stepSize, stepSize);
            var given = output.Slice(row, outputs);
            var answered = true;
            if (network is IStreamNetwork stream)
                stream.Forward(taken, state, given);
            else
                answered = Compute(network, stepSize, outputs, taken, state, given, default) > 0;
            if (answered && answersEach)
                row = Math.Min(row + outputs, output.Length - outputs);
        }
    }

    /// <summary>The state of a sequence that a thread computes.</summary>
    static class Sequence<TNetwork>
    {
        [ThreadStatic]
        public static NetworkState? State;
    }

    static void Check(NetworkArchitecture architecture, int stepSize, int outputs, int inputLength, [NotNull] NetworkState? state, int outputLength, bool isBatch)
    {
        ArgumentNullException.ThrowIfNull(state, isBatch ? "states" : nameof(state));
        var (name, streams) = (architecture.Name, state.Streams);
        if (state.Architecture != architecture || (streams > 1 && !isBatch))
            throw StateError(name, state, architecture, isBatch);
        if (inputLength != (long)streams * stepSize)
            throw InputError(name, stepSize, streams, inputLength, isBatch);
        if (outputLength != (long)streams * outputs)
            throw OutputError(name, outputs, streams, outputLength, isBatch);
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
