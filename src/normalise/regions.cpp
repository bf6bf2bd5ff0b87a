#include <algorithm>
#include <huoshui/normalise/regions.hpp>
#include <map>
#include <optional>
#include <unordered_map>

#include "core/detail/embed.hpp"
#include "normalise/detail/embedded_csv.hpp"
#include "normalise/detail/word_index.hpp"

HUOSHUI_EMBED(regions_table, "normalise/tables/regions.csv");
HUOSHUI_EMBED(zones_table, "normalise/tables/zones.csv");

namespace huoshui {
namespace {

using detail::code_point_at;
using detail::CsvTable;
using detail::WordIndex;

// What a word in the index stands for: the row of a region or zone, and how far the word may be trusted.
constexpr std::uint32_t kZone = 1U << 31U;
constexpr std::uint32_t kShort = 1U << 30U;  // without 县, 市, 镇 …
constexpr std::uint32_t kWeak =
    1U << 29U;  // an everyday word: alone in its cell, or right behind its own city
constexpr std::uint32_t kRow = kWeak - 1U;

constexpr std::string_view kGuangdong = "44";

struct Zone {
  std::string name;
  Code parent;
  std::vector<Code> hosts;
  bool group = false;  // a word for several cities, e.g. 粤东西北
};

std::size_t points_in(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); i += code_point_at(text, i).length) ++count;
  return count;
}

// Bring the national six, nine and twelve digit forms to the prefix form; empty when it is not a region code.
std::string prefix_form(std::string text) {
  if (text.empty() || text.find_first_not_of("0123456789") != std::string::npos) return {};
  if (text.size() == 12 && text.ends_with("000")) text.resize(9);
  if (text.size() == 9 && text.ends_with("000")) text.resize(6);
  if (text.size() == 6 && text.ends_with("00")) text.resize(4);
  if (text.size() == 4 && text.ends_with("00")) text.resize(2);
  const auto size = text.size();
  return size == 2 || size == 4 || size == 6 || size == 9 ? text : std::string{};
}

RegionLevel level_of(std::size_t digits) {
  return digits <= 2   ? RegionLevel::province
         : digits <= 4 ? RegionLevel::city
         : digits <= 6 ? RegionLevel::county
                       : RegionLevel::town;
}

enum class Cell : std::uint8_t { province, city, county, town, place, prose };

struct Mention {
  std::size_t begin = 0, end = 0;
  std::vector<Code> codes;  // one when settled, several when ambiguous
  const Zone* zone = nullptr;
  bool full = false;      // printed with its 县, 市, 镇 …
  bool in_scope = false;  // inside the row's or the list's place, or behind a wider place in the same text
  bool company = false;   // the first words of a company's name

  [[nodiscard]] bool settled() const { return codes.size() == 1; }
};

bool covers_any(const std::vector<Code>& wide, const Code& code) {
  return std::any_of(wide.begin(), wide.end(), [&](const Code& c) { return c.covers(code); });
}

void sort_unique(std::vector<Code>& codes) {
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
}

// Drop every code that only says more widely what another one says.
void keep_narrowest(std::vector<Code>& codes) {
  sort_unique(codes);
  const auto all = codes;
  std::erase_if(codes, [&](const Code& wide) {
    return std::any_of(all.begin(), all.end(), [&](const Code& c) { return c != wide && wide.covers(c); });
  });
}

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

// Brackets that give examples, e.g. 广东(含河源), narrow nothing. Blank them out, positions kept.
std::string without_examples(std::string_view text) {
  std::string out(text);
  std::size_t open = std::string::npos;
  for (std::size_t i = 0; i < text.size();) {
    const auto point = code_point_at(text, i);
    if (point.folded == '(') open = i + point.length;
    if (point.folded == ')' && open != std::string::npos) {
      const auto inner = text.substr(open, i - open);
      for (const std::string_view word : {"含", "实例", "亦有", "同类", "方案", "为例"}) {
        if (inner.find(word) != std::string_view::npos) {
          std::fill(out.begin() + static_cast<std::ptrdiff_t>(open),
                    out.begin() + static_cast<std::ptrdiff_t>(i), ' ');
        }
      }
      open = std::string::npos;
    }
    i += point.length;
  }
  return out;
}

}  // namespace

std::string_view to_string(RegionLevel level) {
  switch (level) {
    case RegionLevel::province:
      return "province";
    case RegionLevel::city:
      return "city";
    case RegionLevel::county:
      return "county";
    case RegionLevel::town:
      return "town";
  }
  return {};
}

struct Regions::Tables {
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
  std::vector<Mention> scan(std::string_view text, Cell cell,
                            const std::vector<std::vector<Code>>& scopes) const;
  std::optional<Mention> settle(const std::vector<std::uint32_t>& values, std::string_view text,
                                std::size_t begin, std::size_t end, Cell cell,
                                const std::vector<Mention>& earlier,
                                const std::vector<std::vector<Code>>& scopes) const;
};

void Regions::Tables::add_names(std::uint32_t row, const std::string& aliases) {
  const auto& region = regions[row];
  // 城区, 郊区, 矿区, 东区 are whole names and everyday words at once.
  const bool everyday =
      region.level == RegionLevel::county && points_in(region.name) == 2 && region.name.ends_with("区");
  words.add(region.name, everyday ? row | kWeak : row);
  if (!region.short_name.empty() && region.short_name != region.name)
    words.add(region.short_name, row | kShort);
  for (const auto& alias : detail::split_list(aliases)) {
    if (alias.starts_with('~')) {
      words.add(std::string_view(alias).substr(1), row | kWeak | kShort);
    } else {
      words.add(alias, row);
    }
  }
}

// A county that became a city or a district is still written 县 for years; take that form unless it is taken.
void Regions::Tables::add_former_names() {
  std::vector<std::pair<std::string, std::uint32_t>> former;
  for (std::uint32_t row = 0; row < regions.size(); ++row) {
    const auto& region = regions[row];
    if (region.level != RegionLevel::county || region.name.ends_with("县") || region.name.ends_with("旗"))
      continue;
    if (region.short_name.empty() || points_in(region.short_name) < 2) continue;
    const auto name = region.short_name + "县";
    if (words.exact(name) == nullptr) former.emplace_back(name, row);
  }
  for (const auto& [name, row] : former) words.add(name, row);
}

void Regions::Tables::add_zones(const CsvTable& table) {
  for (const auto& row : table.rows()) {
    Zone zone;
    zone.name = table.cell(row, "name");
    zone.parent = Code(table.cell(row, "parent"));
    zone.group = table.cell(row, "kind") == "group";
    for (const auto& host : detail::split_list(table.cell(row, "hosts"))) {
      if (row_of.count(host) != 0) zone.hosts.emplace_back(host);
    }
    if (row_of.count(zone.parent.text()) == 0) continue;
    const auto value = static_cast<std::uint32_t>(zones.size()) | kZone;
    words.add(zone.name, value);
    for (const auto& alias : detail::split_list(table.cell(row, "aliases"))) {
      if (alias.starts_with('~')) {
        words.add(std::string_view(alias).substr(1), value | kWeak);
      } else {
        words.add(alias, value);
      }
    }
    sort_unique(zone.hosts);
    zones.push_back(std::move(zone));
  }
}

// Decide what the word text[begin, end) means here, or nothing when it is no place in this company.
std::optional<Mention> Regions::Tables::settle(const std::vector<std::uint32_t>& values,
                                               std::string_view text, std::size_t begin, std::size_t end,
                                               Cell cell, const std::vector<Mention>& earlier,
                                               const std::vector<std::vector<Code>>& scopes) const {
  const bool whole = begin == 0 && end == text.size();
  const Mention* before = earlier.empty() ? nullptr : &earlier.back();
  const bool adjacent =
      before != nullptr && (before->end == begin || (before->end < begin && before->end + 1 >= begin));
  Mention mention;
  mention.begin = begin;
  mention.end = end;

  std::vector<std::uint32_t> rows;
  const Zone* zone = nullptr;
  bool zone_weak = false;
  for (const auto value : values) {
    if ((value & kZone) != 0) {
      zone = &zones[value & kRow];
      zone_weak = (value & kWeak) != 0;
      const bool near = std::any_of(scopes.begin(), scopes.end(), [&](const auto& scope) {
        return covers_any(scope, zone->parent) ||
               std::any_of(scope.begin(), scope.end(), [&](const Code& c) { return zone->parent.covers(c); });
      });
      if (near) break;
      continue;
    }
    const auto& region = regions[value & kRow];
    const bool is_short = (value & kShort) != 0;
    if (region.level == RegionLevel::town && is_short && cell != Cell::town) continue;
    if (is_short && region.level != RegionLevel::province && goes_on_as_name(text, end)) continue;
    if (cell == Cell::city && region.level == RegionLevel::town) continue;
    if (cell == Cell::province && region.level != RegionLevel::province) continue;
    if ((value & kWeak) != 0) {
      const bool own_city = adjacent && before->settled() && before->codes[0].covers(region.code);
      const bool alone = whole && (cell == Cell::city || cell == Cell::county || cell == Cell::place);
      if (!own_city && !alone) continue;
    }
    rows.push_back(value);
  }

  // The places a name is sought in, nearest first: this text's own earlier words, then the row, then the
  // list.
  std::vector<std::vector<Code>> nearest;
  for (auto it = earlier.rbegin(); it != earlier.rend(); ++it) {
    nearest.push_back(it->codes);
    if (it->zone != nullptr) nearest.push_back({it->zone->parent});
  }
  const auto own = nearest.size();
  nearest.insert(nearest.end(), scopes.begin(), scopes.end());

  const auto take = [&](const std::vector<std::uint32_t>& chosen, bool in_scope) {
    const auto digits = [&](std::uint32_t value) { return regions[value & kRow].code.text().size(); };
    auto wanted = digits(chosen.front());
    for (const auto value : chosen) wanted = std::min(wanted, digits(value));
    if (cell == Cell::county) {  // a county column that says 恩施 means the county-level city
      for (const auto value : chosen) {
        if (regions[value & kRow].level == RegionLevel::county) wanted = digits(value);
      }
    }
    for (const auto value : chosen) {
      if (digits(value) != wanted) continue;
      mention.codes.push_back(regions[value & kRow].code);
      mention.full = mention.full || (value & kShort) == 0;
    }
    sort_unique(mention.codes);
    mention.in_scope = in_scope;
  };

  for (std::size_t i = 0; i < nearest.size(); ++i) {
    std::vector<std::uint32_t> inside;
    for (const auto value : rows) {
      if (covers_any(nearest[i], regions[value & kRow].code)) inside.push_back(value);
    }
    if (inside.empty()) continue;
    // A district of the place just named is what follows it, not that place again.
    if (i < own) {
      std::vector<std::uint32_t> strictly;
      for (const auto value : inside) {
        const auto& code = regions[value & kRow].code;
        if (std::find(nearest[i].begin(), nearest[i].end(), code) == nearest[i].end())
          strictly.push_back(value);
      }
      if (!strictly.empty()) inside = strictly;
    }
    take(inside, true);
    return mention;
  }

  if (zone != nullptr) {
    const auto touches = [&](const std::vector<Code>& scope) {
      return covers_any(scope, zone->parent) || std::any_of(scope.begin(), scope.end(), [&](const Code& c) {
               return zone->parent.covers(c) || covers_any(zone->hosts, c);
             });
    };
    const bool near = std::any_of(nearest.begin(), nearest.end(), touches);
    if (near || (scopes.empty() && earlier.empty() && !zone_weak) || (zone->group && !zone_weak)) {
      mention.zone = zone;
      mention.codes = {zone->parent};
      mention.in_scope = true;
      mention.full = true;
      return mention;
    }
  }

  // Towns are known for Guangdong alone, so a town without its county or city says nothing for certain.
  std::vector<std::uint32_t> wide;
  for (const auto value : rows) {
    if (regions[value & kRow].level != RegionLevel::town) wide.push_back(value);
  }
  if (wide.empty()) {
    if (rows.empty() || cell == Cell::prose || !scopes.empty()) return std::nullopt;
    for (const auto value : rows) mention.codes.push_back(regions[value & kRow].parent);
    sort_unique(mention.codes);
    if (mention.settled()) mention.codes.push_back(mention.codes[0]);  // kept unsettled on purpose
    return mention;
  }
  take(wide, false);
  if (cell == Cell::prose || cell == Cell::place) mention.company = is_company_ahead(text, end);
  return mention;
}

std::vector<Mention> Regions::Tables::scan(std::string_view text, Cell cell,
                                           const std::vector<std::vector<Code>>& scopes) const {
  std::vector<Mention> mentions;
  std::vector<WordIndex::Match> matches;
  for (std::size_t i = 0; i < text.size();) {
    words.matches_at(text, i, matches);
    std::optional<Mention> found;
    for (auto it = matches.rbegin(); it != matches.rend() && !found; ++it) {
      found = settle(*it->values, text, i, i + it->length, cell, mentions, scopes);
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

Regions::Regions(std::shared_ptr<const Tables> tables) : tables_(std::move(tables)) {}

Result<Regions> Regions::build(std::string_view csv, std::string_view file) {
  auto table = CsvTable::parse(csv, file, {"code", "name"});
  if (!table) return table.errors();
  std::vector<Issue> issues;
  auto tables = std::make_shared<Tables>();
  std::map<std::string, std::pair<Region, std::string>> by_code;  // with the other names
  for (const auto& row : table->rows()) {
    Region region;
    const auto code = prefix_form(table->cell(row, "code"));
    region.name = table->cell(row, "name");
    if (code.empty()) {
      issues.push_back(table->issue(row, "code", IssueCode::unreadable_value, "2、4、6或9位的行政区划代码"));
      continue;
    }
    if (region.name.empty()) {
      issues.push_back(table->issue(row, "name", IssueCode::missing_name, "地区全称"));
      continue;
    }
    region.code = Code(code);
    region.level = level_of(code.size());
    region.short_name = table->cell(row, "short_name");
    const auto aliases = table->cell(row, "aliases");
    if (!by_code.emplace(code, std::pair{region, aliases}).second) {
      issues.push_back(table->issue(row, "code", IssueCode::duplicate_id, "每个代码只出现一次"));
    }
  }
  for (auto& [code, entry] : by_code) {
    // The parent is the longest known prefix: 429004 仙桃 hangs under 42, a town of 东莞 under 4419.
    for (const std::size_t digits : {6U, 4U, 2U}) {
      if (digits < code.size() && entry.first.parent.empty() && by_code.count(code.substr(0, digits)) != 0) {
        entry.first.parent = Code(code.substr(0, digits));
      }
    }
    if (entry.first.parent.empty() && code.size() > 2) {
      Issue issue;
      issue.code = IssueCode::unknown_place;
      issue.place.file = std::string(file);
      issue.column = "code";
      issue.found = code;
      issue.expected = "上级地区也在表中";
      issue.message = "代码 " + code + " 的上级地区不在表中，请补上";
      issues.push_back(std::move(issue));
    }
  }
  if (!issues.empty()) return issues;
  for (auto& [code, entry] : by_code) {
    tables->row_of.emplace(code, static_cast<std::uint32_t>(tables->regions.size()));
    tables->regions.push_back(entry.first);
  }
  std::uint32_t row = 0;
  for (const auto& [code, entry] : by_code) tables->add_names(row++, entry.second);
  tables->add_former_names();
  const auto zones =
      CsvTable::parse(zones_table(), "zones.csv", {"name", "aliases", "parent", "hosts", "kind"});
  tables->add_zones(zones.value());
  return Regions(std::move(tables));
}

Result<Regions> Regions::parse(std::string_view csv, std::string_view file) { return build(csv, file); }

const Regions& Regions::bundled() {
  static const Regions regions = build(regions_table(), "regions.csv").value();
  return regions;
}

std::size_t Regions::size() const { return tables_->regions.size(); }
const Region* Regions::find(const Code& code) const { return tables_->find(code); }

std::string Regions::name(const Code& code) const {
  const auto* region = tables_->find(code);
  if (region == nullptr) return {};
  return (region->parent.empty() ? std::string{} : name(region->parent)) + region->name;
}

std::vector<Code> Regions::find_name(std::string_view word) const {
  std::vector<Code> codes;
  if (const auto* values = tables_->words.exact(word)) {
    for (const auto value : *values) {
      if ((value & kZone) == 0) codes.push_back(tables_->regions[value & kRow].code);
    }
  }
  sort_unique(codes);
  return codes;
}

namespace {

// Gathers what the cells of one row say, nearest place last.
class Reader {
 public:
  explicit Reader(PlaceReading& reading) : reading_(reading) {}

  std::vector<Code> counties, wider, outside;

  void note(std::string_view words) {
    if (words.empty()) return;
    if (!reading_.basis.empty()) reading_.basis += "、";
    reading_.basis += words;
  }
  void take_zone(const Zone& zone) {
    if (zone.group) {
      wider.insert(wider.end(), zone.hosts.begin(), zone.hosts.end());
      if (zone.hosts.empty()) wider.push_back(zone.parent);
      return;
    }
    if (!reading_.zone.empty()) return;
    reading_.zone = zone.name;
    reading_.zone_hosts = zone.hosts;
  }

 private:
  PlaceReading& reading_;
};

std::string trimmed(std::string_view text) {
  while (!text.empty() && detail::is_blank(code_point_at(text, 0).folded)) {
    text.remove_prefix(code_point_at(text, 0).length);
  }
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  return std::string(text);
}

// Counties named side by side stand in one city: 兴宁、梅县、大埔 is 梅州, so 兴宁 is not the district of
// 南宁.
void settle_by_siblings(std::vector<Mention>& mentions) {
  std::vector<Code> cities;
  for (const auto& mention : mentions) {
    const auto& code = mention.codes[0].text();
    if (mention.settled() && mention.zone == nullptr && code.size() == 6)
      cities.emplace_back(code.substr(0, 4));
  }
  for (auto& mention : mentions) {
    if (mention.settled()) continue;
    auto inside = mention.codes;
    std::erase_if(inside, [&](const Code& c) { return c.text().size() != 6 || !covers_any(cities, c); });
    if (inside.size() == 1) mention.codes = inside;
  }
}

// Take out X in X(Y)…: a park named after the partner first and its own place in brackets.
std::string take_partner(std::string_view text, std::vector<Mention>& mentions) {
  for (std::size_t i = 1; i < mentions.size(); ++i) {
    auto& outer = mentions[i - 1];
    auto& inner = mentions[i];
    const auto between = detail::fold(text.substr(outer.end, inner.begin - outer.end));
    if (between != "(" || outer.zone != nullptr) continue;
    auto last = i;
    while (last + 1 < mentions.size() && mentions[last + 1].begin == mentions[last].end) ++last;
    if (!detail::fold(text.substr(mentions[last].end)).starts_with(')')) continue;
    const bool nested = std::any_of(inner.codes.begin(), inner.codes.end(), [&](const Code& c) {
      return covers_any(outer.codes, c) ||
             std::any_of(outer.codes.begin(), outer.codes.end(), [&](const Code& o) { return c.covers(o); });
    });
    if (nested) continue;
    // Co-built parks stay inside the province: prefer the reading that does.
    if (!inner.settled() && outer.codes[0].text().starts_with(kGuangdong)) {
      auto home = inner.codes;
      std::erase_if(home, [](const Code& c) { return !c.text().starts_with(kGuangdong); });
      if (home.size() == 1) inner.codes = home;
    }
    const std::string partner(text.substr(outer.begin, outer.end - outer.begin));
    auto first = i - 1;
    while (first > 0 && mentions[first - 1].end == mentions[first].begin && mentions[first - 1].settled() &&
           covers_any(mentions[first - 1].codes, outer.codes[0])) {
      --first;
    }
    mentions.erase(mentions.begin() + static_cast<std::ptrdiff_t>(first),
                   mentions.begin() + static_cast<std::ptrdiff_t>(i));
    return partner;
  }
  return {};
}

}  // namespace

PlaceReading Regions::find_place(std::string_view text, const PlaceHint& hint) const {
  PlaceReading reading;
  Reader reader(reading);
  std::vector<std::vector<Code>> listed;  // the list's own place, narrowest first
  for (const auto& code : {hint.county, hint.city, hint.province}) {
    if (!code.empty()) listed.push_back({code});
  }
  auto scopes = listed;
  const auto town_county = [&](const Code& code) {
    const auto* region = find(code);
    return region != nullptr && region->level == RegionLevel::town ? region->parent : code;
  };
  const auto take_town = [&](const Code& code) {
    const auto* region = find(code);
    if (region != nullptr && region->level == RegionLevel::town) reading.towns.push_back(code);
  };
  // The partner of a park known by its whole name stands in front of the bracket.
  const auto zone_partner = [&](std::string_view words, const Zone& zone) {
    const auto folded = detail::fold(words);
    const auto bracket = folded.find('(');
    if (bracket == std::string::npos || !reading.partner.empty()) return;
    std::string front = folded.substr(0, bracket);
    const auto codes = find_name(front);
    if (std::any_of(codes.begin(), codes.end(), [&](const Code& c) { return c.covers(zone.parent); })) return;
    for (const std::string_view city : {"深圳", "广州", "东莞", "佛山", "中山", "珠海"}) {
      if (front.starts_with(city) && front.size() > city.size()) front.erase(0, city.size());
    }
    reading.partner = front;
  };

  const auto read_cell = [&](const std::string& raw, Cell cell) {
    const auto cell_text = trimmed(raw);
    if (cell_text.empty()) return;
    auto mentions = tables_->scan(cell_text, cell, scopes);
    settle_by_siblings(mentions);
    if (const auto partner = take_partner(cell_text, mentions); !partner.empty()) reading.partner = partner;
    std::vector<Code> found;
    for (const auto& mention : mentions) {
      const auto words = std::string_view(cell_text).substr(mention.begin, mention.end - mention.begin);
      if (!mention.in_scope && !scopes.empty()) {
        // Words of a village or street that are a place elsewhere say nothing; a county does, and is
        // reported.
        if (cell == Cell::town || !mention.settled()) continue;
        reading.conflict = true;
        reading.candidates.push_back(mention.codes[0]);
      }
      if (mention.zone != nullptr) {
        reader.take_zone(*mention.zone);
        zone_partner(words, *mention.zone);
        if (!mention.zone->group) found.push_back(mention.zone->parent);
      } else if (mention.settled()) {
        take_town(mention.codes[0]);
        found.push_back(town_county(mention.codes[0]));
      } else {
        reading.ambiguous = true;
        reading.candidates.insert(reading.candidates.end(), mention.codes.begin(), mention.codes.end());
      }
      reader.note(words);
    }
    keep_narrowest(found);
    if (found.empty()) return;
    // The narrower column is believed; 河源市 beside 罗定市 stays among the candidates.
    if (reading.conflict && cell != Cell::town) {
      reading.candidates.insert(reading.candidates.end(), reader.counties.begin(), reader.counties.end());
      reader.counties.clear();
    }
    reader.counties.insert(reader.counties.end(), found.begin(), found.end());
    scopes.insert(scopes.begin(), found);
  };
  read_cell(hint.province_text, Cell::province);
  read_cell(hint.city_text, Cell::city);
  read_cell(hint.county_text, Cell::county);
  read_cell(hint.town_text, Cell::town);
  keep_narrowest(reader.counties);
  const auto columns = reader.counties;

  const auto zone_fits = [&](const Zone& zone) {
    return std::any_of(columns.begin(), columns.end(),
                       [&](const Code& c) { return c.covers(zone.parent) || zone.parent.covers(c); });
  };
  const auto body = trimmed(text);
  const auto cell = hint.kind == PlaceText::prose ? Cell::prose : Cell::place;
  auto mentions = tables_->scan(cell == Cell::place ? without_examples(body) : body, cell, scopes);
  settle_by_siblings(mentions);
  if (const auto partner = take_partner(body, mentions); !partner.empty()) reading.partner = partner;
  const bool other_place =
      std::any_of(mentions.begin(), mentions.end(), [](const Mention& m) { return !m.company; });
  std::vector<Code> named;
  std::size_t kept_until = 0;
  for (const auto& mention : mentions) {
    const auto words = std::string_view(body).substr(mention.begin, mention.end - mention.begin);
    reading.rest += std::string_view(body).substr(kept_until, mention.begin - kept_until);
    kept_until = mention.end;
    const bool scoped = !scopes.empty();
    if (mention.zone != nullptr) {
      // A title may mention a zone of the next county: 万绿湖 in a project of 源城区.
      if (cell == Cell::prose && !columns.empty() && !mention.zone->group && !zone_fits(*mention.zone))
        continue;
      reader.take_zone(*mention.zone);
      zone_partner(words, *mention.zone);
      if (mention.zone->group) {
        named.insert(named.end(), reader.wider.begin(), reader.wider.end());
      } else {
        named.push_back(mention.zone->parent);
      }
      reader.note(words);
      continue;
    }
    if (mention.company && (other_place || (scoped && cell == Cell::prose))) continue;
    if (!mention.in_scope && scoped) {
      // Words outside the row's place: a title may hold them, a place cell may not.
      if (cell == Cell::place && mention.settled()) reader.outside.push_back(town_county(mention.codes[0]));
      if (cell == Cell::place && !mention.settled() && mention.full && columns.empty()) {
        reading.ambiguous = true;
        reading.candidates.insert(reading.candidates.end(), mention.codes.begin(), mention.codes.end());
        reader.note(words);
      }
      continue;
    }
    if (!mention.settled()) {
      reading.ambiguous = true;
      reading.candidates.insert(reading.candidates.end(), mention.codes.begin(), mention.codes.end());
      reader.note(words);
      continue;
    }
    take_town(mention.codes[0]);
    named.push_back(town_county(mention.codes[0]));
    reader.note(words);
  }
  reading.rest += std::string_view(body).substr(kept_until);
  keep_narrowest(named);
  keep_narrowest(reader.outside);

  if (columns.empty()) {
    // Words far from the list's place, e.g. 江西省 … in a list of 河源: believed, and reported.
    reading.codes = named;
    if (named.empty() && !reader.outside.empty()) {
      reading.codes = reader.outside;
      reading.conflict = true;
      reading.candidates = reader.outside;
    }
  } else {
    const auto related = [&](const Code& code) {
      return covers_any(columns, code) || std::any_of(columns.begin(), columns.end(), [&](const Code& c) {
               return code.covers(c) || covers_any(reading.zone_hosts, c);
             });
    };
    reading.codes = columns;
    for (const auto& code : named) {
      if (covers_any(columns, code)) {
        reading.codes.push_back(code);
      } else if (!related(code) && cell == Cell::place) {
        reader.outside.push_back(code);
      }
    }
    keep_narrowest(reading.codes);
    if (!reader.outside.empty()) {
      reading.conflict = true;
      reading.candidates.insert(reading.candidates.end(), reader.outside.begin(), reader.outside.end());
    }
  }
  if (!reader.wider.empty() && reading.codes.empty()) reading.codes = reader.wider;
  // A county inside a zone's hosts says more than the zone's city.
  keep_narrowest(reading.codes);
  if (reading.codes.empty() && !reading.ambiguous) {
    reading.whole_country = body.find("全国") != std::string::npos;
    if (!listed.empty() && !reading.whole_country) {
      reading.codes = listed.front();
      reading.inherited = true;
    }
  }
  sort_unique(reading.towns);
  std::erase_if(reading.towns, [&](const Code& town) { return !covers_any(reading.codes, town); });
  if (reading.towns.size() == 1) reading.town_code = reading.towns.front().text();
  sort_unique(reading.candidates);
  reading.rest = trimmed(reading.rest);
  return reading;
}

}  // namespace huoshui
