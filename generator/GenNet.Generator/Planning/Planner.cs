using GenNet.Generator.Specification;

namespace GenNet.Generator.Planning;

static class Planner
{
    public static NetworkPlan Create(NetworkSpec spec) => new(spec);
}
