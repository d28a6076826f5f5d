namespace GenNet;

/// <summary>Makes a computed property of a network's input type a feature. Fields and automatic properties are features anyway.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FeatureAttribute : Attribute;
