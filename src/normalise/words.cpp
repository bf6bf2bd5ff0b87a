#include <algorithm>
#include <huoshui/normalise/words.hpp>
#include <map>
#include <set>

#include "normalise/detail/embedded_csv.hpp"
#include "normalise/detail/word_index.hpp"

namespace huoshui {
namespace {

using detail::code_point_at;
using detail::CsvTable;

void sort_unique(std::vector<Code>& codes) {
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
}

// Call `visit(position, match)` for the longest words of the index, left to right, never overlapping.
template <typename Visit>
void for_each_word(const detail::WordIndex& index, std::string_view text, Visit&& visit) {
  for (std::size_t i = 0; i < text.size();) {
    const auto match = index.longest_at(text, i);
    if (match.length == 0) {
      i += code_point_at(text, i).length;
      continue;
    }
    visit(i, match);
    i += match.length;
  }
}

}  // namespace

struct WordList::Tables {
  struct Entry {
    std::vector<Code> codes;
    int weight = 1;
  };
  std::vector<Entry> entries;
  detail::WordIndex index;
};

Result<WordList> WordList::parse(std::string_view csv, std::string_view file, std::string_view codes_column) {
  const auto table = CsvTable::parse(csv, file, {"word", codes_column});
  if (!table) return table.errors();
  auto tables = std::make_shared<Tables>();
  std::vector<Issue> issues;
  for (const auto& row : table->rows()) {
    const auto& word = table->cell(row, "word");
    Tables::Entry entry;
    for (const auto& code : detail::split_list(table->cell(row, codes_column)))
      entry.codes.emplace_back(code);
    if (word.empty() || entry.codes.empty()) {
      issues.push_back(table->issue(row, codes_column, IssueCode::unreadable_value, "一个词和至少一个代码"));
      continue;
    }
    const auto& weight = table->cell(row, "weight");
    if (!weight.empty()) {
      if (weight.size() > 3 || weight.find_first_not_of("0123456789") != std::string::npos) {
        issues.push_back(table->issue(row, "weight", IssueCode::unreadable_value, "0至999的整数"));
        continue;
      }
      entry.weight = std::stoi(weight);
    }
    if (tables->index.exact(word) != nullptr) {
      issues.push_back(table->issue(row, "word", IssueCode::duplicate_id, "每个词只出现一次"));
      continue;
    }
    tables->index.add(word, static_cast<std::uint32_t>(tables->entries.size()));
    tables->entries.push_back(std::move(entry));
  }
  if (!issues.empty()) return issues;
  WordList list;
  list.tables_ = std::move(tables);
  return list;
}

std::vector<WordHit> WordList::find_all(std::string_view text) const {
  std::vector<WordHit> hits;
  if (!tables_) return hits;
  for_each_word(tables_->index, text, [&](std::size_t position, const auto& match) {
    const auto& entry = tables_->entries[match.values->front()];
    hits.push_back({std::string(text.substr(position, match.length)), entry.codes, position, entry.weight});
  });
  return hits;
}

std::size_t WordList::size() const { return tables_ ? tables_->entries.size() : 0; }

std::vector<Code> WordList::codes() const {
  std::vector<Code> codes;
  if (tables_) {
    for (const auto& entry : tables_->entries)
      codes.insert(codes.end(), entry.codes.begin(), entry.codes.end());
  }
  sort_unique(codes);
  return codes;
}

struct CodeWords::Tables {
  struct Entry {
    Code code;
    std::string name_zh, name_en;
    std::vector<std::string> includes;
    std::vector<std::string> overlaps;
    std::vector<Code> inside, above, beside;
  };
  std::vector<Entry> entries;
  std::map<std::string, std::uint32_t, std::less<>> row_of;
  detail::WordIndex index;
  std::vector<std::pair<std::string, std::uint32_t>> suffixes;  // folded, longest first

  [[nodiscard]] const Entry* find(const Code& code) const {
    const auto found = row_of.find(code.text());
    return found == row_of.end() ? nullptr : &entries[found->second];
  }
  void gather(std::uint32_t row, std::set<Code>& inside) const {
    for (const auto& code : entries[row].includes) {
      if (inside.insert(Code(code)).second) gather(row_of.find(code)->second, inside);
    }
  }
};

Result<CodeWords> CodeWords::parse(std::string_view csv, std::string_view file) {
  const auto table = CsvTable::parse(csv, file, {"code", "name_zh", "name_en", "includes", "words"});
  if (!table) return table.errors();
  auto tables = std::make_shared<Tables>();
  std::vector<Issue> issues;
  for (const auto& row : table->rows()) {
    Tables::Entry entry;
    entry.code = Code(table->cell(row, "code"));
    entry.name_zh = table->cell(row, "name_zh");
    entry.name_en = table->cell(row, "name_en");
    entry.includes = detail::split_list(table->cell(row, "includes"));
    entry.overlaps = detail::split_list(table->cell(row, "overlaps"));
    const auto number = static_cast<std::uint32_t>(tables->entries.size());
    if (entry.code.empty() || !tables->row_of.emplace(entry.code.text(), number).second) {
      issues.push_back(table->issue(row, "code", IssueCode::duplicate_id, "每个代码只出现一次且不为空"));
      continue;
    }
    // A word belongs to the first entry that claims it; names before words, in the order of the table.
    const auto learn = [&](std::string_view word) {
      if (tables->index.exact(word) == nullptr) tables->index.add(word, number);
    };
    learn(entry.name_zh);
    for (const auto& word : detail::split_list(table->cell(row, "words"))) {
      if (word.starts_with('~')) {
        tables->suffixes.emplace_back(detail::folded_word(std::string_view(word).substr(1)), number);
      } else {
        learn(word);
      }
    }
    tables->entries.push_back(std::move(entry));
  }
  for (std::size_t i = 0; i < table->rows().size() && issues.empty(); ++i) {
    for (const std::string_view column : {"includes", "overlaps"}) {
      for (const auto& code :
           column == "includes" ? tables->entries[i].includes : tables->entries[i].overlaps) {
        if (tables->row_of.count(code) == 0) {
          issues.push_back(table->issue(table->rows()[i], column, IssueCode::unknown_word, "本表中的代码"));
        }
      }
    }
  }
  if (!issues.empty()) return issues;
  for (std::uint32_t row = 0; row < tables->entries.size(); ++row) {
    std::set<Code> inside{tables->entries[row].code};
    tables->gather(row, inside);
    tables->entries[row].inside.assign(inside.begin(), inside.end());
    for (const auto& code : inside) {
      if (code != tables->entries[row].code) {
        tables->entries[tables->row_of.find(code.text())->second].above.push_back(tables->entries[row].code);
      }
    }
  }
  // Whatever stands inside two overlapping entries may be both at once.
  for (auto& entry : tables->entries) {
    for (const auto& other_code : entry.overlaps) {
      auto& other = tables->entries[tables->row_of.find(other_code)->second];
      for (const auto& a : entry.inside) {
        for (const auto& b : other.inside) {
          tables->entries[tables->row_of.find(a.text())->second].beside.push_back(b);
          tables->entries[tables->row_of.find(b.text())->second].beside.push_back(a);
        }
      }
    }
  }
  for (auto& entry : tables->entries) {
    sort_unique(entry.above);
    sort_unique(entry.beside);
  }
  std::stable_sort(tables->suffixes.begin(), tables->suffixes.end(),
                   [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
  CodeWords words;
  words.tables_ = std::move(tables);
  return words;
}

std::optional<Code> CodeWords::find(std::string_view word) const {
  if (!tables_) return std::nullopt;
  const auto folded = detail::folded_word(word);
  if (const auto found = tables_->row_of.find(folded); found != tables_->row_of.end()) {
    return tables_->entries[found->second].code;
  }
  if (const auto* rows = tables_->index.exact(folded)) return tables_->entries[rows->front()].code;
  return std::nullopt;
}

std::vector<WordHit> CodeWords::find_all(std::string_view text) const {
  std::vector<WordHit> hits;
  if (!tables_) return hits;
  for_each_word(tables_->index, text, [&](std::size_t position, const auto& match) {
    hits.push_back({std::string(text.substr(position, match.length)),
                    {tables_->entries[match.values->front()].code},
                    position,
                    1});
  });
  return hits;
}

std::optional<WordHit> CodeWords::find_suffix(std::string_view name) const {
  if (!tables_) return std::nullopt;
  auto folded = detail::folded_word(name);
  while (folded.ends_with(')') && folded.rfind('(') != std::string::npos && folded.rfind('(') > 0) {
    folded.erase(folded.rfind('('));
  }
  if (folded.ends_with("等")) folded.resize(folded.size() - std::string_view("等").size());
  for (const auto& [suffix, row] : tables_->suffixes) {
    if (folded.ends_with(suffix)) {
      return WordHit{suffix, {tables_->entries[row].code}, folded.size() - suffix.size(), 1};
    }
  }
  return std::nullopt;
}

std::vector<Code> CodeWords::inside(const Code& code) const {
  const auto* entry = tables_ ? tables_->find(code) : nullptr;
  return entry == nullptr ? std::vector<Code>{} : entry->inside;
}

std::vector<Code> CodeWords::above(const Code& code) const {
  const auto* entry = tables_ ? tables_->find(code) : nullptr;
  return entry == nullptr ? std::vector<Code>{} : entry->above;
}

std::vector<Code> CodeWords::beside(const Code& code) const {
  const auto* entry = tables_ ? tables_->find(code) : nullptr;
  return entry == nullptr ? std::vector<Code>{} : entry->beside;
}

bool CodeWords::has(const Code& code) const { return tables_ && tables_->find(code) != nullptr; }

std::string CodeWords::name_zh(const Code& code) const {
  const auto* entry = tables_ ? tables_->find(code) : nullptr;
  return entry == nullptr ? std::string{} : entry->name_zh;
}

std::string CodeWords::name_en(const Code& code) const {
  const auto* entry = tables_ ? tables_->find(code) : nullptr;
  return entry == nullptr ? std::string{} : entry->name_en;
}

std::vector<Code> CodeWords::codes() const {
  std::vector<Code> codes;
  if (tables_) {
    for (const auto& entry : tables_->entries) codes.push_back(entry.code);
  }
  return codes;
}

}  // namespace huoshui
