using System.Runtime.InteropServices;
using System.Text;

namespace GenNet.Benchmarks;

/// <summary>What a workload does: compute outputs, train with an optimiser, or compute a stream's next step. The numbers are part of the peers' file format.</summary>
enum Method
{
    Infer = 0,
    Sgd = 1,
    Adam = 2,
    Step = 3,
}

/// <summary>A network, one batch of data for it, and what is timed: computing its outputs or one training step.</summary>
sealed class Workload
{
    /// <summary>Steps whose losses a peer reports before it is timed.</summary>
    public const int CheckedSteps = 101;

    // Made when they are asked for: a process that looks at one network makes no other.
    readonly Lazy<NetworkArchitecture> _architecture;
    readonly Lazy<(float[] Inputs, float[] Targets, int[] Labels)> _data;

    Workload(string id, Type networkType, int samples, Method method)
    {
        (Id, NetworkType, Samples, Method) = (id, networkType, samples, method);
        _architecture = new(() => Create().Architecture);
        _data = new(Draw);
    }

    public string Id { get; }

    public Type NetworkType { get; }

    public int Samples { get; }

    public Method Method { get; }

    public NetworkArchitecture Architecture => _architecture.Value;

    /// <summary>Whether it takes sequences.</summary>
    public bool IsSequence => Architecture.IsSequence;

    /// <summary>Whether outputs are computed, and nothing is learnt.</summary>
    public bool Infers => Method is Method.Infer or Method.Step;

    /// <summary>Whether all layers are dense ones: the others' are networks of images and sequences.</summary>
    public bool IsDense => Architecture.Layers.All(layer => layer is DenseLayer);

    /// <summary>Whether an ONNX model can go one step on, because only recurrent layers remember.</summary>
    public bool HasStepModel => Method == Method.Step && !Architecture.Layers.Any(layer => layer is Conv1DLayer);

    public IEnumerable<int> Sizes => Architecture.Layers.Select(layer => layer.Outputs).Prepend(Architecture.InputSize);

    public Activation Hidden => Architecture.Layers[0].Activation.BuiltIn!.Value;

    public bool Classifies => Architecture.Layers[^1].Activation.BuiltIn == Activation.Softmax;

    /// <summary>Multiply-adds of a sample.</summary>
    public long Products => Architecture.MultiplyAdds;

    /// <summary>Calls into one figure: inference is reported per sample, training per step.</summary>
    public int UnitsPerCall => Method == Method.Infer ? Samples : 1;

    /// <summary>Floating-point operations of the products in one reported unit. The first layer needs no gradient of its inputs.</summary>
    public double Flops => Method == Method.Step ? 2.0 * Architecture.Layers.Sum(layer => layer.MultiplyAdds) : Method == Method.Infer ? 2.0 * Products : 2.0 * Samples * (3.0 * Products - ProductsOfFirst);

    long ProductsOfFirst => Architecture.Layers[0].MultiplyAdds * Architecture.PositionsOf(1);

    double LearningRate => Method == Method.Sgd ? 0.01 : 1e-3;

    public static Workload Infer<TNetwork>(string id, int samples = 1) where TNetwork : INetwork => Infer(id, typeof(TNetwork), samples);

    public static Workload Infer(string id, Type network, int samples = 1) => new(id, network, samples, Method.Infer);

    public static Workload Step<TNetwork>(string id) where TNetwork : INetwork => new(id, typeof(TNetwork), 1, Method.Step);

    public static Workload Train<TNetwork>(string id, int samples, Method method) where TNetwork : INetwork => Train(id, typeof(TNetwork), samples, method);

    public static Workload Train(string id, Type network, int samples, Method method) => new(id, network, samples, method);

    public override string ToString()
    {
        var shape = IsDense ? $"{string.Join("→", Sizes)} {Hidden}" : Architecture.Name;
        return Method == Method.Step ? $"one step of {shape}" : Method == Method.Infer ? $"infer {shape}, {Samples} a call" : $"train {shape}, batch {Samples}, {Method}";
    }

    /// <summary>What GenNet computes: the outputs, or the losses of the first steps.</summary>
    public float[] Expected()
    {
        var network = CreateNetwork();
        if (Method == Method.Infer)
        {
            var outputs = new float[Samples * network.OutputSize];
            network.ForwardBatch(_data.Value.Inputs, outputs);
            return outputs;
        }
        if (Method == Method.Step)
        {
            var (step, output) = (StepOf(network), new float[network.OutputSize]);
            return [.. Enumerable.Range(0, CheckedSteps).SelectMany(_ => step(_data.Value.Inputs, output) ? output.ToArray() : [])];
        }
        var trainer = CreateTrainer(network);
        return [.. Enumerable.Range(0, CheckedSteps).Select(_ => Step(trainer, _data.Value))];
    }

    public Contender CreateContender()
    {
        var network = CreateNetwork();
        var data = _data.Value;
        if (Method == Method.Infer)
        {
            var outputs = new float[Samples * network.OutputSize];
            var inputs = data.Inputs;
            // A delegate is bound to the class's own method once: no interface dispatch in the loop.
            Forward forward = Samples == 1 ? network.Forward : network.ForwardBatch;
            return new LocalContender("GenNet", () => count =>
            {
                for (var i = 0L; i < count; i++)
                    forward(inputs, outputs);
            });
        }
        if (Method == Method.Step)
        {
            var (step, input, output) = (StepOf(network), data.Inputs, new float[network.OutputSize]);
            return new LocalContender("GenNet", () => count =>
            {
                for (var i = 0L; i < count; i++)
                    step(input, output);
            });
        }
        var start = CreateNetwork().Parameters;
        return new LocalContender("GenNet", () =>
        {
            // Every slice starts from the same weights: later steps of one batch alone would be of a degenerate network.
            network.Parameters.CopyFrom(start);
            var trainer = CreateTrainer(network);
            return count =>
            {
                for (var i = 0L; i < count; i++)
                    Step(trainer, data);
            };
        });
    }

    /// <summary>
    /// Writes the workload for a peer, all little-endian: six integers, the sizes, the learning rate, parameters (weights [inputs, outputs], biases), inputs, targets.
    /// Of a network of images there are no sizes, but the length of its schema, and this; parameters are in PyTorch's order.
    /// </summary>
    public void Write(string path)
    {
        using var writer = new BinaryWriter(File.Create(path));
        writer.Write((int)Method);
        writer.Write(Samples);
        writer.Write((int)Hidden);
        writer.Write(Classifies ? 1 : 0);
        writer.Write(CheckedSteps);
        writer.Write(IsDense ? Sizes.Count() : 0);
        if (IsDense)
        {
            foreach (var size in Sizes)
                writer.Write(size);
        }
        else
        {
            var schema = Encoding.UTF8.GetBytes(Architecture.Schema);
            writer.Write(schema.Length);
            writer.Write(schema);
        }
        writer.Write((float)LearningRate);
        var parameters = CreateNetwork().Parameters;
        if (!IsDense)
        {
            foreach (var tensor in parameters.Tensors)
            {
                var values = new float[tensor.Length];
                tensor.CopyTo(values);
                writer.Write(MemoryMarshal.AsBytes(values.AsSpan()));
            }
        }
        for (var l = 0; IsDense && l < parameters.LayerCount; l++)
        {
            var layer = parameters.Dense(l);
            for (var i = 0; i < layer.Inputs; i++)
                for (var o = 0; o < layer.Outputs; o++)
                    writer.Write(layer.Weights[o, i]);
            writer.Write(MemoryMarshal.AsBytes(layer.Biases.AsSpan()));
        }
        writer.Write(MemoryMarshal.AsBytes(_data.Value.Inputs.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(_data.Value.Targets.AsSpan()));
        foreach (var label in _data.Value.Labels)
            writer.Write((float)label);
    }

    (float[] Inputs, float[] Targets, int[] Labels) Draw()
    {
        var random = new RandomStream(7);
        var inputs = Numbers(Method == Method.Step ? Architecture.InputSize / Architecture.Positions : Samples * Architecture.InputSize);
        return Classifies
            ? (inputs, [], [.. Enumerable.Range(0, Samples).Select(_ => random.NextInt32(Architecture.OutputSize))])
            : (inputs, Numbers(Samples * Architecture.OutputSize), []);

        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextSingle() - 1)];
    }

    /// <summary>What computes the next step of a stream, and says whether it has outputs.</summary>
    static NextStep StepOf(INetwork network)
    {
        var state = new NetworkState(network.Architecture, streams: 1);
        if (network is IStreamNetwork stream)
            return (input, output) =>
            {
                stream.Forward(input, state, output);
                return true;
            };
        // A class's own method.
        var next = network.GetType().GetMethod("Forward", [typeof(ReadOnlySpan<float>), typeof(NetworkState), typeof(Span<float>)])!.CreateDelegate<TryForward>(network);
        return (input, output) => next(input, state, output);
    }

    INetwork Create() => (INetwork)Activator.CreateInstance(NetworkType, 1UL)!;

    /// <summary>The network with biases, scales and statistics that are not as they begin: a peer that forgets them must be found out.</summary>
    public INetwork CreateNetwork()
    {
        var network = Create();
        var random = new RandomStream(8);
        foreach (var tensor in network.Parameters.Tensors.Where(tensor => tensor.Kind != ParameterKind.Weight))
            for (var i = 0; i < tensor.Length; i++)
                tensor[i] += 0.2f * random.NextSingle() - 0.1f;
        return network;
    }

    Trainer CreateTrainer(INetwork network) =>
        Method == Method.Sgd ? network.CreateTrainer(new Sgd(LearningRate), Samples) : network.CreateTrainer(new Adam(LearningRate), Samples);

    float Step(Trainer trainer, (float[] Inputs, float[] Targets, int[] Labels) data) => data.Labels.Length > 0 ? trainer.Step(data.Inputs, data.Labels) : trainer.Step(data.Inputs, data.Targets);

    delegate void Forward(ReadOnlySpan<float> input, Span<float> output);

    delegate bool NextStep(ReadOnlySpan<float> step, Span<float> output);

    delegate bool TryForward(ReadOnlySpan<float> step, NetworkState state, Span<float> output);
}
