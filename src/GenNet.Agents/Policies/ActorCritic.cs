namespace GenNet.Agents;

/// <summary>Where the outputs of a policy and a value come from: two networks, or one with two heads.</summary>
sealed class ActorCritic
{
    public const string PolicyHeadName = "Policy", ValueHeadName = "Value";

    public ActorCritic(INetwork policy, INetwork value, Type environment, int observations, ActionSpace space)
    {
        (Policy, Value) = (policy, value);
        if (ReferenceEquals(policy, value))
        {
            CheckInputs(policy, environment, observations);
            (PolicyOutputs, ValueOutputs) = (policy.OutputSize, policy.OutputSize);
            (PolicyOutput, ValueOutput) = (Head(policy, PolicyHeadName, space.Count, environment), Head(policy, ValueHeadName, 1, environment));
        }
        else
        {
            Check(policy, environment, observations, space.Count, isTrained: true);
            Check(value, environment, observations, 1, isTrained: true);
            (PolicyOutputs, ValueOutputs) = (space.Count, 1);
            (PolicyWindow, ValueWindow) = (Recurrence.Window(policy, observations), Recurrence.Window(value, observations));
            if (PolicyWindow > 0 && ValueWindow > 0 && PolicyWindow != ValueWindow)
                throw new ArgumentException($"{policy.GetType().Name} is trained on windows of {PolicyWindow} steps, and {value.GetType().Name} on those of {ValueWindow}: declare both with as many.", nameof(value));
        }
        if (space.IsDiscrete)
            CheckNoSoftmax(policy, PolicyOutput);
    }

    /// <summary>Throws unless a network takes the observations of an environment, and gives so many numbers for each.</summary>
    /// <param name="network">The network.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="observations">Numbers of an observation.</param>
    /// <param name="outputs">Numbers that are wanted.</param>
    /// <param name="isTrained">Whether gradients go back through it: where it is recurrent, from each step of a window.</param>
    public static void Check(INetwork network, Type environment, int observations, int outputs, bool isTrained)
    {
        var window = Recurrence.Window(network, observations);
        if (window == 0)
            CheckInputs(network, environment, observations);
        if (window > 1 && isTrained && network.OutputSize == outputs)
            throw new ArgumentException($"{network.GetType().Name} has outputs for the last of {window} steps alone, but learns from each: end it with [Flatten] in place of [LastStep].", nameof(network));
        CheckOutputs(network, "", window > 1 && network.OutputSize == window * outputs ? outputs : network.OutputSize, outputs, environment);
    }

    /// <summary>Throws where outputs that are to say how good actions are, beside each other, have been made probabilities.</summary>
    /// <param name="network">The network.</param>
    /// <param name="firstOutput">The first of these outputs, which are those of a head.</param>
    public static void CheckNoSoftmax(INetwork network, int firstOutput)
    {
        foreach (var head in network.Architecture.Heads)
            if (head.Outputs.Start.Value == firstOutput && network.Architecture.Layers[head.Layers.End.Value - 1].Activation.BuiltIn == Activation.Softmax)
                throw new ArgumentException($"{network.GetType().Name} ends with a softmax, but its outputs are to be any numbers, the larger the better an action is. Declare its last layer without activation.", nameof(network));
    }

    public INetwork Policy { get; }

    /// <summary>The network of the value: that of the policy where it is one of two heads.</summary>
    public INetwork Value { get; }

    public bool IsShared => ReferenceEquals(Policy, Value);

    /// <summary>Numbers that the policy's network gives for an observation.</summary>
    public int PolicyOutputs { get; }

    /// <summary>Numbers that the value's network gives for an observation.</summary>
    public int ValueOutputs { get; }

    /// <summary>Steps of the windows that the policy is trained on; 0 where it remembers nothing.</summary>
    public int PolicyWindow { get; }

    /// <summary>Steps of the windows that the value's network is trained on; 0 where it remembers nothing.</summary>
    public int ValueWindow { get; }

    /// <summary>Steps that are learnt from together: a window, or 1.</summary>
    public int Window => Math.Max(1, Math.Max(PolicyWindow, ValueWindow));

    /// <summary>The first of the policy's outputs among its network's.</summary>
    public int PolicyOutput { get; }

    /// <summary>The value among its network's outputs.</summary>
    public int ValueOutput { get; }

    static int Head(INetwork network, string name, int outputs, Type environment)
    {
        foreach (var head in network.Architecture.Heads)
            if (head.Name == name)
            {
                var (first, count) = head.Outputs.GetOffsetAndLength(network.OutputSize);
                CheckOutputs(network, "." + name, count, outputs, environment);
                return first;
            }
        throw new ArgumentException($"{network.GetType().Name} has no head {name}: declare [Head(\"{PolicyHeadName}\")] and [Head(\"{ValueHeadName}\")], or give two networks.", nameof(network));
    }

    static void CheckInputs(INetwork network, Type environment, int observations)
    {
        if (network.InputSize == observations)
            return;
        for (var index = 0; index < network.Architecture.Layers.Count; index++)
            if (network.Architecture.Layers[index] is RecurrentLayer { Bidirectional: true })
                throw new ArgumentException($"Layer {index + 1} of {network.GetType().Name} goes through the steps from the last to the first too, but who acts in {environment.Name} knows no later ones: declare it without Bidirectional = true.", nameof(network));
        if (network.Architecture.Layers[0].Inputs == observations)
            throw new ArgumentException($"{network.GetType().Name} goes through {network.Architecture.Positions} steps in one go, not one by one. What remembers observations of {environment.Name} is a network without heads, whose recurrent layers end with [Flatten].", nameof(network));
        throw new ArgumentException($"{network.GetType().Name} has {network.InputSize} inputs, but an observation of {environment.Name} has {observations} numbers. Declare the network with as many.", nameof(network));
    }

    static void CheckOutputs(INetwork network, string head, int count, int outputs, Type environment)
    {
        if (count != outputs)
            throw new ArgumentException($"{network.GetType().Name}{head} has {count} outputs, but {environment.Name} takes {outputs}{(outputs == 1 ? "" : ": one for each action, or for each number of an action")}. Declare it with as many.", nameof(network));
    }
}
