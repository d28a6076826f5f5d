namespace Flowers;

enum Colour
{
    White,
    Blue,
    Violet,
}
