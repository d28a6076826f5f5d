using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text.Json;
using GenNet.Images;
using GenNet.Tests.Files;

namespace GenNet.Tests.Images;

/// <summary>PNG files against what was written into them, JPEG files against Pillow; damaged ones are refused by name.</summary>
public sealed class ImageFileTests : TestFolder
{
    /// <summary>More with GENNET_RANDOM_FILES=100000.</summary>
    static readonly int Damages = int.TryParse(Environment.GetEnvironmentVariable("GENNET_RANDOM_FILES"), out var count) ? count : 1500;

    static readonly byte[] Bytes = [.. Enumerable.Range(0, 4 * 5 * 8).Select(i => (byte)(i * 53 + 7))];

    [Fact]
    public void Every_kind_of_colour_becomes_the_channels_asked_for()
    {
        AssertPixels(PngWriter.Write(4, 5, PngWriter.Grey, 8, Bytes[..20]), 1, Bytes[..20]);
        AssertPixels(PngWriter.Write(4, 5, PngWriter.Rgb, 8, Bytes[..60]), 3, Bytes[..60]);
        AssertPixels(PngWriter.Write(4, 5, PngWriter.Rgba, 8, Bytes[..80]), 4, Bytes[..80]);
        AssertPixels(PngWriter.Write(4, 5, PngWriter.Grey, 8, Bytes[..20]), 3, [.. Bytes[..20].SelectMany(value => new[] { value, value, value })]);
        AssertPixels(PngWriter.Write(4, 5, PngWriter.Rgba, 8, Bytes[..80]), 3, [.. Bytes[..80].Where((_, i) => i % 4 < 3)]);
        AssertPixels(PngWriter.Write(4, 5, PngWriter.GreyAlpha, 8, Bytes[..40]), 1, [.. Bytes[..40].Where((_, i) => i % 2 == 0)]);
        AssertPixels(PngWriter.Write(4, 5, PngWriter.Grey, 16, Bytes[..40]), 1, [.. Bytes[..40].Where((_, i) => i % 2 == 0)]);
        AssertPixels(
            PngWriter.Write(4, 5, PngWriter.Palette, 8, [.. Enumerable.Range(0, 20).Select(i => (byte)(i % 7))], Bytes[..21]), 3,
            [.. Enumerable.Range(0, 20).SelectMany(i => Bytes.Skip(i % 7 * 3).Take(3))]);
        AssertPixels(PngWriter.Write(2, 8, PngWriter.Grey, 1, [0b10110001, 0b01111110]), 1, [.. "1011000101111110".Select(bit => bit == '1' ? (byte)255 : (byte)0)], 2, 8);
        AssertPixels(PngWriter.Write(1, 2, PngWriter.Rgb, 8, [255, 255, 255, 0, 0, 255]), 1, [255, 28], 1, 2); // 0.11 of blue
    }

    [Theory]
    [InlineData("baseline.jpg", 2)]
    [InlineData("progressive.jpg", 2)]
    [InlineData("halved.jpg", 6)]
    [InlineData("grey.jpg", 1)]
    public void Jpeg_files_have_the_pixels_that_Pillow_decodes(string name, int tolerance)
    {
        var expected = JsonSerializer.Deserialize<Dictionary<string, byte[]>>(File.ReadAllText(PathOf("pixels.json")), Numbers)![name];
        var actual = ImageFile.Read(PathOf(name), 19, 26, 3);
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < actual.Length; i++)
            Assert.InRange(actual[i] * 255, expected[i] - tolerance, expected[i] + tolerance);
    }

    /// <summary>As a dataset resizes it.</summary>
    [Fact]
    public void A_file_is_read_in_the_size_that_a_network_takes()
    {
        var path = Save("a.png", PngWriter.Write(4, 5, PngWriter.Rgb, 8, Bytes[..60]));
        var resized = new Dataset(Bytes.AsMemory(0, 60), 60, new int[1], 1).AsImages(4, 5, 3).Resized(3, 9);
        Assert.Equal(resized.Bytes.ToArray().Select(value => value / 255f), ImageFile.Read(path, 3, 9, 3));
    }

    [Fact]
    public void What_is_no_image_is_refused_by_name()
    {
        var good = PngWriter.Write(4, 5, PngWriter.Rgb, 8, Bytes[..60]);
        var jpeg = File.ReadAllBytes(PathOf("baseline.jpg"));
        Refused("neither a PNG nor a JPEG", []);
        Refused("neither a PNG nor a JPEG", [(byte)'G', (byte)'I', (byte)'F', (byte)'8', 1, 2, 3]);
        for (var end = 8; end < good.Length; end++)
            Refused("it was cut off", good[..end]);
        for (var end = 4; end < jpeg.Length; end++)
            Refused("it was cut off", jpeg[..end]);
        for (var place = 8; place < good.Length; place++)
        {
            var damaged = good.ToArray();
            damaged[place] ^= 0x10;
            Refused("PNG file", damaged);
        }

        // The size is promised with a checksum that fits.
        foreach (var (height, width) in new[] { (0, 5), (5, 0), (1 << 16, 1 << 16), (int.MaxValue, int.MaxValue), (-1, -1), (5, 5), (400, 4) })
        {
            var promised = good.ToArray();
            BinaryPrimitives.WriteInt32BigEndian(promised.AsSpan(16), width);
            BinaryPrimitives.WriteInt32BigEndian(promised.AsSpan(20), height);
            BinaryPrimitives.WriteUInt32BigEndian(promised.AsSpan(29), PngWriter.Checksum(promised.AsSpan(12, 17)));
            Refused((ulong)(uint)height * (uint)width is > 0 and <= ImageFile.MaximumPixels ? "damaged" : "is empty or has more than", promised);
        }
        Assert.Throws<FileNotFoundException>(() => ImageFile.Read(System.IO.Path.Combine(Folder, "missing.png"), 2, 2, 1));
        foreach (var (height, width, channels) in new[] { (0, 1, 1), (1, -1, 1), (1, 1, 2), (1, 1, 5), (1 << 20, 1 << 20, 1) })
            Assert.Throws<ArgumentOutOfRangeException>(() => ImageFile.Read(PathOf("grey.jpg"), height, width, channels));
    }

    /// <summary>Bytes changed at random, checksums put right: it is read or refused by name, and the process lives.</summary>
    [Fact]
    public void Damaged_files_are_read_or_refused()
    {
        var random = new RandomStream(1);
        byte[][] files = [PngWriter.Write(4, 5, PngWriter.Rgb, 8, Bytes[..60]), .. new[] { "baseline.jpg", "progressive.jpg", "halved.jpg", "grey.jpg" }.Select(name => File.ReadAllBytes(PathOf(name)))];
        var read = 0;
        for (var i = 0; i < Damages; i++)
        {
            var file = files[random.NextInt32(files.Length)].ToArray();
            for (var change = random.NextInt32(8); change >= 0; change--)
                file[random.NextInt32(file.Length)] = (byte)random.NextInt32(256);
            if (file[0] == 0x89)
                PutChecksumsRight(file);
            try
            {
                ImageFile.Read(Save("bad", file), 19, 26, 3);
                read++;
            }
            catch (InvalidDataException e)
            {
                Assert.StartsWith(System.IO.Path.Combine(Folder, "bad"), e.Message, StringComparison.Ordinal);
            }
        }
        Assert.InRange(read, Damages / 10, Damages * 9 / 10);
    }

    static void PutChecksumsRight(byte[] file)
    {
        for (var at = 8; file.Length - at >= 12 && BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at)) is >= 0 and var length && length <= file.Length - at - 12; at += 12 + length)
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(at + 8 + length), PngWriter.Checksum(file.AsSpan(at + 4, 4 + length)));
    }

    void AssertPixels(byte[] file, int channels, byte[] expected, int height = 4, int width = 5) =>
        Assert.Equal(expected.Select(value => value / 255f), ImageFile.Read(Save("a.png", file), height, width, channels));

    void Refused(string message, byte[] file)
    {
        var path = Save("bad", file);
        var e = Assert.Throws<InvalidDataException>(() => ImageFile.Read(path, 2, 2, 3));
        Assert.StartsWith(path + ": ", e.Message, StringComparison.Ordinal);
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    string Save(string name, byte[] file)
    {
        var path = System.IO.Path.Combine(Folder, name);
        File.WriteAllBytes(path, file);
        return path;
    }

    internal static string PathOf(string name, [CallerFilePath] string thisFile = "") => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(thisFile)!, "files", name);

    static readonly JsonSerializerOptions Numbers = new() { Converters = { new ByteNumbers() } };

    /// <summary>Bytes as a list of numbers.</summary>
    sealed class ByteNumbers : System.Text.Json.Serialization.JsonConverter<byte[]>
    {
        public override byte[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Array.ConvertAll(JsonSerializer.Deserialize<int[]>(ref reader)!, value => (byte)value);

        public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options) => throw new NotSupportedException();
    }
}
