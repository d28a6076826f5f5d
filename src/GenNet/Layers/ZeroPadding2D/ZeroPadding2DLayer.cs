using System.ComponentModel;
using System.Globalization;
using GenNet.Runtime;

namespace GenNet;

/// <summary>An image with rows and columns of zeros around it.</summary>
public sealed record ZeroPadding2DLayer : Layer
{
    readonly ZeroPaddingShape _shape;

    /// <summary>Describes the layer.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ZeroPadding2DLayer(ZeroPaddingShape shape) : base(shape.Channels, shape.Channels, GenNet.Activation.Identity) => _shape = shape;

    /// <summary>Rows of pixels of the image that the layer takes.</summary>
    public int InputHeight => _shape.Height;

    /// <summary>Pixels of a row.</summary>
    public int InputWidth => _shape.Width;

    /// <summary>Rows of zeros above.</summary>
    public int Top => _shape.Top;

    /// <summary>Rows of zeros below.</summary>
    public int Bottom => _shape.Bottom;

    /// <summary>Columns of zeros on the left.</summary>
    public int Left => _shape.Left;

    /// <summary>Columns of zeros on the right.</summary>
    public int Right => _shape.Right;

    internal override ((int Height, int Width) Taken, (int Height, int Width) Given)? Images => ((InputHeight, InputWidth), (_shape.OutputHeight, _shape.OutputWidth));

    internal override (int Taken, int Given)? PositionsChange => (_shape.Inputs, _shape.Outputs);

    /// <inheritdoc/>
    public override int ParameterCount => 0;

    /// <inheritdoc/>
    public override long MultiplyAdds => 0;

    internal override string Schema =>
        SchemaText.Image(Kind, InputHeight, InputWidth, Inputs, _shape.OutputHeight, _shape.OutputWidth, Outputs, SchemaText.Sides(Top, Bottom, Left, Right), Activation.Name);

    internal override (string? Before, string? Behind) Arguments =>
        (Top > 0 && (Top, Top, Top) == (Bottom, Left, Right) ? Top.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{Top}, {Bottom}, {Left}, {Right}"), null);
}
