#include <algorithm>

#include "normalise/detail/region_tables.hpp"

namespace huoshui::detail {
namespace {

bool is_company_ahead(std::string_view text, std::size_t from) {
  static constexpr std::string_view kStops[] = {"项目", "基地", "工程", "县", "镇", "区", "村", "、",
                                                "；",   ";",    "，",   ",",  "(",  ")",  "（", "）"};
  auto company = std::string_view::npos;
  for (const std::string_view word : {"公司", "集团", "厂", "银行"})
    company = std::min(company, text.find(word, from));
  if (company == std::string_view::npos) return false;
  return std::none_of(std::begin(kStops), std::end(kStops),
                      [&](std::string_view stop) { return text.find(stop, from) < company; });
}

// A short name before 市, 县, 区, 镇, 乡 or 村 is part of another name: 大城市, 西湖村, 新丰江. Its own full
// name is longer and was tried first.
bool goes_on_as_name(std::string_view text, std::size_t end) {
  for (const std::string_view word : {"区域", "县域", "市域"}) {
    if (text.substr(end).starts_with(word)) return false;
  }
  for (const std::string_view word : {"市", "县", "区", "镇", "乡", "村", "江", "湖"}) {
    if (text.substr(end).starts_with(word)) return true;
  }
  return false;
}

// A zone belongs to a place when either holds the other, or the place is one of its hosts.
bool belongs(const Zone& zone, const std::vector<Code>& scope) {
  return covers_any(scope, zone.parent) || std::any_of(scope.begin(), scope.end(), [&](const Code& c) {
           return zone.parent.covers(c) || covers_any(zone.hosts, c);
         });
}

bool belongs(const Zone& zone, const Scopes& scopes) {
  return std::any_of(scopes.begin(), scopes.end(), [&](const auto& scope) { return belongs(zone, scope); });
}

}  // namespace

bool covers_any(const std::vector<Code>& wide, const Code& code) {
  return std::any_of(wide.begin(), wide.end(), [&](const Code& c) { return c.covers(code); });
}

void sort_unique(std::vector<Code>& codes) {
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
}

void keep_narrowest(std::vector<Code>& codes) {
  sort_unique(codes);
  const auto all = codes;
  std::erase_if(codes, [&](const Code& wide) {
    return std::any_of(all.begin(), all.end(), [&](const Code& c) { return c != wide && wide.covers(c); });
  });
}

std::vector<std::uint32_t> RegionTables::rows_that_fit(const std::vector<std::uint32_t>& values,
                                                       const Spot& spot) const {
  const bool whole = spot.begin == 0 && spot.end == spot.text.size();
  const Mention* before = spot.earlier.empty() ? nullptr : &spot.earlier.back();
  const bool adjacent = before != nullptr && before->end <= spot.begin && before->end + 1 >= spot.begin;
  std::vector<std::uint32_t> rows;
  for (const auto value : values) {
    if ((value & kZone) != 0) continue;
    const auto& region = regions[value & kRow];
    const bool is_short = (value & kShort) != 0;
    if (region.level == RegionLevel::town && is_short && spot.cell != PlaceCell::town) continue;
    if (is_short && region.level != RegionLevel::province && goes_on_as_name(spot.text, spot.end)) continue;
    if (spot.cell == PlaceCell::city && region.level == RegionLevel::town) continue;
    if (spot.cell == PlaceCell::province && region.level != RegionLevel::province) continue;
    if ((value & kWeak) != 0) {
      const bool own_city = adjacent && before->settled() && before->codes[0].covers(region.code);
      const bool alone = whole && (spot.cell == PlaceCell::city || spot.cell == PlaceCell::county ||
                                   spot.cell == PlaceCell::place);
      if (!own_city && !alone) continue;
    }
    rows.push_back(value);
  }
  return rows;
}

// Of several levels with one name the widest is meant, 中山市 before 中山区; a county column means the
// county.
void RegionTables::take(const std::vector<std::uint32_t>& rows, PlaceCell cell, Mention& mention) const {
  const auto digits = [&](std::uint32_t value) { return regions[value & kRow].code.text().size(); };
  auto wanted = digits(rows.front());
  for (const auto value : rows) wanted = std::min(wanted, digits(value));
  if (cell == PlaceCell::county) {
    for (const auto value : rows) {
      if (regions[value & kRow].level == RegionLevel::county) wanted = digits(value);
    }
  }
  for (const auto value : rows) {
    if (digits(value) != wanted) continue;
    mention.codes.push_back(regions[value & kRow].code);
    mention.full = mention.full || (value & kShort) == 0;
  }
  sort_unique(mention.codes);
}

// Decide what a word means at its spot, or nothing when it is no place in this company.
std::optional<Mention> RegionTables::settle(const std::vector<std::uint32_t>& values,
                                            const Spot& spot) const {
  Mention mention;
  mention.begin = spot.begin;
  mention.end = spot.end;
  const auto rows = rows_that_fit(values, spot);

  // This text's own earlier words come before the row and the list.
  Scopes nearest;
  for (auto it = spot.earlier.rbegin(); it != spot.earlier.rend(); ++it) nearest.push_back(it->codes);
  const auto own = nearest.size();
  nearest.insert(nearest.end(), spot.scopes.begin(), spot.scopes.end());
  for (std::size_t i = 0; i < nearest.size(); ++i) {
    std::vector<std::uint32_t> inside;
    for (const auto value : rows) {
      if (covers_any(nearest[i], regions[value & kRow].code)) inside.push_back(value);
    }
    if (inside.empty()) continue;
    // A district of the place just named is what follows it, not that place again.
    auto below = inside;
    std::erase_if(below, [&](std::uint32_t value) {
      const auto& code = regions[value & kRow].code;
      return std::find(nearest[i].begin(), nearest[i].end(), code) != nearest[i].end();
    });
    take(i < own && !below.empty() ? below : inside, spot.cell, mention);
    mention.in_scope = true;
    return mention;
  }

  const Zone* zone = nullptr;
  bool weak = false;
  for (const auto value : values) {
    if ((value & kZone) == 0) continue;
    zone = &zones[value & kRow];
    weak = (value & kWeak) != 0;
    if (belongs(*zone, spot.scopes)) break;  // 滨海新区 is many; the list's own one is meant
  }
  if (zone != nullptr && (belongs(*zone, nearest) || (nearest.empty() && !weak) || (zone->group && !weak))) {
    mention.zone = zone;
    mention.codes = {zone->parent};
    mention.in_scope = true;
    mention.full = true;
    return mention;
  }

  // Towns are known for Guangdong alone, so a town without its county or city says nothing for certain.
  auto wide = rows;
  std::erase_if(wide, [&](std::uint32_t value) { return regions[value & kRow].level == RegionLevel::town; });
  if (wide.empty()) {
    if (rows.empty() || spot.cell == PlaceCell::prose || !spot.scopes.empty()) return std::nullopt;
    for (const auto value : rows) mention.codes.push_back(regions[value & kRow].parent);
    sort_unique(mention.codes);
    if (mention.settled()) mention.codes.push_back(mention.codes[0]);  // kept unsettled
    return mention;
  }
  take(wide, spot.cell, mention);
  const bool free_text = spot.cell == PlaceCell::prose || spot.cell == PlaceCell::place;
  mention.company = free_text && is_company_ahead(spot.text, spot.end);
  return mention;
}

std::vector<Mention> RegionTables::scan(std::string_view text, PlaceCell cell, const Scopes& scopes) const {
  std::vector<Mention> mentions;
  std::vector<WordIndex::Match> matches;
  for (std::size_t i = 0; i < text.size();) {
    words.matches_at(text, i, matches);
    std::optional<Mention> found;
    for (auto it = matches.rbegin(); it != matches.rend() && !found; ++it) {
      found = settle(*it->values, {text, i, i + it->length, cell, mentions, scopes});
    }
    if (found) {
      i = found->end;
      mentions.push_back(std::move(*found));
    } else {
      i += code_point_at(text, i).length;
    }
  }
  return mentions;
}

}  // namespace huoshui::detail
