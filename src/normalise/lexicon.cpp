#include "normalise/detail/lexicon.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "core/detail/embed.hpp"
#include "normalise/detail/embedded_csv.hpp"
#include "normalise/detail/text_features.hpp"
#include "normalise/detail/word_index.hpp"

HUOSHUI_EMBED(instrument_words_table, "normalise/tables/instrument_words.csv");
HUOSHUI_EMBED(instrument_rules_table, "normalise/tables/instrument_rules.csv");

namespace huoshui::detail {
namespace {

constexpr std::int64_t kFenPerWan = 1'000'000;

std::optional<std::int64_t> whole(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// `water_right_pledge:60;infrastructure_loan:-10`
std::optional<Support> parse_support(std::string_view text) {
  Support support;
  for (const auto& part : split_list(text)) {
    const auto colon = part.find(':');
    if (colon == std::string::npos) return std::nullopt;
    const auto instrument = find_instrument(std::string_view(part).substr(0, colon));
    const auto tenths = whole(std::string_view(part).substr(colon + 1));
    if (!instrument || !tenths || *tenths < -100 || *tenths > 100) return std::nullopt;
    support.emplace_back(*instrument, static_cast<int>(*tenths));
  }
  return support;
}

std::vector<std::string> split_blanks(std::string_view text) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find(' ', at), text.size());
    if (end > at) parts.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

std::optional<AmountTest> parse_amount(std::string_view term) {
  for (const bool at_most : {true, false}) {
    const std::string_view head = at_most ? "need<=" : "need>=";
    if (!term.starts_with(head)) continue;
    if (const auto wan = whole(term.substr(head.size()))) return AmountTest{at_most, *wan * kFenPerWan};
  }
  return std::nullopt;
}

std::optional<std::int64_t> amount_of(const Project& project, FactKey key) {
  const Fact* fact = project.facts.find(key);
  if (fact == nullptr) return std::nullopt;
  if (fact->range.has_max()) return fact->range.max;
  if (fact->range.has_min()) return fact->range.min;
  return std::nullopt;
}

void add(std::array<int, kInstrumentCount>& score, const Support& support, int divisor) {
  for (const auto& [instrument, tenths] : support)
    score[static_cast<std::size_t>(instrument)] += tenths / divisor;
}

constexpr std::array<std::string_view, 4> kProjectColumns{"content", "industry", "use", "category"};
constexpr std::array<std::string_view, 2> kOwnerColumns{"owner", "owner_type"};

}  // namespace

std::vector<ReadableText> readable_texts(const Project& project) {
  std::vector<ReadableText> texts;
  const auto is_one_of = [](std::string_view field, const auto& columns) {
    return std::find(columns.begin(), columns.end(), field) != columns.end();
  };
  bool owner_is_name = false;
  for (const auto& text : project.texts) owner_is_name |= text.field == "owner" && text.text == project.name;
  const auto add_text = [&](std::string_view text, std::size_t field, bool owner) {
    ReadableText made{text, static_cast<std::uint16_t>(field), owner, {}, {}};
    made.points.reserve(text.size() / 2);
    made.bytes.reserve(text.size() / 2 + 1);
    for (std::size_t at = 0; at < text.size();) {
      const auto point = code_point_at(text, at);
      made.points.push_back(point.folded);
      made.bytes.push_back(static_cast<std::uint32_t>(at));
      at += point.length;
    }
    made.bytes.push_back(static_cast<std::uint32_t>(text.size()));
    texts.push_back(std::move(made));
  };
  if (!owner_is_name) add_text(project.name, 0, false);
  for (std::size_t i = 0; i < project.texts.size(); ++i) {
    const auto& text = project.texts[i];
    const bool owner = is_one_of(text.field, kOwnerColumns);
    if (owner || is_one_of(text.field, kProjectColumns)) add_text(text.text, i + 1, owner);
  }
  return texts;
}

Result<Lexicon> Lexicon::parse(std::string_view words_csv, std::string_view rules_csv) {
  const auto words =
      CsvTable::parse(words_csv, "instrument_words.csv", {"cue", "where", "words", "support", "source"});
  if (!words) return words.errors();
  const auto rules = CsvTable::parse(rules_csv, "instrument_rules.csv", {"rule", "when", "support", "why"});
  if (!rules) return rules.errors();
  Lexicon lexicon;
  std::vector<Issue> issues;
  std::map<std::string, std::uint16_t, std::less<>> cue_of;
  for (const auto& row : words->rows()) {
    Cue cue;
    cue.id = Code(words->cell(row, "cue"));
    cue.source = words->cell(row, "source");
    const auto& where = words->cell(row, "where");
    cue.owner_only = where == "owner";
    cue.mask = where == "mask";
    const auto support = parse_support(words->cell(row, "support"));
    const auto list = split_list(words->cell(row, "words"));
    if (cue.id.empty() || cue.source.empty() || !support || list.empty() ||
        (!where.empty() && !cue.owner_only && !cue.mask) || lexicon.cues_.size() == kMaxCues) {
      issues.push_back(words->issue(row, "cue", IssueCode::unreadable_value, "线索、词、支持和出处"));
      continue;
    }
    const auto number = static_cast<std::uint16_t>(lexicon.cues_.size());
    if (!cue_of.emplace(cue.id.text(), number).second) {
      issues.push_back(words->issue(row, "cue", IssueCode::duplicate_id, "每个线索只出现一次"));
      continue;
    }
    cue.support = *support;
    for (const auto& word : list) lexicon.words_.add(word, number);
    lexicon.cues_.push_back(std::move(cue));
  }
  for (const auto& row : rules->rows()) {
    CueRule rule;
    rule.id = Code(rules->cell(row, "rule"));
    rule.why = rules->cell(row, "why");
    const auto support = parse_support(rules->cell(row, "support"));
    bool good = support.has_value() && !rule.id.empty() && !rule.why.empty();
    for (const std::string_view term : split_blanks(rules->cell(row, "when"))) {
      if (const auto amount = parse_amount(term)) {
        rule.amounts.push_back(*amount);
        continue;
      }
      const bool no = term.starts_with('!');
      const auto found = cue_of.find(no ? term.substr(1) : term);
      if (found == cue_of.end()) {
        good = false;
        break;
      }
      (no ? rule.none : rule.all).push_back(found->second);
    }
    if (!good) {
      issues.push_back(rules->issue(row, "when", IssueCode::unreadable_value, "线索、金额、支持和理由"));
      continue;
    }
    rule.support = *support;
    lexicon.rules_.push_back(std::move(rule));
  }
  if (!issues.empty()) return issues;
  lexicon.fingerprint_ = hash_bytes(rules_csv, hash_bytes(words_csv));
  return lexicon;
}

const Lexicon& Lexicon::bundled() {
  static const Lexicon lexicon = parse(instrument_words_table(), instrument_rules_table()).value();
  return lexicon;
}

LexiconReading Lexicon::read(const Project& project, const std::vector<ReadableText>& texts) const {
  LexiconReading reading;
  const auto here = [&](const ReadableText& text, std::size_t first, std::size_t length, std::uint16_t cue) {
    if (cues_[cue].mask || (cues_[cue].owner_only && !text.owner)) return;
    (text.owner ? reading.in_owner : reading.in_text).set(cue);
    reading.hits.push_back({text.bytes[first],
                            static_cast<std::uint16_t>(text.bytes[first + length] - text.bytes[first]),
                            text.field, cue});
  };
  for (const auto& text : texts) {
    std::size_t masked = 0;  // words that end at or before this point are hidden
    for (std::size_t first = 0; first < text.points.size(); ++first) {
      std::size_t longest = 0;
      words_.for_each_at(text.points, first, [&](std::size_t length, const auto& values) {
        longest = length;
        for (const auto cue : values)
          if (cues_[cue].mask) masked = std::max(masked, first + length);
      });
      if (first + longest <= masked) continue;
      words_.for_each_at(text.points, first, [&](std::size_t length, const auto& values) {
        if (first + length <= masked) return;
        for (const auto cue : values) here(text, first, length, cue);
      });
    }
  }
  reading.total = amount_of(project, FactKey::total_investment);
  reading.need = amount_of(project, FactKey::financing_need);
  const auto need = reading.need ? reading.need : reading.total;
  const auto any = reading.in_text | reading.in_owner;
  const auto has = [&](std::uint16_t cue) { return any[cue]; };
  for (std::uint16_t cue = 0; cue < cues_.size(); ++cue) {
    // A word of the owner's name says who asks before it says what for.
    if (has(cue))
      add(reading.score, cues_[cue].support, reading.in_text[cue] || cues_[cue].owner_only ? 1 : 2);
  }
  for (std::uint16_t i = 0; i < rules_.size(); ++i) {
    const CueRule& rule = rules_[i];
    const bool met = std::all_of(rule.all.begin(), rule.all.end(), has) &&
                     std::none_of(rule.none.begin(), rule.none.end(), has) &&
                     std::all_of(rule.amounts.begin(), rule.amounts.end(), [&](const AmountTest& test) {
                       return need && (test.at_most ? *need <= test.fen : *need >= test.fen);
                     });
    if (!met) continue;
    reading.rules.push_back(i);
    add(reading.score, rule.support, 1);
  }
  return reading;
}

}  // namespace huoshui::detail
