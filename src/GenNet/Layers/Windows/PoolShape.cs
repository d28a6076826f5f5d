using System.ComponentModel;

namespace GenNet.Runtime;

/// <summary>A pool.</summary>
/// <param name="Window">How its windows lie on the image.</param>
/// <param name="Channels">Numbers of a pixel.</param>
/// <param name="CountsPadding">Whether zeros around the image count in a mean.</param>
/// <param name="OfAllSteps">Whether it is of all steps of a sequence, however many they are: of a stream, of those so far.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct PoolShape(ImageWindow Window, int Channels, bool CountsPadding = false, bool OfAllSteps = false)
{
    /// <summary>Whether its one window reads all steps of a sequence of the declared length.</summary>
    internal bool ReadsAllSteps => Window.IsAlongSteps && (Window.Width, Window.Left, Window.OutputWidth) == (Window.InputWidth, 0, 1);

    /// <summary>That of all steps of a shorter one.</summary>
    internal PoolShape OfSteps(int steps) => this with { Window = Window with { InputWidth = steps, Width = steps } };
}
