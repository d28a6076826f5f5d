#!/usr/bin/env python3
"""Writes tests/GenNet.Tests/Layers/LastStep/*.json."""
from common import conv1d, dense, last_step, write

write("LastStep", [
    (4301, "LastStepOfDense", (6, 3), [dense(3, 7, "Tanh"), last_step(), dense(7, 2)], "MeanSquaredError", 8, ("Sgd", 0.1)),
    (4302, "LastStepFirst", (5, 4), [last_step(), dense(4, 3)], "CrossEntropy", 6, ("Sgd", 0.1)),
    (4303, "LastStepLast", (5, 4), [dense(4, 3), last_step()], "CrossEntropy", 6, ("Sgd", 0.1)),
    (4304, "LastStepOfConv", (9, 2), [conv1d(2, 5, 3, "Tanh"), last_step(along=True), dense(5, 2)], "MeanSquaredError", 7, ("Sgd", 0.1)),
])
