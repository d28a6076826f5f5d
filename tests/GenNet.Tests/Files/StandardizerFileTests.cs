namespace GenNet.Tests.Files;

public sealed class StandardizerFileTests : TestFolder
{
    static readonly Standardizer Fitted = new([1.7e9 + 1 / 3.0, -0.0, 1e-300, double.Epsilon, 3], [1 / 7.0, double.MaxValue, 1, double.Epsilon, 2]);

    string File => Path("net.safetensors");

    [Fact]
    public void A_standardizer_comes_back_with_its_network_to_the_bit()
    {
        var (saved, loaded) = (new Classifier(1), new Classifier(2));
        saved.Save(File, standardizer: Fitted);
        loaded.Load(File);
        Assert.Equal(saved.Hash(), loaded.Hash());
        Assert.Equal(Bits(Fitted), Bits(Standardizer.Load(File)));
        Assert.Equal(["F64 standardizer.mean [5]", "F64 standardizer.deviation [5]"], SafeTensorsFile.Open(File).Tensors.Take(2).Select(tensor => $"{tensor.Type} {tensor}"));

        using var stream = new MemoryStream();
        saved.Save(stream, name => "policy." + name, Fitted);
        stream.Position = 0;
        Assert.Equal(Bits(Fitted), Bits(Standardizer.Load(SafeTensorsFile.Read(stream, "stream"))));

        static long[] Bits(Standardizer standardizer) => [.. standardizer.Means.ToArray().Concat(standardizer.Deviations.ToArray()).Select(BitConverter.DoubleToInt64Bits)];
    }

    [Fact]
    public void A_file_without_one_or_with_another_is_refused()
    {
        new Classifier(1).Save(File);
        Refused("there is no tensor standardizer.mean. Save the standardizer with the network");
        SafeTensorsFile.Write(File, [new("standardizer.mean", [1], [0]), new("standardizer.deviation", [1], [1])]);
        Refused("tensor standardizer.mean [1] of type F32 should be F64");

        new Classifier(1).Save(File, standardizer: Fitted);
        var bytes = System.IO.File.ReadAllBytes(File);
        var deviations = (int)SafeTensorsFile.Open(File).Find("standardizer.deviation")!.Offset;
        bytes.AsSpan(deviations, 8).Clear();
        System.IO.File.WriteAllBytes(File, bytes);
        Refused("Feature 0 has mean 1700000000.3333333 and deviation 0");

        Assert.Contains("Classifier has 5 inputs, the standardizer 1 features", Assert.Throws<ArgumentException>(() => new Classifier(1).Save(Path("other"), standardizer: new([0], [1]))).Message, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(Path("other")));
    }

    void Refused(string fault)
    {
        var message = Assert.Throws<InvalidDataException>(() => Standardizer.Load(File)).Message;
        Assert.StartsWith(File + ": ", message, StringComparison.Ordinal);
        Assert.Contains(fault, message, StringComparison.Ordinal);
    }
}
