namespace GenNet.Kernels;

/// <summary>The windows of a stream to which a step belongs, in the order in which they end.</summary>
struct StreamWindows
{
    /// <summary>Windows.</summary>
    public required int Count;

    /// <summary>Channels of which each gets a term.</summary>
    public required int Terms;

    /// <summary>All terms of a window.</summary>
    public required int Depth;

    /// <summary>The step's place in the first window.</summary>
    public required int Place;

    /// <summary>Places back to that in the next window.</summary>
    public required int Stride;

    /// <summary>Whether the last window begins with the step: with biases.</summary>
    public required bool Begins;

    /// <summary>Whether the first ends with it, and the others move up.</summary>
    public required bool Ends;

    /// <summary>Floats from one window's values to the next one's.</summary>
    public required int Row;

    /// <summary>Floats from one channel to the next where each filter has channels of its own; 0 where all have the same.</summary>
    public required int Spread;
}
