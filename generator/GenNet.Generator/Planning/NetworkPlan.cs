using GenNet.Generator.Specification;

namespace GenNet.Generator.Planning;

sealed record NetworkPlan(NetworkSpec Network);
