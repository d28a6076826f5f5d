// A network of images, a picture, an ONNX model, a policy that learns, and a world of one rank: what the packages beside GenNet are for.
using GenNet;
using GenNet.Agents;
using GenNet.Agents.Environments;
using GenNet.Images;
using GenNet.Mpi;
using GenNet.Onnx;

var folder = Directory.CreateTempSubdirectory("companions-").FullName;
try
{
    // A red pixel and a blue one.
    Directory.CreateDirectory(Path.Combine(folder, "pictures", "colours"));
    var picture = Path.Combine(folder, "pictures", "colours", "1.png");
    File.WriteAllBytes(picture, Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAADUlEQVR4nGP4zwAE/wEHAAH/4iOeWQAAAABJRU5ErkJggg=="));
    var pixels = ImageFile.Read(picture, height: 1, width: 2, channels: 3);
    if (!pixels.SequenceEqual([1f, 0, 0, 0, 0, 1]) || ImageFolder.Load(Path.Combine(folder, "pictures"), channels: 3).Data.Image != new ImageSize(1, 2, 3))
        throw new InvalidDataException(string.Join(' ', pixels));

    var (net, other) = (new Colours(1), new Colours(2));
    OnnxFile.Save(net, Path.Combine(folder, "net.onnx"));
    OnnxFile.Load(other, Path.Combine(folder, "net.onnx"));
    var agent = new Ppo<CartPole>(new Pushes(1), new Worth(2), new CartPole[2], new() { NSteps = 16 });
    agent.Learn(64);
    if (agent.History.Count != 2 || agent.Evaluate(new CartPole(), episodes: 3).Length != 3)
        throw new InvalidDataException(agent.ToString());

    using var world = Mpi.Initialize();
    var worth = new Worth(3).CreateTrainer(new Adam(), batchSize: 128);
    worth.Exchange = world.Gradients();
    worth.Step(new float[128 * 4], new float[128]);
    if ((world.Rank, world.Ranks, worth.StepCount) != (0, 1, 1))
        throw new InvalidDataException(world.Library);

    var (before, after) = (new float[Colours.OutputSize], new float[Colours.OutputSize]);
    net.Forward(pixels, before);
    other.Forward(pixels, after);
    Console.WriteLine(before.SequenceEqual(after) && net.Hash() == other.Hash() ? "the same" : "something else");
}
finally
{
    Directory.Delete(folder, recursive: true);
}

[Network]
[Image(1, 2, 3)]
[Conv2D(4, 1, 2, Activation.Tanh)]
[Flatten]
[Dense(2, Activation.Softmax)]
sealed partial class Colours;

[Network(4, 8, 2, Hidden = Activation.Tanh, Loss = Loss.CrossEntropy)]
sealed partial class Pushes;

[Network(4, 8, 1, Hidden = Activation.Tanh, Loss = Loss.MeanSquaredError)]
sealed partial class Worth;
