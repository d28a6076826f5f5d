#!/usr/bin/env python3
"""Writes tests/GenNet.Tests/Layers/Heads/*.json."""
from common import batch_norm, dense, dropout, flatten, head, layer_norm, residual, write

write("Heads", [
    (1201, "HeadsOfTwo", 6, [
        dense(6, 16, "Tanh"), head("Policy", "CrossEntropy"), dense(16, 4), head("Value", "MeanSquaredError", 0.5), dense(16, 1)], None, 12, ("Sgd", 0.1)),
    (1202, "HeadsDeep", 6, [
        dense(6, 24, "Tanh"), dense(24, 24, "SiLU"), head("Left", "BinaryCrossEntropy", 2), dense(24, 24, "Tanh"), residual(1), residual(3, "Tanh"), dense(24, 3),
        head("Middle", "MeanSquaredError"), layer_norm(24, "Tanh"), dense(24, 17, "Sigmoid"), head("Right", "CrossEntropy", 0.25), dense(24, 33)], None, 11, ("Adam", 0.001)),
    (1203, "HeadsBatchNorm", 6, [
        dense(6, 24), head("First", "MeanSquaredError"), batch_norm(24, "Tanh"), dense(24, 2), head("Second", "Huber", 3), dense(24, 20), batch_norm(20, "Tanh"), dense(20, 3)],
        None, 14, ("Sgd", 0.1)),
    (1204, "HeadsOfSteps", (3, 4), [
        dense(4, 18, "Tanh"), head("Sum", "MeanSquaredError"), dense(18, 5, "Tanh"), flatten(), dense(15, 2), head("Kind", "CrossEntropy", 0.5), flatten(), dense(54, 3)],
        None, 10, ("Sgd", 0.1)),
    (1205, "HeadsWithoutTrunk", 5, [
        dropout(0), head("A", "MeanSquaredError"), dense(5, 3), head("B", "MeanSquaredError"), layer_norm(5), dense(5, 2, "Softmax")], None, 9, ("Sgd", 0.2)),
])
