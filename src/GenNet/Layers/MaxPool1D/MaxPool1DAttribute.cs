namespace GenNet;

/// <summary>Adds a layer to a <see cref="NetworkAttribute"/> class that takes the largest value of each window along the steps of a sequence, feature by feature: PyTorch's <c>MaxPool1d</c>, Keras's <c>MaxPooling1D</c>. Of equal ones the first gets the gradient.</summary>
/// <param name="size">Steps of a window.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MaxPool1DAttribute(int size) : Attribute
{
    /// <summary>Steps of a window.</summary>
    public int Size { get; } = size;

    /// <summary>Steps from one window to the next: the window's size unless given.</summary>
    public int Stride { get; set; }

    /// <summary>What is added around the sequence. It is never the largest.</summary>
    public Padding Padding { get; set; }

    /// <summary>Steps added on either side, as PyTorch's <c>padding=</c>, in the place of <see cref="Padding"/>.</summary>
    public int PaddingSize { get; set; }
}
