using GenNet;

namespace Flowers;

/// <summary>What one sees of a flower. The network reads eight features: four numbers, three for the colour and one for the scent.</summary>
/// <param name="Number">Of the plant: says nothing of its species.</param>
/// <param name="Sepal">The green leaf around the blossom.</param>
/// <param name="Petal">The coloured leaf.</param>
/// <param name="Colour">Of the petals.</param>
/// <param name="Scented">Whether it smells.</param>
readonly record struct Flower([IgnoreFeature] int Number, Leaf Sepal, Leaf Petal, Colour Colour, bool Scented);
