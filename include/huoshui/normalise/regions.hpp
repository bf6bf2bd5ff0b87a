/// Room normalise. Regions turns the words of a place into codes: province, city, county, town, zone and
/// park. Law: a name is sought inside the row's and the list's own place first; an ambiguous bare name is
/// never guessed. Example: `Regions::bundled().find_place("东源县顺天镇", {}).codes` is {441625}, its
/// town_code 441625104.
#pragma once

#include <cstdint>
#include <huoshui/core/code.hpp>
#include <huoshui/core/result.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace huoshui {
namespace detail {
struct RegionTables;
}

enum class RegionLevel : std::uint8_t { province, city, county, town };
[[nodiscard]] std::string_view to_string(RegionLevel level);

/// One row of the table of regions. Every ancestor's code is a prefix of it.
struct Region {
  Code code;
  Code parent;  ///< empty for a province
  RegionLevel level{};
  std::string name;
  std::string short_name;  ///< empty when the short form is an everyday word

  bool operator==(const Region&) const = default;
};

/// What kind of words `find_place` reads: the cell of a place column, or a title that may hold a place among
/// others. In prose, companies named after their home and places outside the list do not count.
enum class PlaceText : std::uint8_t { place, prose };

/// What is known before the text is read: the list's own place, then the row's separate columns.
struct PlaceHint {
  Code province, city, county;  ///< of the list as a whole; leave empty when unknown
  std::string province_text, city_text, county_text, town_text;
  PlaceText kind = PlaceText::place;
};

struct PlaceReading {
  std::vector<Code> codes;       ///< one county, several, or the wider region when no county is named
  std::string zone;              ///< full name of a functional zone or park, which has no code of its own
  std::vector<Code> zone_hosts;  ///< counties or towns the zone lies in
  std::string partner;           ///< 盐田 in 深圳盐田(东源)共建蓝莓产业示范园
  std::string town_code;         ///< when exactly one town is named
  std::vector<Code> towns;
  bool ambiguous = false;      ///< a name fits several places; `candidates` holds them
  bool conflict = false;       ///< the text names a county outside that of the columns; `candidates` holds it
  bool inherited = false;      ///< the row names no place: `codes` is the list's own
  bool whole_country = false;  ///< 全国
  std::vector<Code> candidates;
  std::string basis;  ///< the words that decided, joined by 、
  std::string rest;   ///< the text without the words read
};

/// The places of the country to county level, of Guangdong to town level, and the zones met in lists.
/// Immutable.
class Regions {
 public:
  /// Return the edition inside the library.
  [[nodiscard]] static const Regions& bundled();
  /// Read a newer edition: code,name and optionally parent,level,short_name,aliases. Zeros at the end of six
  /// and twelve digit codes may stand. Errors with each bad row. Zones stay the bundled ones where their
  /// parents exist.
  static Result<Regions> parse(std::string_view csv, std::string_view file);

  /// Return the full name from province to the entry, empty when the code is unknown.
  [[nodiscard]] std::string name(const Code& code) const;
  [[nodiscard]] const Region* find(const Code& code) const;
  /// Return every region whose full name, short name or other name is exactly `word`, in code order.
  [[nodiscard]] std::vector<Code> find_name(std::string_view word) const;
  [[nodiscard]] std::size_t size() const;

  /// Read a place. Cost: one pass over each text.
  [[nodiscard]] PlaceReading find_place(std::string_view text, const PlaceHint& hint) const;

 private:
  explicit Regions(std::shared_ptr<const detail::RegionTables> tables);
  static Result<Regions> build(std::string_view csv, std::string_view file);

  std::shared_ptr<const detail::RegionTables> tables_;  // shared by copies; never written after birth
};

}  // namespace huoshui
