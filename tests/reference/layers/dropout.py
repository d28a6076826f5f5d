#!/usr/bin/env python3
"""Writes tests/GenNet.Tests/Layers/Dropout/*.json."""
from common import dense, dropout, write

write("Dropout", [
    (1017, "DropoutNone", 6, [dropout(0.0), dense(6, 16, "Tanh"), dropout(0.0), dense(16, 3)], "CrossEntropy", 12, ("Sgd", 0.1)),
    (1018, "DropoutAll", 6, [dense(6, 16, "Tanh"), dropout(1.0), dense(16, 3)], "CrossEntropy", 12, ("Sgd", 0.1)),
])
