namespace GenNet;

/// <summary>Adds a layer to a <see cref="NetworkAttribute"/> class that takes the last step of a sequence, which leaves one row of as many values: what Keras's recurrent layers give without <c>return_sequences</c>.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LastStepAttribute : Attribute;
