using GenNet;

namespace Agents;

/// <summary>Policies that begin undecided.</summary>
static class Undecided
{
    /// <summary>
    /// The network with a hundredth of the weights of its last layer, so that at first all actions are about as likely, whatever is seen: fewer runs go wrong (Andrychowicz and others,
    /// <i>What matters in on-policy reinforcement learning?</i>, 2021).
    /// </summary>
    public static INetwork Policy(INetwork network)
    {
        var last = network.Parameters.Tensors[^2];
        var weights = new float[last.Length];
        last.CopyTo(weights);
        for (var i = 0; i < weights.Length; i++)
            weights[i] *= 0.01f;
        last.CopyFrom(weights);
        return network;
    }
}
