using Gen.Net._1;
using GenNet;

const int BatchSize = 64;
var net = new SpiralNet(seed: 1);
var trainer = net.CreateTrainer(new Adam(learningRate: 5e-3), BatchSize);

// Learn from points that are new in every step.
var random = new Random(1);
var points = new float[BatchSize * SpiralNet.InputSize];
var arms = new int[BatchSize];
for (var step = 1; step <= 2000; step++)
{
    Spiral.Fill(random, points, arms);
    var loss = trainer.Step(points, arms);
    if (step % 400 == 0)
        Console.WriteLine($"step {step,4}, loss {loss:F4}");
}

// Draw which arm the network sees where.
Span<float> p = stackalloc float[SpiralNet.OutputSize];
for (var y = 1f; y >= -1f; y -= 0.1f)
{
    for (var x = -1f; x <= 1f; x += 0.05f)
    {
        net.Forward([x, y], p);
        Console.Write(p[0] > 0.5f ? '#' : '.');
    }
    Console.WriteLine();
}

// How many of a thousand new points it tells right.
points = new float[1000 * SpiralNet.InputSize];
arms = new int[1000];
Spiral.Fill(random, points, arms);
var right = 0;
for (var i = 0; i < arms.Length; i++)
{
    net.Forward(points.AsSpan(2 * i, 2), p);
    right += Metrics.ArgMax(p) == arms[i] ? 1 : 0;
}
Console.WriteLine($"{right} of {arms.Length} points right");
