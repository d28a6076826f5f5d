using GenNet;

namespace Flowers;

/// <summary>Invents flowers: species overlap in every single feature, as in nature.</summary>
static class Meadow
{
    public static (Flower, Species)[] Pick(int count, ulong seed)
    {
        var random = new RandomStream(seed);
        var flowers = new (Flower, Species)[count];
        for (var i = 0; i < count; i++)
        {
            var species = (Species)random.NextInt32(3);
            flowers[i] = (Grow(species, i, ref random), species);
        }
        return flowers;
    }

    static Flower Grow(Species species, int number, ref RandomStream random) => species switch
    {
        Species.Snowflake => new(number, Leaf(5.0, 3.4, ref random), Leaf(1.7, 0.5, ref random), Choose(0.9, Colour.White, Colour.Violet, ref random), random.NextSingle() < 0.2),
        Species.Bluebell => new(number, Leaf(5.9, 2.8, ref random), Leaf(3.9, 1.2, ref random), Choose(0.7, Colour.Blue, Colour.Violet, ref random), random.NextSingle() < 0.7),
        _ => new(number, Leaf(6.4, 3.0, ref random), Leaf(5.0, 1.8, ref random), Choose(0.6, Colour.Violet, Colour.Blue, ref random), random.NextSingle() < 0.5),
    };

    static Leaf Leaf(double length, double width, ref RandomStream random) =>
        new((float)(length + 0.5 * random.NextNormal()), (float)(width + 0.3 * random.NextNormal()));

    static Colour Choose(double probability, Colour usual, Colour other, ref RandomStream random) => random.NextSingle() < probability ? usual : other;
}
