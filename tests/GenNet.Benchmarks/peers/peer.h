// What the C++ contenders share: the workload's file, element-wise work, losses, optimisers and the timing loop.
#pragma once
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

enum Method { Infer, Sgd, Adam, Step };
enum Activation { Identity, Sigmoid, Tanh, ReLU };

// Layers hold weights [inputs, outputs], then biases; batches hold samples row by row.
// A network of images or sequences has no sizes but a schema, and parameters in PyTorch's order.
struct Workload {
    Method method;
    int samples;
    Activation hidden;
    bool classifies;
    int checkedSteps;
    std::vector<int> sizes;
    std::string schema;
    float learningRate;
    std::vector<float> parameters, inputs, targets;

    explicit Workload(const char* path) {
        FILE* file = std::fopen(path, "rb");
        if (!file) {
            std::fprintf(stderr, "%s cannot be read\n", path);
            std::exit(1);
        }
        auto read = [&](void* to, size_t count) {
            if (std::fread(to, 4, count, file) != count) {
                std::fprintf(stderr, "%s is too short\n", path);
                std::exit(1);
            }
        };
        int header[6];
        read(header, 6);
        method = Method(header[0]);
        samples = header[1];
        hidden = Activation(header[2]);
        classifies = header[3];
        checkedSteps = header[4];
        sizes.resize(header[5]);
        read(sizes.data(), sizes.size());
        if (sizes.empty()) {
            readLayers(file, read);
            std::fclose(file);
            return;
        }
        read(&learningRate, 1);
        size_t count = 0;
        for (size_t l = 0; l + 1 < sizes.size(); l++)
            count += (sizes[l] + 1) * sizes[l + 1];
        parameters.resize(count);
        inputs.resize(size_t(samples) * sizes.front());
        targets.resize(size_t(samples) * (classifies ? 1 : sizes.back()));
        read(parameters.data(), parameters.size());
        read(inputs.data(), inputs.size());
        read(targets.data(), targets.size());
        std::fclose(file);
    }

private:
    // Parameters and inputs are one vector each, the first with all that is behind it.
    template <class Read>
    void readLayers(FILE* file, Read read) {
        int length;
        read(&length, 1);
        schema.resize(length);
        if (std::fread(&schema[0], 1, length, file) != size_t(length))
            std::exit(1);
        read(&learningRate, 1);
        for (float value; std::fread(&value, 4, 1, file) == 1;)
            parameters.push_back(value);
        if (method == Step) {
            // One step of one stream, and the targets of its sequence's outputs.
            int steps, features, outputs;
            const char* last = schema.c_str() + schema.rfind("→") + std::strlen("→");
            if (std::sscanf(schema.c_str() + schema.find(' '), "%d×%d", &steps, &features) != 2 || std::sscanf(last, "%d", &outputs) != 1)
                std::exit(1);
            inputs.assign(parameters.end() - features - outputs, parameters.end() - outputs);
            return;
        }
        int height, width, channels;
        if (std::sscanf(schema.c_str() + schema.find(' '), "%d×%d×%d", &height, &width, &channels) != 3)
            std::exit(1);
        size_t pixels = size_t(samples) * height * width * channels;
        inputs.assign(parameters.end() - pixels - samples, parameters.end() - samples);
    }
};

inline void activate(Activation activation, float* a, int count) {
    switch (activation) {
    case Identity: break;
    case Sigmoid: for (int i = 0; i < count; i++) a[i] = 1 / (1 + std::exp(-a[i])); break;
    case Tanh: for (int i = 0; i < count; i++) a[i] = std::tanh(a[i]); break;
    case ReLU: for (int i = 0; i < count; i++) a[i] = std::max(a[i], 0.0f); break;
    }
}

// delta *= g'(z), in terms of a = g(z).
inline void multiplyByDerivative(Activation activation, const float* a, float* delta, int count) {
    switch (activation) {
    case Identity: break;
    case Sigmoid: for (int i = 0; i < count; i++) delta[i] *= a[i] * (1 - a[i]); break;
    case Tanh: for (int i = 0; i < count; i++) delta[i] *= 1 - a[i] * a[i]; break;
    case ReLU: for (int i = 0; i < count; i++) delta[i] = a[i] > 0 ? delta[i] : 0; break;
    }
}

// The mean of (a - y)^2, and its derivative.
inline float squaredError(const float* a, const float* y, float* delta, int count) {
    float sum = 0;
    for (int i = 0; i < count; i++) {
        float difference = a[i] - y[i];
        sum += difference * difference;
        delta[i] = 2.0f / count * difference;
    }
    return sum / count;
}

// The mean over samples of -ln softmax(z)[y], and its derivative.
inline float crossEntropy(const float* z, const float* y, float* delta, int samples, int classes) {
    float sum = 0;
    for (int s = 0; s < samples; s++, z += classes, delta += classes) {
        float maximum = *std::max_element(z, z + classes), total = 0;
        for (int j = 0; j < classes; j++) {
            delta[j] = std::exp(z[j] - maximum);
            total += delta[j];
        }
        int label = int(y[s]);
        sum += maximum + std::log(total) - z[label];
        float share = 1 / (total * samples);
        for (int j = 0; j < classes; j++)
            delta[j] *= share;
        delta[label] -= 1.0f / samples;
    }
    return sum / samples;
}

struct AdamStep {
    float rate, scale;

    AdamStep(float learningRate, long step)
        : rate(float(learningRate / (1 - std::pow(0.9, step)))), scale(float(1 / std::sqrt(1 - std::pow(0.999, step)))) {}

    void update(float* __restrict w, const float* __restrict g, float* __restrict m, float* __restrict v, int count) const {
        for (int i = 0; i < count; i++) {
            m[i] += 0.1f * (g[i] - m[i]);
            v[i] += 0.001f * (g[i] * g[i] - v[i]);
            w[i] -= rate * m[i] / (std::sqrt(v[i]) * scale + 1e-8f);
        }
    }
};

inline void printAll(const float* values, size_t count) {
    for (size_t i = 0; i < count; i++)
        std::printf("%.9g ", values[i]);
    std::printf("\n");
    std::fflush(stdout);
}

// Answers every line on stdin (the nanoseconds of a slice) with the nanoseconds that a call took.
template <class Reset, class Call>
void serve(Reset reset, Call call) {
    long count = 1;
    double slice;
    while (std::scanf("%lf", &slice) == 1) {
        reset();
        call();
        auto start = std::chrono::steady_clock::now();
        for (long i = 0; i < count; i++) {
            call();
            asm volatile("" ::: "memory");  // No call may be merged with the next.
        }
        double perCall = std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count() / count;
        count = std::max(1L, long(slice / perCall));
        std::printf("%.3f\n", perCall);
        std::fflush(stdout);
    }
}

// Reports what the first calls give, then serves. A network has outputs(), forward(), step() (which returns the loss) and reset().
template <class Network>
void run(const Workload& workload, Network& network) {
    network.reset();
    if (workload.method == Infer) {
        network.forward();
        printAll(network.outputs(), size_t(workload.samples) * workload.sizes.back());
        serve([] {}, [&] { network.forward(); });
    } else {
        std::vector<float> losses(workload.checkedSteps);
        for (float& loss : losses)
            loss = network.step();
        printAll(losses.data(), losses.size());
        serve([&] { network.reset(); }, [&] { network.step(); });
    }
}
