using System.Globalization;
using System.Text;

namespace GenNet.Weights;

/// <summary>What the generator needs to know of a file of weights, a line for each fact.</summary>
static class WeightsDescription
{
    /// <param name="path">The file.</param>
    /// <param name="name">Its path from the project.</param>
    /// <param name="embedded">Takes its tensors.</param>
    public static string Of(string path, string name, EmbeddedTensors embedded)
    {
        var text = new StringBuilder();
        Add(text, "name", Uri.EscapeDataString(name));
        try
        {
            Describe(text, SafeTensorsFile.Open(path), embedded);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or OverflowException)
        {
            Add(text, "fault", Uri.EscapeDataString(e.Message.Replace(path + ": ", "", StringComparison.Ordinal)));
        }
        return text.ToString();
    }

    static void Describe(StringBuilder text, SafeTensorsFile file, EmbeddedTensors embedded)
    {
        foreach (var (fact, key) in new[] { ("schema", FileKeys.SchemaHash), ("inputs", FileKeys.Inputs), ("outputs", FileKeys.Outputs) })
            if (file.Metadata.TryGetValue(key, out var value))
                Add(text, fact, Uri.EscapeDataString(value));
        foreach (var tensor in file.Tensors)
        {
            // How inputs are standardised is no part of the network.
            if (tensor.Name.StartsWith(FileKeys.StandardizerPrefix, StringComparison.Ordinal))
                continue;
            CheckFinite(tensor);
            Add(text, "tensor", string.Create(CultureInfo.InvariantCulture, $"{tensor.Type} {embedded.Add(tensor)} {string.Join(',', tensor.Shape)} {Uri.EscapeDataString(tensor.Name)}"));
        }
        Add(text, "length", embedded.Length.ToString(CultureInfo.InvariantCulture));
    }

    static void CheckFinite(SafeTensor tensor)
    {
        var index = tensor.IsFloat ? Array.FindIndex(tensor.ToArray(), value => !float.IsFinite(value)) : -1;
        if (index >= 0)
            throw new InvalidDataException($"element {index} of tensor {tensor} is not a finite number.");
    }

    static void Add(StringBuilder text, string name, string value) => text.Append(name).Append(' ').Append(value).Append('\n');
}
