using GenNet.Onnx.Reading;
using GenNet.Onnx.Schema;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Layers;

/// <summary>Pools of images.</summary>
abstract class PoolKind : LayerKind
{
    public override ((int Height, int Width) Taken, (int Height, int Width) Given)? Images(Layer layer) => ((PoolLayer)layer).Window.Images();

    /// <summary>Whether a pool has one window, over the whole of an image, as a global pool is declared.</summary>
    protected static bool IsGlobal(PoolLayer pool) =>
        pool.Window is { Stride: { Height: 1, Width: 1 }, OutputHeight: 1, OutputWidth: 1 } window && !window.ReadsPadding() && (window.Height, window.Width) == (window.InputHeight, window.InputWidth);

    /// <summary>Adds a node whose windows lie as the pool's.</summary>
    protected static void WriteWindows(PoolLayer pool, LayerNodes nodes, string operation, params AttributeProto[] more)
    {
        var window = pool.Window;
        nodes.AsImage();
        nodes.Add(operation, [],
        [
            Attributes.Ints("kernel_shape", window.Height, window.Width), Attributes.Ints("pads", window.Pads()), Attributes.Ints("strides", window.Stride.Height, window.Stride.Width), .. more,
        ]);
    }

    /// <summary>The image that a node takes, and its windows; null where it is no image.</summary>
    /// <param name="value">What the node gives.</param>
    protected static (Value Image, ImageWindow Window)? ReadWindows(Value value)
    {
        if (value.Computed(0) is not { } x)
            return null;
        if (x.Rank != 4 || value.Ints("kernel_shape") is not [var height, var width])
            throw new InvalidDataException($"{value.Description} takes a value of {x.Rank} axes with windows of {value.Ints("kernel_shape").Count}; GenNet's pools go over images, [samples, channels, height, width]. Export the model with such an input.");
        x.SetChannelsLast(false, value);
        return (x, WindowAttributes.Read(value, x, height, width, isPool: true));
    }

    /// <summary>The image of which a node makes one value for each channel; null where it does something else.</summary>
    /// <param name="value">What the node gives.</param>
    /// <param name="operation">The operator that does that.</param>
    /// <param name="reduction">The operator that does it over the axes that it is told.</param>
    protected static (Value Image, ImageWindow Window)? ReadWhole(Value value, string operation, string reduction)
    {
        if (value.Computed(0) is not { Rank: 4 } x)
            return value.Operator == operation && value.Computed(0) is { Rank: var rank }
                ? throw new InvalidDataException($"{value.Description} takes a value of {rank} axes; GenNet's pools go over images, [samples, channels, height, width]. Export the model with such an input.")
                : null;
        if (value.Operator == operation || (value.Operator == reduction && value.Axes is [2, 3]))
            x.SetChannelsLast(false, value);
        else if (value.Operator == reduction && value.Axes is [1, 2])
            x.SetChannelsLast(true, value);
        else
            return null;
        return (x, WindowAttributes.Whole(value, x));
    }
}

/// <summary>One value of each window of an image, channel by channel.</summary>
abstract record PoolStep(Value Node, Value Input, ImageWindow Window) : LayerStep(Node, Input)
{
    public override int Takes => Input.Features is > 0 and <= int.MaxValue and var channels ? (int)channels : 0;

    public override bool IsActivated => false;

    public override int? PositionsTaken => Window.InputHeight * Window.InputWidth;

    public override (int Height, int Width)? Image => (Window.InputHeight, Window.InputWidth);

    public override string? Difference(Layer layer, int back, int expectedBack) => layer is PoolLayer pool && Is(pool)
        ? pool.Window.Reads(Window) && (!Window.ReadsPadding() || SameMean(pool)) ? null : "Declare the layer so, or load a model that has the network's there."
        : OtherLayers;

    /// <summary>Whether it is the same kind of pool.</summary>
    protected abstract bool Is(PoolLayer layer);

    /// <summary>Whether padding counts where it does in a pool of that kind.</summary>
    protected virtual bool SameMean(PoolLayer layer) => true;
}
