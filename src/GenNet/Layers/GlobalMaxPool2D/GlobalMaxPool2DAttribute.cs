namespace GenNet;

/// <summary>Adds a layer to a <see cref="NetworkAttribute"/> class that takes the largest value of each channel over the whole image, which leaves one row of as many values: Keras's <c>GlobalMaxPooling2D</c>.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GlobalMaxPool2DAttribute : Attribute;
