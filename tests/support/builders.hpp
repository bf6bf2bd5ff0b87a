// Builders for tests: `a_project().in("441625").asking(150)`, `a_product("X1").up_to(500)`.
#pragma once

#include <huoshui/catalogue/catalogue.hpp>
#include <huoshui/policy/policy.hpp>
#include <string>
#include <utility>

namespace huoshui::testing {

inline Policy policy_on(std::string_view day, LowConfidence low = LowConfidence::off) {
  return PolicyPack::bundled().at(parse_date(day).value(), {low}).value();
}

inline Fact number_fact(FactKey key, Interval range, Origin origin = Origin::stated) {
  Fact fact;
  fact.key = key;
  fact.range = range;
  fact.origin = origin;
  return fact;
}

inline Fact code_fact(FactKey key, std::vector<std::string> codes, Origin origin = Origin::stated,
                      bool open = false) {
  Fact fact;
  fact.key = key;
  fact.origin = origin;
  fact.codes_open = open;
  for (auto& code : codes) fact.codes.emplace_back(std::move(code));
  return fact;
}

/// A word list in which every entry stands alone.
inline CodeTest words(std::vector<std::string> codes, bool open = false) {
  CodeTest test;
  for (auto& code : codes) test.named.emplace_back(std::move(code));
  test.inside = test.named;
  test.open = open;
  return test;
}

/// A list whose ancestors are prefixes: regions, industries.
inline CodeTest prefixes(std::vector<std::string> codes, bool open = false) {
  CodeTest test = words(std::move(codes), open);
  test.prefix_form = true;
  return test;
}

class ProjectBuilder {
 public:
  explicit ProjectBuilder(std::string id) {
    project_.id = id;
    project_.name = "项目" + id;
  }
  ProjectBuilder& in(std::string region) { return with(code_fact(FactKey::region, {std::move(region)})); }
  ProjectBuilder& asking(std::int64_t wan) {
    return with(number_fact(FactKey::financing_need, Interval::exactly(wan * kFenPerWan)));
  }
  ProjectBuilder& investing(std::int64_t wan) {
    return with(number_fact(FactKey::total_investment, Interval::exactly(wan * kFenPerWan)));
  }
  ProjectBuilder& with_own(std::int64_t wan) {
    return with(number_fact(FactKey::own_capital, Interval::exactly(wan * kFenPerWan)));
  }
  ProjectBuilder& for_months(std::int64_t months) {
    return with(number_fact(FactKey::tenor, Interval::exactly(months)));
  }
  ProjectBuilder& borrowed_by(std::string code) {
    return with(code_fact(FactKey::borrower, {std::move(code)}));
  }
  ProjectBuilder& secured_by(std::string code) {
    return with(code_fact(FactKey::security, {std::move(code)}));
  }
  ProjectBuilder& in_trade(std::string code) { return with(code_fact(FactKey::industry, {std::move(code)})); }
  ProjectBuilder& saying(FactKey key, bool truth) {
    return with(number_fact(key, Interval::exactly(truth ? 1 : 0)));
  }
  ProjectBuilder& with(Fact fact) {
    project_.facts.set(std::move(fact));
    return *this;
  }
  operator Project() const { return project_; }  // NOLINT(google-explicit-constructor)
  [[nodiscard]] Project build() const { return project_; }

 private:
  Project project_;
};
inline ProjectBuilder a_project(std::string id = "P1") { return ProjectBuilder(std::move(id)); }

class ProductBuilder {
 public:
  explicit ProductBuilder(std::string id) {
    product_.id = id;
    product_.name = "产品" + id;
    product_.institution = "示例银行甲";
    product_.instrument = Instrument::agricultural_insurance;  // no policy gates unless a test asks for them
    product_.confidence = Confidence::illustrative;
  }
  ProductBuilder& as(Instrument instrument) { return product_.instrument = instrument, *this; }
  ProductBuilder& for_region(std::vector<std::string> codes, bool open = false) {
    product_.regions = {prefixes(std::move(codes), open), "地区"};
    return *this;
  }
  ProductBuilder& for_trades(std::vector<std::string> codes, bool open = false) {
    product_.industries = {prefixes(std::move(codes), open), "行业"};
    return *this;
  }
  ProductBuilder& for_borrowers(std::vector<std::string> codes, bool open = false) {
    product_.borrowers = {words(std::move(codes), open), "借款人"};
    return *this;
  }
  ProductBuilder& resting_on(std::vector<std::string> codes) {
    product_.securities = {words(std::move(codes)), "担保"};
    return *this;
  }
  ProductBuilder& from(std::int64_t wan) { return product_.amount.min = wan * kFenPerWan, *this; }
  ProductBuilder& up_to(std::int64_t wan) { return product_.amount.max = wan * kFenPerWan, *this; }
  ProductBuilder& at_most_months(std::int64_t months) { return product_.tenor.max = months, *this; }
  ProductBuilder& at_least_months(std::int64_t months) { return product_.tenor.min = months, *this; }
  ProductBuilder& rate(std::int64_t millionths) {
    return product_.rate = Interval::exactly(millionths), *this;
  }
  ProductBuilder& asking(Strength strength, Condition condition) {
    product_.conditions.push_back({strength, std::move(condition), "条件", {}});
    return *this;
  }
  operator Product() const { return product_; }  // NOLINT(google-explicit-constructor)
  [[nodiscard]] Product build() const { return product_; }

 private:
  Product product_;
};
inline ProductBuilder a_product(std::string id = "X1") { return ProductBuilder(std::move(id)); }

inline Catalogue compiled(std::vector<Product> products, std::string_view day = "2024-08-01",
                          const Scorecard& scorecard = Scorecard::standard()) {
  return Catalogue::compile(std::move(products), policy_on(day), scorecard).value();
}

}  // namespace huoshui::testing
