namespace Gestures;

/// <summary>Where a pen is: to the right and down, from −1 to 1 on the height of the paper; and whether it draws on its way there.</summary>
readonly record struct PenPoint(double X, double Y, bool Draws);
