namespace GenNet.Tool.Models;

/// <summary>A tensor of a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its elements, as safetensors calls it.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Length">Number of elements.</param>
/// <param name="Values">Its elements, or null where they are no floating-point numbers.</param>
sealed record ModelTensor(string Name, string Type, IReadOnlyList<int> Shape, int Length, float[]? Values);
