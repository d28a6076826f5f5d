using System.Globalization;

namespace GenNet.Agents;

/// <summary>Refuses what networks compute that is no finite number.</summary>
static class FiniteNumbers
{
    /// <summary>Throws unless all outputs are finite.</summary>
    /// <param name="network">The network, for the message.</param>
    /// <param name="outputs">[rows, count] its outputs.</param>
    /// <param name="count">Outputs for an observation.</param>
    public static void CheckOutputs(INetwork network, ReadOnlySpan<float> outputs, int count)
    {
        for (var i = 0; i < outputs.Length; i++)
            if (!float.IsFinite(outputs[i]))
                throw new NotFiniteNumberException(string.Create(CultureInfo.InvariantCulture,
                    $"{network.GetType().Name}'s output {i % count} is {outputs[i]}, so nothing follows from it. Its weights are as they were: check them."), outputs[i]);
    }

    /// <summary>Throws unless all gradients of a trainer are finite, so that its update does not fail.</summary>
    public static void CheckGradients(Trainer trainer)
    {
        if (!trainer.HasFiniteGradients)
            throw new NotFiniteNumberException($"{trainer.Network.GetType().Name}: gradients are no finite numbers. Nothing has changed; lower the learning rate, or check weights and rewards.");
    }
}
