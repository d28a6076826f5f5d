using GenNet;

namespace Fashion;

/// <summary>Training and test images with features 0…1, bytes in memory where they come from files, and what their classes are called.</summary>
sealed record ImageData(string Source, Dataset Train, Dataset Test, IReadOnlyList<string> ClassNames)
{
    public const int Side = 28;
    public const int PixelCount = Side * Side;

    static readonly string[] Names = ["T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"];

    public static string ClassList => string.Join(", ", Names.Select((name, i) => $"{i} {name}"));

    /// <param name="folder">Where the four files are.</param>
    /// <param name="classes">The classes to tell apart. Empty: all.</param>
    public static ImageData Load(string folder, int[] classes)
    {
        if (!Directory.Exists(folder))
            throw new UserErrorException($"--data: there is no folder {folder}.");
        return Choose($"Fashion-MNIST in {folder}", LoadPart(folder, "train"), LoadPart(folder, "t10k"), classes.Length > 0 ? classes : [.. Enumerable.Range(0, Names.Length)]);
    }

    /// <param name="seed">The images follow from it.</param>
    /// <param name="classes">The classes to tell apart, of those that are drawn. Empty: all.</param>
    public static ImageData Draw(ulong seed, int[] classes)
    {
        if (classes.Except(Drawings.Classes).Any())
            throw new UserErrorException($"--classes: without --data only {string.Join(", ", Drawings.Classes.Select(c => $"{c} {Names[c]}"))} are drawn.");
        var random = new RandomStream(seed);
        return Choose("drawn images", Drawings.Draw(random.Split(1), 6000, Names.Length), Drawings.Draw(random.Split(2), 1000, Names.Length), classes.Length > 0 ? classes : Drawings.Classes);
    }

    static ImageData Choose(string source, Dataset train, Dataset test, int[] classes)
    {
        if (!classes.SequenceEqual(Enumerable.Range(0, Names.Length)))
            (train, test) = (train.WithClasses(classes), test.WithClasses(classes));
        return new(source, train, test, [.. classes.Select(c => Names[c])]);
    }

    static Dataset LoadPart(string folder, string part)
    {
        var images = Find(folder, $"{part}-images-idx3-ubyte");
        var data = IdxReader.LoadDataset(images, Find(folder, $"{part}-labels-idx1-ubyte"), Names.Length);
        return data.InputSize == PixelCount
            ? data
            : throw new UserErrorException($"{images}: images have {data.InputSize} pixels, the networks take {Side}×{Side} = {PixelCount}.");
    }

    static string Find(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        return File.Exists(path) ? path
            : File.Exists(path + ".gz") ? path + ".gz"
            : throw new UserErrorException($"--data: {folder} holds neither {name} nor {name}.gz.");
    }
}
