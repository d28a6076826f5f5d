using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;

namespace GenNet.Tests.Data;

public sealed class IdxReaderTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("gennet-idx-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Images_and_labels_become_a_dataset(bool compressed)
    {
        // The name says the contrary of what the file is: only its first bytes count.
        var images = Save(compressed ? "images" : "images.gz", Idx([0, 51, 255, 102, 0, 0, 0, 204], 2, 2, 2), compressed);
        var labels = Save(compressed ? "labels" : "labels.gz", Idx([3, 1], 2), compressed);
        var data = IdxReader.LoadDataset(images, labels, 10);
        Assert.Equal(2, data.Count);
        Assert.Equal(4, data.InputSize);
        Assert.Equal(10, data.ClassCount);
        Assert.Equal([3, 1], data.Labels.ToArray());
        Assert.Equal(new ImageSize(2, 2), data.Image);
        Assert.Equal([0, 51, 255, 102, 0, 0, 0, 204], data.Bytes.ToArray());
        foreach (var batch in data.Batches(2))
            Assert.Equal([0, 51 / 255f, 1, 102 / 255f, 0, 0, 0, 204 / 255f], batch.Inputs.ToArray());
    }

    [Fact]
    public void A_stream_that_gives_a_byte_at_a_time_is_read_and_left_open()
    {
        var pixels = new byte[200_000];
        new Random(1).NextBytes(pixels);
        foreach (var bytes in new[] { Idx(pixels, 2, 100_000), Gzip(Idx(pixels, 2, 100_000)) })
        {
            using var stream = new TricklingStream(bytes);
            var array = IdxReader.Read(stream, "pixels");
            Assert.Equal([2, 100_000], array.Dimensions);
            Assert.Equal(pixels, array.Data.ToArray());
            Assert.True(stream.CanRead);
        }
    }

    [Fact]
    public void Damaged_files_are_refused_with_name_and_fault()
    {
        var good = Idx([1, 2, 3, 4], 2, 2);
        Refused("ends within its header", []);
        Refused("ends within its header", [0x1F]);
        Refused("ends within its header", good[..11]);
        Refused("the header promises 4 bytes, the file ends after 3", good[..^1]);
        Refused("the header promises 4 bytes, the file ends after 0", good[..12]);
        Refused("more data follows the 4 bytes", [.. good, 0]);
        Refused("not an IDX file, it starts with 89504E47", [0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 0]);
        Refused("not an IDX file, it starts with 00000800", [0, 0, 8, 0, 1]);
        Refused("type 0x0D", [0, 0, 0x0D, 1, 0, 0, 0, 1, 0, 0, 0, 0]);
        Refused("dimension 1 is 0", Idx([], 2, 0));
        Refused("dimension 0 of 4294967295", Idx([], -1, 2));
        Refused("dimension 1 of 2147483647", Idx([1], 3, int.MaxValue, int.MaxValue));
        Refused("bad.idx", [0x1F, 0x8B, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        Refused("bad.idx", Gzip(good)[..14]);
    }

    [Fact]
    public void Of_a_zipped_file_that_was_cut_or_changed_no_other_data_are_read()
    {
        byte[] data = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        var good = Gzip(Idx(data, 3, 3));
        var read = 0;
        for (var cut = 0; cut < good.Length; cut++)
            for (var place = 0; place < good.Length - cut; place++)
                for (var change = 0; change < 256; change += cut <= 12 ? 1 : 17)
                {
                    var bad = good[..^cut];
                    bad[place] ^= (byte)change;
                    try
                    {
                        Assert.Equal(data, IdxReader.Read(new MemoryStream(bad), "bad.idx").Data.ToArray());
                        Assert.Equal(0, cut);
                        read++;
                    }
                    catch (InvalidDataException e)
                    {
                        Assert.StartsWith("bad.idx: ", e.Message, StringComparison.Ordinal);
                    }
                }

        // The time and the system that a header names change nothing.
        Assert.InRange(read, 1000, 3000);
    }

    [Fact]
    public void Nothing_may_follow_a_zipped_file()
    {
        var good = Idx([1, 2, 3, 4], 2, 2);
        Refused("more follows gzip's checksum", [.. Gzip(good), 0]);
        Refused("more follows gzip's checksum", [.. Gzip(good), .. Gzip([1])]);
        Refused("more than one gzip member", [.. Gzip(good), .. new byte[100]]);
        Refused("more follows gzip's checksum", [.. Gzip(good[..^1]), .. Gzip([4])]);
        Refused("cut off", Gzip(good)[..^1]);
        Refused("cut off", Gzip(good)[..^8]);
    }

    [Fact]
    public void A_gzip_header_may_hold_a_name_a_comment_and_more()
    {
        var zipped = Gzip(Idx([1, 2, 3, 4], 2, 2));
        byte[] header = [0x1F, 0x8B, 8, 2 | 4 | 8 | 16, 1, 2, 3, 4, 0, 3, 2, 0, 7, 7, (byte)'n', 0, (byte)'c', 0, 99, 99];
        Assert.Equal([1, 2, 3, 4], IdxReader.Read(new MemoryStream([.. header, .. zipped[10..]]), "full").Data.ToArray());
        for (var end = 4; end < header.Length; end++)
            Refused("the file ends within its gzip header", header[..end]);
        Refused("is damaged or of an unknown kind", [0x1F, 0x8B, 8, 32, .. zipped[4..]]);
        Refused("is damaged or of an unknown kind", [0x1F, 0x8B, 7, 0, .. zipped[4..]]);
    }

    [Fact]
    public void A_checksum_that_does_not_fit_is_refused()
    {
        var file = Gzip(Idx([1, 2, 3, 4], 2, 2));
        file[^8] ^= 1;
        Refused("bad.idx", file);
    }

    [Fact]
    public void Files_that_do_not_belong_together_are_refused()
    {
        var images = Save("images", Idx(new byte[8], 2, 2, 2));
        var labels = Save("labels", Idx([0, 9], 2));
        Fault("2 images", () => IdxReader.LoadDataset(images, Save("three", Idx([0, 1, 2], 3)), 10));
        Fault("label 9 of sample 1 is not in 0…8", () => IdxReader.LoadDataset(images, labels, 9));
        Fault("labels have 1 dimension", () => IdxReader.LoadDataset(images, images, 10));
        Fault("images have 2 or more dimensions", () => IdxReader.LoadDataset(labels, labels, 10));
        Assert.Throws<FileNotFoundException>(() => IdxReader.Read(Path.Combine(_folder, "missing")));
    }

    [Fact]
    public void A_header_that_lies_takes_no_memory()
    {
        var bytes = Idx(new byte[100], 1, 1 << 30);
        Assert.InRange(AllocatedBy(() => Refused("ends after 100", bytes)), 0, 1 << 20);
    }

    [Fact]
    public void A_bomb_is_stopped_one_byte_past_its_promise()
    {
        var small = Gzip([.. Idx(new byte[1000], 1000), .. new byte[64 << 20]]);
        Assert.InRange(AllocatedBy(() => Refused("more data follows", small)), 0, 1 << 20);

        var honest = Gzip(Idx(new byte[64 << 20], 64 << 20));
        Assert.InRange(
            AllocatedBy(() => Fault("larger than the 1000000 bytes allowed", () => IdxReader.Read(new MemoryStream(honest), "bomb", 1_000_000))),
            0, 1 << 20);
    }

    [Fact]
    public void Thousands_of_mutated_files_are_read_or_refused_fast()
    {
        var random = new Random(20);
        var pixels = new byte[3000];
        random.NextBytes(pixels);
        var plain = Idx(pixels, 30, 10, 10);
        byte[][] seeds = [plain, Gzip(plain), Idx([1, 2, 3], 3)];
        var (read, refused) = (0, 0);
        var clock = Stopwatch.StartNew();
        var allocated = AllocatedBy(() =>
        {
            for (var i = 0; i < 6000; i++)
            {
                using var file = new MemoryStream(Mutate(seeds[i % seeds.Length], random));
                try
                {
                    var array = IdxReader.Read(file, "mutant");
                    Assert.Equal(array.Dimensions.Aggregate(1L, (a, b) => a * b), array.Data.Length);
                    read++;
                }
                catch (InvalidDataException e)
                {
                    Assert.StartsWith("mutant: ", e.Message, StringComparison.Ordinal);
                    refused++;
                }
            }
        });
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 30);
        Assert.InRange(allocated / 6000, 0, 200_000);
        Assert.True(read > 100 && refused > 1000, $"{read} read, {refused} refused");
    }

    static byte[] Mutate(byte[] seed, Random random)
    {
        var file = seed.ToList();
        for (var edits = random.Next(1, 4); edits > 0 && file.Count > 0; edits--)
        {
            // Half of all edits hit the header.
            var place = random.Next(random.Next(2) == 0 ? Math.Min(24, file.Count) : file.Count);
            switch (random.Next(5))
            {
                case 0: file[place] = (byte)random.Next(256); break;
                case 1: file[place] ^= (byte)(1 << random.Next(8)); break;
                case 2: file.RemoveRange(place, file.Count - place); break;
                case 3: file.Insert(place, (byte)random.Next(256)); break;
                case 4: file.AddRange(file.GetRange(place, Math.Min(50, file.Count - place))); break;
            }
        }
        return [.. file];
    }

    static long AllocatedBy(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    static void Refused(string fault, byte[] file) => Fault(fault, () => IdxReader.Read(new MemoryStream(file), "bad.idx"));

    static void Fault(string fault, Action action) =>
        Assert.Contains(fault, Assert.Throws<InvalidDataException>(action).Message, StringComparison.Ordinal);

    static byte[] Idx(byte[] data, params int[] dimensions)
    {
        var file = new byte[4 + 4 * dimensions.Length + data.Length];
        file[2] = 8;
        file[3] = (byte)dimensions.Length;
        for (var i = 0; i < dimensions.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4 + 4 * i), dimensions[i]);
        data.CopyTo(file, file.Length - data.Length);
        return file;
    }

    static byte[] Gzip(byte[] bytes)
    {
        var result = new MemoryStream();
        using (var gzip = new GZipStream(result, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return result.ToArray();
    }

    string Save(string name, byte[] bytes, bool compressed = false)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, compressed ? Gzip(bytes) : bytes);
        return path;
    }

    sealed class TricklingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1));
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 1)]);
    }
}
