using GenNet.Interop;
Console.WriteLine(Peer.OnnxChecker.Missing ?? "python3-onnx is installed");
Console.WriteLine(Peer.OnnxRuntime.Missing ?? "onnxruntime-node is installed");
