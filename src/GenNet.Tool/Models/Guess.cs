using System.Globalization;

namespace GenNet.Tool.Models;

/// <summary>
/// Layers that fit the tensors of a file that does not describe them, such as a PyTorch <c>state_dict</c>. Activations are a guess, and so is the order of heads,
/// which there are where tensors begin with <c>trunk.</c>.
/// </summary>
static class Guess
{
    /// <summary>The layers.</summary>
    /// <exception cref="UserErrorException">The tensors are not those of a sequence of layers.</exception>
    public static NetworkArchitecture Layers(ModelFile file)
    {
        var modules = file.Tensors.GroupBy(tensor => Module(tensor.Name)).ToArray();
        var trunk = modules.Where(module => IsOfTrunk(module.Key)).ToArray();
        ArchitectureBuilder? builder = null;
        if (trunk.Length == 0)
            Add(modules, null);
        else
        {
            var heads = modules.Where(module => !IsOfTrunk(module.Key)).GroupBy(module => Module(module.Key)).Select(head => (head.Key, Modules: InOrder([.. head]))).ToArray();
            Add(trunk, heads.Length > 0 ? heads[0].Modules[0] : null);
            foreach (var (name, own) in heads)
            {
                if (!NetworkText.IsHead(name) || heads.Count(head => head.Key.Equals(name, StringComparison.OrdinalIgnoreCase)) > 1)
                    throw Unknown(own[0].Key);
                builder!.Head(name);
                Add(own, null);
            }
        }
        return (builder ?? throw new UserErrorException($"{file.Path} has no tensors.")).Build("", "");

        void Add(IGrouping<string, ModelTensor>[] branch, IGrouping<string, ModelTensor>? behind)
        {
            branch = InOrder(branch);
            for (var i = 0; i < branch.Length; i++)
            {
                var weight = Find(branch[i], "weight")?.Shape;
                var activation = (i == branch.Length - 1 ? behind is not null && IsDense(behind) : IsActivated(branch[i], branch[i + 1])) ? Activation.ReLU : Activation.Identity;
                if (weight is { Count: 4 })
                    throw new UserErrorException($"{file.Path} does not describe its layers: \"{branch[i].Key}\" is a convolution, and the tensors do not tell how large its images are. Declare the network with [Image(height, width, channels)], or export the model as ONNX.");
                if (weight is { Count: 3 })
                    throw new UserErrorException($"{file.Path} does not describe its layers: \"{branch[i].Key}\" is a convolution along steps, and the tensors do not tell how many there are. Declare the network with [Sequence(steps, features)], or export the model as ONNX.");
                builder ??= weight is [.., var inputs and > 0] ? new ArchitectureBuilder(inputs) : throw Unknown(branch[i].Key);
                if (weight is [var outputs, var taken] && taken == builder.Units)
                    builder.Dense(outputs, activation);
                else if (weight is not [var units] || units != builder.Units)
                    throw Unknown(branch[i].Key);
                else if (Find(branch[i], "running_var") is not null)
                    builder.BatchNorm(activation);
                else
                    builder.LayerNorm(activation);
            }
        }

        UserErrorException Unknown(string module) => new($"{file.Path} does not describe its layers, and the tensors of \"{module}\" are not those of a layer that follows the one before.");
    }

    static bool IsOfTrunk(string module) => module.StartsWith(SchemaText.Trunk, StringComparison.Ordinal);

    static IGrouping<string, ModelTensor>[] InOrder(IGrouping<string, ModelTensor>[] modules) =>
        modules.All(module => Number(module.Key) is not null) ? [.. modules.OrderBy(module => Number(module.Key))] : modules;

    /// <summary>PyTorch counts modules: where numbers are left out there is one without parameters. Between other names, before a dense layer, one is likely.</summary>
    static bool IsActivated(IGrouping<string, ModelTensor> module, IGrouping<string, ModelTensor> behind) =>
        (Number(module.Key), Number(behind.Key)) is ({ } number, { } next) ? next > number + 1 : IsDense(behind);

    static bool IsDense(IGrouping<string, ModelTensor> module) => Find(module, "weight")?.Shape.Count == 2;

    static ModelTensor? Find(IEnumerable<ModelTensor> module, string name) => module.FirstOrDefault(tensor => tensor.Name.Split('.')[^1] == name);

    static string Module(string name) => name.Contains('.', StringComparison.Ordinal) ? name[..name.LastIndexOf('.')] : "";

    /// <summary>The number that a module's name ends with.</summary>
    static int? Number(string module) => int.TryParse(module.Split('.')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
