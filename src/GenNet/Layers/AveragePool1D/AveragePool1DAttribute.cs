namespace GenNet;

/// <summary>Adds a layer to a <see cref="NetworkAttribute"/> class that takes the mean of each window along the steps of a sequence, feature by feature: PyTorch's <c>AvgPool1d</c>, Keras's <c>AveragePooling1D</c>.</summary>
/// <param name="size">Steps of a window.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class AveragePool1DAttribute(int size) : Attribute
{
    /// <summary>Steps of a window.</summary>
    public int Size { get; } = size;

    /// <summary>Steps from one window to the next: the window's size unless given.</summary>
    public int Stride { get; set; }

    /// <summary>What is added around the sequence.</summary>
    public Padding Padding { get; set; }

    /// <summary>Steps added on either side, as PyTorch's <c>padding=</c>, in the place of <see cref="Padding"/>.</summary>
    public int PaddingSize { get; set; }

    /// <summary>Whether what was added counts as zeros of the mean, as in PyTorch's <c>count_include_pad=True</c>. Otherwise, as in Keras and ONNX, a mean is that of the sequence's own steps.</summary>
    public bool CountsPadding { get; set; }
}
