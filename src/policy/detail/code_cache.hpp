// What was read of a code, found again by its bytes. Two places for each hash: a third code takes the place
// of the first, so the memory stays small whatever a list holds.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace huoshui::policy_detail {

template <typename Reading>
class CodeCache {
 public:
  /// `places` is a power of two from 2 on.
  explicit CodeCache(std::size_t places) : places_(places) {}

  /// The reading of a code: remembered, or read now.
  template <typename Read>
  Reading of(std::string_view code, const Read& read) {
    if (code.size() > kLongest) return read(code);
    const Key key = key_of(code);
    Place* pair = &places_[pair_of(key)];
    if (pair[0].key == key) return pair[0].reading;
    if (pair[1].key == key) return pair[1].reading;
    const Reading reading = read(code);
    pair[1] = pair[0];
    pair[0] = {key, reading};
    return reading;
  }

 private:
  /// All bytes of a code of up to 24 and their number. The words overlap, so that no byte is copied alone.
  struct Key {
    std::uint64_t first = 0, middle = 0, last = 0;
    std::uint64_t size = ~std::uint64_t{0};  // no code
    bool operator==(const Key&) const = default;
  };
  struct Place {
    Key key;
    Reading reading{};
  };
  static constexpr std::size_t kLongest = 24;

  template <typename Word>
  static std::uint64_t word(const char* from) {
    Word out = 0;
    std::memcpy(&out, from, sizeof out);
    return out;
  }
  static Key key_of(std::string_view code) {
    const char* begin = code.data();
    const char* end = begin + code.size();
    Key key;
    key.size = code.size();
    if (code.size() >= 8) {
      key.first = word<std::uint64_t>(begin);
      if (code.size() > 16) key.middle = word<std::uint64_t>(begin + 8);
      key.last = word<std::uint64_t>(end - 8);
    } else if (code.size() >= 4) {
      key.first = word<std::uint32_t>(begin);
      key.last = word<std::uint32_t>(end - 4);
    } else if (code.size() >= 2) {
      key.first = word<std::uint16_t>(begin);
      key.last = word<std::uint16_t>(end - 2);
    } else if (code.size() == 1) {
      key.first = word<std::uint8_t>(begin);
    }
    return key;
  }
  std::size_t pair_of(const Key& key) const {
    std::uint64_t hash = (key.first ^ key.size) * 0x9E3779B97F4A7C15U;
    hash = (hash ^ (hash >> 32) ^ key.last ^ key.middle << 1) * 0x9FB21C651E98DF25U;
    return (hash >> 40) & (places_.size() - 2);
  }

  std::vector<Place> places_;
};

}  // namespace huoshui::policy_detail
