using System.ComponentModel;
using GenNet.Runtime;

namespace GenNet;

/// <summary>The weights and biases of one recurrent layer, or the gradients of them. Gates stand one behind the other, as PyTorch has them: reset, update, new; or input, forget, cell, output.</summary>
public readonly struct RecurrentParameters
{
    readonly ParameterBlock? _block;
    readonly int _layer;
    readonly RecurrentShape _shape;
    readonly WeightMatrix? _ofInputs, _ofState;
    readonly ParameterVector? _biasesOfInputs, _biasesOfState;

    /// <summary>Views the layer number <paramref name="layer"/>, from 0, at its place among the network's parameters.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public RecurrentParameters(ParameterBlock block, int layer, RecurrentShape shape)
    {
        ArgumentNullException.ThrowIfNull(block);
        (_block, _layer, _shape) = (block, layer, shape.Forward);
        Reversed = shape.Bidirectional ? shape.Reverse : null;
        var views = block.Views(layer);
        _ofInputs = views.Weights ??= View(block, shape.OfInputs);
        _ofState = views.OtherWeights ??= View(block, shape.OfState);
        _biasesOfInputs = views.First ??= new ParameterVector(block, shape.OfInputs.BiasOffset, shape.OfInputs.Outputs);
        _biasesOfState = views.Second ??= new ParameterVector(block, shape.OfState.BiasOffset, shape.OfState.Outputs);
    }

    /// <summary>Views the other direction of a layer.</summary>
    RecurrentParameters(ParameterBlock block, int layer, RecurrentShape reverse, LayerViews views)
    {
        (_block, _layer, _shape) = (block, layer, reverse);
        _ofInputs = views.ReverseWeights ??= View(block, reverse.OfInputs);
        _ofState = views.OtherReverseWeights ??= View(block, reverse.OfState);
        _biasesOfInputs = views.Third ??= new ParameterVector(block, reverse.OfInputs.BiasOffset, reverse.OfInputs.Outputs);
        _biasesOfState = views.Fourth ??= new ParameterVector(block, reverse.OfState.BiasOffset, reverse.OfState.Outputs);
    }

    /// <summary>The place of the other direction, if there is one.</summary>
    RecurrentShape? Reversed { get; }

    static WeightMatrix View(ParameterBlock block, DenseShape product) => new(block, product.Offset, product.Inputs, product.Outputs);

    /// <summary>Features of a step.</summary>
    public int Inputs => _shape.Inputs;

    /// <summary>Values of the state.</summary>
    public int Units => _shape.Units;

    /// <summary>Gates, each with a row of weights for every unit.</summary>
    public int Gates => _shape.Gates;

    /// <summary>The weights of what a step brings, [<see cref="Gates"/> × <see cref="Units"/>, <see cref="Inputs"/>]: PyTorch's <c>weight_ih_l0</c>.</summary>
    public WeightMatrix InputWeights => _ofInputs ?? throw Missing();

    /// <summary>The weights of the state, [<see cref="Gates"/> × <see cref="Units"/>, <see cref="Units"/>]: PyTorch's <c>weight_hh_l0</c>.</summary>
    public WeightMatrix RecurrentWeights => _ofState ?? throw Missing();

    /// <summary>The biases beside what a step brings, [<see cref="Gates"/> × <see cref="Units"/>]: PyTorch's <c>bias_ih_l0</c>.</summary>
    public ParameterVector InputBiases => _biasesOfInputs ?? throw Missing();

    /// <summary>The biases beside the state's product, [<see cref="Gates"/> × <see cref="Units"/>]: PyTorch's <c>bias_hh_l0</c>.</summary>
    public ParameterVector RecurrentBiases => _biasesOfState ?? throw Missing();

    /// <summary>Those of the direction from the last step to the first, PyTorch's <c>…_reverse</c>, where the layer has both.</summary>
    /// <exception cref="InvalidOperationException">The layer goes forward alone.</exception>
    public RecurrentParameters Reverse => Reversed is { } reverse
        ? new(_block!, _layer, reverse, _block!.Views(_layer))
        : throw new InvalidOperationException("This layer goes from the first step to the last alone: one that is declared with Bidirectional = true has parameters of both directions.");

    static InvalidOperationException Missing() => new("This RecurrentParameters is the default, of no layer: take those of a layer, network.Layer1.");
}
