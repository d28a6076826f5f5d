using GenNet.Generator.Infrastructure;
using GenNet.Generator.Planning;
using GenNet.Generator.Specification;

namespace GenNet.Generator.Emission;

/// <summary>One emitted file, and why it must not be added to the program.</summary>
/// <param name="HintName">Its name.</param>
/// <param name="Text">Its text.</param>
/// <param name="Collisions">The user's names that it collides with.</param>
sealed record EmittedSource(string HintName, string Text, EquatableArray<MemberSpec> Collisions)
{
    public bool HasCollisions => Collisions.Count > 0;

    public static EmittedSource Create(NetworkPlan plan)
    {
        var members = new EmittedMembers(plan.Spec, NetworkEmitter.Emit(plan));
        return new(plan.Spec.HintName, NamespaceAliases.Apply(members.MakeWay(), plan.ShortNames), members.Collisions().ToEquatableArray());
    }
}
