#include <algorithm>
#include <huoshui/normalise/industries.hpp>

#include "core/detail/embed.hpp"
#include "normalise/detail/embedded_csv.hpp"
#include "normalise/detail/word_index.hpp"

HUOSHUI_EMBED(industries_table, "normalise/tables/industries.csv");

namespace huoshui {
namespace {

bool is_industry_code(std::string_view code) {
  return !code.empty() && code.size() <= 5 && code[0] >= 'A' && code[0] <= 'T' &&
         std::all_of(code.begin() + 1, code.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Result<Industries> Industries::parse(std::string_view csv, std::string_view file) {
  const auto table = detail::CsvTable::parse(csv, file, {"code", "name"});
  if (!table) return table.errors();
  Industries industries;
  std::vector<Issue> issues;
  for (const auto& row : table->rows()) {
    const auto& code = table->cell(row, "code");
    const auto& name = table->cell(row, "name");
    if (!is_industry_code(code)) {
      issues.push_back(
          table->issue(row, "code", IssueCode::unreadable_value, "门类字母加0至4位数字，如A0164"));
      continue;
    }
    if (name.empty()) {
      issues.push_back(table->issue(row, "name", IssueCode::missing_name, "行业名称"));
      continue;
    }
    if (!industries.names_.emplace(code, name).second) {
      issues.push_back(table->issue(row, "code", IssueCode::duplicate_id, "每个代码只出现一次"));
      continue;
    }
    const auto learn = [&](std::string_view word) {
      auto& known = industries.codes_[detail::folded_word(word)];
      if (known.text().size() < code.size()) known = Code(code);
    };
    learn(code);
    if (code.size() > 1) learn(std::string_view(code).substr(1));
    learn(name);
    for (const auto& other : detail::split_list(table->cell(row, "other_names"))) learn(other);
  }
  if (!issues.empty()) return issues;
  return industries;
}

const Industries& Industries::bundled() {
  static const Industries industries = parse(industries_table(), "industries.csv").value();
  return industries;
}

std::string Industries::name(const Code& code) const {
  const auto found = names_.find(code.text());
  return found == names_.end() ? std::string{} : found->second;
}

std::optional<Code> Industries::find(std::string_view code_or_name) const {
  const auto found = codes_.find(detail::folded_word(code_or_name));
  if (found == codes_.end()) return std::nullopt;
  return found->second;
}

}  // namespace huoshui
