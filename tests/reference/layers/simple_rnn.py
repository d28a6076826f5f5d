#!/usr/bin/env python3
"""Writes tests/GenNet.Tests/Layers/SimpleRNN/*.json."""
from common import conv1d, dense, flatten, flatten_steps, gru, head, last_step, layer_norm, mean_of_steps, residual, simple_rnn, steps_norm, write

write("SimpleRNN", [
    (4201, "SimpleRNN", (7, 3), [simple_rnn(3, 5), last_step(), dense(5, 3)], "CrossEntropy", 9, ("Sgd", 0.1)),
    (4202, "SimpleRNNOfOneUnit", (6, 1), [simple_rnn(1, 1), last_step(), dense(1, 2)], "MeanSquaredError", 5, ("Sgd", 0.1)),
    (4203, "SimpleRNNOfOneStep", (1, 4), [simple_rnn(4, 6), last_step(), dense(6, 2)], "MeanSquaredError", 7, ("Sgd", 0.1)),
    (4204, "SimpleRNNWide", (4, 17), [simple_rnn(17, 33), last_step(), dense(33, 4)], "CrossEntropy", 8, ("Sgd", 0.02)),
    (4205, "SimpleRNNVeryWide", (3, 6), [simple_rnn(6, 65), last_step(), dense(65, 2)], "MeanSquaredError", 4, ("Sgd", 0.002)),
    (4206, "SimpleRNNStacked", (9, 2), [simple_rnn(2, 8), simple_rnn(8, 11), last_step(), dense(11, 3)], "CrossEntropy", 10, ("Sgd", 0.1)),
    (4207, "SimpleRNNFlattened", (4, 3), [simple_rnn(3, 6), flatten(), dense(24, 2)], "MeanSquaredError", 6, ("Sgd", 0.05)),
    (4208, "SimpleRNNEachStep", (5, 3), [simple_rnn(3, 7), dense(7, 2), flatten()], "MeanSquaredError", 9, ("Sgd", 0.1)),
    (4209, "SimpleRNNAdam", (5, 3), [simple_rnn(3, 10), last_step(), dense(10, 4)], "CrossEntropy", 12, ("Adam", 0.002)),
    (4210, "SimpleRNNBetweenDense", (6, 4), [dense(4, 9, "Tanh"), simple_rnn(9, 16), layer_norm(16), dense(16, 5, "Tanh"), last_step(), dense(5, 3)], "CrossEntropy", 8, ("Sgd", 0.05)),
    (4211, "SimpleRNNMean", (6, 3), [simple_rnn(3, 12), mean_of_steps(), dense(12, 3)], "CrossEntropy", 8, ("Sgd", 0.1)),
    (4212, "SimpleRNNBehindConv", (11, 2), [conv1d(2, 6, 3, "Tanh"), simple_rnn(6, 9, along=True), last_step(along=True), dense(9, 3)], "CrossEntropy", 7, ("Sgd", 0.1)),
    (4213, "SimpleRNNBeforeConv", (8, 2), [simple_rnn(2, 6, along=True), conv1d(6, 4, 3, "Tanh"), flatten(), dense(24, 2)], "MeanSquaredError", 6, ("Sgd", 0.05)),
    (4214, "SimpleRNNConvFlattened", (7, 2), [conv1d(2, 4, 2, "Tanh"), simple_rnn(4, 5, along=True), flatten_steps(), dense(30, 2)], "MeanSquaredError", 6, ("Sgd", 0.05)),
    (4215, "SimpleRNNBatchNorm", (5, 3), [simple_rnn(3, 6), steps_norm(6), last_step(), dense(6, 2)], "MeanSquaredError", 8, ("Sgd", 0.05)),
    (4216, "SimpleRNNResidual", (6, 5), [dense(5, 8), simple_rnn(8, 8), residual(1, "Tanh"), last_step(), dense(8, 3)], "CrossEntropy", 8, ("Sgd", 0.05)),
    (4217, "SimpleRNNLong", (140, 2), [simple_rnn(2, 4), last_step(), dense(4, 2)], "MeanSquaredError", 3, ("Sgd", 0.05)),
    (4218, "SimpleRNNHeads", (6, 3), [simple_rnn(3, 8), last_step(), head("Policy", "CrossEntropy"), dense(8, 4), head("Value", "MeanSquaredError", 0.5), dense(8, 1)], None, 8, ("Sgd", 0.05)),
    (4219, "SimpleRNNReLU", (6, 3), [simple_rnn(3, 9, "relu"), last_step(), dense(9, 3)], "CrossEntropy", 8, ("Sgd", 0.02)),
    (4220, "SimpleRNNReLUStacked", (5, 3), [simple_rnn(3, 18, "relu"), simple_rnn(18, 5), flatten(), dense(25, 3)], "CrossEntropy", 8, ("Sgd", 0.02)),
    (4221, "SimpleRNNBoth", (7, 3), [simple_rnn(3, 5, bidirectional=True), last_step(), dense(10, 3)], "CrossEntropy", 9, ("Sgd", 0.1)),
    (4222, "SimpleRNNBothStacked", (6, 2), [simple_rnn(2, 9, bidirectional=True), simple_rnn(18, 20, bidirectional=True), dense(40, 2), flatten()], "MeanSquaredError", 7, ("Adam", 0.002)),
    (4223, "SimpleRNNBothMean", (5, 4), [dense(4, 6, "Tanh"), simple_rnn(6, 17, bidirectional=True), layer_norm(34), gru(34, 8), mean_of_steps(), dense(8, 3)], "CrossEntropy", 8, ("Sgd", 0.05)),
    (4224, "SimpleRNNBothBehindConv", (9, 2), [conv1d(2, 4, 3, "Tanh"), simple_rnn(4, 17, "relu", along=True, bidirectional=True), flatten_steps(), dense(238, 2)], "MeanSquaredError", 5, ("Sgd", 0.005)),
])
