namespace GenNet;

/// <summary>What may be wrong with a training.</summary>
public enum HealthProblem
{
    /// <summary>Gradients become smaller from layer to layer, so that the layers far from the loss hardly learn.</summary>
    VanishingGradients,

    /// <summary>Gradients are many times larger than the weights that they change.</summary>
    ExplodingGradients,

    /// <summary>Inputs are far larger than standardised ones, and with them the gradients, which are named next.</summary>
    UnscaledInputs,

    /// <summary>Targets are far larger than standardised ones, and with them the gradients, which are named next.</summary>
    UnscaledTargets,

    /// <summary>ReLU units are zero for every sample, have no gradient, and stay so.</summary>
    DeadUnits,

    /// <summary>Sigmoid or tanh units are at their limits, where they have hardly any gradient.</summary>
    SaturatedUnits,

    /// <summary>Gradients become smaller from step to step on their way back, so that a layer that remembers hardly learns from what was long before. Said from 64 updates on: an untrained layer forgets in any case.</summary>
    VanishingThroughTime,

    /// <summary>Gradients become larger from step to step on their way back.</summary>
    ExplodingThroughTime,
}
