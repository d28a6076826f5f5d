#!/usr/bin/env python3
"""Writes tests/GenNet.Tests/Layers/LSTM/*.json."""
from common import conv1d, dense, flatten, flatten_steps, gru, head, last_step, layer_norm, lstm, mean_of_steps, residual, steps_norm, write

write("LSTM", [
    (4101, "LSTM", (7, 3), [lstm(3, 5), last_step(), dense(5, 3)], "CrossEntropy", 9, ("Sgd", 0.1)),
    (4102, "LSTMOfOneUnit", (6, 1), [lstm(1, 1), last_step(), dense(1, 2)], "MeanSquaredError", 5, ("Sgd", 0.1)),
    (4103, "LSTMOfOneStep", (1, 4), [lstm(4, 6), last_step(), dense(6, 2)], "MeanSquaredError", 7, ("Sgd", 0.1)),
    (4104, "LSTMWide", (5, 17), [lstm(17, 40), last_step(), dense(40, 4)], "CrossEntropy", 8, ("Sgd", 0.05)),
    (4105, "LSTMVeryWide", (3, 6), [lstm(6, 130), last_step(), dense(130, 2)], "MeanSquaredError", 4, ("Sgd", 0.02)),
    (4106, "LSTMStacked", (9, 2), [lstm(2, 8), lstm(8, 11), last_step(), dense(11, 3)], "CrossEntropy", 10, ("Sgd", 0.1)),
    (4107, "LSTMFlattened", (4, 3), [lstm(3, 6), flatten(), dense(24, 2)], "MeanSquaredError", 6, ("Sgd", 0.05)),
    (4108, "LSTMEachStep", (5, 3), [lstm(3, 7), dense(7, 2), flatten()], "MeanSquaredError", 9, ("Sgd", 0.1)),
    (4109, "LSTMAdam", (8, 3), [lstm(3, 20), last_step(), dense(20, 4)], "CrossEntropy", 12, ("Adam", 0.002)),
    (4110, "LSTMBetweenDense", (6, 4), [dense(4, 9, "Tanh"), lstm(9, 16), layer_norm(16), dense(16, 5, "Tanh"), last_step(), dense(5, 3)], "CrossEntropy", 8, ("Sgd", 0.05)),
    (4111, "LSTMMean", (6, 3), [lstm(3, 12), mean_of_steps(), dense(12, 3)], "CrossEntropy", 8, ("Sgd", 0.1)),
    (4112, "LSTMBehindConv", (11, 2), [conv1d(2, 6, 3, "Tanh"), lstm(6, 9, along=True), last_step(along=True), dense(9, 3)], "CrossEntropy", 7, ("Sgd", 0.1)),
    (4113, "LSTMBeforeConv", (8, 2), [lstm(2, 6, along=True), conv1d(6, 4, 3, "Tanh"), flatten(), dense(24, 2)], "MeanSquaredError", 6, ("Sgd", 0.05)),
    (4114, "LSTMConvFlattened", (7, 2), [conv1d(2, 4, 2, "Tanh"), lstm(4, 5, along=True), flatten_steps(), dense(30, 2)], "MeanSquaredError", 6, ("Sgd", 0.05)),
    (4115, "LSTMBatchNorm", (5, 3), [lstm(3, 6), steps_norm(6), last_step(), dense(6, 2)], "MeanSquaredError", 8, ("Sgd", 0.05)),
    (4116, "LSTMResidual", (6, 5), [dense(5, 8), lstm(8, 8), residual(1, "Tanh"), last_step(), dense(8, 3)], "CrossEntropy", 8, ("Sgd", 0.05)),
    (4117, "LSTMLong", (140, 2), [lstm(2, 4), last_step(), dense(4, 2)], "MeanSquaredError", 3, ("Sgd", 0.05)),
    (4118, "LSTMHeads", (6, 3), [lstm(3, 8), last_step(), head("Policy", "CrossEntropy"), dense(8, 4), head("Value", "MeanSquaredError", 0.5), dense(8, 1)], None, 8, ("Sgd", 0.05)),
    (4119, "LSTMBoth", (7, 3), [lstm(3, 5, bidirectional=True), last_step(), dense(10, 3)], "CrossEntropy", 9, ("Sgd", 0.1)),
    (4120, "LSTMBothStacked", (6, 2), [lstm(2, 9, bidirectional=True), lstm(18, 20, bidirectional=True), dense(40, 2), flatten()], "MeanSquaredError", 7, ("Adam", 0.002)),
    (4121, "LSTMBothMean", (5, 4), [dense(4, 6, "Tanh"), lstm(6, 17, bidirectional=True), layer_norm(34), gru(34, 8), mean_of_steps(), dense(8, 3)], "CrossEntropy", 8, ("Sgd", 0.05)),
    (4122, "LSTMBothBehindConv", (9, 2), [conv1d(2, 4, 3, "Tanh"), lstm(4, 33, along=True, bidirectional=True), flatten_steps(), dense(462, 2)], "MeanSquaredError", 5, ("Sgd", 0.02)),
])
