#include <algorithm>
#include <array>
#include <huoshui/normalise/dictionaries.hpp>

#include "core/detail/embed.hpp"
#include "normalise/detail/embedded_csv.hpp"
#include "normalise/detail/word_index.hpp"

HUOSHUI_EMBED(industry_words_table, "normalise/tables/industry_words.csv");
HUOSHUI_EMBED(category_words_table, "normalise/tables/category_words.csv");
HUOSHUI_EMBED(borrowers_table, "normalise/tables/borrowers.csv");
HUOSHUI_EMBED(securities_table, "normalise/tables/securities.csv");
HUOSHUI_EMBED(uses_table, "normalise/tables/uses.csv");
HUOSHUI_EMBED(stages_table, "normalise/tables/stages.csv");
HUOSHUI_EMBED(natures_table, "normalise/tables/natures.csv");
HUOSHUI_EMBED(repayment_sources_table, "normalise/tables/repayment_sources.csv");
HUOSHUI_EMBED(size_classes_table, "normalise/tables/size_classes.csv");
HUOSHUI_EMBED(measures_table, "normalise/tables/measures.csv");
HUOSHUI_EMBED(place_types_table, "normalise/tables/place_types.csv");
HUOSHUI_EMBED(place_type_names_table, "normalise/tables/place_type_names.csv");

namespace huoshui {
namespace {

// The category cell is the list's own verdict; a title or a description only hints at one.
constexpr int kCategoryFactor = 4;
constexpr int kIndustryFactor = 2;
constexpr int kNameFactor = 2;
constexpr int kContentFactor = 1;
constexpr int kMeasureNamed = 50;  // the cell names the measure itself: 措施7, or its title in the plan

void sort_unique(std::vector<Code>& codes) {
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : "、") + word;
  return text;
}

// Split a cell into its entries; brackets split too, so 新材料(铜) is two.
std::vector<std::string_view> entries_of(std::string_view text) {
  std::vector<std::string_view> entries;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto point = detail::code_point_at(text, i);
    if (detail::is_mark(point.folded) && point.folded != '-' && point.folded != '.' && point.folded != '~') {
      if (i > begin) entries.push_back(text.substr(begin, i - begin));
      begin = i + point.length;
    }
    i += point.length;
  }
  if (begin < text.size()) entries.push_back(text.substr(begin));
  return entries;
}

bool take_and_so_on(std::string_view& entry) {
  for (const std::string_view word : {"等等", "等"}) {
    if (entry.ends_with(word)) {
      entry.remove_suffix(word.size());
      return true;
    }
  }
  return false;
}

}  // namespace

const Dictionaries& Dictionaries::bundled() {
  static const Dictionaries dictionaries = [] {
    Dictionaries made(Regions::bundled(), Industries::bundled());
    made.industry_words = WordList::parse(industry_words_table(), "industry_words.csv").value();
    made.category_words = WordList::parse(category_words_table(), "category_words.csv", "measures").value();
    made.borrowers = CodeWords::parse(borrowers_table(), "borrowers.csv").value();
    made.securities = CodeWords::parse(securities_table(), "securities.csv").value();
    made.uses = CodeWords::parse(uses_table(), "uses.csv").value();
    made.stages = CodeWords::parse(stages_table(), "stages.csv").value();
    made.natures = CodeWords::parse(natures_table(), "natures.csv").value();
    made.repayment_sources = CodeWords::parse(repayment_sources_table(), "repayment_sources.csv").value();
    made.size_classes = CodeWords::parse(size_classes_table(), "size_classes.csv").value();
    made.measures = CodeWords::parse(measures_table(), "measures.csv").value();
    made.place_type_names = CodeWords::parse(place_type_names_table(), "place_type_names.csv").value();
    const auto types =
        detail::CsvTable::parse(place_types_table(), "place_types.csv", {"code", "tag"}).value();
    for (const auto& row : types.rows()) {
      made.place_types_[Code(types.cell(row, "code"))].emplace_back(types.cell(row, "tag"));
    }
    return made;
  }();
  return dictionaries;
}

Result<Dictionaries> Dictionaries::with_regions(std::string_view csv, std::string_view file) const {
  auto newer = Regions::parse(csv, file);
  if (!newer) return newer.errors();
  auto copy = *this;
  copy.regions = std::move(newer).value();
  return copy;
}

Result<Dictionaries> Dictionaries::with_industries(std::string_view csv, std::string_view file) const {
  auto newer = Industries::parse(csv, file);
  if (!newer) return newer.errors();
  auto copy = *this;
  copy.industries = std::move(newer).value();
  return copy;
}

const CodeWords& Dictionaries::list(CodeList list) const {
  switch (list) {
    case CodeList::measure:
      return measures;
    case CodeList::borrower:
      return borrowers;
    case CodeList::security:
      return securities;
    case CodeList::use:
      return uses;
    case CodeList::size_class:
      return size_classes;
    case CodeList::repayment_source:
      return repayment_sources;
    case CodeList::stage:
      return stages;
    case CodeList::nature:
      return natures;
    case CodeList::place_type:
      return place_type_names;
    case CodeList::none:
    case CodeList::region:
    case CodeList::industry:
      break;
  }
  throw ContractError("Dictionaries::list: region and industry have prefix form, not a word list");
}

std::string Dictionaries::name_zh(CodeList list, const Code& code) const {
  if (list == CodeList::none) return {};
  if (list == CodeList::region) return regions.name(code);
  if (list == CodeList::industry) return industries.name(code);
  return this->list(list).name_zh(code);
}

std::vector<Code> Dictionaries::place_types(const Code& region) const {
  std::vector<Code> types;
  for (const auto& [place, tags] : place_types_) {
    if (place.covers(region)) types.insert(types.end(), tags.begin(), tags.end());
  }
  sort_unique(types);
  return types;
}

CodeTest Dictionaries::code_test(CodeList list, std::vector<Code> named, bool open) const {
  sort_unique(named);
  CodeTest test;
  test.open = open;
  test.prefix_form = list == CodeList::region || list == CodeList::industry;
  if (test.prefix_form) {
    test.inside = named;
  } else {
    const auto& words = this->list(list);
    for (const auto& code : named) {
      const auto inside = words.inside(code);
      test.inside.insert(test.inside.end(), inside.begin(), inside.end());
      const auto above = words.above(code);
      test.above.insert(test.above.end(), above.begin(), above.end());
      for (const auto& narrower : inside) {
        const auto beside = words.beside(narrower);
        test.above.insert(test.above.end(), beside.begin(), beside.end());
      }
    }
    sort_unique(test.inside);
    sort_unique(test.above);
    std::erase_if(test.above, [&](const Code& code) {
      return std::binary_search(test.inside.begin(), test.inside.end(), code);
    });
  }
  test.named = std::move(named);
  return test;
}

IndustryReading read_industry(std::string_view text, const Dictionaries& dictionaries) {
  IndustryReading reading;
  const auto take = [&](const std::vector<Code>& codes, std::string word) {
    reading.codes.insert(reading.codes.end(), codes.begin(), codes.end());
    reading.words.push_back(std::move(word));
  };
  // Names of the standard hold 、 and brackets themselves, so the whole cell comes first.
  if (const auto code = dictionaries.industries.find(text)) {
    take({*code}, std::string(text));
  } else {
    for (auto entry : entries_of(text)) {
      if (take_and_so_on(entry)) reading.open = true;
      if (entry.empty()) continue;
      if (const auto exact = dictionaries.industries.find(entry)) {
        take({*exact}, std::string(entry));
        continue;
      }
      const auto hits = dictionaries.industry_words.find_all(entry);
      if (hits.empty()) reading.open = true;
      for (const auto& hit : hits) take(hit.codes, hit.word);
    }
  }
  sort_unique(reading.codes);
  reading.basis = joined(reading.words);
  return reading;
}

MeasureReading read_measures(std::string_view category_text, std::string_view industry_text,
                             std::string_view name, std::string_view content,
                             const Dictionaries& dictionaries) {
  struct Source {
    std::string_view text;
    std::string_view from;
    int factor;
  };
  const std::array<Source, 4> sources = {{{category_text, "category", kCategoryFactor},
                                          {industry_text, "industry", kIndustryFactor},
                                          {name, "name", kNameFactor},
                                          {content, "content", kContentFactor}}};
  struct Tally {
    MeasureVote vote;
    int heaviest = 0;
  };
  std::map<Code, Tally> tallies;
  for (const auto& source : sources) {
    std::vector<std::string> seen;  // a word said twice in one text is said once
    for (const auto& hit : dictionaries.category_words.find_all(source.text)) {
      if (std::find(seen.begin(), seen.end(), hit.word) != seen.end()) continue;
      seen.push_back(hit.word);
      const int points = hit.weight * source.factor;
      for (const auto& measure : hit.codes) {
        auto& tally = tallies[measure];
        tally.vote.measure = measure;
        tally.vote.points += points;
        if (points > tally.heaviest) {
          tally.heaviest = points;
          tally.vote.word = hit.word;
          tally.vote.from = std::string(source.from);
        }
      }
    }
  }
  for (const auto& hit : dictionaries.measures.find_all(category_text)) {
    tallies[hit.codes.front()] = {{hit.codes.front(), kMeasureNamed * kCategoryFactor, hit.word, "category"},
                                  0};
  }
  MeasureReading reading;
  for (const auto& measure : dictionaries.measures.codes()) {
    const auto found = tallies.find(measure);
    if (found != tallies.end()) reading.votes.push_back(found->second.vote);
  }
  std::stable_sort(reading.votes.begin(), reading.votes.end(),
                   [](const MeasureVote& a, const MeasureVote& b) { return a.points > b.points; });
  if (!reading.votes.empty()) reading.basis = reading.votes.front().from + "：" + reading.votes.front().word;
  return reading;
}

BorrowerReading infer_borrower(std::string_view owner_name, std::string_view owner_type,
                               const Dictionaries& dictionaries) {
  BorrowerReading reading;
  std::vector<std::string> words;
  for (auto entry : entries_of(owner_type)) {
    if (take_and_so_on(entry)) reading.open = true;
    if (entry.empty()) continue;
    if (const auto code = dictionaries.borrowers.find(entry)) {
      reading.codes.push_back(*code);
      words.emplace_back(entry);
      continue;
    }
    const auto hits = dictionaries.borrowers.find_all(entry);
    if (hits.empty()) reading.open = true;
    for (const auto& hit : hits) {
      reading.codes.push_back(hit.codes.front());
      words.push_back(hit.word);
    }
  }
  if (reading.codes.empty()) {
    reading.origin = Origin::inferred;
    // Several owners in one cell: the first signs.
    const auto end =
        std::min({owner_name.find(';'), owner_name.find("；"), owner_name.find("、"), owner_name.size()});
    if (const auto hit = dictionaries.borrowers.find_suffix(owner_name.substr(0, end))) {
      reading.codes = hit->codes;
      words.push_back(hit->word);
    }
  }
  sort_unique(reading.codes);
  reading.basis = joined(words);
  return reading;
}

}  // namespace huoshui
