namespace GenNet;

/// <summary>Leaves a field or property out of a network's features. In the output type, <c>Predict</c> leaves it at its default value.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class IgnoreFeatureAttribute : Attribute;
