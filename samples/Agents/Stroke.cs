namespace Agents;

/// <summary>A straight line of a picture that goes from −1 to 1 both ways, up being more.</summary>
/// <param name="FromX">Where it begins.</param>
/// <param name="FromY">Where it begins.</param>
/// <param name="ToX">Where it ends.</param>
/// <param name="ToY">Where it ends.</param>
readonly record struct Stroke(double FromX, double FromY, double ToX, double ToY);
