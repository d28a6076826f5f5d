#!/usr/bin/env python3
"""Writes tests/GenNet.Tests/Layers/GRU/*.json."""
from common import conv1d, dense, flatten, flatten_steps, gru, head, last_step, layer_norm, lstm, max_of_steps, mean_of_steps, residual, simple_rnn, steps_norm, write

write("GRU", [
    (4001, "GRU", (7, 3), [gru(3, 5), last_step(), dense(5, 3)], "CrossEntropy", 9, ("Sgd", 0.1)),
    (4002, "GRUOfOneUnit", (6, 1), [gru(1, 1), last_step(), dense(1, 2)], "MeanSquaredError", 5, ("Sgd", 0.1)),
    (4003, "GRUOfOneStep", (1, 4), [gru(4, 6), last_step(), dense(6, 2)], "MeanSquaredError", 7, ("Sgd", 0.1)),
    (4004, "GRUWide", (5, 17), [gru(17, 40), last_step(), dense(40, 4)], "CrossEntropy", 8, ("Sgd", 0.05)),
    (4005, "GRUVeryWide", (3, 6), [gru(6, 130), last_step(), dense(130, 2)], "MeanSquaredError", 4, ("Sgd", 0.02)),
    (4006, "GRUStacked", (9, 2), [gru(2, 8), gru(8, 11), last_step(), dense(11, 3)], "CrossEntropy", 10, ("Sgd", 0.1)),
    (4007, "GRUFlattened", (4, 3), [gru(3, 6), flatten(), dense(24, 2)], "MeanSquaredError", 6, ("Sgd", 0.05)),
    (4008, "GRUEachStep", (5, 3), [gru(3, 7), dense(7, 2), flatten()], "MeanSquaredError", 9, ("Sgd", 0.1)),
    (4009, "GRUAdam", (8, 3), [gru(3, 20), last_step(), dense(20, 4)], "CrossEntropy", 12, ("Adam", 0.002)),
    (4010, "GRUBetweenDense", (6, 4), [dense(4, 9, "Tanh"), gru(9, 16), layer_norm(16), dense(16, 5, "Tanh"), last_step(), dense(5, 3)], "CrossEntropy", 8, ("Sgd", 0.05)),
    (4011, "GRUMean", (6, 3), [gru(3, 12), mean_of_steps(), dense(12, 3)], "CrossEntropy", 8, ("Sgd", 0.1)),
    (4012, "GRUBehindConv", (11, 2), [conv1d(2, 6, 3, "Tanh"), gru(6, 9, along=True), last_step(along=True), dense(9, 3)], "CrossEntropy", 7, ("Sgd", 0.1)),
    (4013, "GRUBeforeConv", (8, 2), [gru(2, 6, along=True), conv1d(6, 4, 3, "Tanh"), flatten(), dense(24, 2)], "MeanSquaredError", 6, ("Sgd", 0.05)),
    (4014, "GRUConvFlattened", (7, 2), [conv1d(2, 4, 2, "Tanh"), gru(4, 5, along=True), flatten_steps(), dense(30, 2)], "MeanSquaredError", 6, ("Sgd", 0.05)),
    (4015, "GRUBatchNorm", (5, 3), [gru(3, 6), steps_norm(6), last_step(), dense(6, 2)], "MeanSquaredError", 8, ("Sgd", 0.05)),
    (4016, "GRUResidual", (6, 5), [dense(5, 8), gru(8, 8), residual(1, "Tanh"), last_step(), dense(8, 3)], "CrossEntropy", 8, ("Sgd", 0.05)),
    (4017, "GRULong", (140, 2), [gru(2, 4), last_step(), dense(4, 2)], "MeanSquaredError", 3, ("Sgd", 0.05)),
    (4018, "GRUHeads", (6, 3), [gru(3, 8), last_step(), head("Policy", "CrossEntropy"), dense(8, 4), head("Value", "MeanSquaredError", 0.5), dense(8, 1)], None, 8, ("Sgd", 0.05)),
    (4019, "GRUMixed", (6, 2), [gru(2, 5), lstm(5, 6), simple_rnn(6, 4), max_of_steps(), dense(4, 3)], "CrossEntropy", 8, ("Sgd", 0.1)),
    (4020, "GRUBoth", (7, 3), [gru(3, 5, bidirectional=True), last_step(), dense(10, 3)], "CrossEntropy", 9, ("Sgd", 0.1)),
    (4021, "GRUBothStacked", (6, 2), [gru(2, 9, bidirectional=True), gru(18, 20, bidirectional=True), dense(40, 2), flatten()], "MeanSquaredError", 7, ("Adam", 0.002)),
    (4022, "GRUBothMean", (5, 4), [dense(4, 6, "Tanh"), gru(6, 17, bidirectional=True), layer_norm(34), lstm(34, 8), mean_of_steps(), dense(8, 3)], "CrossEntropy", 8, ("Sgd", 0.05)),
    (4023, "GRUBothBehindConv", (9, 2), [conv1d(2, 4, 3, "Tanh"), gru(4, 33, along=True, bidirectional=True), flatten_steps(), dense(462, 2)], "MeanSquaredError", 5, ("Sgd", 0.02)),
])
