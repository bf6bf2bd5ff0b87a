#include <algorithm>
#include <huoshui/structure/readers.hpp>
#include <limits>
#include <utility>

namespace huoshui {
namespace {

__extension__ using Wide = __int128;

/// A named lack, in the house's words for facts.
Phrase lacks(FactKey key) {
  return {std::string(info(key).name_zh) + "未提供", std::string(info(key).name_en) + " not given"};
}

/// Reads facts and remembers which it used.
class FactReader {
 public:
  FactReader(const Facts& facts, std::vector<Ground>& grounds) : facts_(facts), grounds_(grounds) {}

  /// Return a closed range times up / down, the ends rounded outwards; absent when it has no upper end.
  std::optional<Interval> quantity(FactKey key, std::int64_t up = 1, std::int64_t down = 1) {
    const Fact* fact = facts_.find(key);
    if (fact == nullptr || !fact->range.has_max() || fact->range.max < 0) return std::nullopt;
    const Wide low = Wide{std::max<std::int64_t>(fact->range.has_min() ? fact->range.min : 0, 0)} * up / down;
    const Wide high = (Wide{fact->range.max} * up + down - 1) / down;
    if (high > std::numeric_limits<std::int64_t>::max()) return std::nullopt;
    used(*fact);
    return Interval{static_cast<std::int64_t>(low), static_cast<std::int64_t>(high)};
  }

  /// Return an exact number.
  std::optional<std::int64_t> exact(FactKey key) {
    const Fact* fact = facts_.find(key);
    if (fact == nullptr || !fact->range.is_point() || fact->approximate) return std::nullopt;
    used(*fact);
    return fact->range.min;
  }

  /// Return a yes or no that the list states or that follows from what it states.
  std::optional<bool> answer(FactKey key) {
    const Fact* fact = facts_.find(key);
    if (fact == nullptr || fact->origin == Origin::inferred || !fact->range.is_point()) return std::nullopt;
    used(*fact);
    return fact->range.min != 0;
  }

  Truth truth(FactKey key) {
    const auto yes = answer(key);
    return !yes ? Truth::unknown : *yes ? Truth::yes : Truth::no;
  }

  void use(FactKey key) {
    if (const Fact* fact = facts_.find(key)) used(*fact);
  }

 private:
  void used(const Fact& fact) {
    const Ground ground{fact.key, fact.origin};
    if (std::find(grounds_.begin(), grounds_.end(), ground) == grounds_.end()) grounds_.push_back(ground);
  }

  const Facts& facts_;
  std::vector<Ground>& grounds_;
};

/// The assumptions for one pair.
class Assumed {
 public:
  Assumed(const StructureInputs& inputs, const PreparedProject& project, const Product& product)
      : inputs_(inputs), project_(project.project->id), instrument_(product.instrument) {}

  [[nodiscard]] const Assumption* row(AssumptionItem item) const {
    return find(inputs_, project_, instrument_, item);
  }
  [[nodiscard]] std::optional<Interval> range(AssumptionItem item) const {
    const auto* found = row(item);
    return found == nullptr ? std::nullopt : std::optional(found->range);
  }

 private:
  const StructureInputs& inputs_;
  std::string_view project_;
  Instrument instrument_;
};

/// The share of the value that may be lent: the assumed one, at most what the handbook discloses.
std::optional<Interval> lent_share(const Assumed& assumed, const Product& product) {
  auto share = assumed.range(AssumptionItem::pledge_ratio);
  const auto most = product.loan_to_value_max;
  if (!most || *most < 0 || *most > 1'000'000) return share;
  if (!share) return Interval::exactly(*most);
  return Interval{std::min(share->min, *most), std::min(share->max, *most)};
}

constexpr std::int64_t kAreaOfMu = 2000;  // facts count areas in thirds of a square metre

supply_chain::ClaimKind claim_kind(Instrument instrument) {
  return instrument == Instrument::supply_chain_order       ? supply_chain::ClaimKind::order
         : instrument == Instrument::supply_chain_inventory ? supply_chain::ClaimKind::stock
                                                            : supply_chain::ClaimKind::receivable;
}

}  // namespace

std::optional<rights::Right> right_of(Instrument instrument) {
  switch (instrument) {
    case Instrument::carbon_allowance_pledge:
      return rights::Right::carbon_allowance;
    case Instrument::energy_right_pledge:
      return rights::Right::energy_use;
    case Instrument::water_right_pledge:
      return rights::Right::water;
    case Instrument::discharge_right_pledge:
      return rights::Right::discharge;
    case Instrument::forest_right_mortgage:
      return rights::Right::forest_tenure;
    case Instrument::public_forest_income_pledge:
      return rights::Right::public_forest_income;
    case Instrument::livestock_mortgage:
      return rights::Right::livestock;
    case Instrument::farmland_operation_right_pledge:
    case Instrument::land_operation_right_mortgage:
      return rights::Right::land_operation;
    default:  // all others pledge no right of their own
      return std::nullopt;
  }
}

std::optional<std::int64_t> asked_of(const Facts& facts, const Product& product) {
  const Fact* need = facts.find(FactKey::financing_need);
  if (need == nullptr || !need->range.has_max() || need->range.max <= 0) return std::nullopt;
  return std::min(need->range.max, product.amount.max);
}

std::optional<std::int64_t> tenor_of(const Facts& facts, const Product& product) {
  const Fact* tenor = facts.find(FactKey::tenor);
  if (tenor == nullptr || !tenor->range.has_max() || tenor->range.max <= 0) return std::nullopt;
  return std::min(tenor->range.max, product.tenor.max);
}

Reading<carbon::Sink> read_sink(const PreparedProject& project, const Product& product,
                                const StructureInputs& inputs) {
  Reading<carbon::Sink> out;
  FactReader facts(project.facts, out.grounds);
  const Assumed assumed(inputs, project, product);
  carbon::Sink sink;
  sink.project = project.project->id;
  sink.clear_title = facts.answer(FactKey::title_clear);
  sink.area = facts.quantity(FactKey::forest_area, 100, kAreaOfMu);
  sink.surveyed_kg = assumed.range(AssumptionItem::annual_tonnes);
  sink.stated_yield = assumed.range(AssumptionItem::yield);
  sink.crediting_years = assumed.range(AssumptionItem::crediting_years);
  sink.buffer = assumed.range(AssumptionItem::buffer);
  sink.reversal = assumed.range(AssumptionItem::reversal);
  sink.discount_rate = assumed.range(AssumptionItem::discount_rate);
  sink.pledge_ratio = lent_share(assumed, product);
  if (const auto* price = assumed.row(AssumptionItem::price)) {
    sink.price = carbon::PricePath{.fen_per_tonne = price->range, .source = price->source};
    if (const auto drift = assumed.range(AssumptionItem::price_drift)) sink.price->drift = *drift;
    sink.price->date = price->date;
    sink.price->basis = price->confidence == Confidence::illustrative ? carbon::PriceBasis::scenario
                        : price->date                                 ? carbon::PriceBasis::market
                                                                      : carbon::PriceBasis::stated;
  }
  sink.need_fen = asked_of(project.facts, product);
  sink.tenor_months = tenor_of(project.facts, product);
  if (product.rate.is_point()) sink.base_rate = product.rate.min;
  if (!sink.need_fen) out.missing.push_back(lacks(FactKey::financing_need));
  if (!sink.area && !sink.surveyed_kg) out.missing.push_back(lacks(FactKey::forest_area));
  facts.use(FactKey::financing_need);
  facts.use(FactKey::tenor);
  out.value = std::move(sink);
  return out;
}

Reading<rights::Asset> read_asset(const PreparedProject& project, const Product& product,
                                  const StructureInputs& inputs) {
  const auto right = right_of(product.instrument);
  if (!right) throw ContractError("this instrument pledges no right");
  Reading<rights::Asset> out;
  FactReader facts(project.facts, out.grounds);
  const Assumed assumed(inputs, project, product);
  rights::Asset asset;
  asset.project = project.project->id;
  asset.right = *right;
  if (const Fact* region = project.facts.find(FactKey::region);
      region != nullptr && region->codes.size() == 1)
    asset.region = region->codes.front();
  asset.quantity = assumed.range(AssumptionItem::quantity);
  if (const auto* price = assumed.row(AssumptionItem::price)) {
    asset.fen_per_unit = price->range;
    asset.priced_for = price->yearly ? rights::PricedFor::year : rights::PricedFor::good;
  }
  const auto by_area = [&](FactKey key) {
    if (!asset.quantity) asset.quantity = facts.quantity(key, 1000, kAreaOfMu);
    return asset.quantity.has_value();
  };
  FactKey wanted = FactKey::land_area;
  switch (*right) {
    case rights::Right::public_forest_income:
      wanted = FactKey::forest_area;
      if (!asset.fen_per_unit) {
        // The list may state the whole yearly income: one unit at that price.
        asset.fen_per_unit = facts.quantity(FactKey::annual_compensation);
        if (asset.fen_per_unit) asset.quantity = Interval::exactly(1000);
      }
      by_area(FactKey::forest_area);
      break;
    case rights::Right::forest_tenure:
      wanted = FactKey::forest_area;
      by_area(FactKey::forest_area);
      break;
    case rights::Right::livestock:
      wanted = FactKey::livestock_head;
      if (!asset.quantity) asset.quantity = facts.quantity(FactKey::livestock_head, 1000);
      break;
    case rights::Right::land_operation:
      if (!by_area(FactKey::farmland_area)) by_area(FactKey::land_area);
      break;
    case rights::Right::carbon_allowance:
    case rights::Right::water:
    case rights::Right::discharge:
    case rights::Right::energy_use:
      break;  // no list states the permitted quantity as a number: the inputs do
  }
  asset.years = assumed.range(AssumptionItem::years);
  asset.discount_rate = assumed.range(AssumptionItem::discount_rate);
  asset.lent_share = lent_share(assumed, product);
  asset.multiple = assumed.range(AssumptionItem::multiple);
  asset.clear_title = facts.answer(FactKey::title_clear);
  asset.insured = facts.answer(FactKey::insured);
  if (const auto registered = facts.answer(FactKey::registered))
    asset.registry = *registered ? rights::Registry::registered : rights::Registry::registrable;
  asset.unique_number = project.project->text("ear_tag_numbers");
  asset.need_fen = asked_of(project.facts, product);
  asset.tenor_months = tenor_of(project.facts, product);
  if (!asset.need_fen) out.missing.push_back(lacks(FactKey::financing_need));
  if (!asset.quantity) {
    const bool is_fact = wanted != FactKey::land_area || *right == rights::Right::land_operation;
    out.missing.push_back(is_fact ? lacks(wanted)
                                  : Phrase{"许可或核定数量未提供", "permitted quantity not given"});
  }
  facts.use(FactKey::financing_need);
  facts.use(FactKey::tenor);
  out.value = std::move(asset);
  return out;
}

Reading<syndicate::Deal> read_deal(const PreparedProject& project, const Product& product,
                                   const Policy& policy) {
  Reading<syndicate::Deal> out;
  FactReader facts(project.facts, out.grounds);
  const auto amount = asked_of(project.facts, product);
  const auto tenor = tenor_of(project.facts, product);
  if (!amount) out.missing.push_back(lacks(FactKey::financing_need));
  if (!tenor) out.missing.push_back(lacks(FactKey::tenor));
  facts.use(FactKey::financing_need);
  facts.use(FactKey::tenor);
  if (!amount || !tenor) return out;
  syndicate::Deal deal;
  deal.id = project.project->id;
  deal.name = project.project->name;
  deal.signing = policy.date();
  deal.tranches.push_back({Money::from_fen(*amount), static_cast<std::int32_t>(*tenor), {}, {}});
  if (const auto grace = facts.exact(FactKey::grace_period); grace && *grace >= 0 && *grace < *tenor)
    deal.tranches.front().repayment.grace_months = static_cast<std::int32_t>(*grace);
  if (const Fact* region = project.facts.find(FactKey::region);
      region != nullptr && region->codes.size() == 1)
    deal.region = region->codes.front().text();
  if (const Fact* security = project.facts.find(FactKey::security)) {
    for (const auto& code : security->codes) deal.security.push_back(code.text());
    facts.use(FactKey::security);
  }
  // Not bound: a private borrower. Clear: looked up by somebody, and nothing found.
  const auto bound = facts.answer(FactKey::policy_bound_borrower);
  const auto checked = facts.answer(FactKey::hidden_debt_checked);
  const auto carries = facts.answer(FactKey::hidden_debt);
  const auto confirmed = facts.answer(FactKey::hidden_debt_confirmation);
  if (carries.value_or(false)) {
    deal.public_debt =
        confirmed.value_or(false) ? syndicate::PublicDebt::confirmed : syndicate::PublicDebt::carried;
  } else if (bound && !*bound) {
    deal.public_debt = syndicate::PublicDebt::not_bound;
  } else if (carries && checked.value_or(false)) {
    deal.public_debt = syndicate::PublicDebt::clear;
  }
  out.value = std::move(deal);
  return out;
}

Reading<syndicate::CapitalSources> read_capital(const PreparedProject& project,
                                                const StructureInputs& inputs) {
  Reading<syndicate::CapitalSources> out;
  FactReader facts(project.facts, out.grounds);
  const auto total = facts.exact(FactKey::total_investment);
  const auto own = facts.exact(FactKey::own_capital);
  if (!total) out.missing.push_back(lacks(FactKey::total_investment));
  if (!own) out.missing.push_back(lacks(FactKey::own_capital));
  if (!total || !own || *total < 0 || *own < 0) return out;
  syndicate::CapitalSources sources;
  sources.total_investment = Money::from_fen(*total);
  sources.own_funds = Money::from_fen(*own);
  const Fact* industry = project.facts.find(FactKey::industry);
  if (industry != nullptr && industry->origin != Origin::inferred && industry->codes.size() == 1) {
    sources.industry = industry->codes.front().text();
    facts.use(FactKey::industry);
  }
  const auto most = [&](Instrument instrument, AssumptionItem item) {
    const auto* row = find(inputs, project.project->id, instrument, item);
    return Money::from_fen(row == nullptr ? 0 : row->range.min);
  };
  sources.special_bond = most(Instrument::special_bond, AssumptionItem::special_bond);
  sources.policy_fund = most(Instrument::policy_fund_equity, AssumptionItem::policy_fund);
  out.value = sources;
  return out;
}

Reading<ChainAsk> read_chain(const PreparedProject& project, const Product& product,
                             const StructureInputs& inputs) {
  using namespace supply_chain;
  constexpr std::int64_t kMostHouseholds = 5000;
  Reading<ChainAsk> out;
  FactReader facts(project.facts, out.grounds);
  const Assumed assumed(inputs, project, product);
  std::vector<Party> parties;
  std::vector<Claim> claims;
  std::vector<Bundle> bundles;
  std::string own_party;
  const std::string& id = project.project->id;
  const ChainInput* given = chain_of(inputs, id);
  if (given != nullptr) {
    parties = given->parties;
    claims = given->claims;
    bundles = given->bundles;
    if (std::any_of(parties.begin(), parties.end(), [&id](const Party& party) { return party.id == id; }))
      own_party = id;
  } else {
    const auto amount = facts.exact(FactKey::receivable_amount);
    if (!amount || *amount < 0) {
      out.missing.push_back({"应收账款、订单或存货的金额、买方和到期日未提供",
                             "amount, buyer and due day of the claims not given"});
      return out;
    }
    own_party = id;
    Party holder{.id = id, .name = project.project->name, .role = Role::supplier};
    holder.asked = asked_of(project.facts, product);
    facts.use(FactKey::financing_need);
    parties.push_back(holder);
    Claim claim{.id = "1", .kind = claim_kind(product.instrument), .holder = id};
    claim.amount = amount;
    if (const auto debtor = std::string(project.project->text("debtor"));
        !debtor.empty() && claim.kind != ClaimKind::stock) {
      // The debtor's name stands beside the project's id, which it can never equal.
      claim.buyer = "买方：" + debtor;
      parties.push_back({.id = claim.buyer, .name = debtor, .role = Role::anchor});
    } else if (claim.kind != ClaimKind::stock) {
      out.missing.push_back({"买方未提供", "the buyer is not given"});
    }
    claim.confirmed = facts.truth(FactKey::debtor_confirmed);
    claim.registered = facts.truth(FactKey::registered);
    claim.related = facts.truth(FactKey::related_party);
    claim.budget_evidence = facts.truth(FactKey::budget_evidence);
    if (const auto due = parse_date(project.project->text("receivable_due"))) claim.due_day = *due;
    if (!claim.due_day) out.missing.push_back({"到期日未提供", "the due day is not given"});
    if (const auto contract = project.project->text("contract_id"); !contract.empty())
      claim.documents.emplace_back(contract);
    claims.push_back(std::move(claim));
    // 企业+农户: the households share what stands behind the project.
    if (const auto households = facts.exact(FactKey::households);
        households && *households > 0 && *households <= kMostHouseholds &&
        product.instrument == Instrument::supply_chain_order) {
      Bundle bundle{.id = "农户", .name = "带动农户", .lead = id, .backing = Backing::lead};
      for (std::int64_t i = 1; i <= *households; ++i) {
        std::string number = std::to_string(i);
        number.insert(0, 4 - std::min<std::size_t>(number.size(), 4), '0');
        bundle.members.push_back("农户" + number);
        parties.push_back({.id = bundle.members.back(), .name = std::move(number), .role = Role::household});
      }
      bundles.push_back(std::move(bundle));
    }
  }
  auto chain = Chain::build(std::move(parties), std::move(claims), std::move(bundles));
  if (!chain) {
    for (const auto& issue : chain.errors()) out.missing.push_back({issue.message, issue.message});
    return out;
  }
  supply_chain::Terms terms;
  bool invented = given != nullptr && given->confidence == Confidence::illustrative;
  if (given != nullptr && given->terms) {
    terms = *given->terms;
  } else if (const auto* row = assumed.row(AssumptionItem::advance_rate)) {
    terms.advance_rate.fill(row->range.min);
    invented = invented || row->confidence == Confidence::illustrative;
  } else {
    out.missing.push_back({"融资比例未提供", "advance rate not given"});
  }
  if (product.tenor.has_max())
    terms.tenor_max_months = std::min(terms.tenor_max_months.value_or(product.tenor.max), product.tenor.max);
  out.value = ChainAsk{std::move(chain).value(), terms, std::move(own_party), invented};
  return out;
}

}  // namespace huoshui
