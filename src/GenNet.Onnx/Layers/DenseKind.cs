using GenNet.Onnx.Reading;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Layers;

/// <summary>Dense layers: <c>Gemm</c>, which takes matrices alone, or <c>MatMul</c> and <c>Add</c>.</summary>
sealed class DenseKind : LayerKind
{
    protected override bool Is(Layer layer) => layer is DenseLayer;

    public override string Describe(Layer layer) => $"a dense layer with weights [{layer.Outputs}, {layer.Inputs}] and the activation {layer.Activation}";

    public override int Pixels(Layer layer) => ((DenseLayer)layer).Pixels;

    public override bool MixesRow => true;

    public override void Write(Layer layer, LayerNodes nodes, string[] parameters, WrittenValue[] sources)
    {
        nodes.AsRow();
        if (nodes.Form is Form.Row or Form.RowOfPixels)
        {
            nodes.Add("Gemm", parameters, Attributes.Int("transB", 1));
            nodes.Form = Form.Row;
            return;
        }
        nodes.ChannelsLast(() =>
        {
            var x = nodes.Last;
            nodes.Add("Transpose", parameters[0], [], [Attributes.Ints("perm", 1, 0)]);
            nodes.Add("MatMul", x, [nodes.Last]);
            nodes.Add("Add", nodes.Last, [parameters[1]], name: "Biases");
        });
    }

    public override bool GoesStepByStep(Layer layer) => true;

    protected override LayerStep? Read(Value value) => value.Operator switch
    {
        "Gemm" => Gemm(value),
        "MatMul" => MatMul(value, value),
        "Add" when value.Computed(0) is null || value.Computed(1) is null => WithBiases(value),
        _ => null,
    };

    /// <summary>A product, and constants that are added to it.</summary>
    static DenseStep? WithBiases(Value value)
    {
        var product = value;
        var added = new List<Constant>();
        while (product is { Operator: "Add" } && (product.ConstantAt(0) ?? product.ConstantAt(1)) is { } constant)
        {
            added.Add(constant);
            product = product.Computed(0) ?? product.Computed(1);
        }
        var step = product switch
        {
            { Operator: "MatMul" } => MatMul(value, product),
            { Operator: "Gemm" } => Gemm(product),
            _ => null,
        };
        if (step is null)
            return null;
        foreach (var constant in added)
        {
            var biases = constant.Broadcast(step.Outputs);
            for (var o = 0; o < biases.Length; o++)
                step.Biases[o] += biases[o];
        }
        return step with { Node = value };
    }

    static DenseStep? Gemm(Value value)
    {
        if (value.Computed(0) is { Rank: not 2 } tensor)
            throw new InvalidDataException($"{value.Description} takes a matrix, and \"{Messages.Short(tensor.Name)}\" has {tensor.Rank} axes.");
        if (value.ConstantAt(2)?.Tensor.Dims.Count > 2)
            throw new InvalidDataException($"{value.Description} adds {value.ConstantAt(2)!.Description}, which is no matrix.");
        if (value.Computed(0) is not { } x || value.ConstantAt(1) is not { } weights || (value.Inputs.Length > 2 && value.Computed(2) is not null))
            return null;
        foreach (var (name, actual, expected) in new[] { ("alpha", value.Float("alpha", 1), 1), ("beta", value.Float("beta", 1), 1), ("transA", value.Int("transA", 0), 0) })
            if (actual != expected)
                throw new InvalidDataException($"{value.Description} has {name} = {actual}, a dense layer has {expected}.");
        return Dense(value, x, weights, value.Int("transB", 0) != 0, value.ConstantAt(2));
    }

    static DenseStep? MatMul(Value value, Value product) =>
        product.Computed(0) is { } x && product.ConstantAt(1) is { } weights ? Dense(value, x, weights, false, null) : null;

    static DenseStep Dense(Value value, Value x, Constant weights, bool rowsAreOutputs, Constant? biases)
    {
        x.SetChannelsLast(true, value);
        var (outputs, inputs, elements) = weights.Matrix(transpose: !rowsAreOutputs);
        return new DenseStep(value, x, weights.Name, outputs, inputs, elements, biases?.Broadcast(outputs) ?? new float[outputs]);
    }
}

/// <summary>z = xWᵀ + b.</summary>
/// <param name="Node">The last of the nodes.</param>
/// <param name="Input">What they take.</param>
/// <param name="Tensor">The weights' name.</param>
/// <param name="Outputs">Rows of the weights.</param>
/// <param name="Inputs">Columns of the weights.</param>
/// <param name="Weights">[outputs, inputs], row by row.</param>
/// <param name="Biases">[outputs].</param>
sealed record DenseStep(Value Node, Value Input, string Tensor, int Outputs, int Inputs, float[] Weights, float[] Biases) : LayerStep(Node, Input)
{
    public override string What => $"dense layer with weights \"{Messages.Short(Tensor)}\" [{Outputs}, {Inputs}]";

    public override IReadOnlyList<float[]> Parameters => [Weights, Biases];

    public override int Takes => Inputs;

    public override LayerStep? AsProjection => this;

    /// <summary>Of each step it is a convolution of one, which a network along steps has.</summary>
    public override LayerStep AsProjectionOf(Layer layer) => layer is ConvolutionLayer { Groups: 1, Window: { Height: 1, Width: 1, Top: 0, Left: 0, Stride: { Height: 1, Width: 1 } } window }
        ? new ConvolutionStep(Node, Input, Tensor, Outputs, Inputs, Groups: 1, window, Weights, Biases)
        : this;

    public override IReadOnlyList<float[]> ParametersFor(Layer layer) => [InOrder(Weights, Inputs, ((DenseLayer)layer).Pixels), Biases];

    public override LayerStep? Scaled(Value node, Layer layer, double[] factors, float[] means, float[] shifts)
    {
        if (layer is not DenseLayer || factors.Length != Outputs)
            return null;
        var (weights, biases) = Scaling.Of(Weights, Biases, factors, means, shifts);
        return this with { Node = node, Weights = weights, Biases = biases };
    }

    public override string? Difference(Layer layer, int back, int expectedBack) => layer switch
    {
        DenseLayer when (Outputs, Inputs) == (layer.Outputs, layer.Inputs) => null,
        DenseLayer => Inputs == layer.Inputs
            ? $"Declare the layer with {Outputs} units, or load a model that has {layer.Outputs} there."
            : $"Declare {Inputs} inputs for the layer, or load a model that has {layer.Inputs} there.",
        _ => OtherLayers,
    };

    public override void AddTo(ArchitectureBuilder builder, LayerActivation activation, int back) => builder.Dense(Outputs, activation);
}
