#!/usr/bin/env python3
"""Writes tests/GenNet.Tests/Layers/Conv2DTranspose/*.json."""
from common import conv, conv_transpose, dense, flatten, flatten_pixels, global_average_pool, image_norm, max_pool, pixels_dense, residual, write

write("Conv2DTranspose", [
    (2501, "Transpose", (3, 4, 2), [conv_transpose(2, 5, 3, "Tanh"), flatten(), dense(150, 3)], "CrossEntropy", 8, ("Sgd", 0.05)),
    (2502, "TransposeStride", (3, 2, 3), [conv_transpose(3, 6, 2, "GELU", stride=2), conv_transpose(6, 3, 3, "Tanh", stride=2, padding=1, output_padding=1), flatten(), dense(288, 2)], "MeanSquaredError", 7, ("Sgd", 0.01)),
    (2503, "TransposePadding", (4, 3, 5), [conv(5, 4, 2, "Tanh"), conv_transpose(4, 7, 4, "SiLU", stride=2, padding=1), max_pool(2), flatten(), dense(42, 3)], "CrossEntropy", 6, ("Sgd", 0.05)),
    (2504, "TransposeDilation", (3, 3, 2), [conv_transpose(2, 4, 3, "Tanh", dilation=2), conv_transpose(4, 3, 2, "Tanh", stride=3, dilation=3, padding=2, output_padding=2), flatten(), dense(1200, 2)], "MeanSquaredError", 5, ("Sgd", 0.002)),
    (2505, "TransposeRectangle", (2, 4, 3), [conv_transpose(3, 5, (3, 2), "Tanh", padding=1), conv_transpose(5, 2, (1, 4), "Tanh", stride=2), flatten(), dense(48, 3)], "CrossEntropy", 6, ("Sgd", 0.05)),
    (2506, "TransposeWide", (3, 2, 33), [conv_transpose(33, 40, 2, "Tanh", stride=2), conv_transpose(40, 17, 3, "Tanh", padding=1), flatten(), dense(408, 4)], "CrossEntropy", 6, ("Sgd", 0.002)),
    (2517, "TransposeOfOnePixel", (1, 1, 6), [conv_transpose(6, 4, 3, "Tanh"), image_norm(4, "Tanh"), conv_transpose(4, 2, 1), global_average_pool(), dense(2, 2)], "MeanSquaredError", 9, ("Sgd", 0.1)),
    (2508, "TransposeOfMany", (2, 2, 1), [conv_transpose(1, 2, 2, "Tanh", stride=2), flatten(), dense(32, 2)], "CrossEntropy", 140, ("Sgd", 0.1)),
    (2509, "TransposeAdam", (6, 5, 2), [conv(2, 6, 3, "GELU", stride=2, padding=1), conv_transpose(6, 4, 3, "Tanh", stride=2, padding=1), conv(4, 3, 2, "Tanh"), flatten(), dense(48, 3)], "CrossEntropy", 10, ("Adam", 0.002)),
    (2510, "TransposeNorm", (3, 3, 2), [conv_transpose(2, 4, 3, padding=1), image_norm(4, "Tanh"), pixels_dense(4, 4), residual(2), conv_transpose(4, 3, 2, "Tanh"), flatten(), dense(48, 2)], "MeanSquaredError", 9, ("Sgd", 0.02)),
    (2511, "TransposeLast", (2, 2, 3), [conv_transpose(3, 2, 2, stride=2, padding=1), flatten_pixels()], "MeanSquaredError", 6, ("Sgd", 0.05)),
    (2512, "TransposeToOnePixel", (1, 1, 3), [conv_transpose(3, 4, 3, padding=1), global_average_pool()], "CrossEntropy", 8, ("Sgd", 0.1)),
])
