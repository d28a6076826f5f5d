namespace Gestures;

/// <summary>Makes steps for the network of the points where a pen is.</summary>
sealed class Pen
{
    /// <summary>Features of a step.</summary>
    public const int Features = 3;

    /// <summary>The movement that is 1 to the network, so that features are about as large as first weights expect them.</summary>
    const double Unit = 0.1;

    PenPoint _last;

    /// <summary>The next step: how far the pen drew to the right and down, and whether it draws (1) or not (0). In the air nothing is known of it, as on a touch screen.</summary>
    public void Move(PenPoint to, Span<float> step)
    {
        var drew = to.Draws && _last.Draws;
        step[0] = drew ? (float)((to.X - _last.X) / Unit) : 0;
        step[1] = drew ? (float)((to.Y - _last.Y) / Unit) : 0;
        step[2] = to.Draws ? 1 : 0;
        _last = to;
    }
}
