#include "normalise/detail/code_terms.hpp"

#include <algorithm>
#include <huoshui/normalise/quantity.hpp>
#include <map>

namespace huoshui::detail {
namespace {

constexpr std::string_view kSeparators[] = {";", "；", "、", ",", "，"};

std::vector<std::string> split(std::string_view cell) {
  std::vector<std::string> words;
  std::string word;
  const auto close = [&] {
    const std::string trimmed = clean_text(word);
    if (!trimmed.empty()) words.push_back(trimmed);
    word.clear();
  };
  for (std::size_t i = 0; i < cell.size();) {
    const auto separator = std::find_if(std::begin(kSeparators), std::end(kSeparators),
                                        [&](std::string_view s) { return cell.substr(i, s.size()) == s; });
    if (separator != std::end(kSeparators)) {
      close();
      i += separator->size();
    } else {
      word += cell[i++];
    }
  }
  close();
  return words;
}

/// Take a trailing 等 off a word; true when the list is open because of it.
bool take_open_mark(std::string& word) {
  constexpr std::string_view mark = "等";
  if (word.size() < mark.size() || word.compare(word.size() - mark.size(), mark.size(), mark) != 0)
    return false;
  word.resize(word.size() - mark.size());
  return true;
}

std::vector<Code> look_up(CodeList list, const std::string& word, const Dictionaries& dictionaries) {
  switch (list) {
    case CodeList::region: {
      PlaceReading place = dictionaries.regions.find_place(word, {});
      if (place.ambiguous) return {};
      if (!place.town_code.empty()) return {Code(place.town_code)};
      return place.zone.empty() || place.zone_hosts.empty() ? place.codes : place.zone_hosts;
    }
    case CodeList::industry:
      return read_industry(word, dictionaries).codes;
    default:
      if (const auto code = dictionaries.list(list).find(word)) return {*code};
      return {};
  }
}

}  // namespace

CodesRead read_codes(CodeList list, std::string_view cell, const Dictionaries& dictionaries) {
  CodesRead out;
  std::map<Code, std::string> word_of;
  std::vector<Code> named;
  bool open = false, everywhere = false;
  std::string names;
  for (auto& word : split(cell)) {
    open |= take_open_mark(word);
    if (word.empty()) continue;
    if (list == CodeList::region && word == "全国") {
      everywhere = true;
      continue;
    }
    names += (names.empty() ? "" : "、") + word;
    const auto codes = look_up(list, word, dictionaries);
    if (codes.empty()) {
      out.unknown.push_back(word);
      open = true;
    }
    for (const auto& code : codes) word_of.emplace(code, word);
  }
  for (const auto& [code, word] : word_of) named.push_back(code);
  out.term.text = std::string(cell);
  out.everywhere = everywhere;
  // 等 alone names nothing: the term is undisclosed, not a condition.
  if (!everywhere && (!named.empty() || !out.unknown.empty())) {
    out.term.test = dictionaries.code_test(list, std::move(named), open);
    out.term.test.names = std::move(names);
    for (const auto& [code, word] : word_of) out.term.test.named_words.push_back(word);
  }
  return out;
}

}  // namespace huoshui::detail
