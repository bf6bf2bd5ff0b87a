#include "engine/detail/kernels.hpp"

#include <array>
#include <atomic>
#include <bit>

namespace huoshui::engine {

// Scoring reads keys and counts whole and shifts the parts out of them.
static_assert(std::endian::native == std::endian::little && sizeof(PointKey) == 8 &&
              sizeof(ProfilePoints) == 8);

extern const Kernels kPortableKernels;
#if defined(HUOSHUI_X86_KERNELS)
extern const Kernels kAvx2Kernels, kAvx512Kernels;
#endif

namespace {

struct Runnable {
  std::array<const Kernels*, 3> sets{&kPortableKernels};
  std::size_t count = 1;
};

const Runnable& runnable() {
  static const Runnable found = [] {
    Runnable out;
#if defined(HUOSHUI_X86_KERNELS)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2"))
      out.sets[out.count++] = &kAvx2Kernels;
    // What kernel_avx512.cpp is compiled with; every such machine since 2019 has all of it.
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512vpopcntdq") && __builtin_cpu_supports("avx512vbmi2") &&
        __builtin_cpu_supports("bmi2")) {
      out.sets[out.count++] = &kAvx512Kernels;
    }
#endif
    return out;
  }();
  return found;
}

const Kernels* best() { return runnable().sets[runnable().count - 1]; }

std::atomic<const Kernels*>& chosen() {
  static std::atomic<const Kernels*> kernels{best()};
  return kernels;
}

}  // namespace

const Kernels& kernels() { return *chosen().load(std::memory_order_relaxed); }
const Kernels& portable_kernels() { return kPortableKernels; }
std::span<const Kernels* const> runnable_kernels() { return {runnable().sets.data(), runnable().count}; }
void use(const Kernels& kernels) { chosen().store(&kernels, std::memory_order_relaxed); }

}  // namespace huoshui::engine
