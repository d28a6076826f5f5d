namespace GenNet.Agents;

/// <summary>A thread's own memory.</summary>
/// <param name="block">For a block of rows.</param>
/// <param name="networks">The networks.</param>
/// <param name="observations">Numbers of an observation.</param>
/// <param name="width">Numbers of an action.</param>
/// <param name="actions">Actions, or numbers of one.</param>
sealed class RolloutThread(PolicyBlock block, ActorCritic networks, int observations, int width, int actions)
{
    public PolicyBlock Block => block;

    /// <summary>[rows, outputs] what the policy's network gives.</summary>
    public float[] Outputs { get; } = new float[PolicyHead.Rows * networks.PolicyOutputs];

    /// <summary>[outputs] what the value's network gives.</summary>
    public float[] ValueOutputs { get; } = new float[networks.ValueOutputs];

    /// <summary>What the value's network remembers of an environment whose state is to stay; null where it remembers nothing.</summary>
    public NetworkState? ValueState { get; } = networks.ValueWindow == 0 ? null : Recurrence.CreateState(networks.Value, observations, streams: 1);

    /// <summary>[observations] the last of an episode.</summary>
    public float[] Last { get; } = new float[observations];

    /// <summary>[width] an action within its bounds.</summary>
    public float[] Action { get; } = new float[width];

    /// <summary>[actions] which there are.</summary>
    public bool[] Allowed { get; } = new bool[actions];
}
