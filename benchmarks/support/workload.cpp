#include "support/workload.hpp"

#include <algorithm>
#include <cmath>
#include <huoshui/policy/policy.hpp>

namespace huoshui::bench {
namespace {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {  // splitmix64
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }
  bool chance(int percent) { return below(100) < static_cast<std::size_t>(percent); }
  std::int64_t between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(below(static_cast<std::size_t>(high - low + 1)));
  }

 private:
  std::uint64_t state_;
};

/// Rank r is drawn in proportion to 1 / (r + 1)^exponent.
class Zipf {
 public:
  Zipf(std::size_t n, double exponent) {
    double sum = 0;
    for (std::size_t r = 0; r < n; ++r)
      ends_.push_back(sum += std::pow(static_cast<double>(r + 1), -exponent));
    for (double& end : ends_) end /= sum;
  }
  std::size_t draw(Random& random) const {
    const double u = static_cast<double>(random.next() >> 11) * 0x1.0p-53;
    return static_cast<std::size_t>(std::upper_bound(ends_.begin(), ends_.end() - 1, u) - ends_.begin());
  }

 private:
  std::vector<double> ends_;
};

constexpr std::string_view kBorrowers[] = {
    "private_enterprise",      "cooperative",      "family_farm",   "farm_household",  "individual_business",
    "leading_agri_enterprise", "rural_collective", "forest_farmer", "platform_company"};
constexpr std::string_view kSecurities[] = {
    "credit",    "guarantee",  "real_estate",    "government_guarantee",
    "equipment", "receivable", "forest_right",   "land_operation_right",
    "inventory", "livestock",  "purchase_order", "water_right"};
constexpr std::string_view kUses[] = {"project_construction", "working_capital", "equipment_purchase",
                                      "raw_material_purchase"};
// Amounts on a rising scale, in 万元.
constexpr std::int64_t kAmounts[] = {5,   10,  20,  30,   50,   80,   100,  150,    200,
                                     300, 500, 800, 1000, 2000, 3000, 5000, 10'000, 30'000};

/// What sets one spread apart from another. The draws themselves are the same, in the same order.
struct Shape {
  double county, trade, measure, borrower, security;  // Zipf exponents
  int narrow;                                         // percent of products bound to counties
  int cities;                                         // percent of the others bound to cities
  std::size_t most_counties, most_cities, most_trades, most_borrowers, most_securities;
  int years, debt, good_credit;  // percent of products with such a must condition
  int known_good;                // percent of yes-or-no facts that are yes
};

constexpr Shape shape_of(Spread spread) {
  switch (spread) {
    case Spread::zipf:
      return {1.25, 1.15, 1.35, 1.4, 1.1, 50, 70, 40, 6, 24, 4, 5, 60, 60, 40, 80};
    case Spread::broad:
      return {0.3, 0.5, 0.2, 0.4, 0.3, 0, 5, 60, 10, 170, 14, 20, 20, 20, 10, 95};
    case Spread::sharp:
      return {0.3, 0.5, 0.2, 0.4, 0.3, 35, 80, 32, 5, 32, 4, 6, 65, 65, 55, 75};
  }
  return {};
}

Vocabulary make_vocabulary() {
  Vocabulary out;
  {
    const Regions& regions = Regions::bundled();
    for (int city = 1; city <= 53; ++city) {
      for (int county = 0; county <= 99; ++county) {
        const std::string code = "44" + std::string(city < 10 ? "0" : "") + std::to_string(city) +
                                 (county < 10 ? "0" : "") + std::to_string(county);
        if (regions.find(Code(code)) != nullptr) out.counties.push_back(code);
      }
    }
    const Industries& industries = Industries::bundled();
    for (char section = 'A'; section <= 'T'; ++section) {
      for (int division = 1; division <= 97; ++division) {
        const std::string code =
            std::string(1, section) + (division < 10 ? "0" : "") + std::to_string(division);
        if (!industries.name(Code(code)).empty()) out.trades.push_back(code);
      }
    }
  }
  for (int measure = 1; measure <= 13; ++measure) out.measures.push_back(std::to_string(measure));
  out.borrowers.assign(std::begin(kBorrowers), std::end(kBorrowers));
  out.securities.assign(std::begin(kSecurities), std::end(kSecurities));
  return out;
}

Fact number(FactKey key, std::int64_t value) {
  Fact fact;
  fact.key = key;
  fact.range = Interval::exactly(value);
  return fact;
}

Fact code(FactKey key, std::string_view value) {
  Fact fact;
  fact.key = key;
  fact.codes.emplace_back(value);
  return fact;
}

class Maker {
 public:
  explicit Maker(const WorkloadOptions& options)
      : options_(options),
        shape_(shape_of(options.spread)),
        random_(options.seed),
        county_(world_.counties.size(), shape_.county),
        trade_(world_.trades.size(), shape_.trade),
        measure_(world_.measures.size(), shape_.measure),
        borrower_(world_.borrowers.size(), shape_.borrower),
        security_(world_.securities.size(), shape_.security) {}

  Project project(std::size_t number_of) {
    Project out;
    out.id = "P" + std::to_string(10'000'000 + number_of);
    out.name = "项目" + std::to_string(number_of);
    const std::int64_t need = kAmounts[random_.below(std::size(kAmounts))] * random_.between(60, 100) / 100;
    put(out, code(FactKey::region, world_.counties[county_.draw(random_)]));
    put(out, code(FactKey::industry, world_.trades[trade_.draw(random_)]));
    put(out, code(FactKey::measure, std::to_string(1 + measure_.draw(random_))));
    put(out, code(FactKey::borrower, kBorrowers[borrower_.draw(random_)]));
    put(out, code(FactKey::security, kSecurities[security_.draw(random_)]));
    put(out, code(FactKey::use, kUses[random_.below(std::size(kUses))]));
    put(out, number(FactKey::financing_need, std::max<std::int64_t>(1, need) * kFenPerWan));
    put(out, number(FactKey::total_investment, std::max<std::int64_t>(2, need * 2) * kFenPerWan));
    put(out, number(FactKey::own_capital,
                    std::max<std::int64_t>(1, need * random_.between(30, 90) / 100) * kFenPerWan));
    put(out, number(FactKey::tenor, 6 * random_.between(1, 20)));
    put(out, number(FactKey::years_in_operation, 12 * random_.between(0, 10)));
    put(out, number(FactKey::debt_ratio, 10'000 * random_.between(10, 90)));
    for (const FactKey key :
         {FactKey::insured, FactKey::registered, FactKey::credit_file, FactKey::good_credit,
          FactKey::approvals_complete, FactKey::title_clear, FactKey::long_cash_cycle}) {
      put(out, number(key, random_.chance(shape_.known_good) ? 1 : 0));
    }
    return out;
  }

  Product product(std::size_t number_of) {
    Product out;
    out.id = "X" + std::to_string(100'000 + number_of);
    out.name = "产品" + std::to_string(number_of);
    out.institution = "示例银行" + std::to_string(number_of % 97);
    out.confidence = Confidence::illustrative;
    out.instrument = static_cast<Instrument>(random_.below(kInstrumentCount));
    for (std::size_t i = 1 + random_.below(3); i > 0; --i)
      out.measures.emplace_back(std::to_string(1 + measure_.draw(random_)));
    std::vector<Code> places;
    if (random_.chance(shape_.narrow)) {
      for (std::size_t i = 1 + random_.below(shape_.most_counties); i > 0; --i)
        places.emplace_back(world_.counties[county_.draw(random_)]);
    } else if (random_.chance(shape_.cities)) {
      for (std::size_t i = 1 + random_.below(shape_.most_cities); i > 0; --i)
        places.emplace_back(world_.counties[county_.draw(random_)].substr(0, 4));
    } else {
      places.emplace_back("44");
    }
    out.regions = term(CodeList::region, std::move(places));
    std::vector<Code> trades;
    for (std::size_t i = 1 + random_.below(shape_.most_trades); i > 0; --i)
      trades.emplace_back(world_.trades[trade_.draw(random_)]);
    out.industries = term(CodeList::industry, std::move(trades));
    std::vector<Code> borrowers;
    for (std::size_t i = 1 + random_.below(shape_.most_borrowers); i > 0; --i)
      borrowers.emplace_back(kBorrowers[borrower_.draw(random_)]);
    out.borrowers = term(CodeList::borrower, std::move(borrowers));
    std::vector<Code> securities;
    for (std::size_t i = 1 + random_.below(shape_.most_securities); i > 0; --i)
      securities.emplace_back(kSecurities[security_.draw(random_)]);
    out.securities = term(CodeList::security, std::move(securities));
    const std::size_t low = random_.below(8), high = low + 4 + random_.below(std::size(kAmounts) - low - 4);
    out.amount = Interval::between(kAmounts[low] * kFenPerWan, kAmounts[high] * kFenPerWan);
    out.tenor.max = 12 * random_.between(3, 20);
    const std::int64_t rate = 1'000 * random_.between(26, 60);
    out.rate = Interval::between(rate, rate + 5'000);
    if (random_.chance(50)) out.approval_days = random_.between(3, 45);
    if (random_.chance(shape_.years))
      add(out, Strength::must, Condition::at_least(FactKey::years_in_operation, 12 * random_.between(1, 3)));
    if (random_.chance(shape_.debt))
      add(out, Strength::must, Condition::at_most(FactKey::debt_ratio, 10'000 * random_.between(60, 90)));
    if (random_.chance(shape_.good_credit))
      add(out, Strength::must, Condition::is_true(FactKey::good_credit));
    if (random_.chance(30)) add(out, Strength::should, Condition::is_true(FactKey::insured));
    if (random_.chance(30)) add(out, Strength::prefer, Condition::is_true(FactKey::credit_file));
    if (random_.chance(10)) add(out, Strength::must, security_tiers());
    return out;
  }

 private:
  void put(Project& project, Fact fact) {
    if (!random_.chance(options_.unknown)) project.facts.set(std::move(fact));
  }
  static void add(Product& product, Strength strength, Condition condition) {
    product.conditions.push_back({strength, std::move(condition), "条件", {}});
  }
  static CodeTerm term(CodeList list, std::vector<Code> codes) {
    CodeTerm out;
    out.text = "限定";
    out.test = Dictionaries::bundled().code_test(list, std::move(codes), false);
    return out;
  }

  WorkloadOptions options_;
  const Vocabulary& world_ = vocabulary();
  Shape shape_;
  Random random_;
  Zipf county_, trade_, measure_, borrower_, security_;
};

}  // namespace

std::string_view to_string(Spread spread) {
  switch (spread) {
    case Spread::zipf:
      return "zipf";
    case Spread::broad:
      return "broad";
    case Spread::sharp:
      return "sharp";
  }
  return "";
}

Condition security_tiers() {
  const auto tier = [](std::string_view security, std::int64_t wan) {
    CodeTest test = Dictionaries::bundled().code_test(CodeList::security, {Code(security)}, false);
    return Condition::all_of({Condition::member_of(FactKey::security, std::move(test)),
                              Condition::at_most(FactKey::financing_need, wan * kFenPerWan)});
  };
  return Condition::any_of({tier("credit", 50), tier("guarantee", 300), tier("real_estate", 3000)});
}

const Vocabulary& vocabulary() {
  static const Vocabulary lists = make_vocabulary();
  return lists;
}

Workload make_workload(const WorkloadOptions& options) {
  Maker maker(options);
  Workload out;
  for (std::size_t n = 0; n < options.products; ++n) out.products.push_back(maker.product(n));
  out.projects.reserve(options.projects);
  // Copied, not moved: a copy's columns of facts are no longer than they need be.
  for (std::size_t p = 0; p < options.projects; ++p) {
    const Project project = maker.project(p);
    out.projects.push_back(project);
  }
  return out;
}

const Prepared& prepared_workload(const WorkloadOptions& options) {
  static WorkloadOptions of;
  static std::uint64_t made = 0;
  static std::unique_ptr<const Prepared> kept;
  if (kept == nullptr || of != options) {
    kept.reset();
    Workload workload = make_workload(options);
    Catalogue catalogue = workload.compiled();
    kept = std::make_unique<const Prepared>(Prepared{std::move(workload), std::move(catalogue), ++made});
    of = options;
  }
  return *kept;
}

Catalogue Workload::compiled() const {
  const Policy policy = PolicyPack::bundled().at(parse_date("2024-08-01").value()).value();
  return Catalogue::compile(products, policy, Scorecard::standard()).value();
}

}  // namespace huoshui::bench
