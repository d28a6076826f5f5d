using GenNet.Runtime;

namespace GenNet.Tests.Layers.Recurrent;

/// <summary>The steps of a network that may not answer each of them, whatever its class.</summary>
sealed class NetworkStream
{
    readonly INetwork _network;
    readonly TryForward? _forward;
    readonly TryForwardBatch? _forwardBatch;

    public NetworkStream(INetwork network)
    {
        _network = network;
        Features = (int)Constant(network, "StepSize");
        Outputs = (int)Constant(network, "StepOutputSize");
        if (network is IStreamNetwork)
            return;
        _forward = network.GetType().GetMethod("Forward", [typeof(ReadOnlySpan<float>), typeof(NetworkState), typeof(Span<float>)])!.CreateDelegate<TryForward>(network);
        _forwardBatch = network.GetType().GetMethod("ForwardBatch", [typeof(ReadOnlySpan<float>), typeof(NetworkState), typeof(Span<float>), typeof(Span<bool>)])!.CreateDelegate<TryForwardBatch>(network);
    }

    /// <summary>Whether a network goes step by step.</summary>
    public static bool Has(INetwork network) => network is IStepNetwork;

    /// <summary>Features of a step.</summary>
    public int Features { get; }

    /// <summary>Outputs of a step.</summary>
    public int Outputs { get; }

    /// <summary>Whether each step has outputs of its own among those of a whole sequence; else it has those of the last.</summary>
    public bool AnswersEach => Outputs != _network.OutputSize;

    public NetworkState CreateState(int streams = 1) => (NetworkState)_network.GetType().GetMethod("CreateState", [typeof(int)])!.Invoke(_network, [streams])!;

    /// <summary>The next step of one stream, by rows and by the code of one: both must agree.</summary>
    public bool Next(ReadOnlySpan<float> step, NetworkState state, Span<float> output)
    {
        var rows = CreateState();
        rows.CopyFrom(state);
        var (given, answered) = (output.ToArray(), new bool[1]);
        var count = StepForward.Run((IStepNetwork)_network, Features, Outputs, step, rows, given, answered);
        Assert.Equal(answered[0] ? 1 : 0, count);
        var answers = true;
        if (_network is IStreamNetwork stream)
            stream.Forward(step, state, output);
        else
            answers = _forward!(step, state, output);
        Assert.Equal(answers, answered[0]);
        Assert.Equal(given, output.ToArray());
        Assert.Equal(rows.Values().ToArray(), state.Values().ToArray());
        return answers;
    }

    /// <summary>The next step of each of many streams.</summary>
    public bool[] NextOfEach(ReadOnlySpan<float> steps, NetworkState states, Span<float> outputs)
    {
        var answered = new bool[states.Streams];
        if (_network is IStreamNetwork stream)
        {
            stream.ForwardBatch(steps, states, outputs);
            answered.AsSpan().Fill(true);
        }
        else
            Assert.Equal(_forwardBatch!(steps, states, outputs, answered), answered.Count(answers => answers));
        return answered;
    }

    static object Constant(INetwork network, string name) => network.GetType().GetField(name)!.GetRawConstantValue()!;

    delegate bool TryForward(ReadOnlySpan<float> step, NetworkState state, Span<float> output);

    delegate int TryForwardBatch(ReadOnlySpan<float> steps, NetworkState states, Span<float> outputs, Span<bool> answered);
}
