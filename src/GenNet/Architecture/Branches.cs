namespace GenNet;

/// <summary>
/// Numbers of layers in a network of several heads. A layer counts those before it on its own way from the inputs, through the trunk and its head;
/// all layers together are numbered as they are declared, the trunk's first.
/// </summary>
/// <remarks>The generator compiles this file too.</remarks>
static class Branches
{
    /// <summary>The number of a layer that stands at a place of the way through a head, both from 1; 0 are the inputs.</summary>
    /// <param name="place">The place.</param>
    /// <param name="trunk">Layers of the trunk.</param>
    /// <param name="first">The number of the head's first layer.</param>
    public static int NumberAt(int place, int trunk, int first) => place <= trunk ? place : place - trunk + first - 1;

    /// <summary>The place of a layer of the head on the way through it.</summary>
    /// <param name="number">The layer's number.</param>
    /// <param name="trunk">Layers of the trunk.</param>
    /// <param name="first">The number of the head's first layer.</param>
    public static int PlaceOf(int number, int trunk, int first) => number <= trunk ? number : number - first + 1 + trunk;
}
