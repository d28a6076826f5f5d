#!/usr/bin/env python3
"""Writes tests/GenNet.Tests/Layers/Residual/*.json."""
from common import batch_norm, conv, dense, flatten, global_average_pool, image_norm, layer_norm, max_pool, pixels_dense, pixels_layer_norm, projected, projected_image, residual, write

write("Residual", [
    (1011, "Residual", 6, [dense(6, 16, "Tanh"), dense(16, 16, "ReLU"), dense(16, 16), residual(2, "Tanh"), dense(16, 3)], "CrossEntropy", 12, ("Sgd", 0.1)),
    (1012, "ResidualFromInputs", 5, [dense(5, 8, "SiLU"), dense(8, 5), residual(2), dense(5, 2)], "MeanSquaredError", 12, ("Adam", 0.001)),
    (1013, "ResidualNested", 5, [
        dense(5, 10, "Tanh"), dense(10, 10, "Tanh"), residual(1), dense(10, 10, "SiLU"), residual(3, "ReLU"), dense(10, 10), residual(5), dense(10, 2)], "MeanSquaredError", 12, ("Sgd", 0.05)),
    (1014, "ResidualPreNorm", 6, [
        dense(6, 24, "Tanh"), layer_norm(24), dense(24, 24, "GELU"), dense(24, 24), residual(3), dense(24, 2)], "MeanSquaredError", 11, ("Adam", 0.001)),
    (1015, "ResidualBatchNorm", 6, [
        dense(6, 24, "Tanh"), dense(24, 24), batch_norm(24, "ReLU"), dense(24, 24), batch_norm(24), residual(4, "ReLU"), dense(24, 2)], "MeanSquaredError", 14, ("Sgd", 0.1)),
    (1016, "ResidualOfDenseBeforeNorm", 6, [
        dense(6, 12), batch_norm(12, "Tanh"), dense(12, 12, "SiLU"), residual(2), dense(12, 2)], "MeanSquaredError", 14, ("Sgd", 0.1)),
    (1017, "ResidualProjection", 6, [dense(6, 9, "Tanh"), dense(9, 20, "SiLU"), dense(20, 17), projected(2, 9, 17, "Tanh"), dense(17, 3)], "CrossEntropy", 12, ("Sgd", 0.1)),
    (1018, "ResidualProjectionFromInputs", 5, [dense(5, 33, "Tanh"), projected(1, 5, 33, "GELU"), dense(33, 3), projected(2, 33, 3)], "MeanSquaredError", 11, ("Adam", 0.001)),
    (1019, "ResidualProjectionNorms", 6, [
        batch_norm(6), dense(6, 24), batch_norm(24, "ReLU"), dense(24, 7), batch_norm(7), projected(4, 6, 7, "Tanh"), dense(7, 7, "Tanh"), residual(1), layer_norm(7, "Tanh"),
        projected(3, 7, 7, "SiLU"), dense(7, 2)], "CrossEntropy", 14, ("Sgd", 0.1)),
    (1020, "ResidualProjectionNested", 5, [
        dense(5, 8, "Tanh"), dense(8, 12, "Tanh"), projected(1, 8, 12, "Tanh"), dense(12, 3, "SiLU"), projected(3, 8, 3), projected(5, 5, 3, "Tanh"), dense(3, 2)], "MeanSquaredError", 10, ("Sgd", 0.05)),
    (1021, "ResidualProjectionOfSteps", (4, 3), [dense(3, 6, "Tanh"), dense(6, 5), projected(2, 3, 5, "Tanh"), flatten(), dense(20, 2)], "CrossEntropy", 9, ("Sgd", 0.1)),
    (1022, "ResidualProjectionLast", 4, [dense(4, 6, "Tanh"), dense(6, 3), projected(2, 4, 3)], "CrossEntropy", 9, ("Sgd", 0.1)),
    (1023, "ResidualProjectionOfImages", (6, 5, 3), [
        conv(3, 8, 3, "Tanh", padding=1), conv(8, 12, 3, padding="Same"), image_norm(12), projected_image(3, 3, 12, "Tanh"), global_average_pool(), dense(12, 3)], "CrossEntropy", 9, ("Sgd", 0.1)),
    (1024, "ResidualProjectionStride", (9, 7, 2), [
        conv(2, 6, 3, "Tanh", padding=1), conv(6, 9, 3, stride=2, padding=1), image_norm(9, "Tanh"), conv(9, 9, 3, "Tanh", padding=1), projected_image(3, 6, 9, stride=2),
        conv(9, 17, 3, "Tanh", stride=2, padding=1), projected_image(1, 9, 17, "Tanh", stride=2), global_average_pool(), dense(17, 3)], "CrossEntropy", 8, ("Sgd", 0.02)),
    (1025, "ResidualProjectionSides", (7, 6, 3), [
        max_pool(2, stride=1), pixels_dense(3, 4, "Tanh"), conv(4, 6, (3, 1), stride=(3, 2), padding=(1, 0)), projected_image(2, 3, 6, "Tanh", stride=(3, 2)), flatten(), dense(36, 2)], "MeanSquaredError", 7, ("Adam", 0.002)),
    (1026, "ResidualProjectionBehindFlatten", (3, 4, 2), [
        conv(2, 3, 2, "Tanh"), flatten(), dense(18, 9, "Tanh"), projected(1, 18, 9, "Tanh"), dense(9, 2)], "CrossEntropy", 9, ("Sgd", 0.1)),
    (1027, "ResidualProjectionBetweenNorms", 5, [dense(5, 6, "Tanh"), layer_norm(6), projected(1, 6, 6, "Tanh"), layer_norm(6, "Tanh"), dense(6, 2)], "MeanSquaredError", 9, ("Sgd", 0.05)),
    (1028, "ResidualProjectionBetweenPixelNorms", (3, 3, 2), [
        conv(2, 6, 2, "Tanh"), pixels_layer_norm(6), projected_image(1, 6, 6, "Tanh"), pixels_layer_norm(6, "Tanh"), flatten(), dense(24, 2)], "CrossEntropy", 7, ("Sgd", 0.05)),
])
