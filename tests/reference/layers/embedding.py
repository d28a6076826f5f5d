#!/usr/bin/env python3
"""Writes tests/GenNet.Tests/Layers/Embedding/*.json."""
from common import batch_norm, conv1d, dense, embedding, flatten, gru, head, last_step, layer_norm, lstm, steps_norm, write

write("Embedding", [
    (4501, "Embedding", (7, 1), [embedding(20, 6), gru(6, 5), last_step(), dense(5, 3)], "CrossEntropy", 9, ("Sgd", 0.1)),
    (4502, "EmbeddingOfMixed", (5, 4), [embedding(33, 7, feature=2), lstm(10, 6), last_step(), dense(6, 2)], "MeanSquaredError", 8, ("Sgd", 0.1)),
    (4503, "EmbeddingTwo", (4, 3), [embedding(40, 5), embedding(3, 2, feature=6), dense(8, 4, "Tanh"), flatten(), dense(16, 2)], "MeanSquaredError", 7, ("Sgd", 0.05)),
    (4504, "EmbeddingOfRow", 3, [embedding(10, 4, feature=1), dense(6, 8, "Tanh"), dense(8, 3)], "CrossEntropy", 12, ("Sgd", 0.1)),
    (4505, "EmbeddingOfOne", 1, [embedding(1, 1), dense(1, 2)], "MeanSquaredError", 5, ("Sgd", 0.1)),
    (4506, "EmbeddingAdam", (6, 2), [embedding(130, 16), gru(17, 9), last_step(), dense(9, 3)], "CrossEntropy", 20, ("Adam", 0.002)),
    (4507, "EmbeddingOfMany", 2, [embedding(70, 40, feature=1), layer_norm(41), dense(41, 3)], "CrossEntropy", 150, ("Sgd", 0.1)),
    (4508, "EmbeddingBeforeConv", (9, 2), [embedding(12, 5, along=True), conv1d(6, 4, 3, "Tanh"), flatten(), dense(28, 2)], "MeanSquaredError", 6, ("Sgd", 0.05)),
    (4509, "EmbeddingBatchNorm", (4, 2), [embedding(5, 3), steps_norm(4), flatten(), dense(16, 2)], "MeanSquaredError", 8, ("Sgd", 0.05)),
    (4510, "EmbeddingHeads", 3, [embedding(8, 4), batch_norm(6), head("Policy", "CrossEntropy"), dense(6, 4), head("Value", "MeanSquaredError", 0.5), dense(6, 1)], None, 8, ("Sgd", 0.05)),
    (4511, "EmbeddingLast", (5, 2), [embedding(6, 3, feature=1), flatten()], "MeanSquaredError", 6, ("Sgd", 0.1)),
])
