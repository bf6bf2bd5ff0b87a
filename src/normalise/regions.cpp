#include <algorithm>
#include <huoshui/normalise/regions.hpp>
#include <map>

#include "core/detail/embed.hpp"
#include "normalise/detail/region_tables.hpp"

HUOSHUI_EMBED(regions_table, "normalise/tables/regions.csv");
HUOSHUI_EMBED(zones_table, "normalise/tables/zones.csv");

namespace huoshui {
namespace {

using detail::code_point_at;
using detail::CsvTable;

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

void detail::RegionTables::add_names(std::uint32_t row, const std::string& aliases) {
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
void detail::RegionTables::add_former_names() {
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

void detail::RegionTables::add_zones(const CsvTable& table) {
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

Regions::Regions(std::shared_ptr<const detail::RegionTables> tables) : tables_(std::move(tables)) {}

Result<Regions> Regions::build(std::string_view csv, std::string_view file) {
  auto table = CsvTable::parse(csv, file, {"code", "name"});
  if (!table) return table.errors();
  std::vector<Issue> issues;
  auto tables = std::make_shared<detail::RegionTables>();
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
      if ((value & detail::kZone) == 0) codes.push_back(tables_->regions[value & detail::kRow].code);
    }
  }
  detail::sort_unique(codes);
  return codes;
}

}  // namespace huoshui
