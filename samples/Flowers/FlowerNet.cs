using GenNet;

namespace Flowers;

/// <summary>Tells the species of a flower.</summary>
[Network<Flower, Species>(16)]
sealed partial class FlowerNet;
