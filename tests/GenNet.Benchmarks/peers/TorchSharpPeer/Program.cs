// TorchSharp's contender for networks of dense layers: TorchSharpPeer FILE THREADS.
using System.Globalization;
using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

const int Infer = 0, Sgd = 1;

// TorchSharp itself tells how it looked for it on standard output, and not what the library lacks.
try
{
    NativeLibrary.Load("LibTorchSharp", typeof(torch).Assembly, null);
}
catch (DllNotFoundException e)
{
    Console.Error.WriteLine($"Error: {e.Message.Split('\n').FirstOrDefault(line => line.Contains("' not found", StringComparison.Ordinal), e.Message)}");
    return 1;
}
torch.set_num_threads(int.Parse(args[1], CultureInfo.InvariantCulture));
var bytes = File.ReadAllBytes(args[0]);
var header = MemoryMarshal.Cast<byte, int>(bytes);
var (method, samples, hidden, classifies, checkedSteps) = (header[0], header[1], header[2], header[3] != 0, header[4]);
var sizes = header.Slice(6, header[5]).ToArray();
ReadOnlySpan<float> rest = MemoryMarshal.Cast<byte, float>(bytes)[(6 + sizes.Length)..];
var learningRate = Take(ref rest, 1)[0];

var start = new List<(float[] Weights, float[] Biases)>();
for (var layer = 1; layer < sizes.Length; layer++)
    start.Add((Take(ref rest, sizes[layer - 1] * sizes[layer]), Take(ref rest, sizes[layer])));
using var x = tensor(Take(ref rest, samples * sizes[0]), [samples, sizes[0]]);
using var y = classifies ? tensor(Array.ConvertAll(Take(ref rest, samples), label => (long)label)) : tensor(Take(ref rest, samples * sizes[^1]), [samples, sizes[^1]]);

if (method == Infer)
{
    using var inference = torch.inference_mode();
    var model = CreateModel();
    using var outputs = model.forward(x);
    Slices.Answer(outputs.data<float>().ToArray(), count =>
    {
        for (var i = 0L; i < count; i++)
            model.forward(x).Dispose();
    });
}
else
{
    var step = CreateStep();
    float[] losses = [.. Enumerable.Range(0, checkedSteps).Select(_ => step())];
    step = CreateStep();
    Slices.Answer(losses, count =>
    {
        for (var i = 0L; i < count; i++)
            step();
    });
}
return 0;

static float[] Take(ref ReadOnlySpan<float> rest, int count)
{
    var taken = rest[..count].ToArray();
    rest = rest[count..];
    return taken;
}

Sequential CreateModel()
{
    var model = nn.Sequential();
    for (var layer = 0; layer < start.Count; layer++)
    {
        var dense = nn.Linear(sizes[layer], sizes[layer + 1]);
        using (torch.no_grad())
        {
            using var weights = tensor(start[layer].Weights, [sizes[layer], sizes[layer + 1]]);
            using var transposed = weights.t();
            using var biases = tensor(start[layer].Biases);
            dense.weight.copy_(transposed);
            dense.bias!.copy_(biases);
        }
        model.append(dense);
        if (layer < start.Count - 1 && hidden > 0)
            model.append(hidden switch { 1 => nn.Sigmoid(), 2 => nn.Tanh(), _ => (nn.Module<Tensor, Tensor>)nn.ReLU() });
    }
    return model;
}

Func<float> CreateStep()
{
    var model = CreateModel();
    optim.Optimizer optimizer = method == Sgd ? optim.SGD(model.parameters(), learningRate) : optim.Adam(model.parameters(), learningRate);
    nn.Module<Tensor, Tensor, Tensor> lossOf = classifies ? nn.CrossEntropyLoss() : nn.MSELoss();
    return () =>
    {
        using var scope = torch.NewDisposeScope();
        optimizer.zero_grad();
        var loss = lossOf.forward(model.forward(x), y);
        loss.backward();
        optimizer.step();
        return loss.item<float>();
    };
}
