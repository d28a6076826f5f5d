namespace GameLoop;

/// <summary>SDL_FRect.</summary>
/// <param name="X">Its left edge, in pixels from the left.</param>
/// <param name="Y">Its upper edge, in pixels from the top.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
readonly record struct Rectangle(float X, float Y, float Width, float Height);
