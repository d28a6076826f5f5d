using GenNet.Tests.Networks;

namespace GenNet.Tests.Files;

/// <summary>Bytes of the program's own in checkpoints.</summary>
public sealed class CheckpointBytesTests : IDisposable
{
    readonly string _file = Path.Combine(Path.GetTempPath(), $"bytes-{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(_file);

    static Trainer Trainer(ulong seed = 1) => new SmallClassifier(seed).CreateTrainer(new Adam(), batchSize: 4);

    /// <summary>A number that follows from the place of a byte.</summary>
    static byte At(long place) => (byte)(place * 31 + (place >> 13));

    void Save(long length, long written, int atOnce = 5_000_011)
    {
        var buffer = new byte[atOnce];
        Checkpoint.Save(_file, Trainer(), null, length, stream =>
        {
            Assert.Equal(length, stream.Length);
            for (var place = 0L; place < written;)
            {
                var count = (int)Math.Min(atOnce, written - place);
                for (var i = 0; i < count; i++)
                    buffer[i] = At(place + i);
                stream.Write(buffer, 0, count);
                place += count;
            }
        });
    }

    void Check(long length, int atOnce = 3_000_017)
    {
        var trainer = Trainer(2);
        var buffer = new byte[atOnce];
        Checkpoint.Load(_file, trainer, (_, stream) =>
        {
            Assert.Equal(length, stream.Length);
            for (var place = 0L; place < length;)
            {
                var count = (int)Math.Min(atOnce, length - place);
                stream.ReadExactly(buffer, 0, count);
                for (var i = 0; i < count; i++)
                    if (buffer[i] != At(place + i))
                        Assert.Fail($"byte {place + i}");
                place += count;
            }
            Assert.Equal(0, stream.Read(buffer, 0, 1));
        });
        Assert.Equal(Trainer().Network.Hash(), trainer.Network.Hash());
    }

    /// <summary>Over the ends of pieces of 16 MiB.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData((1 << 24) - 1)]
    [InlineData(1 << 24)]
    [InlineData((1 << 24) + 1)]
    [InlineData(40_000_000)]
    public void Come_back_as_they_went(int length)
    {
        Save(length, length);
        Check(length);
        var network = new SmallClassifier(3);
        network.Load(_file);
        Assert.Equal(Trainer().Network.Hash(), network.Hash());
    }

    /// <summary>More than an array holds, where there is room: GENNET_LARGE_FILES=1.</summary>
    [Fact]
    public void May_be_more_than_an_array_holds()
    {
        if (Environment.GetEnvironmentVariable("GENNET_LARGE_FILES") != "1")
            return;
        const long Length = 2_500_000_000;
        Save(Length, Length);
        Check(Length);
        var network = new SmallClassifier(3);
        network.Load(_file);
        Assert.Equal(Trainer().Network.Hash(), network.Hash());
    }

    [Fact]
    public void Must_be_as_many_as_announced()
    {
        Assert.Contains("9 bytes were written of the 10", Assert.Throws<InvalidOperationException>(() => Save(10, 9)).Message, StringComparison.Ordinal);
        Assert.Contains("More than the 10 bytes", Assert.Throws<InvalidOperationException>(() => Save(10, 11)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("length", () => Save(-1, 0));
        Assert.False(File.Exists(_file));
    }

    [Fact]
    public void Are_covered_by_the_checksum_and_change_nothing_where_they_are_refused()
    {
        Save(40_000_000, 40_000_000);
        var trainer = Trainer(2);
        var before = trainer.Network.Hash();
        Assert.Throws<DivideByZeroException>(() => Checkpoint.Load(_file, trainer, (_, _) => throw new DivideByZeroException()));
        Assert.Equal(before, trainer.Network.Hash());
        using (var file = new FileStream(_file, FileMode.Open))
        {
            file.Position = file.Length - 20_000_000;
            file.WriteByte(0xA5);
        }
        Assert.Contains("the checksum does not fit", Assert.Throws<InvalidDataException>(() => Checkpoint.Load(_file, trainer, (_, _) => Assert.Fail("read"))).Message, StringComparison.Ordinal);
        Assert.Equal(before, trainer.Network.Hash());
    }
}
