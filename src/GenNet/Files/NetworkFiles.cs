namespace GenNet;

/// <summary>Moves the weights of a network in and out of safetensors files, which PyTorch's users read and write too.</summary>
/// <remarks>
/// Tensors have the names and shapes that PyTorch gives them in an <c>nn.Sequential</c> of the same modules (see <see cref="ParameterBlock.Tensors"/>),
/// or names of the user's: a function from PyTorch's name to the file's, <c>name => "policy." + name</c> for example.
/// </remarks>
public static class NetworkFiles
{
    /// <summary>Writes the weights to a file, in one go: after a crash there is the old file or the new one.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file.</param>
    /// <param name="names">What the file calls a tensor; PyTorch's names where it is left out.</param>
    /// <param name="standardizer">How the network's inputs are standardised, to be kept with it: <see cref="Standardizer.Load(string)"/> reads it again. Null where they are not.</param>
    /// <exception cref="ArgumentException">Two tensors have the same name or one has none that can be written, or the standardizer is for another number of inputs. Nothing is written.</exception>
    /// <exception cref="InvalidOperationException">A weight is not a finite number. Nothing is written.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there before still is.</exception>
    public static void Save(this INetwork network, string path, Func<string, string>? names = null, Standardizer? standardizer = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        AtomicFile.Write(path, Writer(network, names, standardizer).WriteTo);
    }

    /// <summary>Writes the weights to a stream, which is left open.</summary>
    /// <param name="network">The network.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="names">What the file calls a tensor; PyTorch's names where it is left out.</param>
    /// <param name="standardizer">How the network's inputs are standardised, to be kept with it: <see cref="Standardizer.Load(string)"/> reads it again. Null where they are not.</param>
    /// <exception cref="ArgumentException">Two tensors have the same name or one has none that can be written, or the standardizer is for another number of inputs. Nothing is written.</exception>
    /// <exception cref="InvalidOperationException">A weight is not a finite number. Nothing is written.</exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Save(this INetwork network, Stream stream, Func<string, string>? names = null, Standardizer? standardizer = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(stream);
        Writer(network, names, standardizer).WriteTo(stream);
    }

    /// <summary>Reads the weights from a file. Everything is checked first: where it fails, the network is as it was.</summary>
    /// <param name="network">The network, changed.</param>
    /// <param name="path">The file.</param>
    /// <param name="names">
    /// What the file calls a tensor; PyTorch's names where it is left out. With names of one's own, other tensors in the file are left alone;
    /// without, a tensor that the network does not have is an error.
    /// </param>
    /// <param name="checkSchema">Whether a file that says that its network computed something else, with tensors of the same shapes, is refused.</param>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, belongs to another network, or has a weight that is not a finite number.
    /// The message names the file and the first tensor at fault, and says what to change.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static void Load(this INetwork network, string path, Func<string, string>? names = null, bool checkSchema = true)
    {
        ArgumentNullException.ThrowIfNull(network);
        Load(network, SafeTensorsFile.Open(path), names, checkSchema);
    }

    /// <summary>Reads the weights from a stream, from where it stands to its end. It is left open. Where it fails, the network is as it was.</summary>
    /// <param name="network">The network, changed.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What error messages call it.</param>
    /// <param name="names">What the file calls a tensor, as for a path.</param>
    /// <param name="checkSchema">Whether a file of a network that computes something else is refused, as for a path.</param>
    /// <exception cref="InvalidDataException">As for a path. The message holds that name.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static void Load(this INetwork network, Stream stream, string name, Func<string, string>? names = null, bool checkSchema = true)
    {
        ArgumentNullException.ThrowIfNull(network);
        Load(network, SafeTensorsFile.Read(stream, name), names, checkSchema);
    }

    /// <summary>Takes the weights from a file that was read. Where it fails, the network is as it was.</summary>
    /// <param name="network">The network, changed.</param>
    /// <param name="file">The file.</param>
    /// <param name="names">What the file calls a tensor, as for a path.</param>
    /// <param name="checkSchema">Whether a file of a network that computes something else is refused, as for a path.</param>
    /// <exception cref="InvalidDataException">As for a path. The message holds the file's name.</exception>
    public static void Load(this INetwork network, SafeTensorsFile file, Func<string, string>? names = null, bool checkSchema = true)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(file);
        Load(network.Architecture, network.Parameters, file, names, checkSchema);
    }

    /// <summary>
    /// Reads those weights from a file that it has under the same names and of the same shapes, as PyTorch's <c>load_state_dict(strict=False)</c>, and says what was left out:
    /// the trunk of a network that has another head. Everything is checked first: where it fails, the network is as it was. What layers compute of their weights is not compared.
    /// </summary>
    /// <param name="network">The network, changed.</param>
    /// <param name="path">The file.</param>
    /// <param name="names">What the file calls a tensor, or null for one to leave as it is; PyTorch's names where it is left out.</param>
    /// <param name="checkSchema">Whether weights of the first layer are refused from a file that says that its network had other inputs.</param>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, no tensor can be copied, or one that can be has a weight that is not a finite number. The message names the file.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CopyReport LoadMatching(this INetwork network, string path, Func<string, string?>? names = null, bool checkSchema = true)
    {
        ArgumentNullException.ThrowIfNull(network);
        return LoadMatching(network, SafeTensorsFile.Open(path), names, checkSchema);
    }

    /// <summary>The same from a stream, from where it stands to its end. It is left open.</summary>
    /// <param name="network">The network, changed.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What error messages call it.</param>
    /// <param name="names">What the file calls a tensor, as for a path.</param>
    /// <param name="checkSchema">Whether weights for other inputs are refused, as for a path.</param>
    /// <exception cref="InvalidDataException">As for a path. The message holds that name.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static CopyReport LoadMatching(this INetwork network, Stream stream, string name, Func<string, string?>? names = null, bool checkSchema = true)
    {
        ArgumentNullException.ThrowIfNull(network);
        return LoadMatching(network, SafeTensorsFile.Read(stream, name), names, checkSchema);
    }

    /// <summary>The same from a file that was read.</summary>
    /// <param name="network">The network, changed.</param>
    /// <param name="file">The file.</param>
    /// <param name="names">What the file calls a tensor, as for a path.</param>
    /// <param name="checkSchema">Whether weights for other inputs are refused, as for a path.</param>
    /// <exception cref="InvalidDataException">As for a path. The message holds the file's name.</exception>
    public static CopyReport LoadMatching(this INetwork network, SafeTensorsFile file, Func<string, string?>? names = null, bool checkSchema = true)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(file);
        var match = new TensorMatch(file, network.Architecture);
        var report = match.AddMatching(network.Parameters, names);
        if (checkSchema)
            match.CheckInputs();
        match.Copy();
        return report;
    }

    /// <summary>Takes the weights of a network that may be only described.</summary>
    internal static void Load(NetworkArchitecture architecture, ParameterBlock parameters, SafeTensorsFile file, Func<string, string>? names = null, bool checkSchema = true)
    {
        var match = new TensorMatch(file, architecture);
        match.Add(parameters, Named(names));
        if (names is null)
            match.CheckNothingElse(match.OtherPrefixes);
        if (checkSchema)
            match.CheckSchema();
        match.Copy();
    }

    /// <exception cref="ArgumentException">Thrown by the function where the user's own returns no name.</exception>
    static Func<string, string> Named(Func<string, string>? names) => names is null
        ? name => name
        : name => names(name) ?? throw new ArgumentException($"The function gives tensor {name} no name but null.", nameof(names));

    static SafeTensorsWriter Writer(INetwork network, Func<string, string>? names, Standardizer? standardizer)
    {
        var tensors = new TensorList(network.Architecture);
        tensors.AddWeights(network.Parameters, Named(names));
        if (standardizer is not null)
            tensors.Add(standardizer);
        return tensors.ToWriter();
    }
}
