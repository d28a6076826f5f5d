namespace GenNet;

/// <summary>
/// Adds an embedding to a <see cref="NetworkAttribute"/> class: a feature that says which of so many things a sample, or a step of it, has, such as a token or an enum's member, gives way to the
/// row of values that the network has learnt of that thing. PyTorch's <c>nn.Embedding</c>, Keras's <c>Embedding</c>. It stands above all layers but other embeddings.
/// </summary>
/// <remarks>Rows start as PyTorch's, normally distributed with mean 0 and deviation 1. The feature is a whole number, given as a float: <c>Forward</c> and training refuse any other.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class EmbeddingAttribute : Attribute
{
    /// <summary>Adds the layer.</summary>
    /// <param name="count">Number of things: the feature is from 0 to one less.</param>
    /// <param name="size">Values of each.</param>
    public EmbeddingAttribute(int count, int size) => (Count, Size) = (count, size);

    /// <summary>Number of things.</summary>
    public int Count { get; }

    /// <summary>Values of each.</summary>
    public int Size { get; }

    /// <summary>Which of the features that the layer takes is the index, from 0. Its values stand in its place: those before stay where they are, those behind follow.</summary>
    public int Feature { get; set; }
}
