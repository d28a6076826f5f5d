namespace GenNet;

/// <summary>Adds a layer to a <see cref="NetworkAttribute"/> class that takes the mean of each channel over the whole image, which leaves one row of as many values: Keras's <c>GlobalAveragePooling2D</c>.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GlobalAveragePool2DAttribute : Attribute;
