using BenchmarkDotNet.Attributes;

namespace GenNet.Benchmarks.Kernels;

/// <summary>Random numbers; times of one.</summary>
public class RandomBenchmarks
{
    const int Count = 1024;

    readonly float[] _numbers = new float[Count];

    RandomStream _random = new(1);

    [Benchmark(OperationsPerInvoke = Count)]
    public float Single()
    {
        var sum = 0f;
        for (var i = 0; i < Count; i++)
            sum += _random.NextSingle();
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public double Normal()
    {
        var sum = 0.0;
        for (var i = 0; i < Count; i++)
            sum += _random.NextNormal();
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void Singles() => _random.NextSingles(_numbers);

    [Benchmark(OperationsPerInvoke = Count)]
    public void Normals() => _random.NextNormals(_numbers);

    [Benchmark(OperationsPerInvoke = Count)]
    public int IntegerBelow10()
    {
        var sum = 0;
        for (var i = 0; i < Count; i++)
            sum += _random.NextInt32(10);
        return sum;
    }
}
