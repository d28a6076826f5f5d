namespace Gestures;

static class GestureNames
{
    /// <summary>Its name in a sentence.</summary>
    public static string Name(this Gesture gesture) => gesture.ToString().ToLowerInvariant();
}
