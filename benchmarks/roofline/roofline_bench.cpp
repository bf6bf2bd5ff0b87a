// What the machine can do at most: bytes read from each cache level, and 64-byte blocks of bitmaps joined by
// AND from rows that fit the second level. The figures of the matcher stand beside these.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <functional>
#include <thread>
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

/// Run `work(t)` on each of several threads at once. Each turn must be long against the start of a thread.
void on_threads(unsigned threads, const std::function<void(unsigned)>& work) {
  std::vector<std::jthread> workers;
  for (unsigned t = 1; t < threads; ++t) workers.emplace_back([&work, t] { work(t); });
  work(0);
}

constexpr std::size_t kBytesOfTurn = std::size_t{512} << 20U;  // a thread

/// Each thread reads its own bytes again and again.
void ReadBandwidth(benchmark::State& state) {
  const std::size_t words = static_cast<std::size_t>(state.range(0)) * 1024 / 8;
  const auto threads = static_cast<unsigned>(state.range(1));
  std::vector<Words> data;
  for (unsigned t = 0; t < threads; ++t) data.emplace_back(words);
  std::uint64_t expected = 0;
  for (std::size_t i = 0; i < words; ++i) expected ^= data.front().begin()[i];
  if (read_all(data.front().begin(), words) != expected) {
    state.SkipWithError("the sum is wrong");
    return;
  }
  for (auto _ : state) {
    on_threads(threads, [&](unsigned t) {
      for (std::size_t read = 0; read < kBytesOfTurn; read += words * 8)
        benchmark::DoNotOptimize(read_all(data[t].begin(), words));
    });
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(threads * kBytesOfTurn));
}
BENCHMARK(ReadBandwidth)
    ->ArgNames({"KiB", "threads"})
    ->ArgsProduct({{16, 512, 8 * 1024, 512 * 1024}, {1, 2}})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

/// 400 rows of 10,000 bits (512 KB); each turn joins ten of them, no two turns running the same ten.
void BitmapAnd(benchmark::State& state) {
  constexpr std::size_t kWords = 160, kRows = 400, kJoined = 10;
  const auto threads = static_cast<unsigned>(state.range(0));
  std::vector<Words> data;
  for (unsigned t = 0; t < threads; ++t) data.emplace_back(kWords * kRows);
  const auto choose = [](const Words& table, std::size_t at, const std::uint64_t** rows) {
    for (std::size_t r = 0; r < kJoined; ++r)
      rows[r] = table.begin() + (at * 37 + r * (41 + at % 7)) % kRows * kWords;
  };
  const std::uint64_t* rows[kJoined];
  choose(data.front(), 5, rows);
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
  constexpr std::size_t kTurns = kBytesOfTurn / (kWords * 8 * kJoined);
  for (auto _ : state) {
    on_threads(threads, [&](unsigned t) {
      const std::uint64_t* own[kJoined];
      for (std::size_t at = 0; at < kTurns; ++at) {
        choose(data[t], at, own);
        benchmark::DoNotOptimize(and_rows(own, kWords));
      }
    });
  }
  const auto blocks =
      state.iterations() * static_cast<std::int64_t>(threads * kTurns * kJoined * kWords / kBlock);
  state.SetBytesProcessed(blocks * 64);
  state.counters["blocks"] = benchmark::Counter(static_cast<double>(blocks), benchmark::Counter::kIsRate);
}
BENCHMARK(BitmapAnd)->ArgName("threads")->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace huoshui::bench
