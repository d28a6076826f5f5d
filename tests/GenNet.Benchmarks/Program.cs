using GenNet.Benchmarks;

return args is [ColdProcess.Argument, ..] ? ColdProcess.Run(args) : CommandLine.Run(args);
