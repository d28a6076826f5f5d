#!/usr/bin/env python3
"""Writes tests/GenNet.Tests/Layers/Conv1D/*.json."""
from common import (along_dense, along_layer_norm, batch_norm, conv1d, dense, flatten, flatten_steps, global_average_pool1d, gru, head, last_step, max_pool1d, projected_steps,
                    residual, write)

write("Conv1D", [
    (3001, "Conv1", (9, 1), [conv1d(1, 4, 3, "Tanh"), flatten(), dense(28, 3)], "CrossEntropy", 9, ("Sgd", 0.1)),
    (3002, "Conv1Same", (11, 3), [conv1d(3, 6, 3, "GELU", padding="Same"), conv1d(6, 17, 4, "Tanh", padding="Same"), flatten(), dense(187, 2)], "MeanSquaredError", 7, ("Sgd", 0.01)),
    (3003, "Conv1Stride", (20, 2), [conv1d(2, 5, 3, "SiLU", stride=2, padding=1), conv1d(5, 7, 2, "Tanh", stride=3), flatten(), dense(21, 3)], "CrossEntropy", 6, ("Sgd", 0.1)),
    (3004, "Conv1SameStride", (13, 3), [conv1d(3, 8, 4, "Tanh", stride=2, padding="Same"), conv1d(8, 6, 3, "Tanh", stride=3, padding="Same"), flatten(), dense(18, 2)], "MeanSquaredError", 8, ("Sgd", 0.1)),
    (3005, "Conv1Dilation", (21, 2), [conv1d(2, 4, 3, "Tanh", dilation=2), conv1d(4, 3, 2, "Tanh", dilation=5, padding=3), flatten(), dense(54, 3)], "CrossEntropy", 5, ("Sgd", 0.05)),
    (3006, "Conv1Wide", (10, 33), [conv1d(33, 64, 3, "Tanh", padding="Same"), conv1d(64, 40, 2, "Tanh"), conv1d(40, 6, 1, "Tanh"), flatten(), dense(54, 4)], "CrossEntropy", 6, ("Sgd", 0.001)),
    (3007, "Conv1Groups", (12, 6), [conv1d(6, 9, 3, "Tanh", groups=3, padding=1), conv1d(9, 45, 2, "Tanh", groups=9, stride=2), conv1d(45, 10, 1, "Tanh", groups=5), flatten(), dense(60, 3)], "CrossEntropy", 6, ("Sgd", 0.05)),
    (3008, "Conv1Depthwise", (17, 6), [conv1d(6, 6, 3, "ReLU", groups=6, padding="Same"), conv1d(6, 8, 1, "ReLU"), conv1d(8, 8, 5, "Tanh", groups=8, stride=2, dilation=2), flatten(), dense(40, 3)], "CrossEntropy", 6, ("Sgd", 0.05)),
    (3009, "Conv1OfAll", (5, 3), [conv1d(3, 9, 5, "Tanh"), flatten(), dense(9, 2)], "MeanSquaredError", 11, ("Sgd", 0.1)),
    (3010, "Conv1OfOneStep", (1, 5), [conv1d(5, 4, 1, "Tanh"), conv1d(4, 3, 3, "Tanh", padding=1), flatten(), dense(3, 2)], "CrossEntropy", 10, ("Sgd", 0.1)),
    (3011, "Conv1Norms", (14, 2), [conv1d(2, 6, 3), batch_norm(6, "Tanh"), max_pool1d(2), along_layer_norm(6), along_dense(6, 5, "Tanh"), flatten(), dense(30, 3)], "CrossEntropy", 12, ("Sgd", 0.1)),
    (3012, "Conv1Residual", (8, 4), [conv1d(4, 4, 3, "Tanh", padding="Same"), conv1d(4, 4, 5, padding=2), residual(2, "Tanh"), global_average_pool1d(), dense(4, 3)], "CrossEntropy", 8, ("Sgd", 0.1)),
    (3013, "Conv1Projection", (16, 3), [conv1d(3, 6, 3, "ReLU", padding="Same"), conv1d(6, 10, 3, "ReLU", stride=2, padding=1), conv1d(10, 10, 3, padding=1), projected_steps(2, 6, 10, "ReLU", stride=2), flatten(), dense(80, 3)], "CrossEntropy", 7, ("Sgd", 0.01)),
    (3014, "Conv1OfRectified", (40, 1), [conv1d(1, 7, 5, "ReLU"), conv1d(7, 33, 3, "ReLU", stride=2), flatten(), dense(561, 3)], "CrossEntropy", 6, ("Sgd", 0.002)),
    (3015, "Conv1Adam", (24, 3), [conv1d(3, 8, 5, "GELU"), max_pool1d(2), conv1d(8, 12, 3, "Tanh"), flatten(), dense(96, 5, "Tanh"), dense(5, 3)], "CrossEntropy", 10, ("Adam", 0.002)),
    (3016, "Conv1Last", (9, 2), [conv1d(2, 3, 3), global_average_pool1d()], "CrossEntropy", 6, ("Sgd", 0.1)),
    (3017, "Conv1FlattenLast", (8, 2), [conv1d(2, 3, 2), flatten_steps()], "MeanSquaredError", 6, ("Sgd", 0.1)),
    (3018, "Conv1BehindDense", (7, 4), [along_dense(4, 6, "Tanh"), conv1d(6, 5, 3, "Tanh"), flatten(), batch_norm(25, "Tanh"), dense(25, 2)], "CrossEntropy", 24, ("Sgd", 0.05)),
    (3020, "Conv1NormOfOneSample", (7, 2), [batch_norm(2), conv1d(2, 6, 3), batch_norm(6, "Tanh"), flatten(), dense(30, 3)], "CrossEntropy", 1, ("Sgd", 0.1)),
    (3021, "Conv1Causal", (9, 3), [conv1d(3, 7, 4, "Tanh", padding="Causal"), last_step(along=True), dense(7, 3)], "CrossEntropy", 8, ("Sgd", 0.1)),
    (3022, "Conv1CausalDilation", (12, 2), [conv1d(2, 6, 3, padding="Causal", dilation=2), batch_norm(6, "Tanh"), conv1d(6, 18, 2, "Tanh", padding="Causal", dilation=4), along_dense(18, 5, "Tanh"), last_step(along=True), dense(5, 2)], "MeanSquaredError", 7, ("Sgd", 0.1)),
    (3023, "Conv1CausalStride", (13, 3), [conv1d(3, 6, 5, "Tanh", padding="Causal", stride=3), conv1d(6, 6, 3, "Tanh", padding="Causal", groups=6), flatten(), dense(30, 2)], "MeanSquaredError", 6, ("Sgd", 0.05)),
    (3024, "Conv1CausalGRU", (8, 3), [conv1d(3, 16, 5, "ReLU", padding="Causal"), gru(16, 9, along=True), last_step(along=True), dense(9, 4)], "CrossEntropy", 8, ("Adam", 0.002)),
    (3019, "Conv1Heads", (10, 3), [conv1d(3, 8, 3, "Tanh"), head("Policy", "CrossEntropy"), flatten(), dense(64, 4), head("Value", "MeanSquaredError", 0.5), global_average_pool1d(), dense(8, 1)], None, 8, ("Sgd", 0.05)),
])
