using System.Text;

namespace GenNet.Tests.Files;

public sealed class SafeTensorsFileTests : TestFolder
{
    const string Good = """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[],"data_offsets":[8,9]}}""";

    [Fact]
    public void Tensors_and_texts_come_back()
    {
        SafeTensorsFile.Write(Path("file"), [new SafeTensor("ä\"b\u0001", [2, 1, 3], [1, 2, 3, 4, 5, float.NaN]), new SafeTensor("empty", [0, 7], [])],
            new Dictionary<string, string> { ["key"] = "värde" });
        var file = SafeTensorsFile.Open(Path("file"));
        Assert.Equal("värde", file.Metadata["key"]);
        Assert.Equal(["ä\"b\u0001", "empty"], file.Tensors.Select(tensor => tensor.Name));
        Assert.Equal([2, 1, 3], file.Tensors[0].Shape);
        Assert.Equal([1, 2, 3, 4, 5, float.NaN], file.Tensors[0].ToArray());
        Assert.Equal(0, file.Find("empty")!.Length);
        Assert.Null(file.Find("missing"));
        Assert.Equal(0, BitConverter.ToInt64(File.ReadAllBytes(Path("file"))) % 8);
    }

    [Fact]
    public void What_cannot_be_written_is_refused()
    {
        Assert.Contains("a [2] has 2 elements, got 3", Assert.Throws<ArgumentException>(() => new SafeTensor("a", [2], [1, 2, 3])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SafeTensorsFile.Write(Path("file"), [new("a", [1], [1]), new("a", [1], [1])]));
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public void Whole_numbers_are_bytes_only()
    {
        var tensor = Read(Bytes(Good, new byte[9])).Find("b")!;
        Assert.False(tensor.IsFloat);
        Assert.Equal(1, tensor.Bytes.Length);
        Assert.Throws<InvalidOperationException>(() => tensor.ToArray());
        Assert.Throws<ArgumentException>(() => tensor.CopyTo(new float[2]));
    }

    [Fact]
    public void A_stream_without_a_length_is_read_as_it_comes()
    {
        var values = new float[100_000];
        values[99_999] = 7;
        SafeTensorsFile.Write(Path("file"), [new SafeTensor("a", [100_000], values)]);
        using var stream = new EndlessPromise(File.ReadAllBytes(Path("file")));
        Assert.Equal(values, SafeTensorsFile.Read(stream, "stream").Tensors[0].ToArray());

        // It promises 1.9 GB and gives 9 bytes.
        var lie = Bytes("""{"a":{"dtype":"U8","shape":[1900000000],"data_offsets":[0,1900000000]}}""", new byte[9]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("the header promises 1900000000 bytes, the file ends after 9", Assert.Throws<InvalidDataException>(() => SafeTensorsFile.Read(new EndlessPromise(lie), "lie")).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
    }

    [Fact]
    public void Unknown_fields_are_passed_over() =>
        Assert.Equal(2, Read(Bytes("""{"a":{"dtype":"F32","new":[1,"x"],"shape":[2],"data_offsets":[0,8]}}   """, new byte[8])).Tensors[0].Length);

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "tensor a [2] of type F32 takes 8 bytes, but its data_offsets hold 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2147483647,2147483647,2147483647,2147483647,2147483647],"data_offsets":[0,4]}}""", "takes 79228162514264337593543950335 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296],"data_offsets":[0,0]}}""", "tensor a has a dimension of 4294967296")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", "tensor a has a dimension of -1")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}}""", "tensor a's shape has more than 8 numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", "tensor a's shape should be whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,99999999999999999999]}}""", "tensor a's data_offsets should be whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""", "tensor a [1] goes from byte -4 to byte 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", "tensor a [1] goes from byte 4 to byte 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[-9223372036854775808,9223372036854775807]}}""", "tensor a [1] goes from byte -9223372036854775808")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", "tensor a needs a dtype, a shape and two data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","data_offsets":[0,4]}}""", "tensor a needs a dtype, a shape and two data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "tensor a has its dtype twice")]
    [InlineData("""{"a":{"dtype":"0","shape":[1],"data_offsets":[0,4]}}""", "tensor a is of type 0, which is not known here")]
    [InlineData("""{"a":{"dtype":7,"shape":[1],"data_offsets":[0,4]}}""", "tensor a's dtype is not a JSON string")]
    [InlineData("""{"a":[]}""", "tensor a is not a JSON object")]
    [InlineData("""["a"]""", "the header is not a JSON object")]
    [InlineData("", "the header is not valid JSON")]
    [InlineData("{} {}", "the header is not valid JSON")]
    [InlineData("""{"a":{"x":{"y":{"z":1}}}}""", "the header is not valid JSON")]
    [InlineData("""{"a":""", "the header is not valid JSON")]
    [InlineData("""{"\ud800":{}}""", "is not valid UTF-8")]
    [InlineData("""{"__metadata__":{"k":1}}""", "__metadata__.k is not a JSON string")]
    [InlineData("""{"__metadata__":{"k":"1","k":"2"}}""", "k stands twice in __metadata__")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", "a stands twice in the header")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", "tensor b [2] starts at byte 1, within a [2], which ends at 2")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[3,5]}}""", "tensor b [2] starts at byte 3, but the data before it ends at 2")]
    [InlineData("""{"a":{"dtype":"U8","shape":[12],"data_offsets":[0,12]}}""", "the header promises 12 bytes, the file ends after 9")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}}""", "more data follows the 8 bytes that the header promises")]
    [InlineData("""{"a":{"dtype":"U8","shape":[3000000000],"data_offsets":[0,3000000000]}}""", "dimension of 3000000000")]
    [InlineData("""{"a":{"dtype":"F64","shape":[2000000000],"data_offsets":[0,16000000000]}}""", "the header promises 16000000000 bytes, more than")]
    public void A_damaged_header_is_refused(string header, string fault) => Refused(Bytes(header, new byte[9]), fault);

    [Fact]
    public void A_damaged_start_is_refused()
    {
        Refused([1, 2, 3], "not a safetensors file, it is shorter than 8 bytes");
        Refused([.. BitConverter.GetBytes(1L << 40), 0], "a header of 1099511627776 bytes");
        Refused([.. BitConverter.GetBytes(ulong.MaxValue), 0], "a header of 18446744073709551615 bytes");
        Refused([.. BitConverter.GetBytes(100L), 0], "the first number promises 100 bytes, the file ends after 1");
    }

    [Fact]
    public void Long_names_are_cut_in_messages()
    {
        var message = Refused(Bytes($$"""{"{{new string('x', 100_000)}}":[]}""", []), "is not a JSON object");
        Assert.InRange(message.Length, 1, 200);
    }

    static string Refused(byte[] bytes, string fault)
    {
        var message = Assert.Throws<InvalidDataException>(() => Read(bytes)).Message;
        Assert.StartsWith("bad.safetensors: ", message, StringComparison.Ordinal);
        Assert.Contains(fault, message, StringComparison.Ordinal);
        return message;
    }

    static SafeTensorsFile Read(byte[] bytes) => SafeTensorsFile.Read(new MemoryStream(bytes), "bad.safetensors");

    static byte[] Bytes(string header, byte[] data) => [.. BitConverter.GetBytes((long)Encoding.UTF8.GetByteCount(header)), .. Encoding.UTF8.GetBytes(header), .. data];

    /// <summary>A stream that does not say how long it is.</summary>
    sealed class EndlessPromise(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();
    }
}
