using GenNet.Benchmarks;

return args is [ColdProcess.Argument, ..] ? ColdProcess.Run(args) : Commands.Run(args);
