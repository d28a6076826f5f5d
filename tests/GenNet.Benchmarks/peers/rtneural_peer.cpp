// One step of a stream by RTNeural's compile-time API: rtneural_peer FILE. KIND (GRULayerT, LSTMLayerT or Conv1DT), IN and UNITS are given to the compiler.
#include <RTNeural/RTNeural.h>
#include <cstring>
#include <memory>
#include "peer.h"

constexpr int Kernel = 3, GRULayerT = 0, LSTMLayerT = 1, Conv1DT = 2;

template <int Kind>
struct First;

template <>
struct First<GRULayerT> { using Type = RTNeural::GRULayerT<float, IN, UNITS>; };

template <>
struct First<LSTMLayerT> { using Type = RTNeural::LSTMLayerT<float, IN, UNITS>; };

template <>
struct First<Conv1DT> { using Type = RTNeural::Conv1DT<float, IN, UNITS, Kernel, 1>; };

using Model = RTNeural::ModelT<float, IN, 1, First<KIND>::Type, RTNeural::DenseT<float, UNITS, 1>>;
using Rows = std::vector<std::vector<float>>;

// Parameters in PyTorch's order, one after the other.
struct Parameters {
    const float* next;

    std::vector<float> row(int count) {
        std::vector<float> values(next, next + count);
        next += count;
        return values;
    }

    Rows rows(int count, int length) {
        Rows values;
        for (int i = 0; i < count; i++)
            values.push_back(row(length));
        return values;
    }
};

// Of a GRU RTNeural has the update before the reset, as Keras.
static int place(int row) {
    return KIND == GRULayerT && row < 2 * UNITS ? (row + UNITS) % (2 * UNITS) : row;
}

static Rows transposed(const Rows& rows) {
    Rows result(rows[0].size(), std::vector<float>(rows.size()));
    for (size_t r = 0; r < rows.size(); r++)
        for (size_t c = 0; c < rows[r].size(); c++)
            result[c][place(int(r))] = rows[r][c];
    return result;
}

template <class Layer>
static void fill(Layer& layer, Parameters& from) {
    if constexpr (KIND == Conv1DT) {
        std::vector<Rows> kernels;
        for (int filter = 0; filter < UNITS; filter++)
            kernels.push_back(from.rows(IN, Kernel));
        // Its places count back from the newest step.
        for (auto& kernel : kernels)
            for (auto& places : kernel)
                std::reverse(places.begin(), places.end());
        layer.setWeights(kernels);
        layer.setBias(from.row(UNITS));
    } else {
        constexpr int Gates = KIND == GRULayerT ? 3 : 4;
        layer.setWVals(transposed(from.rows(Gates * UNITS, IN)));
        layer.setUVals(transposed(from.rows(Gates * UNITS, UNITS)));
        Rows biases = {std::vector<float>(Gates * UNITS), std::vector<float>(Gates * UNITS)};
        for (auto& bias : biases) {
            auto values = from.row(Gates * UNITS);
            for (int i = 0; i < Gates * UNITS; i++)
                bias[place(i)] = values[i];
        }
        if constexpr (KIND == GRULayerT) {
            layer.setBVals(biases);
        } else {
            for (int i = 0; i < Gates * UNITS; i++)
                biases[0][i] += biases[1][i];
            layer.setBVals(biases[0]);
        }
    }
}

int main(int, char** arguments) {
    Workload workload(arguments[1]);
    auto model = std::make_unique<Model>();
    Parameters from{workload.parameters.data()};
    fill(model->template get<0>(), from);
    model->template get<1>().setWeights(from.rows(1, UNITS));
    model->template get<1>().setBias(from.row(1).data());
    alignas(64) float input[IN];
    std::copy(workload.inputs.begin(), workload.inputs.end(), input);

    model->reset();
    std::vector<float> outputs(workload.checkedSteps);
    for (float& output : outputs)
        output = model->forward(input);
    printAll(outputs.data(), outputs.size());
    serve([] {}, [&] { model->forward(input); });
}
