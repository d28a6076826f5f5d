#!/usr/bin/env python3
"""Writes tests/GenNet.Tests/Layers/DepthwiseConv2D/*.json."""
from common import conv, dense, depthwise_conv, flatten, global_average_pool, image_norm, max_pool, pixels_dense, residual, write

write("DepthwiseConv2D", [
    (2101, "Depthwise", (7, 12, 3), [depthwise_conv(3, 3, "Tanh"), conv(3, 6, 1, "Tanh"), depthwise_conv(6, 2, "Tanh"), flatten(), dense(216, 3)], "CrossEntropy", 7, ("Sgd", 0.05)),
    (2102, "DepthwiseSame", (9, 14, 17), [depthwise_conv(17, 3, "SiLU", padding="Same"), depthwise_conv(17, 5, "Tanh", padding="Same", stride=2), flatten(), dense(595, 2)], "MeanSquaredError", 6, ("Sgd", 0.01)),
    (2103, "DepthwiseSides", (8, 13, 5), [depthwise_conv(5, (3, 4), "Tanh", padding=(2, 1), dilation=(1, 2)), depthwise_conv(5, (2, 3), "Tanh", stride=(2, 1)), flatten(), dense(175, 3)], "CrossEntropy", 6, ("Sgd", 0.05)),
    (2104, "DepthwiseStride", (10, 11, 36), [conv(36, 36, 1, "Tanh"), depthwise_conv(36, 3, "Tanh", stride=(2, 3), padding=1), depthwise_conv(36, 2, "Tanh", dilation=2), global_average_pool(), dense(36, 3)], "CrossEntropy", 5, ("Sgd", 0.1)),
    (2105, "DepthwiseOfSmall", (2, 1, 4), [depthwise_conv(4, 3, "Tanh", padding=2), depthwise_conv(4, (4, 3), "Tanh"), pixels_dense(4, 2)], "MeanSquaredError", 9, ("Sgd", 0.1)),
    (2106, "DepthwiseBlock", (6, 6, 2), [conv(2, 8, 3), image_norm(8, "Tanh"), depthwise_conv(8, 3, "Tanh", padding="Same"), conv(8, 8, 1), residual(2, "Tanh"), max_pool(2), flatten(), dense(32, 3)], "CrossEntropy", 16, ("Sgd", 0.05)),
    (2107, "DepthwiseRectified", (6, 19, 9), [depthwise_conv(9, 3, "ReLU", padding="Same"), depthwise_conv(9, 3, "ReLU"), flatten(), dense(612, 3)], "CrossEntropy", 6, ("Sgd", 0.02)),
])
