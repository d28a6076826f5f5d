namespace GenNet.Benchmarks;

/// <summary>A network in a process that has just started, with the calls that a program makes first.</summary>
sealed class ColdNetwork(string id, int inputs, int outputs, Func<INetwork> create, Func<INetwork, Trainer> createTrainer, Action<INetwork> forwardArray)
{
    public const int Samples = 128;

    public static IReadOnlyList<ColdNetwork> All { get; } =
    [
        new("17→64→64→6", 17, 6, () => new Tanh17x64x64x6(1),
            net => ((Tanh17x64x64x6)net).CreateTrainer(new Sgd(0.01), Samples),
            net => ((Tanh17x64x64x6)net).Forward(default(Tanh17x64x64x6.InputArray))),
        new("784→128→64→10", 784, 10, () => new Softmax784x128x64x10(1),
            net => ((Softmax784x128x64x10)net).CreateTrainer(new Sgd(0.01), Samples),
            net => ((Softmax784x128x64x10)net).Forward(default(Softmax784x128x64x10.InputArray))),
    ];

    /// <summary>Names of the calls that <see cref="Prepare"/> knows.</summary>
    public static IReadOnlyList<string> Calls { get; } = ["new", "Forward", "Forward(InputArray)", "ForwardBatch", "CreateTrainer", "Step", "Backward", "Update", "Loss", "Evaluate"];

    public string Id => id;

    /// <summary>Makes what a call needs, and returns the call.</summary>
    public Action Prepare(string call)
    {
        var (x, y) = (Inputs(), Targets());
        if (call == "new")
            return () => create();
        var network = create();
        switch (call)
        {
            case "Forward": return () => network.Forward(x.AsSpan(0, inputs), y.AsSpan(0, outputs));
            case "Forward(InputArray)": return () => forwardArray(network);
            case "ForwardBatch": return () => network.ForwardBatch(x, y);
            case "CreateTrainer": return () => createTrainer(network);
        }
        var trainer = createTrainer(network);
        switch (call)
        {
            case "Step": return () => trainer.Step(x, y);
            case "Backward": return () => trainer.Backward(x, y);
            case "Loss": return () => trainer.Loss(x, y);
            case "Evaluate":
                var data = new Dataset(x, inputs, y, outputs);
                return () => trainer.Evaluate(data);
            case "Update":
                trainer.Backward(x, y);
                return trainer.Update;
            default: throw new ArgumentOutOfRangeException(nameof(call), call, "There is no such call.");
        }
    }

    float[] Inputs()
    {
        var x = new float[Samples * inputs];
        for (var i = 0; i < x.Length; i++)
            x[i] = i % 17 / 16f;
        return x;
    }

    float[] Targets()
    {
        var y = new float[Samples * outputs];
        for (var i = 0; i < Samples; i++)
            y[i * outputs + i % outputs] = 1;
        return y;
    }
}
