namespace GenNet.Tests.Files;

public sealed class FuzzTests
{
    [Fact]
    public void Damaged_model_files_are_refused()
    {
        var (saved, network) = (new Classifier(1), new Classifier(2));
        using var stream = new MemoryStream();
        saved.Save(stream);
        Fuzzing.Run(stream.ToArray(), file => network.Load(file, Fuzzing.Name), network.Hash);
    }
}
