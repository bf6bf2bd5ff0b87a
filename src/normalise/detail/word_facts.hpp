// Facts that a row's words state as plainly as a cell would: 存栏300头, 造林2万亩, 带动800户, 总投资4.4亿元.
#pragma once

#include <huoshui/domain/project.hpp>
#include <vector>

namespace huoshui::detail {

struct WordFact {
  Fact fact;                // origin inferred, without its place
  std::string_view column;  // where the words stand
};

// Return one fact for each key that exactly one mention in the texts of the project gives; a second mention
// of the same kind, 余, 多 or 几 leaves it open. Stated facts are not looked at: the caller offers.
std::vector<WordFact> facts_in_words(const Project& project);

}  // namespace huoshui::detail
