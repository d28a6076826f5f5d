using GenNet.Onnx.Activations;
using GenNet.Onnx.Layers;

namespace GenNet.Onnx.Reading;

/// <summary>Finds the layers of a graph, from each of its outputs back to its input.</summary>
sealed class GraphWalk
{
    /// <summary>Nodes on the ways to all outputs. A network of a hundred heads on a trunk of a hundred layers has less than half of it.</summary>
    const int MostSteps = 50_000;

    readonly Graph _graph;

    /// <summary>What gives a value: of what several outputs share there is one.</summary>
    readonly Dictionary<Value, Step> _steps = [];
    long _budget;
    int _taken;

    GraphWalk(Graph graph, long budget) => (_graph, _budget) = (graph, budget);

    /// <summary>The outputs, in order, with the layers on the way to each.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="budget">Parameters that the layers may have in all: a tensor that many layers use counts for each.</param>
    /// <exception cref="InvalidDataException">The way to an output is no sequence of GenNet's layers.</exception>
    public static IReadOnlyList<ModelOutput> Outputs(Graph graph, long budget)
    {
        if (graph.Outputs is [var only])
            return [new ModelOutput(only.Name, new GraphWalk(graph, budget).Way(only.Value).Layers())];
        var walk = new GraphWalk(graph, budget);
        var ways = new List<Way>();
        foreach (var (name, value) in graph.Outputs)
            ways.Add(At(name, () => walk.Way(value)));
        if (ways.Exists(way => way.Start == graph.Input))
            ways = ways.ConvertAll(way => way.Start == graph.Input ? way : way.From(graph.Input));
        ModelOutput[] outputs = [.. graph.Outputs.Zip(ways, (output, way) => new ModelOutput(output.Name, At(output.Name, way.Layers)))];
        CheckCopies(outputs, budget);
        return outputs;

        static T At<T>(string name, Func<T> read)
        {
            try
            {
                return read();
            }
            catch (InvalidDataException e)
            {
                throw new InvalidDataException($"output \"{Messages.Short(name)}\": {e.Message}", e);
            }
        }
    }

    /// <summary>What some outputs share, and not all, each of them has for itself.</summary>
    static void CheckCopies(ModelOutput[] outputs, long budget)
    {
        var shared = ModelOutput.CountShared(outputs);
        foreach (var layer in outputs[0].Layers.Take(shared).Concat(outputs.SelectMany(output => output.Layers.Skip(shared))))
            budget -= layer.Step.ParameterCount;
        if (budget < 0)
            throw TooManyParameters();
    }

    Way Way(Value output)
    {
        var steps = new List<Step>();
        var value = output.Content;
        for (; !_graph.IsInput(value); value = steps[^1].Input.Content)
        {
            if (++_taken > MostSteps)
                throw new InvalidDataException($"the ways to its outputs have more than {MostSteps} nodes; no network has that many.");
            steps.Add(Step(value));
        }
        steps.Reverse();
        if (_graph.IsSequence)
            FoldZeros(steps);
        return new Way(value, steps, output);
    }

    /// <summary>Zeros around a sequence are no layer: they are those of the convolution or mean behind them.</summary>
    /// <exception cref="InvalidDataException">They cannot be.</exception>
    static void FoldZeros(List<Step> steps)
    {
        for (var i = 0; i < steps.Count; i++)
            if (steps[i] is ZeroPaddingStep { IsNothing: false } zeros)
            {
                steps[i] = (i + 1 < steps.Count ? (steps[i + 1] as LayerStep)?.WithZeros(zeros) : null)
                    ?? throw new InvalidDataException($"{zeros.Node.Description} adds zeros around a sequence, which in GenNet a convolution or an average pool does: put it right before one, with less zeros than its window has steps, as many on both sides or as Padding.Same has them.");
                steps.RemoveAt(i + 1);
            }
    }

    Step Step(Value value)
    {
        if (_steps.TryGetValue(value, out var known))
            return known;
        if (value.Node is null)
            throw new InvalidDataException($"its output comes from the constant \"{Messages.Short(value.Name)}\", not from its input.");
        var step = ActivationKind.Find(value) ?? (Step?)LayerKind.Find(value)
            ?? throw new InvalidDataException($"{value.Description} is nothing that GenNet has a layer or activation for.");
        _budget -= step.ParameterCount;
        if (_budget < 0)
            throw TooManyParameters();
        return _steps[value] = step;
    }

    static InvalidDataException TooManyParameters() => new("its layers use the same tensors again and again; no network has that many parameters.");
}
