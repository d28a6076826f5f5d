using System.CommandLine;
using GenNet.Interop;

var roundTrip = new Command("roundtrip", "Trains a network, saves it as safetensors and ONNX, and compares with PyTorch and onnxruntime-node where they are installed.");
roundTrip.SetAction(_ => RoundTrip.Run(Console.Out) ? 0 : 1);
return new RootCommand("Exchanges models with other programs.") { roundTrip }.Parse(args).Invoke();
