using GenNet;

namespace Flowers;

/// <summary>A leaf's size in centimetres.</summary>
readonly record struct Leaf([Scale(0, 8)] float Length, [Scale(0, 4)] float Width);
