#include "catalogue/detail/terms.hpp"

#include <algorithm>
#include <map>

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

class RuleMaker {
 public:
  explicit RuleMaker(const Product& product) : product_(product) {}

  void add(RuleTopic topic, std::string_view suffix, Condition condition, std::string zh, std::string en,
           Strength strength = Strength::must) {
    Rule rule;
    rule.id = product_.id + "." + std::string(suffix);
    rule.topic = topic;
    rule.strength = strength;
    rule.condition = std::move(condition);
    rule.text_zh = std::move(zh);
    rule.text_en = std::move(en);
    rule.citation.source = "产品手册 " + product_.id + " " + product_.name;
    rule.citation.effective_from = product_.published_on;
    rules_.push_back(std::move(rule));
  }

  void add_codes(RuleTopic topic, FactKey key, const CodeTerm& term) {
    if (!term.stated()) return;
    add(topic, to_string(topic), Condition::member_of(key, term.test),
        std::string(info(key).name_zh) + "限于：" + term.text,
        std::string(info(key).name_en) + " in: " + term.text);
  }

  [[nodiscard]] std::vector<Rule> take() && { return std::move(rules_); }

 private:
  const Product& product_;
  std::vector<Rule> rules_;
};

bool caps_amount(const Condition& c) {
  if (c.kind == Condition::Kind::all) return std::any_of(c.parts.begin(), c.parts.end(), caps_amount);
  if (c.kind == Condition::Kind::any)
    return !c.parts.empty() && std::all_of(c.parts.begin(), c.parts.end(), caps_amount);
  return c.kind == Condition::Kind::compare && c.key == FactKey::financing_need && !c.limit_key &&
         (c.comparison == Comparison::at_most || c.comparison == Comparison::less ||
          c.comparison == Comparison::equal);
}

/// Tiered terms beat the flat column: a must condition of alternatives, each with its own cap on the amount.
bool limits_amount_by_tier(const Product& product) {
  return std::any_of(product.conditions.begin(), product.conditions.end(), [](const ProductCondition& c) {
    return c.strength == Strength::must && c.condition.kind == Condition::Kind::any &&
           caps_amount(c.condition);
  });
}

}  // namespace

std::vector<Rule> rules_of(const Product& product) {
  RuleMaker maker(product);
  maker.add_codes(RuleTopic::region, FactKey::region, product.regions);
  maker.add_codes(RuleTopic::borrower, FactKey::borrower, product.borrowers);
  maker.add_codes(RuleTopic::industry, FactKey::industry, product.industries);
  maker.add_codes(RuleTopic::use, FactKey::use, product.uses);
  maker.add_codes(RuleTopic::security, FactKey::security, product.securities);
  if (product.amount.has_min()) {
    maker.add(RuleTopic::amount_min, "amount_min",
              Condition::at_least(FactKey::financing_need, product.amount.min),
              "融资需求不低于" + format_money(product.amount.min),
              "need at least " + format_money(product.amount.min));
  }
  if (product.amount.has_max() && !limits_amount_by_tier(product)) {
    maker.add(RuleTopic::amount_max, "amount_max",
              Condition::at_most(FactKey::financing_need, product.amount.max),
              "融资需求不超过" + format_money(product.amount.max),
              "need at most " + format_money(product.amount.max));
  }
  if (product.tenor.has_min()) {
    maker.add(RuleTopic::tenor_min, "tenor_min", Condition::at_least(FactKey::tenor, product.tenor.min),
              "期限不短于" + months_zh(product.tenor.min),
              "tenor at least " + std::to_string(product.tenor.min) + " months");
  }
  if (product.tenor.has_max()) {
    maker.add(RuleTopic::tenor_max, "tenor_max", Condition::at_most(FactKey::tenor, product.tenor.max),
              "期限不超过" + months_zh(product.tenor.max),
              "tenor at most " + std::to_string(product.tenor.max) + " months");
  }
  if (product.loan_to_value_max) {
    maker.add(RuleTopic::loan_to_value, "loan_to_value",
              Condition::at_most(FactKey::loan_to_value, *product.loan_to_value_max),
              "抵质押率不超过" + percent(*product.loan_to_value_max),
              "loan to value at most " + percent(*product.loan_to_value_max));
  }
  std::map<Strength, int> count;
  for (const auto& c : product.conditions) {
    const std::string suffix = std::string(to_string(c.strength)) + "_" + std::to_string(++count[c.strength]);
    maker.add(RuleTopic::condition, suffix, c.condition, c.text, c.text, c.strength);
  }
  return std::move(maker).take();
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

struct Bounds {
  std::int64_t min = Interval::kNoMin, max = Interval::kNoMax;
};

/// Narrow by the comparisons that must hold whatever else does; alternatives are not searched.
void narrow(const Condition& c, std::map<FactKey, Bounds>& bounds) {
  if (c.kind == Condition::Kind::all) {
    for (const auto& part : c.parts) narrow(part, bounds);
  }
  if (c.kind != Condition::Kind::compare || c.limit_key) return;
  auto& b = bounds[c.key];
  switch (c.comparison) {
    case Comparison::at_most:
      b.max = std::min(b.max, c.limit);
      break;
    case Comparison::less:
      b.max = std::min(b.max, c.limit - 1);
      break;
    case Comparison::at_least:
      b.min = std::max(b.min, c.limit);
      break;
    case Comparison::greater:
      b.min = std::max(b.min, c.limit + 1);
      break;
    case Comparison::equal:
      b.min = std::max(b.min, c.limit);
      b.max = std::min(b.max, c.limit);
      break;
  }
}

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
  std::map<FactKey, Bounds> bounds;
  for (const auto& rule : rules_of(product)) {
    if (rule.strength == Strength::must) narrow(rule.condition, bounds);
  }
  for (const auto& [key, b] : bounds) {
    if (b.min > b.max) {
      contradiction(product, to_string(key),
                    "对“" + std::string(info(key).name_zh) + "”的几条必备条件不可能同时满足", issues);
    }
  }
}

}  // namespace huoshui::detail
