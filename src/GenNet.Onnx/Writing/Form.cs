namespace GenNet.Onnx.Writing;

/// <summary>How a value holds a sample.</summary>
enum Form
{
    /// <summary>[samples, features].</summary>
    Row,

    /// <summary>The same, pixel by pixel of an image whose row layers take channel by channel in files: it is an output of the network.</summary>
    RowOfPixels,

    /// <summary>[samples, positions, features].</summary>
    Steps,

    /// <summary>[samples, features, height, width].</summary>
    Image,
}
