namespace Gestures;

/// <summary>A pen that follows the mouse over the paper: half of the distance in each step, so that the cells of a terminal do not show.</summary>
sealed class MousePen
{
    MouseReport _mouse;
    PenPoint _point;

    /// <summary>The last that is known of the mouse.</summary>
    public void Report(MouseReport mouse) => _mouse = mouse;

    /// <summary>Where the pen is at the next step.</summary>
    public PenPoint Next()
    {
        var (x, y) = Paper.Centre(_mouse.Column, _mouse.Row);
        _point = _mouse.IsDown && _point.Draws
            ? new(_point.X + (x - _point.X) / 2, _point.Y + (y - _point.Y) / 2, Draws: true)
            : new(x, y, _mouse.IsDown);
        return _point;
    }
}
