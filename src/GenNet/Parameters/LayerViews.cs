namespace GenNet;

/// <summary>The views of one layer's parameters that somebody asked for. Threads that ask for the first time together may each get views of their own, which are alike.</summary>
sealed class LayerViews
{
    public WeightMatrix? Weights, OtherWeights, ReverseWeights, OtherReverseWeights;

    public ParameterVector? First, Second, Third, Fourth;
}
