// What the machine can do at most: bytes read from each cache level, and 64-byte blocks of bitmaps joined by
// AND from rows that fit the second level. The figures of the matcher stand beside these.
#include <benchmark/benchmark.h>

#include <bit>
#include <cstdint>
#include <cstring>
#include <vector>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define HUOSHUI_BENCH_CLONES __attribute__((target_clones("default", "avx2", "avx512f")))
#else
#define HUOSHUI_BENCH_CLONES
#endif

namespace huoshui::bench {
namespace {

constexpr std::size_t kBlock = 8;  // words of a 64-byte block
using Block = std::uint64_t __attribute__((vector_size(64)));

/// XOR all blocks: one load each, eight chains so that latency does not show. `words` is a multiple of 64.
HUOSHUI_BENCH_CLONES std::uint64_t read_all(const std::uint64_t* data, std::size_t words) {
  Block sums[8] = {};
  for (std::size_t i = 0; i < words; i += 8 * kBlock) {
    const Block* blocks = reinterpret_cast<const Block*>(data + i);
    for (std::size_t b = 0; b < 8; ++b) sums[b] ^= blocks[b];
  }
  Block sum = sums[0];
  for (std::size_t b = 1; b < 8; ++b) sum ^= sums[b];
  std::uint64_t out = 0;
  for (std::size_t w = 0; w < kBlock; ++w) out ^= sum[w];
  return out;
}

/// AND ten rows block by block; the result is folded so that it is not optimised away.
HUOSHUI_BENCH_CLONES std::uint64_t and_rows(const std::uint64_t* const* rows, std::size_t words) {
  Block sum = {};
  for (std::size_t i = 0; i < words; i += kBlock) {
    Block block = *reinterpret_cast<const Block*>(rows[0] + i);
    for (std::size_t r = 1; r < 10; ++r) block &= *reinterpret_cast<const Block*>(rows[r] + i);
    sum ^= block;
  }
  std::uint64_t out = 0;
  for (std::size_t w = 0; w < kBlock; ++w) out ^= sum[w];
  return out;
}

/// Words on a 64-byte boundary, filled with numbers of no pattern.
class Words {
 public:
  explicit Words(std::size_t words) : storage_(words + kBlock) {
    const auto address = reinterpret_cast<std::uintptr_t>(storage_.data());
    offset_ = (64 - address % 64) % 64 / 8;
    std::uint64_t state = 20'241'125;
    for (auto& word : storage_) word = (state += 0x9E3779B97F4A7C15ULL) * 0xBF58476D1CE4E5B9ULL;
  }
  [[nodiscard]] const std::uint64_t* begin() const { return storage_.data() + offset_; }

 private:
  std::vector<std::uint64_t> storage_;
  std::size_t offset_ = 0;
};

/// Each thread reads its own bytes again and again.
void ReadBandwidth(benchmark::State& state) {
  const auto bytes = static_cast<std::size_t>(state.range(0)) * 1024;
  const Words data(bytes / 8);
  std::uint64_t expected = 0;
  for (std::size_t i = 0; i < bytes / 8; ++i) expected ^= data.begin()[i];
  if (read_all(data.begin(), bytes / 8) != expected) {
    state.SkipWithError("the sum is wrong");
    return;
  }
  for (auto _ : state) benchmark::DoNotOptimize(read_all(data.begin(), bytes / 8));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
}
BENCHMARK(ReadBandwidth)
    ->ArgName("KiB")
    ->Arg(16)
    ->Arg(512)
    ->Arg(8 * 1024)
    ->Arg(512 * 1024)
    ->ThreadRange(1, 2)
    ->UseRealTime();

/// 400 rows of 10,000 bits (512 KB); each turn joins ten of them, no two turns the same ten.
void BitmapAnd(benchmark::State& state) {
  constexpr std::size_t kWords = 160, kRows = 400;
  const Words data(kWords * kRows);
  std::uint64_t at = 0;
  const std::uint64_t* rows[10];
  const auto choose = [&] {
    for (std::size_t r = 0; r < 10; ++r)
      rows[r] = data.begin() + (at * 37 + r * (41 + at % 7)) % kRows * kWords;
    ++at;
  };
  choose();
  std::uint64_t expected = 0;
  for (std::size_t i = 0; i < kWords; ++i) {
    std::uint64_t word = ~0ULL;
    for (const auto* row : rows) word &= row[i];
    expected ^= word;
  }
  if (and_rows(rows, kWords) != expected) {
    state.SkipWithError("the rows joined wrongly");
    return;
  }
  for (auto _ : state) {
    choose();
    benchmark::DoNotOptimize(and_rows(rows, kWords));
  }
  const auto blocks = state.iterations() * static_cast<std::int64_t>(kWords / kBlock * 10);
  state.SetBytesProcessed(blocks * 64);
  state.counters["blocks"] = benchmark::Counter(static_cast<double>(blocks), benchmark::Counter::kIsRate);
}
BENCHMARK(BitmapAnd)->ThreadRange(1, 2)->UseRealTime();

}  // namespace
}  // namespace huoshui::bench
