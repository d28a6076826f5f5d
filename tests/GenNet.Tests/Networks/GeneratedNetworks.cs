using System.Reflection;
using GenNet.Shared;
using GenNet.Tests.Reference;
using Microsoft.CodeAnalysis;

namespace GenNet.Tests.Networks;

/// <summary>Generated networks of test cases, all of a set compiled at once.</summary>
sealed class GeneratedNetworks
{
    readonly Dictionary<string, NetworkCase> _cases;
    readonly Assembly _assembly;

    public GeneratedNetworks(IEnumerable<NetworkCase> cases, OptimizationLevel optimization = OptimizationLevel.Release)
    {
        _cases = cases.ToDictionary(item => item.Name);
        _assembly = InMemoryCompiler.Load("using GenNet;\n" + string.Concat(_cases.Values.Select(item => Documented(item.ToSource(item.Name)))), optimization);
    }

    static string Documented(string source) => "/// <summary>A test's network.</summary>\n" + source;

    public NetworkCase Case(string name) => _cases[name];

    /// <summary>The network with the weights of its case.</summary>
    public INetwork Create(string name)
    {
        var network = (INetwork)Activator.CreateInstance(_assembly.GetType(name, throwOnError: true)!, 1UL)!;
        var parameters = network.Parameters;
        for (var layer = 0; layer < parameters.LayerCount; layer++)
        {
            parameters.Dense(layer).Weights.CopyFrom(_cases[name].Weights[layer]);
            parameters.Dense(layer).Biases.CopyFrom(_cases[name].Biases[layer]);
        }
        return network;
    }

    /// <summary>A trainer with the optimiser of the network's case.</summary>
    public Trainer CreateTrainer(INetwork network, string name, int batchSize) => _cases[name].Optimizer.CreateTrainer(network, batchSize);

    public float Step(Trainer trainer, NetworkCase item) =>
        item.Labels is null ? trainer.Step(item.Inputs, item.Targets) : trainer.Step(item.Inputs, item.Labels);

    public float Backward(Trainer trainer, NetworkCase item) =>
        item.Labels is null ? trainer.Backward(item.Inputs, item.Targets) : trainer.Backward(item.Inputs, item.Labels);

    public static float[] Weights(ParameterBlock block, int layer)
    {
        var weights = new float[block.Dense(layer).Inputs * block.Dense(layer).Outputs];
        block.Dense(layer).Weights.CopyTo(weights);
        return weights;
    }
}
