namespace GenNet;

/// <summary>What is added around an image before a kernel or a pool goes over it.</summary>
public enum Padding
{
    /// <summary>Nothing: windows lie within the image.</summary>
    Valid,

    /// <summary>As much as gives ⌈side/stride⌉ outputs on each side, an odd pixel behind: Keras's and PyTorch's <c>same</c>.</summary>
    Same,
}
