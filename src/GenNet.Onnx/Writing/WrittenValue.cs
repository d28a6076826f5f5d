namespace GenNet.Onnx.Writing;

/// <summary>A value of the graph that is written.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Form">How it holds a sample.</param>
/// <param name="Height">Rows of pixels of an image.</param>
/// <param name="Width">Pixels of a row.</param>
sealed record WrittenValue(string Name, Form Form, int Height = 0, int Width = 0)
{
    /// <summary>Whether it is an image of more than one pixel.</summary>
    public bool HasPixels => Form == Form.Image && (Height, Width) != (1, 1);
}
