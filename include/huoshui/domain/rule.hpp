/// Room domain. A Rule is a condition with a strength, an id and a citation: what a product or a regulation
/// asks. Law: must refuses; should (原则上, 一般) only cautions; prefer only moves points. Fail-closed rules
/// never let the unknown pass. Example: `Rule{"P026.amount_max", RuleTopic::amount_max, Strength::must, …}`.
#pragma once

#include <huoshui/domain/condition.hpp>
#include <string>
#include <string_view>

namespace huoshui {

enum class Strength : std::uint8_t { must, should, prefer };
[[nodiscard]] std::string_view to_string(Strength strength);

/// What a rule is about; keys the message templates.
enum class RuleTopic : std::uint8_t {
  region,
  borrower,
  industry,
  use,
  amount_min,
  amount_max,
  tenor_min,
  tenor_max,
  security,
  loan_to_value,
  condition,  ///< written in the condition language
  government_debt,
  project_capital,
  tenor_rule,
  microcredit,
  policy,
};
[[nodiscard]] std::string_view to_string(RuleTopic topic);

/// Where a rule stands: a handbook row, or a regulation and its clause.
struct Citation {
  std::string source;    ///< `产品手册 P026` or the regulation's name
  std::string document;  ///< document number, e.g. 国家金融监督管理总局令2024年第1号
  std::string clause;
  std::string key;             ///< policy key, e.g. fixed_asset_loan.tenor_general_max_years
  std::string effective_from;  ///< ISO date, empty when it does not apply

  bool operator==(const Citation&) const = default;
};
/// Print a citation in one line.
[[nodiscard]] std::string to_string(const Citation& citation);

struct Rule {
  std::string id;
  RuleTopic topic = RuleTopic::condition;
  Strength strength = Strength::must;
  Condition condition;
  std::string text_zh;  ///< the rule in words, one clause without full stop
  std::string text_en;
  Citation citation;
  /// Guards against hidden public debt or broken title: the unknown is undecided even when inferred facts say
  /// yes.
  bool fails_closed = false;
  /// No row of its series is in force on the day: reported as not tested, never as passed.
  bool not_in_force = false;

  bool operator==(const Rule&) const = default;
};

}  // namespace huoshui
