using System.Globalization;

namespace GenNet.Tool.Models;

/// <summary>Layers that fit the tensors of a file that does not describe them, such as a PyTorch <c>state_dict</c>. Activations are a guess.</summary>
static class Guess
{
    /// <summary>The layers.</summary>
    /// <exception cref="UserErrorException">The tensors are not those of a sequence of layers.</exception>
    public static NetworkArchitecture Layers(ModelFile file)
    {
        var modules = file.Tensors.GroupBy(tensor => Module(tensor.Name)).ToArray();
        if (modules.All(module => Number(module.Key) is not null))
            modules = [.. modules.OrderBy(module => Number(module.Key))];
        ArchitectureBuilder? builder = null;
        for (var i = 0; i < modules.Length; i++)
        {
            var weight = Find(modules[i], "weight")?.Shape;
            var activation = IsActivated(modules, i) ? Activation.ReLU : Activation.Identity;
            builder ??= weight is [.., var inputs and > 0] ? new ArchitectureBuilder(inputs) : throw Unknown(modules[i].Key);
            if (weight is [var outputs, var taken] && taken == builder.Units)
                builder.Dense(outputs, activation);
            else if (weight is not [var units] || units != builder.Units)
                throw Unknown(modules[i].Key);
            else if (Find(modules[i], "running_var") is not null)
                builder.BatchNorm(activation);
            else
                builder.LayerNorm(activation);
        }
        return (builder ?? throw new UserErrorException($"{file.Path} has no tensors.")).Build("", "");

        UserErrorException Unknown(string module) => new($"{file.Path} does not describe its layers, and the tensors of \"{module}\" are not those of a layer that follows the one before.");
    }

    /// <summary>PyTorch counts modules: where numbers are left out there is one without parameters. Between other names, before a dense layer, one is likely.</summary>
    static bool IsActivated(IGrouping<string, ModelTensor>[] modules, int index)
    {
        if (index == modules.Length - 1)
            return false;
        return (Number(modules[index].Key), Number(modules[index + 1].Key)) is ({ } module, { } next)
            ? next > module + 1
            : Find(modules[index + 1], "weight")?.Shape.Count == 2;
    }

    static ModelTensor? Find(IEnumerable<ModelTensor> module, string name) => module.FirstOrDefault(tensor => tensor.Name.Split('.')[^1] == name);

    static string Module(string name) => name.Contains('.', StringComparison.Ordinal) ? name[..name.LastIndexOf('.')] : "";

    /// <summary>The number that a module's name ends with.</summary>
    static int? Number(string module) => int.TryParse(module.Split('.')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
