// The tables behind Regions and the words found in a text; shared by the sources of Regions alone.
#pragma once

#include <cstdint>
#include <huoshui/normalise/regions.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "normalise/detail/embedded_csv.hpp"
#include "normalise/detail/word_index.hpp"

namespace huoshui::detail {

// What a word in the index stands for: the row of a region or zone, and how far the word may be trusted.
inline constexpr std::uint32_t kZone = 1U << 31U;
inline constexpr std::uint32_t kShort = 1U << 30U;  // without 县, 市, 镇 …
inline constexpr std::uint32_t kWeak = 1U
                                       << 29U;  // an everyday word: alone in its cell, or behind its own city
inline constexpr std::uint32_t kRow = kWeak - 1U;

struct Zone {
  std::string name;
  Code parent;
  std::vector<Code> hosts;
  bool group = false;  // a word for several cities, e.g. 粤东西北
};

// The kind of text a name stands in.
enum class PlaceCell : std::uint8_t { province, city, county, town, place, prose };

struct Mention {
  std::size_t begin = 0, end = 0;
  std::vector<Code> codes;  // one when settled, several when ambiguous
  const Zone* zone = nullptr;
  bool full = false;      // printed with its 县, 市, 镇 …
  bool in_scope = false;  // inside the row's or the list's place, or behind a wider place in the same text
  bool company = false;   // the first words of a company's name

  [[nodiscard]] bool settled() const { return codes.size() == 1; }
};

// Places a name is sought in, nearest first.
using Scopes = std::vector<std::vector<Code>>;

struct RegionTables {
  std::vector<Region> regions;  // in code order
  std::vector<Zone> zones;
  std::unordered_map<std::string, std::uint32_t> row_of;
  WordIndex words;

  [[nodiscard]] const Region* find(const Code& code) const {
    const auto found = row_of.find(code.text());
    return found == row_of.end() ? nullptr : &regions[found->second];
  }
  void add_names(std::uint32_t row, const std::string& aliases);
  void add_former_names();
  void add_zones(const CsvTable& table);

  // Every place named in the text, left to right; names that fit several places keep all of them.
  [[nodiscard]] std::vector<Mention> scan(std::string_view text, PlaceCell cell, const Scopes& scopes) const;

 private:
  // A word of the text and the company it keeps.
  struct Spot {
    std::string_view text;
    std::size_t begin, end;
    PlaceCell cell;
    const std::vector<Mention>& earlier;
    const Scopes& scopes;
  };
  [[nodiscard]] std::optional<Mention> settle(const std::vector<std::uint32_t>& values,
                                              const Spot& spot) const;
  [[nodiscard]] std::vector<std::uint32_t> rows_that_fit(const std::vector<std::uint32_t>& values,
                                                         const Spot& spot) const;
  void take(const std::vector<std::uint32_t>& rows, PlaceCell cell, Mention& mention) const;
};

[[nodiscard]] bool covers_any(const std::vector<Code>& wide, const Code& code);
void sort_unique(std::vector<Code>& codes);
// Drop every code that only says more widely what another one says.
void keep_narrowest(std::vector<Code>& codes);

}  // namespace huoshui::detail
