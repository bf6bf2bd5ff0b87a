#include <algorithm>
#include <array>

#include "normalise/detail/region_tables.hpp"

namespace huoshui {
namespace {

using detail::code_point_at;
using detail::covers_any;
using detail::keep_narrowest;
using detail::Mention;
using detail::PlaceCell;
using detail::sort_unique;
using detail::Zone;

constexpr std::string_view kGuangdong = "44";
// Cities that build parks in other places; their districts stand behind them in the park's name.
constexpr std::array<std::string_view, 6> kPartnerCities = {"深圳", "广州", "东莞", "佛山", "中山", "珠海"};

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
    const auto between = detail::folded_word(text.substr(outer.end, inner.begin - outer.end));
    if (between != "(" || outer.zone != nullptr) continue;
    auto last = i;
    while (last + 1 < mentions.size() && mentions[last + 1].begin == mentions[last].end) ++last;
    if (!detail::folded_word(text.substr(mentions[last].end)).starts_with(')')) continue;
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

// Gathers what the cells and the text of one row say.
class RowReader {
 public:
  RowReader(const Regions& regions, const detail::RegionTables& tables, const PlaceHint& hint)
      : regions_(regions), tables_(tables) {
    for (const auto& code : {hint.county, hint.city, hint.province}) {
      if (!code.empty()) scopes_.push_back({code});
    }
    if (!scopes_.empty()) listed_ = scopes_.front();
  }

  void read_cell(std::string_view raw, PlaceCell cell) {
    const auto text = trimmed(raw);
    if (text.empty()) return;
    std::vector<Code> found;
    for (const auto& mention : mentions_of(text, text, cell)) {
      const auto words = std::string_view(text).substr(mention.begin, mention.end - mention.begin);
      if (!mention.in_scope && !scopes_.empty()) {
        // Words of a village or street that are a place elsewhere say nothing; a county does, and is
        // reported.
        if (cell == PlaceCell::town || !mention.settled()) continue;
        reading_.conflict = true;
        add_candidates(mention.codes);
      }
      if (mention.zone != nullptr) {
        take_zone(*mention.zone, words, found);
      } else if (mention.settled()) {
        take_region(mention.codes[0], found);
      } else {
        reading_.ambiguous = true;
        add_candidates(mention.codes);
      }
      note(words);
    }
    keep_narrowest(found);
    if (found.empty()) return;
    // The narrower column is believed; 河源市 beside 罗定市 stays among the candidates.
    if (reading_.conflict && cell != PlaceCell::town) {
      add_candidates(columns_);
      columns_.clear();
    }
    columns_.insert(columns_.end(), found.begin(), found.end());
    scopes_.insert(scopes_.begin(), found);
  }

  void read_text(std::string_view raw, PlaceText kind) {
    keep_narrowest(columns_);
    const auto text = trimmed(raw);
    const auto cell = kind == PlaceText::prose ? PlaceCell::prose : PlaceCell::place;
    whole_country_ = text.find("全国") != std::string::npos;
    const auto mentions = mentions_of(text, cell == PlaceCell::place ? without_examples(text) : text, cell);
    const bool other_place =
        std::any_of(mentions.begin(), mentions.end(), [](const Mention& m) { return !m.company; });
    std::size_t read_until = 0;
    for (const auto& mention : mentions) {
      const auto words = std::string_view(text).substr(mention.begin, mention.end - mention.begin);
      reading_.rest += std::string_view(text).substr(read_until, mention.begin - read_until);
      read_until = mention.end;
      if (mention.company && (other_place || (!scopes_.empty() && cell == PlaceCell::prose))) continue;
      read_mention(mention, words, cell);
    }
    reading_.rest = trimmed(reading_.rest + text.substr(read_until));
    keep_narrowest(named_);
    keep_narrowest(outside_);
    if (!columns_.empty()) check_against_columns(cell);
  }

  PlaceReading conclude() {
    if (columns_.empty()) {
      reading_.codes = named_;
      // Words far from the list's place, e.g. 江西省 … in a list of 河源: believed, and reported.
      if (named_.empty() && !outside_.empty()) {
        reading_.codes = outside_;
        reading_.conflict = true;
        add_candidates(outside_);
      }
    }
    keep_narrowest(reading_.codes);
    if (reading_.codes.empty() && !reading_.ambiguous) {
      reading_.whole_country = whole_country_;
      if (!listed_.empty() && !whole_country_) {
        reading_.codes = listed_;
        reading_.inherited = true;
      }
    }
    sort_unique(reading_.towns);
    std::erase_if(reading_.towns, [&](const Code& town) { return !covers_any(reading_.codes, town); });
    if (reading_.towns.size() == 1) reading_.town_code = reading_.towns.front().text();
    sort_unique(reading_.candidates);
    return std::move(reading_);
  }

 private:
  // Every place in `scanned`, which is `text` with parts blanked out.
  std::vector<Mention> mentions_of(std::string_view text, std::string_view scanned, PlaceCell cell) {
    auto mentions = tables_.scan(scanned, cell, scopes_);
    settle_by_siblings(mentions);
    if (auto partner = take_partner(text, mentions); !partner.empty()) reading_.partner = std::move(partner);
    return mentions;
  }

  void read_mention(const Mention& mention, std::string_view words, PlaceCell cell) {
    if (mention.zone != nullptr) {
      // A title may mention a zone of the next county: 万绿湖 in a project of 源城区.
      const auto& zone = *mention.zone;
      const bool fits =
          columns_.empty() || zone.group || std::any_of(columns_.begin(), columns_.end(), [&](const Code& c) {
            return c.covers(zone.parent) || zone.parent.covers(c);
          });
      if (cell == PlaceCell::prose && !fits) return;
      take_zone(zone, words, named_);
      note(words);
      return;
    }
    if (!mention.in_scope && !scopes_.empty()) {
      // Outside the row's and the list's place: a title may hold such words, a place cell may not.
      if (cell == PlaceCell::prose) return;
      if (mention.settled()) {
        std::vector<Code> codes;
        take_region(mention.codes[0], codes);
        outside_.insert(outside_.end(), codes.begin(), codes.end());
        return;
      }
      if (!mention.full || !columns_.empty()) return;
    }
    if (mention.settled()) {
      take_region(mention.codes[0], named_);
    } else {
      reading_.ambiguous = true;
      add_candidates(mention.codes);
    }
    note(words);
  }

  void check_against_columns(PlaceCell cell) {
    reading_.codes = columns_;
    for (const auto& code : named_) {
      if (covers_any(columns_, code)) {
        reading_.codes.push_back(code);
        continue;
      }
      const bool related = std::any_of(columns_.begin(), columns_.end(), [&](const Code& c) {
        return code.covers(c) || covers_any(reading_.zone_hosts, c);
      });
      if (!related && cell == PlaceCell::place) outside_.push_back(code);
    }
    if (!outside_.empty()) {
      reading_.conflict = true;
      add_candidates(outside_);
    }
  }

  void take_region(const Code& code, std::vector<Code>& codes) {
    const auto* region = regions_.find(code);
    if (region != nullptr && region->level == RegionLevel::town) {
      reading_.towns.push_back(code);
      codes.push_back(region->parent);
    } else {
      codes.push_back(code);
    }
  }

  void take_zone(const Zone& zone, std::string_view words, std::vector<Code>& codes) {
    if (zone.group && !zone.hosts.empty()) {
      codes.insert(codes.end(), zone.hosts.begin(), zone.hosts.end());
      return;
    }
    codes.push_back(zone.parent);
    if (zone.group) return;
    take_partner_of(zone, words);
    if (!reading_.zone.empty()) return;
    reading_.zone = zone.name;
    reading_.zone_hosts = zone.hosts;
  }

  // The partner of a park known by its whole name stands in front of the bracket.
  void take_partner_of(const Zone& zone, std::string_view words) {
    auto front = detail::folded_word(words);
    const auto bracket = front.find('(');
    if (bracket == std::string::npos || !reading_.partner.empty()) return;
    front.resize(bracket);
    const auto codes = regions_.find_name(front);
    if (std::any_of(codes.begin(), codes.end(), [&](const Code& c) { return c.covers(zone.parent); })) return;
    for (const auto city : kPartnerCities) {
      if (front.starts_with(city) && front.size() > city.size()) front.erase(0, city.size());
    }
    reading_.partner = front;
  }

  void note(std::string_view words) {
    if (!reading_.basis.empty()) reading_.basis += "、";
    reading_.basis += words;
  }

  void add_candidates(const std::vector<Code>& codes) {
    reading_.candidates.insert(reading_.candidates.end(), codes.begin(), codes.end());
  }

  const Regions& regions_;
  const detail::RegionTables& tables_;
  detail::Scopes scopes_;      // where a name is sought, nearest first
  std::vector<Code> listed_;   // the list's own place
  std::vector<Code> columns_;  // what the separate columns say
  std::vector<Code> named_;    // what the text says, inside the row's place
  std::vector<Code> outside_;  // what the text says, elsewhere
  bool whole_country_ = false;
  PlaceReading reading_;
};

}  // namespace

PlaceReading Regions::find_place(std::string_view text, const PlaceHint& hint) const {
  RowReader reader(*this, *tables_, hint);
  reader.read_cell(hint.province_text, PlaceCell::province);
  reader.read_cell(hint.city_text, PlaceCell::city);
  reader.read_cell(hint.county_text, PlaceCell::county);
  reader.read_cell(hint.town_text, PlaceCell::town);
  reader.read_text(text, hint.kind);
  return reader.conclude();
}

}  // namespace huoshui
