namespace GenNet.Tests.Randomness;

public class RandomStreamTests
{
    [Fact]
    public void The_first_stream_is_number_0()
    {
        var stream = new RandomStream(1).Split(0);
        Assert.Equal(new RandomStream(1).Split(0UL).Key, stream.Key);
        Assert.NotEqual(new RandomStream(1).SplitFor(default).Key, stream.Key);
    }

    [Fact]
    public void Normal_numbers_have_mean_0_and_deviation_1()
    {
        var random = new RandomStream(7);
        double sum = 0, squares = 0;
        const int Count = 200_000;
        for (var i = 0; i < Count; i++)
        {
            var x = random.NextNormal();
            sum += x;
            squares += x * x;
        }
        Assert.InRange(sum / Count, -0.01, 0.01);
        Assert.InRange(squares / Count, 0.99, 1.01);
    }

    [Fact]
    public void Streams_split_by_purpose_do_not_share_numbers()
    {
        var root = new RandomStream(1);
        var weights = root.SplitFor(RandomPurpose.Weights);
        var shuffling = root.SplitFor(RandomPurpose.Shuffling);
        var seen = new HashSet<ulong>();
        for (var i = 0; i < 1000; i++)
        {
            Assert.True(seen.Add(weights.NextUInt64()));
            Assert.True(seen.Add(shuffling.NextUInt64()));
        }
    }

    [Fact]
    public void A_stream_resumes_where_it_was()
    {
        var stream = new RandomStream(3);
        stream.NextUInt64();
        var copy = RandomStream.Resume(stream.Key, stream.Counter);
        Assert.Equal(stream.NextUInt64(), copy.NextUInt64());
    }

    [Fact]
    public void Integers_are_uniform()
    {
        var random = new RandomStream(5);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
            counts[random.NextInt32(7)]++;
        Assert.All(counts, c => Assert.InRange(c, 9_500, 10_500));
    }
}
