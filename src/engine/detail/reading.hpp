// What a project says, read against one index: all that a scan needs, and nothing of the project itself.
#pragma once

#include <array>
#include <cstdint>
#include <huoshui/eligibility/screen.hpp>
#include <memory>
#include <new>
#include <type_traits>
#include <vector>

#include "engine/detail/index.hpp"
#include "engine/detail/kernels.hpp"

namespace huoshui::engine {

/// What the gates say of a project. It hangs on the answers to their atoms alone, so one serves all projects
/// alike in these.
struct GateReading {
  std::array<Standing, kInstrumentCount> standings;
  std::array<KeptRules, kInstrumentCount> kept;  // of the standings
  std::vector<Block> permitted, possible;
  std::vector<Block> single;  // at most one gate fails
};

/// What the loose rules say, likewise.
struct LooseReading {
  std::vector<std::uint8_t> outcomes;  // packed
  std::vector<Standing> standings;     // by profile
  std::vector<ProfilePoints> points;   // of the standings
  bool implausible = false;            // some standing is
  std::vector<Block> permitted, possible;
  std::vector<Block> single;  // at most one fails
};

/// A loose rule's outcome with what it rests on, in a byte.
inline std::uint8_t packed(const Judgement& judgement) {
  return static_cast<std::uint8_t>(static_cast<unsigned>(judgement.outcome) |
                                   (judgement.on_inference ? 0x10U : 0U));
}
inline Judgement unpacked(std::uint8_t packed) {
  return {static_cast<Outcome>(packed & 0x0FU), (packed & 0x10U) != 0};
}

struct Reading {
  const GateReading* gates = nullptr;      // null: a collection, or no product at all
  const LooseReading* loose = nullptr;     // null: too many rules to keep what they say together
  const std::uint8_t* outcomes = nullptr;  // of the loose rules then; null: to be judged when asked
  RowSet rows;
  // Features with counts, and behind them those with points, which both kinds of products share.
  const Feature *permitted_features = nullptr, *possible_features = nullptr;
  std::uint16_t for_permitted = 0, for_possible = 0, for_both = 0;
  // The last of for_both lean on a table's refusals; those whom the table refuses have the levels of the
  // class.
  std::uint16_t for_settled = 0;
  std::array<std::uint32_t, kAffinities> settled_classes{};  // 1 + class; 0: not settled
  std::int32_t base_points = 0;                              // of every product that is not refused
  const std::int32_t* instruments = nullptr;  // points by instrument that the project's words speak for
  std::int32_t most_instrument = 0;           // of these
  std::uint32_t pair_count = 0, hidden_pairs = 0;
  const std::uint32_t* pairs = nullptr;  // the project's character pairs that products have, sorted
  std::uint64_t signature = 0;           // of these
  std::int32_t log_need = 0, log_tenor = 0;
  std::int64_t need = 0, collateral = -1;  // no collateral known: -1
};

/// Memory handed out in pieces that stay where they are; cleared as a whole.
class Arena {
 public:
  template <typename T>
  T* take(std::size_t n) {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= kAlign);
    return static_cast<T*>(take_bytes(n * sizeof(T)));
  }
  void clear() { chunk_ = used_ = 0; }
  [[nodiscard]] std::size_t bytes() const { return chunks_.size() * kChunk; }

 private:
  static constexpr std::size_t kAlign = 64, kChunk = std::size_t{1} << 20;
  struct Free {
    void operator()(std::byte* bytes) const { ::operator delete (bytes, std::align_val_t{kAlign}); }
  };
  struct Chunk {
    std::unique_ptr<std::byte, Free> bytes;
    std::size_t size = 0;
  };
  void* take_bytes(std::size_t bytes);

  std::vector<Chunk> chunks_;
  std::size_t chunk_ = 0, used_ = 0;
};

}  // namespace huoshui::engine
