// Seeded random worlds that stretch every corner of the engine: ranges and open ends, several codes, open
// lists, wider codes, inferred facts, trees on one key and on several, public-debt marks, long names; on
// request products with many rules and long names, which are rare.
#pragma once

#include <generate.hpp>

namespace huoshui::testing {

class WideGenerator {
 public:
  explicit WideGenerator(std::uint32_t seed) : base_(seed) {}

  std::size_t below(std::size_t n) { return base_.below(n); }
  bool chance(int percent) { return base_.chance(percent); }

  std::int64_t fen() {
    static constexpr std::int64_t kWan[] = {0, 5, 10, 30, 50, 99, 100, 101, 300, 500, 1'000, 5'000, 100'000};
    return kWan[below(std::size(kWan))] * kFenPerWan + (chance(10) ? 1 : 0) - (chance(5) ? 1 : 0);
  }
  std::int64_t number(FactKey key) {
    switch (info(key).kind) {
      case FactKind::money:
        return fen();
      case FactKind::months:
        return static_cast<std::int64_t>(below(3) == 0 ? below(400) : 12 * (1 + below(10)));
      case FactKind::boolean:
        return static_cast<std::int64_t>(below(2));
      default:
        return static_cast<std::int64_t>(below(60)) * 25'000;
    }
  }
  Interval range(FactKey key) {
    const std::int64_t a = number(key), b = number(key);
    switch (below(10)) {
      case 0:
        return Interval::between(a, b);
      case 1:
        return Interval::at_least(a);
      case 2:
        return Interval::at_most(a);
      case 3:
        return chance(20) ? Interval{} : Interval::between(a, a + 1);
      default:
        return Interval::exactly(a);
    }
  }

  std::string code(FactKey key) {
    static const std::vector<std::string> regions{"44",         "4416",   "441602", "441621", "441625",
                                                  "441625100",  "4401",   "440103", "43",     "441",
                                                  "4416251001", "000000", "44162"};
    static const std::vector<std::string> trades{"A",     "A01", "A016", "A0164", "A0311", "D",     "D46",
                                                 "D4610", "E48", "C13",  "C1310", "ZZ",    "A01640"};
    static const std::vector<std::string> borrowers{
        "farm_household",         "cooperative",        "enterprise",
        "platform_company",       "private_enterprise", "soe",
        "small_micro_enterprise", "government",         "unheard"};
    static const std::vector<std::string> securities{
        "credit", "real_estate", "guarantee", "government_guarantee", "pledge", "unheard"};
    static const std::vector<std::string> measures{"1", "5", "6", "7", "12", "13", "V", "W2", "99"};
    static const std::vector<std::string> uses{"project_construction", "working_capital",
                                               "equipment_purchase"};
    static const std::vector<std::string> repayments{"fiscal_subsidy", "operating_income",
                                                     "government_purchase"};
    const std::vector<std::string>& from = key == FactKey::region     ? regions
                                           : key == FactKey::industry ? trades
                                           : key == FactKey::borrower ? borrowers
                                           : key == FactKey::security ? securities
                                           : key == FactKey::measure  ? measures
                                           : key == FactKey::use      ? uses
                                                                      : repayments;
    return base_.pick(from);
  }

  Fact fact(FactKey key) {
    Fact out;
    out.key = key;
    if (info(key).kind == FactKind::codes) {
      std::size_t several = chance(25) ? 2 + below(2) : 1;
      if (chance(3)) several = 0;
      for (; several > 0; --several) out.codes.emplace_back(code(key));
      out.codes_open = chance(12);
    } else {
      out.range =
          info(key).kind == FactKind::boolean && !chance(5) ? Interval::exactly(number(key)) : range(key);
    }
    out.origin = chance(15) ? Origin::inferred : chance(10) ? Origin::derived : Origin::stated;
    return out;
  }

  std::string words() {
    static const std::vector<std::string> some{"乡村", "振兴", "贷款",  "水利", "茶叶",
                                               "加工", "、",   "road ", "A1 "};
    std::string out;
    for (std::size_t i = below(7); i > 0; --i) out += base_.pick(some);
    return out;
  }

  static const std::vector<FactKey>& keys() {
    static const std::vector<FactKey> all{FactKey::financing_need,
                                          FactKey::tenor,
                                          FactKey::region,
                                          FactKey::industry,
                                          FactKey::borrower,
                                          FactKey::security,
                                          FactKey::measure,
                                          FactKey::use,
                                          FactKey::repayment_source,
                                          FactKey::insured,
                                          FactKey::total_investment,
                                          FactKey::own_capital,
                                          FactKey::collateral_value,
                                          FactKey::long_cash_cycle,
                                          FactKey::high_level_approval,
                                          FactKey::cashflow_covers_debt,
                                          FactKey::hidden_debt,
                                          FactKey::hidden_debt_checked,
                                          FactKey::budget_evidence,
                                          FactKey::title_clear,
                                          FactKey::borrowed_capital,
                                          FactKey::revenue,
                                          FactKey::employees,
                                          FactKey::own_capital_ratio,
                                          FactKey::policy_bound_borrower,
                                          FactKey::government_letter};
    return all;
  }

  Project project(std::string id, int blank) {
    Project out = a_project(std::move(id));
    out.name += words();
    if (chance(60)) out.texts.push_back({"content", words()});
    if (chance(30)) out.texts.push_back({"category", words()});
    out.affinity = base_.affinity();
    const bool friendly = chance(50);
    for (const FactKey key : keys()) {
      if (!chance(blank)) out.facts.set(fact(key));
    }
    if (friendly) {
      out.facts.set(number_fact(FactKey::policy_bound_borrower, Interval::exactly(0)));
      out.facts.set(number_fact(FactKey::title_clear, Interval::exactly(1)));
    }
    out.is_collection = chance(2);
    return out;
  }

  CodeTest test(FactKey key, bool prefix) {
    std::vector<std::string> named;
    for (std::size_t i = 1 + below(3); i > 0; --i) named.push_back(code(key));
    CodeTest out = prefix ? prefixes(named, chance(20)) : testing::words(named, chance(20));
    if (!prefix && chance(40)) out.inside.emplace_back(code(key));
    if (!prefix && chance(40)) out.above.emplace_back(code(key));
    return out;
  }

  Condition atom() {
    static const std::vector<FactKey> numbers{FactKey::financing_need,    FactKey::tenor,
                                              FactKey::insured,           FactKey::revenue,
                                              FactKey::own_capital_ratio, FactKey::loan_to_value};
    static const std::vector<FactKey> lists{FactKey::region,   FactKey::industry, FactKey::borrower,
                                            FactKey::security, FactKey::use,      FactKey::measure};
    switch (below(8)) {
      case 0:
        return Condition::compare_facts(FactKey::financing_need,
                                        Comparison{static_cast<std::uint8_t>(below(5))},
                                        chance(50) ? FactKey::own_capital : FactKey::revenue);
      case 1:
      case 2:
      case 3: {
        const FactKey key = base_.pick(lists);
        const bool prefix = key == FactKey::region || key == FactKey::industry;
        return Condition::member_of(key, test(key, chance(5) ? !prefix : prefix));
      }
      default: {
        const FactKey key = base_.pick(numbers);
        return Condition::compare_with(key, Comparison{static_cast<std::uint8_t>(below(5))}, number(key));
      }
    }
  }
  Condition condition(int depth) {
    if (depth == 0 || chance(50)) return atom();
    if (chance(3)) return chance(50) ? Condition::all_of({}) : Condition::any_of({});
    std::vector<Condition> parts{condition(depth - 1), condition(depth - 1)};
    if (chance(40)) {  // a tree on one key
      const auto first = keys_of(parts[0]);
      for (int tries = 0; tries < 20 && keys_of(parts[1]) != first; ++tries) parts[1] = condition(depth - 1);
    }
    const auto kind = below(3);
    if (kind == 0) return Condition::all_of(std::move(parts));
    if (kind == 1) return Condition::any_of(std::move(parts));
    return Condition::negation_of(std::move(parts.front()));
  }

  Product product(std::string id) {
    ProductBuilder builder(std::move(id));
    builder.as(chance(40) ? Instrument::agricultural_insurance
                          : Instrument{static_cast<std::uint8_t>(below(kInstrumentCount))});
    if (chance(60)) builder.up_to(static_cast<std::int64_t>(1 + below(60)) * 10);
    if (chance(30)) builder.from(static_cast<std::int64_t>(1 + below(10)));
    if (chance(60)) builder.at_most_months(static_cast<std::int64_t>(1 + below(10)) * 12);
    if (chance(20)) builder.at_least_months(static_cast<std::int64_t>(1 + below(12)));
    if (chance(60)) builder.rate(static_cast<std::int64_t>(20'000 + below(120'000)));
    for (std::size_t i = below(3); i > 0; --i)
      builder.asking(Strength{static_cast<std::uint8_t>(below(3))}, condition(2));
    Product out = builder;
    out.name += words();
    if (chance(50)) out.regions = {test(FactKey::region, true), chance(20) ? "全国" : "地区"};
    if (chance(50)) out.industries = {test(FactKey::industry, true), words()};
    if (chance(50)) out.borrowers = {test(FactKey::borrower, false), "借款人"};
    if (chance(40)) out.securities = {test(FactKey::security, false), "担保"};
    if (chance(30)) out.uses = {test(FactKey::use, false), "用途"};
    for (std::size_t i = below(3); i > 0; --i) out.measures.emplace_back(code(FactKey::measure));
    if (chance(30)) out.loan_to_value_max = static_cast<std::int64_t>(1 + below(20)) * 50'000;
    if (chance(30)) out.approval_days = static_cast<std::int64_t>(below(80));
    out.confidence = Confidence{static_cast<std::uint8_t>(below(4))};
    return out;
  }

  /// Such a text shares pairs with others of its kind and has more of them than the engine's tables are for.
  std::string long_words() {
    static const std::vector<std::string> some{"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸",
                                               "子", "丑", "寅", "卯", "辰", "巳", "午", "未", "申", "酉"};
    std::string out;
    for (std::size_t i = 20 + below(80); i > 0; --i) out += base_.pick(some);
    return out;
  }

  /// A condition that most projects leave open or fulfil, so that a product may have many.
  Condition mild_condition() {
    const auto far = static_cast<std::int64_t>(below(200));
    switch (below(6)) {
      case 0:
        return Condition::at_most(FactKey::financing_need, (2'000'000 + far) * kFenPerWan);
      case 1:
        return Condition::at_most(FactKey::tenor, 400 + far);
      case 2:
        return Condition::compare_with(FactKey::revenue, Comparison::greater, -1 - far);
      case 3:  // on one number, not in one direction
        return Condition::any_of({Condition::compare_with(FactKey::employees, Comparison::less, far),
                                  Condition::compare_with(FactKey::employees, Comparison::at_least, 1)});
      case 4:  // on two keys: judged as it stands
        return Condition::any_of({Condition::at_most(FactKey::tenor, 400 + far), atom()});
      default:
        return Condition::negation_of(Condition::member_of(
            FactKey::security, testing::words({"nothing_of_" + std::to_string(far)}, chance(20))));
    }
  }

  /// A product with so many rules of one strength, and a few of the others.
  Product crowded_product(std::string id, Strength strength, std::size_t rules) {
    Product out = product(std::move(id));
    if (chance(70)) out = ProductBuilder(out.id);
    for (; rules > 0; --rules) out.conditions.push_back({strength, mild_condition(), "条件", {}});
    if (chance(50)) out.name += long_words();
    return out;
  }

  /// Tell whether a catalogue takes the product: a random set of conditions may contradict itself.
  static bool is_consistent(const Product& product) {
    static const Catalogue none = compiled({});  // an update judges the product alone, sooner than compile
    return none.with(product).has_value();
  }

  std::vector<Product> products(std::size_t count) {
    std::vector<Product> out;
    for (std::size_t i = 0; i < count; ++i) {
      Product next = product("X" + std::to_string(10'000 + i));
      if (is_consistent(next)) out.push_back(std::move(next));
    }
    return out;
  }
  /// Exactly so many, some with long names.
  std::vector<Product> exactly(std::size_t count) {
    std::vector<Product> out;
    for (std::size_t i = 0; out.size() < count; ++i) {
      Product next = product("X" + std::to_string(10'000 + i));
      if (chance(20)) next.name += long_words();
      if (is_consistent(next)) out.push_back(std::move(next));
    }
    return out;
  }
  /// Products of which one in `one_in` has `rules` rules of a kind.
  std::vector<Product> crowded_products(std::size_t count, std::size_t one_in, std::size_t rules) {
    std::vector<Product> out;
    for (std::size_t i = 0; i < count; ++i) {
      const std::string id = "X" + std::to_string(10'000 + i);
      Product next = below(one_in) == 0
                         ? crowded_product(id, Strength{static_cast<std::uint8_t>(below(3))}, rules)
                         : product(id);
      if (is_consistent(next)) out.push_back(std::move(next));
    }
    return out;
  }

  /// A card whose whole weight lies on a few criteria.
  Scorecard lopsided_card() {
    std::array<int, kCriterionCount> weights{};
    int left = kWeightTotal;
    while (left > 0) {
      const int some = std::min(left, static_cast<int>(1 + below(kWeightTotal)));
      weights[below(kCriterionCount)] += some;
      left -= some;
    }
    return Scorecard::make("lopsided", "偏", weights).value();
  }

  std::vector<Project> projects(std::size_t count, int blank) {
    std::vector<Project> out;
    for (std::size_t i = 0; i < count; ++i) out.push_back(project("P" + std::to_string(10'000 + i), blank));
    return out;
  }
  /// Projects whose texts share pairs with long product names.
  std::vector<Project> wordy_projects(std::size_t count, int blank) {
    auto out = projects(count, blank);
    for (auto& project : out) {
      if (chance(70)) project.texts.push_back({"industry", long_words()});
    }
    return out;
  }

  std::mt19937& random() { return base_.random(); }

 private:
  Generator base_;
};

}  // namespace huoshui::testing
