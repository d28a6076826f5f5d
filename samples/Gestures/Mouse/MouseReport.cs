namespace Gestures;

/// <summary>What a terminal says of its mouse.</summary>
/// <param name="Column">The cell, from 1.</param>
/// <param name="Row">The cell, from 1.</param>
/// <param name="IsDown">Whether the left button is held.</param>
readonly record struct MouseReport(int Column, int Row, bool IsDown);
