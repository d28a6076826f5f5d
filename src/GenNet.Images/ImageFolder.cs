namespace GenNet.Images;

/// <summary>Images in folders, each of which is a class: <c>clothes/bag/1.png</c>, <c>clothes/coat/7.jpg</c>.</summary>
/// <remarks>
/// <para>
/// Classes are numbered in the ordinal order of the folders' names. Images lie in their class's folder or in folders within, and are taken in the ordinal order of their paths.
/// What is in such a folder must be an image, so that none is overlooked; only names that begin with a dot, <c>Thumbs.db</c> and <c>desktop.ini</c> are passed over.
/// </para>
/// <para>Pixels stay bytes in memory until a batch is drawn. Opacity is left out where 3 channels are asked for; how a camera was held (EXIF) is not heeded.</para>
/// </remarks>
public sealed class ImageFolder
{
    static readonly string[] Leftovers = ["Thumbs.db", "desktop.ini"];

    ImageFolder(Dataset data, IReadOnlyList<string> classNames, IReadOnlyList<string> files) => (Data, ClassNames, Files) = (data, classNames, files);

    /// <summary>The images, said to be images, with the numbers of their classes.</summary>
    public Dataset Data { get; }

    /// <summary>What the classes are called: the folders' names.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The file of each image.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Reads images of the size that they have, which must be the same for all.</summary>
    /// <param name="path">The folder of the classes' folders.</param>
    /// <param name="channels">1 for shades of grey, 3 for red, green and blue, 4 for these and opacity.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no such images.</exception>
    /// <exception cref="InvalidDataException">There are no classes, one has no image, a file is neither PNG nor JPEG or is damaged, or images differ in size. The message begins with the name of the folder or file.</exception>
    /// <exception cref="IOException">A folder or a file cannot be read.</exception>
    public static ImageFolder Load(string path, int channels)
    {
        ArgumentNullException.ThrowIfNull(path);
        ImageFile.CheckChannels(channels);
        return Load(path, size: null, channels, FolderNames(path));
    }

    /// <summary>Reads images and resizes them to that which a network takes, as <see cref="Dataset.Resized"/> does it.</summary>
    /// <param name="path">The folder of the classes' folders.</param>
    /// <param name="height">Rows of pixels wanted.</param>
    /// <param name="width">Pixels of a row wanted.</param>
    /// <param name="channels">1 for shades of grey, 3 for red, green and blue, 4 for these and opacity.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive, or the channels are others.</exception>
    /// <exception cref="InvalidDataException">There are no classes, one has no image, or a file is neither PNG nor JPEG or is damaged. The message begins with the name of the folder or file.</exception>
    /// <exception cref="IOException">A folder or a file cannot be read.</exception>
    public static ImageFolder Load(string path, int height, int width, int channels)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Load(path, ImageFile.CheckSize(height, width, channels), channels, FolderNames(path));
    }

    /// <summary>Reads another folder in the size of these images and with the numbers of these classes, such as images to test by. Classes may be missing there.</summary>
    /// <param name="path">The folder of the classes' folders.</param>
    /// <exception cref="InvalidDataException">A folder is none of these classes, there are none, one has no image, or a file is neither PNG nor JPEG or is damaged. The message begins with the name of the folder or file.</exception>
    /// <exception cref="IOException">A folder or a file cannot be read.</exception>
    public ImageFolder LoadOther(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        foreach (var name in FolderNames(path))
            if (!ClassNames.Contains(name))
                throw new InvalidDataException($"{Path.Combine(path, name)}: there is no class {name} among {string.Join(", ", ClassNames)}.");
        return Load(path, Data.Image, Data.Image!.Channels, ClassNames);
    }

    static ImageFolder Load(string path, ImageSize? size, int channels, IReadOnlyList<string> classNames)
    {
        var resizes = size is not null;
        var (files, labels) = (new List<string>(), new List<int>());
        for (var label = 0; label < classNames.Count; label++)
        {
            var folder = Path.Combine(path, classNames[label]);
            if (!Directory.Exists(folder))
                continue;
            var before = files.Count;
            files.AddRange(FilesIn(folder));
            if (files.Count == before)
                throw new InvalidDataException($"{folder}: the folder has no images.");
            labels.AddRange(Enumerable.Repeat(label, files.Count - before));
        }

        if (size is null && files.Count > 0)
            size = ImageFile.Decode(files[0], channels).Size;
        if (size is null || files.Count == 0)
            throw new InvalidDataException($"{path}: there is no folder of images in it: each class has a folder of its own.");
        var length = size.Height * size.Width * channels;
        if ((long)length * files.Count > Array.MaxLength)
            throw new InvalidDataException($"{path}: {files.Count} images of {size} are more bytes than the {Array.MaxLength} that fit one array.");
        var pixels = new byte[length * files.Count];
        ImageResizer? resizer = null;
        for (var i = 0; i < files.Count; i++)
        {
            var image = ImageFile.Decode(files[i], channels);
            if (!resizes && image.Size != size)
                throw new InvalidDataException(
                    $"{files[i]}: an image of {image.Size.Height} × {image.Size.Width} pixels, but {files[0]} has {size.Height} × {size.Width}. Say which size all are to get: ImageFolder.Load(path, height, width, channels).");
            resizer = image.CopyTo(pixels.AsSpan(i * length, length), size, resizer);
        }
        return new(new Dataset(pixels, length, labels.ToArray(), classNames.Count).AsImages(size.Height, size.Width, channels), classNames, files);
    }

    /// <summary>The names of the folders in a folder, in ordinal order.</summary>
    /// <exception cref="InvalidDataException">There are none.</exception>
    static string[] FolderNames(string path)
    {
        var names = Permission.Needed(path, () => Directory.GetDirectories(path)).Select(folder => Path.GetFileName(folder)).Where(name => !name.StartsWith('.')).Order(StringComparer.Ordinal).ToArray();
        return names.Length > 0 ? names : throw new InvalidDataException($"{path}: there are no folders in it, one for each class.");
    }

    /// <summary>The files in a folder and in those within, in ordinal order.</summary>
    static IEnumerable<string> FilesIn(string folder) => Permission.Needed(folder, () => Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Any(IsLeftover))
        .Order(StringComparer.Ordinal);

    static bool IsLeftover(string name) => name.StartsWith('.') || Leftovers.Contains(name, StringComparer.OrdinalIgnoreCase);
}
