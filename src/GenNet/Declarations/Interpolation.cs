namespace GenNet;

/// <summary>How an image is resized.</summary>
public enum Interpolation
{
    /// <summary>Each pixel becomes a rectangle of itself.</summary>
    Nearest,

    /// <summary>Between the centres of pixels values go in straight lines, along rows and along columns; beyond the outermost they are those of the edge: PyTorch's <c>align_corners=False</c>.</summary>
    Bilinear,
}
