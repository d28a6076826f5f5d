using GenNet.Onnx.Activations;
using GenNet.Onnx.Layers;

namespace GenNet.Onnx.Reading;

/// <summary>Finds the layers of a graph, from its output back to its input.</summary>
static class GraphWalk
{
    /// <summary>The layers, in order.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="budget">Parameters that the layers may have in all: a tensor that many layers use counts for each.</param>
    /// <exception cref="InvalidDataException">The graph is no sequence of GenNet's layers.</exception>
    public static IReadOnlyList<ModelLayer> Layers(Graph graph, long budget)
    {
        var steps = new List<Step>();
        for (var value = graph.Output; value != graph.Input; value = steps[^1].Input)
        {
            if (value.Node is null)
                throw new InvalidDataException($"its output comes from the constant \"{Messages.Short(value.Name)}\", not from its input.");
            var step = ActivationKind.Find(value) ?? (Step?)LayerKind.Find(value)
                ?? throw new InvalidDataException($"{value.Description} is nothing that GenNet has a layer or activation for.");
            budget -= step.ParameterCount;
            if (budget < 0)
                throw new InvalidDataException("its layers use the same tensors again and again; no network has that many parameters.");
            steps.Add(step);
        }
        steps.Reverse();
        return Group(graph.Input, steps);
    }

    /// <summary>Puts activations to their layers, and says where residual connections start.</summary>
    static List<ModelLayer> Group(Value input, List<Step> steps)
    {
        var layers = new List<ModelLayer>();
        var given = new Dictionary<Value, int> { [input] = 0 };
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i] is ActivationStep activation)
            {
                if (layers.Count == 0 || layers[^1].Activation is not null)
                    throw new InvalidDataException($"{activation.Node.Description} has no layer before it that it could be the activation of.");
                layers[^1] = layers[^1] with { Activation = activation };
            }
            else if (steps[i] is LayerStep layer)
                layers.Add(new ModelLayer(layer, null, layer.Skip is { } skip ? layers.Count - Start(layer, skip) : 0));
            if (i + 1 == steps.Count || steps[i + 1] is not ActivationStep)
                given[steps[i].Node] = layers.Count;
        }
        if (layers.Count == 0)
            throw new InvalidDataException("has no layers, its output is its input.");
        var takes = layers[0].Step.Takes;
        if (input.Width > 0 && takes > 0 && takes != input.Width)
            throw new InvalidDataException($"{layers[0].Step.Node.Description} takes {takes} values, the input \"{Messages.Short(input.Name)}\" has {input.Width}.");
        return layers;

        int Start(LayerStep step, Value skip) => given.TryGetValue(skip, out var layer) && layer < layers.Count
            ? layer
            : throw new InvalidDataException($"{step.Node.Description} adds \"{Messages.Short(skip.Name)}\", which no earlier layer gives.");
    }
}
