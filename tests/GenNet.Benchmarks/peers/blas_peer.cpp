// A trainer whose products are a library's sgemm: blas_peer FILE. Compiled with USE_DNNL for oneDNN, else for OpenBLAS.
#include "peer.h"
#ifdef USE_DNNL
#include <dnnl.h>
#else
#include <cblas.h>
#endif

// C[m, n] = alpha * op(A) * op(B) + beta * C, all row by row.
static void multiply(char transposeA, char transposeB, int m, int n, int k, float alpha, const float* a, int lda, const float* b, int ldb, float beta, float* c) {
#ifdef USE_DNNL
    dnnl_sgemm(transposeA, transposeB, m, n, k, alpha, a, lda, b, ldb, beta, c, n);
#else
    auto flag = [](char t) { return t == 'T' ? CblasTrans : CblasNoTrans; };
    cblas_sgemm(CblasRowMajor, flag(transposeA), flag(transposeB), m, n, k, alpha, a, lda, b, ldb, beta, c, n);
#endif
}

struct Buffer {
    float* data;
    explicit Buffer(size_t count) : data(static_cast<float*>(std::aligned_alloc(64, (count * 4 + 63) / 64 * 64))) {
        std::fill(data, data + count, 0.0f);
    }
};

struct Layer {
    int inputs, outputs;
    size_t offset;
    Activation activation;
    Buffer a, delta;
};

struct Network {
    const Workload& workload;
    Buffer parameters, gradients, m, v;
    std::vector<Layer> layers;
    long steps = 0;

    explicit Network(const Workload& w)
        : workload(w), parameters(w.parameters.size()), gradients(w.parameters.size()), m(w.parameters.size()), v(w.parameters.size()) {
        size_t offset = 0;
        for (size_t l = 0; l + 1 < w.sizes.size(); l++) {
            int inputs = w.sizes[l], outputs = w.sizes[l + 1];
            size_t cells = size_t(w.samples) * outputs;
            layers.push_back({inputs, outputs, offset, l + 2 < w.sizes.size() ? w.hidden : Identity, Buffer(cells), Buffer(cells)});
            offset += size_t(inputs + 1) * outputs;
        }
    }

    void reset() {
        steps = 0;
        std::copy(workload.parameters.begin(), workload.parameters.end(), parameters.data);
        std::fill_n(m.data, workload.parameters.size(), 0.0f);
        std::fill_n(v.data, workload.parameters.size(), 0.0f);
    }

    const float* outputs() const { return layers.back().a.data; }

    void forward() {
        const float* x = workload.inputs.data();
        for (Layer& layer : layers) {
            const float* w = parameters.data + layer.offset;
            const float* biases = w + layer.inputs * layer.outputs;
            float* a = layer.a.data;
            multiply('N', 'N', workload.samples, layer.outputs, layer.inputs, 1, x, layer.inputs, w, layer.outputs, 0, a);
            for (int s = 0; s < workload.samples; s++)
                for (int o = 0; o < layer.outputs; o++)
                    a[s * layer.outputs + o] += biases[o];
            activate(layer.activation, a, workload.samples * layer.outputs);
            x = a;
        }
    }

    float step() {
        forward();
        const int samples = workload.samples;
        Layer& last = layers.back();
        float loss = workload.classifies
            ? crossEntropy(last.a.data, workload.targets.data(), last.delta.data, samples, last.outputs)
            : squaredError(last.a.data, workload.targets.data(), last.delta.data, samples * last.outputs);

        // SGD's step is part of the product; Adam needs the gradient.
        const bool sgd = workload.method == Sgd;
        float* target = sgd ? parameters.data : gradients.data;
        const float alpha = sgd ? -workload.learningRate : 1, beta = sgd ? 1 : 0;
        for (size_t l = layers.size(); l-- > 0;) {
            Layer& layer = layers[l];
            const float* delta = layer.delta.data;
            if (l > 0) {
                Layer& lower = layers[l - 1];
                multiply('N', 'T', samples, layer.inputs, layer.outputs, 1, delta, layer.outputs, parameters.data + layer.offset, layer.outputs, 0, lower.delta.data);
                multiplyByDerivative(lower.activation, lower.a.data, lower.delta.data, samples * layer.inputs);
            }
            const float* x = l > 0 ? layers[l - 1].a.data : workload.inputs.data();
            float* weights = target + layer.offset;
            multiply('T', 'N', layer.inputs, layer.outputs, samples, alpha, x, layer.inputs, delta, layer.outputs, beta, weights);
            float* biases = weights + layer.inputs * layer.outputs;
            for (int o = 0; o < layer.outputs; o++)
                biases[o] *= beta;
            for (int s = 0; s < samples; s++)
                for (int o = 0; o < layer.outputs; o++)
                    biases[o] += alpha * delta[s * layer.outputs + o];
        }
        if (!sgd)
            AdamStep(workload.learningRate, ++steps).update(parameters.data, gradients.data, m.data, v.data, int(workload.parameters.size()));
        return loss;
    }
};

int main(int, char** arguments) {
    Workload workload(arguments[1]);
    Network network(workload);
    run(workload, network);
}
