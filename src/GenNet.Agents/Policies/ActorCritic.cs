namespace GenNet.Agents;

/// <summary>Where the outputs of a policy and a value come from: two networks, or one with two heads.</summary>
sealed class ActorCritic
{
    public const string PolicyHeadName = "Policy", ValueHeadName = "Value";

    public ActorCritic(INetwork policy, INetwork value, Type environment, int observations, int outputs)
    {
        (Policy, Value) = (policy, value);
        if (ReferenceEquals(policy, value))
        {
            CheckInputs(policy, environment, observations);
            (PolicyOutput, ValueOutput) = (Head(policy, PolicyHeadName, outputs, environment), Head(policy, ValueHeadName, 1, environment));
        }
        else
        {
            Check(policy, environment, observations, outputs);
            Check(value, environment, observations, 1);
        }
    }

    /// <summary>Throws unless a network takes the observations of an environment, and gives so many numbers.</summary>
    public static void Check(INetwork network, Type environment, int observations, int outputs)
    {
        CheckInputs(network, environment, observations);
        CheckOutputs(network, "", network.OutputSize, outputs, environment);
    }

    public INetwork Policy { get; }

    /// <summary>The network of the value: that of the policy where it is one of two heads.</summary>
    public INetwork Value { get; }

    public bool IsShared => ReferenceEquals(Policy, Value);

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
        if (network.InputSize != observations)
            throw new ArgumentException($"{network.GetType().Name} has {network.InputSize} inputs, but an observation of {environment.Name} has {observations} numbers. Declare the network with as many.", nameof(network));
    }

    static void CheckOutputs(INetwork network, string head, int count, int outputs, Type environment)
    {
        if (count != outputs)
            throw new ArgumentException($"{network.GetType().Name}{head} has {count} outputs, but {environment.Name} takes {outputs}{(outputs == 1 ? "" : ": one for each action, or for each number of an action")}. Declare it with as many.", nameof(network));
    }
}
