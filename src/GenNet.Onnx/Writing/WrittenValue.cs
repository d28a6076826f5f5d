namespace GenNet.Onnx.Writing;

/// <summary>A value of the graph that is written.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Form">How it holds a sample.</param>
/// <param name="Height">Rows of pixels of an image; 1 of steps, where a layer takes them as one.</param>
/// <param name="Width">Pixels of a row, or steps.</param>
sealed record WrittenValue(string Name, Form Form, int Height = 0, int Width = 0)
{
    /// <summary>Whether it is an image of more than one pixel, or as many steps as would be one.</summary>
    public bool HasPixels => Form is Form.Image or Form.Steps && (Height, Width) != (1, 1);
}
