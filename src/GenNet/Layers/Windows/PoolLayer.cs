using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet;

/// <summary>A layer that makes one value of each window of an image, or of the steps of a sequence, channel by channel.</summary>
public abstract record PoolLayer : Layer
{
    private protected PoolLayer(PoolShape shape) : base(shape.Channels, shape.Channels, GenNet.Activation.Identity) => Shape = shape;

    internal PoolShape Shape { get; }

    /// <summary>How the windows lie on the image, or on the steps.</summary>
    public ImageWindow Window => Shape.Window;

    /// <summary>Whether what was added around the image counts in a mean.</summary>
    public bool CountsPadding => Shape.CountsPadding;

    internal override ((int Height, int Width) Taken, (int Height, int Width) Given)? Images => Shape.Window.Images;

    internal override bool GoesAlongSteps => Shape.Window.IsAlongSteps;

    /// <inheritdoc/>
    public override int ParameterCount => 0;

    /// <inheritdoc/>
    public override long MultiplyAdds => 0;

    /// <summary>What the windows have that are open.</summary>
    internal override int StateLength => Shape.OfAllSteps ? WindowLayout.StateLengthOfAll(Outputs) : Window.StateLength(Outputs);

    /// <summary>A pool of all steps does the same with each.</summary>
    internal override bool CountsSteps => !Shape.OfAllSteps && StateLength > 0;

    internal override bool BeginsWithNumber => StateLength > 0;

    internal override bool LeavesPaddingOut => Shape.ReadsAllSteps;

    internal override bool TrainsFromState => false;

    internal override (int Taken, int Given)? PositionsChange => (Shape.Window.Inputs, Shape.Window.Outputs);

    internal override string Schema => Shape.Window.Schema(Kind, Inputs, Outputs, Activation.Name) + (Shape.CountsPadding ? " counts padding" : "");

    internal override (string? Before, string? Behind) Arguments
    {
        get
        {
            var settings = Shape.Window.Settings(new(Shape.Window.Height, Shape.Window.Width));
            return (Shape.Window.SizeText, Shape.CountsPadding ? settings is null ? "CountsPadding = true" : settings + ", CountsPadding = true" : settings);
        }
    }
}
