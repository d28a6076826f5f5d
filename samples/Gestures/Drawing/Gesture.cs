namespace Gestures;

enum Gesture
{
    Circle,
    Eight,
    Zigzag,
    Cross,
}
