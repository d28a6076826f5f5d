namespace GenNet.Ranks;

/// <summary>Points around the centres of their classes.</summary>
static class Clusters
{
    public static Dataset Create(int count, int inputs, int classes, ulong seed)
    {
        var random = new RandomStream(seed);
        var features = new float[count * inputs];
        random.NextNormals(features);
        var labels = new int[count];
        for (var i = 0; i < count; i++)
        {
            labels[i] = random.NextInt32(classes);
            for (var k = labels[i]; k < inputs; k += classes)
                features[i * inputs + k] += 0.5f;
        }
        return new Dataset(features, inputs, labels, classes);
    }
}
