using GenNet.Images;
using GenNet.Tests.Files;

namespace GenNet.Tests.Images;

public sealed class ImageFolderTests : TestFolder
{
    [Fact]
    public void Classes_are_folders_in_ordinal_order()
    {
        // Of the file system's own order nothing is left.
        Write("b/2.png", 2);
        Write("b/10.PNG", 10);
        Write("b/deep/1.png", 1);
        Write("a b/x", 7);
        Write("Zebra/0.png", 0);
        File.Copy(ImageFileTests.PathOf("grey.jpg"), System.IO.Path.Combine(Folder, "a b", "y.jpeg"));
        foreach (var leftover in new[] { "b/.DS_Store", "b/thumbs.DB", "b/desktop.ini", ".hidden/1.txt", "b/.cache/2.txt", "readme.txt" })
            WriteText(leftover);

        var images = ImageFolder.Load(Folder, 3, 4, 1);
        Assert.Equal(["Zebra", "a b", "b"], images.ClassNames);
        Assert.Equal(["Zebra/0.png", "a b/x", "a b/y.jpeg", "b/10.PNG", "b/2.png", "b/deep/1.png"], images.Files.Select(file => System.IO.Path.GetRelativePath(Folder, file).Replace('\\', '/')));
        Assert.Equal([0, 1, 1, 2, 2, 2], images.Data.Labels.ToArray());
        Assert.Equal((3, 12, new ImageSize(3, 4)), (images.Data.ClassCount, images.Data.InputSize, images.Data.Image));
        for (var i = 0; i < images.Files.Count; i++)
            Assert.Equal(ImageFile.Read(images.Files[i], 3, 4, 1), images.Data.Bytes.Slice(12 * i, 12).ToArray().Select(value => value / 255f));
        Assert.Equal(Pixels(10), images.Data.Bytes.Slice(36, 12).ToArray());

        // Of images of several sizes each is resized from its own.
        var resized = ImageFolder.Load(Folder, 5, 6, 1);
        for (var i = 0; i < resized.Files.Count; i++)
            Assert.Equal(ImageFile.Read(resized.Files[i], 5, 6, 1), resized.Data.Bytes.Slice(30 * i, 30).ToArray().Select(value => value / 255f));
    }

    [Fact]
    public void Without_a_size_images_have_their_own()
    {
        Write("a/1.png", 1);
        Write("b/1.png", 2);
        var images = ImageFolder.Load(Folder, 1);
        Assert.Equal(new ImageSize(3, 4), images.Data.Image);
        Assert.Equal([.. Pixels(1), .. Pixels(2)], images.Data.Bytes.ToArray());

        File.Copy(ImageFileTests.PathOf("grey.jpg"), System.IO.Path.Combine(Folder, "b", "2.jpg"));
        var message = Assert.Throws<InvalidDataException>(() => ImageFolder.Load(Folder, 1)).Message;
        Assert.Equal($"{System.IO.Path.Combine(Folder, "b", "2.jpg")}: an image of 19 × 26 pixels, but {System.IO.Path.Combine(Folder, "a", "1.png")} has 3 × 4. Say which size all are to get: ImageFolder.Load(path, height, width, channels).", message);
        Assert.Equal(3, ImageFolder.Load(Folder, 3, 4, 1).Data.Count);
    }

    [Fact]
    public void Images_to_test_by_have_the_same_classes()
    {
        Write("train/a/1.png", 1);
        Write("train/b/1.png", 2);
        Write("train/c/1.png", 3);
        Write("test/c/1.png", 4);
        Write("test/a/1.png", 5);
        var train = ImageFolder.Load(System.IO.Path.Combine(Folder, "train"), 6, 6, 3);
        var test = train.LoadOther(System.IO.Path.Combine(Folder, "test"));
        Assert.Equal(train.ClassNames, test.ClassNames);
        Assert.Equal([0, 2], test.Data.Labels.ToArray());
        Assert.Equal((train.Data.Image, 3), (test.Data.Image, test.Data.ClassCount));
        Write("test/d/1.png", 6);
        Assert.Contains($"{System.IO.Path.Combine(Folder, "test", "d")}: there is no class d among a, b, c.", Assert.Throws<InvalidDataException>(() => train.LoadOther(System.IO.Path.Combine(Folder, "test"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_is_said_with_the_name_of_folder_or_file()
    {
        Refused(Folder, "there are no folders in it");
        Directory.CreateDirectory(System.IO.Path.Combine(Folder, "a"));
        Refused(System.IO.Path.Combine(Folder, "a"), "has no images");
        WriteText("a/notes.txt");
        Refused(System.IO.Path.Combine(Folder, "a", "notes.txt"), "neither a PNG nor a JPEG");
        Assert.ThrowsAny<IOException>(() => ImageFolder.Load(System.IO.Path.Combine(Folder, "missing"), 3));
        Assert.Throws<ArgumentNullException>(() => ImageFolder.Load(null!, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageFolder.Load(Folder, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageFolder.Load(Folder, 0, 3, 3));

        void Refused(string name, string message)
        {
            var e = Assert.Throws<InvalidDataException>(() => ImageFolder.Load(Folder, 8, 8, 3));
            Assert.StartsWith(name + ": ", e.Message, StringComparison.Ordinal);
            Assert.Contains(message, e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_network_learns_from_them()
    {
        for (var i = 0; i < 8; i++)
        {
            Write($"dark/{i}.png", i, 10);
            Write($"light/{i}.png", i, 200);
        }
        var images = ImageFolder.Load(Folder, 12, 12, 1);
        var network = new FolderNetwork(1);
        network.Fit(images.Data.Augmented(new() { Shift = 1, FlipHorizontally = true }), new Adam(0.03), new() { Epochs = 200 });
        Assert.Equal(1, network.CreateTrainer(new Sgd(0.1), 16).Evaluate(images.Data).Accuracy);
    }

    static byte[] Pixels(int seed, int offset = 0) => [.. Enumerable.Range(0, 12).Select(i => (byte)(offset + i * 3 + seed))];

    void Write(string name, int seed, int offset = 0)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.Combine(Folder, name))!);
        File.WriteAllBytes(System.IO.Path.Combine(Folder, name), PngWriter.Write(3, 4, PngWriter.Grey, 8, Pixels(seed, offset)));
    }

    void WriteText(string name)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.Combine(Folder, name))!);
        File.WriteAllText(System.IO.Path.Combine(Folder, name), "no image");
    }
}

[Network]
[Image(12, 12)]
[Conv2D(2, 3, Activation.Tanh)]
[GlobalAveragePool2D]
[Dense(2, Activation.Softmax)]
sealed partial class FolderNetwork;
