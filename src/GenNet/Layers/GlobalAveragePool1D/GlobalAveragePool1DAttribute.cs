namespace GenNet;

/// <summary>Adds a layer to a <see cref="NetworkAttribute"/> class that takes the mean of each feature over all steps of a sequence, which leaves one row of as many values: Keras's <c>GlobalAveragePooling1D</c>. In a stream whose steps come one by one a mean is of the steps so far.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GlobalAveragePool1DAttribute : Attribute;
