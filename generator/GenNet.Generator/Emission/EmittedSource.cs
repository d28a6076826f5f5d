using GenNet.Generator.Infrastructure;
using GenNet.Generator.Planning;
using GenNet.Generator.Specification;

namespace GenNet.Generator.Emission;

/// <summary>One emitted file.</summary>
/// <param name="HintName">Its name.</param>
/// <param name="Text">Its text.</param>
/// <param name="Collisions">The user's names because of which it has stubs alone.</param>
sealed record EmittedSource(string HintName, string Text, EquatableArray<MemberSpec> Collisions)
{
    public static EmittedSource Create(NetworkPlan plan)
    {
        var members = new EmittedMembers(plan.Spec, NetworkEmitter.Emit(plan));
        // What collides with a class that cannot be made need not be said yet.
        var collisions = plan.Spec.Constructor == ConstructorKind.Seeded ? members.Collisions().ToEquatableArray() : default;
        var isStub = collisions.Count > 0 || plan.Spec.Constructor != ConstructorKind.Seeded;
        if (isStub)
        {
            var spec = plan.Spec with { Error = plan.Spec.Error ?? "A member collides." };
            members = new(spec, NetworkEmitter.Emit(plan with { Spec = spec, Weights = null }));
        }
        return new(plan.Spec.HintName, NamespaceAliases.Apply(isStub ? members.Stubs() : members.MakeWay(), plan.ShortNames), collisions);
    }
}
