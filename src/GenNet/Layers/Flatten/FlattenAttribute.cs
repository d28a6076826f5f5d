namespace GenNet;

/// <summary>
/// Adds a layer to a <see cref="NetworkAttribute"/> class that makes one row of all of a sample's positions, in order: [positions, features] becomes
/// [positions × features], as PyTorch's and Keras's <c>Flatten</c> do. Layers behind it see the whole sample.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class FlattenAttribute : Attribute;
