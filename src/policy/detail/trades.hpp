// Which entries of GB/T 4754-2017 (prefix form) a regulation means. A code is judged by its longest prefix in
// a table; a code wider than some entries also stands for those.
#pragma once

#include <span>
#include <string_view>

namespace huoshui::policy_detail {

struct Trade {
  std::string_view prefix;
  std::string_view series;  // a parameter series, a sector word, or empty
};

// project_capital_min.<series>; two lines of one prefix: the trade is partly the one, partly the other.
[[nodiscard]] std::span<const Trade> capital_trades();
// 补短板基础设施: where the bank may grant up to five points
[[nodiscard]] std::span<const std::string_view> relief_trades();
// sme_size.<series>; empty: the standard leaves the trade out
[[nodiscard]] std::span<const Trade> size_trades();
// 农林牧渔业 and clear cases of 支农
[[nodiscard]] std::span<const std::string_view> farm_trades();
// trades that stand as a whole in the green catalogues of 2019 and 2024
[[nodiscard]] std::span<const std::string_view> green_trades();

}  // namespace huoshui::policy_detail
