// A network of fixed size: eigen_peer FILE eigen|loops. SIZES (with commas), SAMPLES and HIDDEN are given to the compiler.
#define EIGEN_STACK_ALLOCATION_LIMIT 0
#include <Eigen/Dense>
#include <cstring>
#include <memory>
#include <tuple>
#include <utility>
#include "peer.h"

constexpr int Sizes[] = {SIZES};
constexpr int LayerCount = int(sizeof Sizes / sizeof *Sizes) - 1;

// Products by Eigen: samples row by row are its matrix [features, samples], weights [inputs, outputs] its matrix [outputs, inputs].
struct ByEigen {
    template <int Rows, int Columns>
    static auto matrix(float* data) {
        return Eigen::Map<Eigen::Matrix<float, Rows, Columns>, Eigen::Aligned64>(data);
    }

    template <int In, int Out>
    static void forward(float* w, float* b, float* x, float* a) {
        auto result = matrix<Out, SAMPLES>(a);
        result.noalias() = matrix<Out, In>(w) * matrix<In, SAMPLES>(x);
        result.colwise() += matrix<Out, 1>(b);
    }

    template <int Out>
    static void activateHidden(float* a) {
        if (HIDDEN == Tanh)
            matrix<Out, SAMPLES>(a) = matrix<Out, SAMPLES>(a).array().tanh();
        else
            activate(HIDDEN, a, Out * SAMPLES);
    }

    template <int In, int Out>
    static void gradient(float* x, float* delta, float* w, float* b) {
        matrix<Out, In>(w).noalias() = matrix<Out, SAMPLES>(delta) * matrix<In, SAMPLES>(x).transpose();
        matrix<Out, 1>(b) = matrix<Out, SAMPLES>(delta).rowwise().sum();
    }

    template <int In, int Out>
    static void backward(float* w, float* delta, float* lower) {
        matrix<In, SAMPLES>(lower).noalias() = matrix<Out, In>(w).transpose() * matrix<Out, SAMPLES>(delta);
    }
};

// The same by plain loops, sample by sample.
struct ByLoops {
    template <int In, int Out>
    static void forward(const float* w, const float* b, const float* x, float* a) {
        for (int s = 0; s < SAMPLES; s++) {
            float sum[Out];
            for (int o = 0; o < Out; o++)
                sum[o] = b[o];
            for (int i = 0; i < In; i++)
                for (int o = 0; o < Out; o++)
                    sum[o] += x[s * In + i] * w[i * Out + o];
            for (int o = 0; o < Out; o++)
                a[s * Out + o] = sum[o];
        }
    }

    template <int Out>
    static void activateHidden(float* a) {
        activate(HIDDEN, a, Out * SAMPLES);
    }

    template <int In, int Out>
    static void gradient(const float* x, const float* delta, float* __restrict w, float* __restrict b) {
        for (int i = 0; i < In; i++) {
            float sum[Out] = {};
            for (int s = 0; s < SAMPLES; s++)
                for (int o = 0; o < Out; o++)
                    sum[o] += x[s * In + i] * delta[s * Out + o];
            for (int o = 0; o < Out; o++)
                w[i * Out + o] = sum[o];
        }
        float sum[Out] = {};
        for (int s = 0; s < SAMPLES; s++)
            for (int o = 0; o < Out; o++)
                sum[o] += delta[s * Out + o];
        for (int o = 0; o < Out; o++)
            b[o] = sum[o];
    }

    template <int In, int Out>
    static void backward(const float* w, const float* delta, float* __restrict lower) {
        for (int s = 0; s < SAMPLES; s++)
            for (int i = 0; i < In; i++) {
                float sum = 0;
                for (int o = 0; o < Out; o++)
                    sum += w[i * Out + o] * delta[s * Out + o];
                lower[s * In + i] = sum;
            }
    }
};

template <class Products, int L>
struct Layer {
    static constexpr int In = Sizes[L], Out = Sizes[L + 1], Count = (In + 1) * Out;

    alignas(64) float parameters[Count], gradients[Count], m[Count], v[Count];
    alignas(64) float a[Out * SAMPLES], delta[Out * SAMPLES];

    void reset(const float*& from) {
        std::memcpy(parameters, from, sizeof parameters);
        std::memset(m, 0, sizeof m);
        std::memset(v, 0, sizeof v);
        from += Count;
    }

    void forward(float* x) {
        Products::template forward<In, Out>(parameters, parameters + In * Out, x, a);
        if (L + 1 < LayerCount)
            Products::template activateHidden<Out>(a);
    }

    template <class Lower>
    void backward(Lower& lower) {
        Products::template backward<In, Out>(parameters, delta, lower.delta);
        multiplyByDerivative(HIDDEN, lower.a, lower.delta, In * SAMPLES);
    }

    void update(float* x, bool sgd, float learningRate, const AdamStep& adam) {
        Products::template gradient<In, Out>(x, delta, gradients, gradients + In * Out);
        if (sgd)
            for (int i = 0; i < Count; i++)
                parameters[i] -= learningRate * gradients[i];
        else
            adam.update(parameters, gradients, m, v, Count);
    }
};

template <class Products, class Indices>
struct Network;

template <class Products, int... L>
struct Network<Products, std::integer_sequence<int, L...>> {
    std::tuple<Layer<Products, L>...> layers;
    alignas(64) float inputs[Sizes[0] * SAMPLES];
    const Workload& workload;
    long steps = 0;

    explicit Network(const Workload& w) : workload(w) { std::copy(w.inputs.begin(), w.inputs.end(), inputs); }

    void reset() {
        steps = 0;
        const float* from = workload.parameters.data();
        (std::get<L>(layers).reset(from), ...);
    }

    template <int I>
    float* inputOf() {
        if constexpr (I == 0)
            return inputs;
        else
            return std::get<I - 1>(layers).a;
    }

    float* outputs() { return std::get<LayerCount - 1>(layers).a; }

    void forward() { (std::get<L>(layers).forward(inputOf<L>()), ...); }

    float step() {
        forward();
        auto& last = std::get<LayerCount - 1>(layers);
        float loss = squaredError(last.a, workload.targets.data(), last.delta, Sizes[LayerCount] * SAMPLES);
        const bool sgd = workload.method == Sgd;
        const AdamStep adam = sgd ? AdamStep(0, 1) : AdamStep(workload.learningRate, ++steps);
        (backwardFrom<LayerCount - 1 - L>(sgd, adam), ...);
        return loss;
    }

    template <int I>
    void backwardFrom(bool sgd, const AdamStep& adam) {
        if constexpr (I > 0)
            std::get<I>(layers).backward(std::get<I - 1>(layers));
        std::get<I>(layers).update(inputOf<I>(), sgd, workload.learningRate, adam);
    }
};

template <class Products>
static void runBy(const Workload& workload) {
    using Fixed = Network<Products, std::make_integer_sequence<int, LayerCount>>;
    auto network = std::make_unique<Fixed>(workload);
    run(workload, *network);
}

int main(int, char** arguments) {
    Workload workload(arguments[1]);
    if (std::strcmp(arguments[2], "eigen") == 0)
        runBy<ByEigen>(workload);
    else
        runBy<ByLoops>(workload);
}
