using GenNet.Losses;

namespace GenNet;

/// <summary>
/// Begins a head of a network: the layers below it, up to the next head, take what the layers above the first head give, the trunk.
/// The network's outputs are those of all heads, one behind the other; what training minimises is the sum of the heads' losses, each times its weight.
/// </summary>
/// <example>
/// <code>
/// [Network(8)]
/// [Dense(64, Activation.Tanh)]
/// [Head("Policy", Loss = Loss.CrossEntropy)]
/// [Dense(4, Activation.Softmax)]
/// [Head("Value", Weight = 0.5)]
/// [Dense(1)]
/// public sealed partial class ActorCritic;
/// </code>
/// In a network of types, heads predict the members of the output: each the one that it is named after, and a head with a name of its own those that no head is named after.
/// Output layers, and losses unless declared, follow from the members:
/// <code>
/// public record struct Decision(Move Move, float Turn, float Throttle);
///
/// [Network&lt;Sensors, Decision&gt;(32)]
/// [Head("Move")]
/// [Head("Drive", Output = Activation.Tanh, Weight = 0.5)]
/// public sealed partial class Pilot;
/// </code>
/// </example>
/// <param name="name">The head's name in code and files: a C# identifier, as <c>Policy</c>.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class HeadAttribute(string name) : Attribute
{
    /// <summary>The head's name in code and files.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// Activation of the output layer of a head of <see cref="NetworkAttribute{TInput, TOutput}"/>. Unless set, it follows from what the head predicts; only for numbers is there a choice.
    /// Elsewhere the head's last layer has it.
    /// </summary>
    public Activation Output { get; set; }

    /// <summary>What training minimises for this head. <see cref="Loss.Default"/> follows from the activation of its last layer, or from the members that it predicts.</summary>
    public Loss Loss { get; set; }

    /// <summary>A loss of the user's own: a struct that implements <see cref="ILoss"/>.</summary>
    public Type? LossType { get; set; }

    /// <summary>What the head's loss is multiplied by in the sum of all.</summary>
    public double Weight { get; set; } = 1;
}
