namespace GenNet.Tool.Models;

/// <summary>A tensor of a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its elements, as safetensors calls it.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Length">Number of elements.</param>
/// <param name="Values">Its elements, or null where they are no floating-point numbers.</param>
sealed record ModelTensor(string Name, string Type, IReadOnlyList<int> Shape, int Length, float[]? Values)
{
    /// <summary>The parameters of a network.</summary>
    public static IReadOnlyList<ModelTensor> Of(ParameterBlock parameters) => [.. parameters.Tensors.Select(tensor => new ModelTensor(tensor.Name, "F32", tensor.Shape, tensor.Length, ValuesOf(tensor)))];

    /// <summary>A parameter's elements.</summary>
    public static float[] ValuesOf(ParameterTensor tensor)
    {
        var values = new float[tensor.Length];
        tensor.CopyTo(values);
        return values;
    }
}
