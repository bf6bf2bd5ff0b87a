#include "catalogue/detail/terms.hpp"

#include <algorithm>
#include <utility>

namespace huoshui::detail {
namespace {

std::string months_zh(std::int64_t months) {
  return months % 12 == 0 ? std::to_string(months / 12) + "年" : std::to_string(months) + "个月";
}

std::string percent(std::int64_t millionths) {
  std::string out = std::to_string(millionths / 10'000);
  std::string fraction = std::to_string(10'000 + millionths % 10'000).substr(1);
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  return (fraction.empty() ? out : out + "." + fraction) + "%";
}

bool caps_amount(const Condition& c) {
  if (c.kind == Condition::Kind::all) return std::any_of(c.parts.begin(), c.parts.end(), caps_amount);
  if (c.kind == Condition::Kind::any)
    return !c.parts.empty() && std::all_of(c.parts.begin(), c.parts.end(), caps_amount);
  return c.kind == Condition::Kind::compare && c.key == FactKey::financing_need && !c.limit_key &&
         (c.comparison == Comparison::at_most || c.comparison == Comparison::less ||
          c.comparison == Comparison::equal);
}

struct Words {
  std::string suffix, zh, en;
};

Words words_of(const Term& term) {
  if (term.written != nullptr) {
    const std::string& text = term.written->text;
    return {std::string(to_string(term.strength)) + "_" + std::to_string(term.number), text, text};
  }
  std::string suffix(to_string(term.topic));
  if (term.codes != nullptr) {
    return {std::move(suffix), std::string(info(term.key).name_zh) + "限于：" + term.codes->text,
            std::string(info(term.key).name_en) + " in: " + term.codes->text};
  }
  const bool least = term.comparison == Comparison::at_least;
  switch (term.key) {
    case FactKey::financing_need: {
      const std::string amount = format_money(term.limit);
      return {std::move(suffix), (least ? "融资需求不低于" : "融资需求不超过") + amount,
              (least ? "need at least " : "need at most ") + amount};
    }
    case FactKey::tenor:
      return {std::move(suffix), (least ? "期限不短于" : "期限不超过") + months_zh(term.limit),
              (least ? "tenor at least " : "tenor at most ") + std::to_string(term.limit) + " months"};
    default:
      return {std::move(suffix), "抵质押率不超过" + percent(term.limit),
              "loan to value at most " + percent(term.limit)};
  }
}

}  // namespace

bool limits_amount_by_tier(const Product& product) {
  return std::any_of(product.conditions.begin(), product.conditions.end(), [](const ProductCondition& c) {
    return c.strength == Strength::must && c.condition.kind == Condition::Kind::any &&
           caps_amount(c.condition);
  });
}

Condition condition_of(const Term& term) {
  if (term.written != nullptr) return term.written->condition;
  if (term.codes != nullptr) return Condition::member_of(term.key, term.codes->test);
  return Condition::compare_with(term.key, term.comparison, term.limit);
}

std::vector<Rule> rules_of(const Product& product) {
  std::vector<Rule> rules;
  for_each_term(product, [&](const Term& term) {
    Words words = words_of(term);
    Rule& rule = rules.emplace_back();
    rule.id = product.id + "." + words.suffix;
    rule.topic = term.topic;
    rule.strength = term.strength;
    rule.condition = condition_of(term);
    rule.text_zh = std::move(words.zh);
    rule.text_en = std::move(words.en);
    rule.citation.source = "产品手册 " + product.id + " " + product.name;
    rule.citation.effective_from = product.published_on;
  });
  return rules;
}

namespace {

void contradiction(const Product& product, std::string_view column, std::string found,
                   std::vector<Issue>& issues) {
  issues.push_back(
      {.code = IssueCode::contradictory_terms,
       .place = product.place,
       .column = std::string(column),
       .found = found,
       .expected = "terms that at least one project could satisfy",
       .message = "产品“" + product.id + " " + product.name + "”的条款互相矛盾：" + found + "，请核对手册"});
}

/// The numbers that the must terms of one product leave, by key.
class Bounds {
 public:
  void narrow(FactKey key, Comparison comparison, std::int64_t limit) {
    Interval& left = of(key);
    switch (comparison) {
      case Comparison::at_most:
        left.max = std::min(left.max, limit);
        break;
      case Comparison::less:
        left.max = std::min(left.max, limit - 1);
        break;
      case Comparison::at_least:
        left.min = std::max(left.min, limit);
        break;
      case Comparison::greater:
        left.min = std::max(left.min, limit + 1);
        break;
      case Comparison::equal:
        left.min = std::max(left.min, limit);
        left.max = std::min(left.max, limit);
        break;
    }
  }
  /// Narrow by the comparisons that must hold whatever else does; alternatives are not searched.
  void narrow(const Condition& c) {
    if (c.kind == Condition::Kind::all) {
      for (const auto& part : c.parts) narrow(part);
    } else if (c.kind == Condition::Kind::compare && !c.limit_key) {
      narrow(c.key, c.comparison, c.limit);
    }
  }
  /// The keys for which no number is left, in their order.
  [[nodiscard]] std::vector<FactKey> empty() const {
    std::vector<FactKey> keys;
    for (const auto& [key, left] : left_) {
      if (left.min > left.max) keys.push_back(key);
    }
    std::sort(keys.begin(), keys.end());
    return keys;
  }

 private:
  Interval& of(FactKey key) {
    const auto at = std::find_if(left_.begin(), left_.end(), [&](const auto& l) { return l.first == key; });
    return at != left_.end() ? at->second : left_.emplace_back(key, Interval{}).second;
  }
  std::vector<std::pair<FactKey, Interval>> left_;  // a handful
};

}  // namespace

void check_terms(const Product& product, std::vector<Issue>& issues) {
  const std::size_t before = issues.size();
  if (product.amount.min > product.amount.max) {
    contradiction(
        product, "amount_min",
        "最低金额" + format_money(product.amount.min) + "高于最高金额" + format_money(product.amount.max),
        issues);
  }
  if (product.tenor.min > product.tenor.max) {
    contradiction(product, "tenor_min",
                  "最短期限" + months_zh(product.tenor.min) + "长于最长期限" + months_zh(product.tenor.max),
                  issues);
  }
  if (product.rate.min > product.rate.max) {
    contradiction(product, "rate_min",
                  "最低利率" + percent(product.rate.min) + "高于最高利率" + percent(product.rate.max),
                  issues);
  }
  if (issues.size() != before) return;
  Bounds bounds;
  for_each_term(product, [&](const Term& term) {
    if (term.strength != Strength::must) return;
    if (term.written != nullptr) bounds.narrow(term.written->condition);
    if (term.is_number()) bounds.narrow(term.key, term.comparison, term.limit);
  });
  for (const FactKey key : bounds.empty()) {
    contradiction(product, to_string(key),
                  "对“" + std::string(info(key).name_zh) + "”的几条必备条件不可能同时满足", issues);
  }
}

}  // namespace huoshui::detail
