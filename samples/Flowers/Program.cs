using System.Globalization;
using Flowers;
using GenNet;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var train = FlowerNet.CreateDataset(Meadow.Pick(600, seed: 1));
var test = FlowerNet.CreateDataset(Meadow.Pick(300, seed: 2));

var net = new FlowerNet(seed: 42);
var history = net.Fit(train, new Adam(learningRate: 0.01), new() { Epochs = 20, Validation = test }).Epochs;
Console.WriteLine($"After {history.Count} epochs {history[^1].Validation!.Value.Accuracy:P1} of {test.Count} new flowers are told right.");

var flower = new Flower(Number: 1, Sepal: new(6.1f, 2.9f), Petal: new(4.4f, 1.4f), Colour.Violet, Scented: true);
var species = net.Predict(flower, out var probabilities);
Console.WriteLine($"{flower} is a {species}.");
Console.WriteLine($"{probabilities}, of a crocus {probabilities[Species.Crocus]:P0}");
