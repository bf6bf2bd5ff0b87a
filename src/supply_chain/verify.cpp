// Written without the code that makes plans: other ways to the components, the assets, the limits and the
// eligible amounts, so that a slip there is seen here.
#include <algorithm>
#include <huoshui/supply_chain/plan.hpp>
#include <map>
#include <set>

#include "core/detail/wide.hpp"

namespace huoshui::supply_chain {
namespace {

using huoshui::detail::Wide;

std::int64_t part(std::int64_t amount, std::int64_t millionths) {
  return static_cast<std::int64_t>(static_cast<Wide>(amount) * static_cast<Wide>(millionths) / 1'000'000U);
}

/// Tell whether `end` is at most so many months after `start`, by the calendar.
bool within_months(Date start, Date end, std::int64_t months) {
  const auto index = [](Date d) {
    return static_cast<std::int64_t>(static_cast<int>(d.year())) * 12 + static_cast<unsigned>(d.month());
  };
  const auto apart = index(end) - index(start);
  // The last day of a shorter month stands for the days that it lacks, and is never later than they.
  return apart < months || (apart == months && end.day() <= start.day());
}

/// Components by two walks (Kosaraju): finish times forward, then backward from the latest.
std::vector<std::uint32_t> components(const Chain& chain) {
  const auto n = chain.parties().size();
  std::vector<std::vector<std::uint32_t>> sells(n), buys(n);
  for (std::size_t c = 0; c < chain.claims().size(); ++c) {
    if (chain.buyer_of(c) == kNoRow) continue;
    sells[chain.buyer_of(c)].push_back(chain.holder_of(c));
    buys[chain.holder_of(c)].push_back(chain.buyer_of(c));
  }
  std::vector<std::uint32_t> finished, stack;
  std::vector<std::size_t> next(n, 0);
  std::vector<char> seen(n, 0);
  for (std::uint32_t p = 0; p < n; ++p) {
    if (seen[p]++ != 0) continue;
    stack.push_back(p);
    while (!stack.empty()) {
      const auto at = stack.back();
      if (next[at] == sells[at].size()) {
        finished.push_back(at);
        stack.pop_back();
      } else if (const auto to = sells[at][next[at]++]; seen[to] == 0) {
        seen[to] = 1;
        stack.push_back(to);
      }
    }
  }
  std::vector<std::uint32_t> out(n, kNoRow);
  std::uint32_t count = 0;
  for (auto p = finished.rbegin(); p != finished.rend(); ++p) {
    if (out[*p] != kNoRow) continue;
    stack.push_back(*p);
    out[*p] = count;
    while (!stack.empty()) {
      const auto at = stack.back();
      stack.pop_back();
      for (const auto to : buys[at]) {
        if (out[to] != kNoRow) continue;
        out[to] = count;
        stack.push_back(to);
      }
    }
    ++count;
  }
  return out;
}

/// Claims that stand on one document with another claim.
std::vector<char> twice(const Chain& chain) {
  std::map<std::string, std::set<std::size_t>> on;
  for (std::size_t c = 0; c < chain.claims().size(); ++c) {
    for (const auto& document : chain.claims()[c].documents) {
      if (const auto key = document_key(document); !key.empty()) on[key].insert(c);
    }
  }
  std::vector<char> out(chain.claims().size(), 0);
  for (const auto& [key, claims] : on) {
    if (claims.size() > 1) {
      for (const auto c : claims) out[c] = 1;
    }
  }
  return out;
}

class Verifier {
 public:
  Verifier(const Chain& chain, const Policy& policy, const Terms& terms, const Plan& plan)
      : chain_(chain),
        policy_(policy),
        terms_(terms),
        plan_(plan),
        k_(components(chain)),
        twice_(twice(chain)) {}

  std::vector<Breach> run() {
    if (!check_shape()) return breaches_;
    settle_circles();
    check_claims();
    check_advances();
    check_bundles();
    check_flows();
    std::int64_t total = 0;
    for (const auto& advance : plan_.advances) total += advance.amount.value_or(0);
    if (total != plan_.total) add(BreachKind::total, kNoRow, plan_.total, total);
    return breaches_;
  }

 private:
  void add(BreachKind kind, std::size_t row, std::int64_t found, std::int64_t allowed) {
    breaches_.push_back({kind, static_cast<std::uint32_t>(row), found, allowed});
  }

  bool check_shape() {
    const auto n = chain_.parties().size();
    bool fits = plan_.day == policy_.date() && plan_.terms == terms_ && plan_.advances.size() == n &&
                plan_.hanging.size() == n && plan_.claims.size() == chain_.claims().size() &&
                plan_.bundles.size() == chain_.bundles().size() && plan_.shape.component.size() == n;
    // The same parts, whatever their numbers.
    std::map<std::uint32_t, std::uint32_t> to, from;
    for (std::size_t p = 0; fits && p < n; ++p) {
      const auto theirs = plan_.shape.component[p];
      fits = theirs < plan_.carried.size() && to.emplace(theirs, k_[p]).first->second == k_[p] &&
             from.emplace(k_[p], theirs).first->second == theirs;
    }
    if (!fits) add(BreachKind::shape, kNoRow, 0, 0);
    return fits;
  }

  bool is_inside(std::size_t c) const {
    const auto buyer = chain_.buyer_of(c), holder = chain_.holder_of(c);
    return buyer != kNoRow && buyer != holder && k_[buyer] == k_[holder];
  }

  bool is_related(std::size_t c) const {
    if (chain_.claims()[c].related == Truth::yes) return true;
    const auto buyer = chain_.buyer_of(c);
    return buyer != kNoRow && !chain_.parties()[buyer].group.empty() &&
           chain_.parties()[buyer].group == chain_.parties()[chain_.holder_of(c)].group;
  }

  /// Holder by holder: its debts inside the circle eat its claims there, the first due first.
  void settle_circles() {
    set_off_.assign(chain_.claims().size(), 0);
    open_debt_.assign(chain_.parties().size(), 0);
    std::map<std::uint32_t, std::int64_t> debts;
    std::map<std::uint32_t, std::multimap<std::int64_t, std::size_t>> held;
    for (std::size_t c = 0; c < chain_.claims().size(); ++c) {
      if (!is_inside(c)) continue;
      const auto& claim = chain_.claims()[c];
      if (claim.amount) {
        debts[chain_.buyer_of(c)] += *claim.amount;
      } else {
        open_debt_[chain_.buyer_of(c)] = 1;
        continue;
      }
      const bool void_claim = claim.disputed == Truth::yes || claim.pledged_elsewhere == Truth::yes ||
                              is_related(c) || twice_[c] != 0;
      if (!void_claim)
        held[chain_.holder_of(c)].emplace(claim.due_day ? day_number(*claim.due_day) : Interval::kNoMin, c);
    }
    for (auto& [holder, claims] : held) {
      auto debt = debts[holder];
      for (const auto& [due, c] : claims) {
        const auto& claim = chain_.claims()[c];
        const auto cut = std::clamp<std::int64_t>(*claim.amount - claim.financed, 0, debt);
        set_off_[c] = cut;
        debt -= cut;
      }
    }
  }

  bool asks(std::string_view series) const { return policy_.find(series) != nullptr; }

  /// Tell whether a limit of months is passed: only where the row is in force and binds what began then.
  bool too_long(std::string_view series, const Claim& claim) const {
    const auto* row = policy_.find(series);
    if (row == nullptr || !row->months() || !claim.issue_day || !claim.due_day) return false;
    if (row->from && *claim.issue_day < *row->from) return false;
    return !within_months(*claim.issue_day, *claim.due_day, *row->months());
  }

  std::optional<Date> last_day(const Claim& claim) const {
    std::optional<Date> out;
    if (claim.due_day) out = date_of_day(day_number(*claim.due_day) + terms_.grace_days);
    if (claim.kind == ClaimKind::stock && terms_.tenor_max_months) {
      auto longest = plan_.day + std::chrono::months{*terms_.tenor_max_months};
      if (!longest.ok()) longest = longest.year() / longest.month() / std::chrono::last;
      out = out ? std::min(*out, Date{longest}) : Date{longest};
    }
    return out;
  }

  struct Allowed {
    bool refused = false;
    std::int64_t amount = 0;
  };

  Allowed allowed(std::size_t c) const {
    const auto& claim = chain_.claims()[c];
    const auto buyer = chain_.buyer_of(c);
    const bool stock = claim.kind == ClaimKind::stock;
    const Allowed refused{true, 0}, held_back{false, 0};
    if (twice_[c] != 0 || claim.pledged_elsewhere == Truth::yes) return refused;
    if (claim.disputed == Truth::yes || buyer == chain_.holder_of(c) || is_related(c)) return refused;
    if (claim.amount && *claim.amount <= claim.financed) return refused;
    if (claim.due_day && *claim.due_day <= plan_.day) return refused;
    if (claim.kind == ClaimKind::e_voucher && too_long("supply_chain.e_voucher_tenor_max_months", claim))
      return refused;
    if (claim.kind == ClaimKind::bill && too_long("commercial_bill.tenor_max_months", claim)) return refused;
    if (!stock && terms_.tenor_max_months && claim.due_day &&
        !within_months(plan_.day, *last_day(claim), *terms_.tenor_max_months))
      return refused;
    const bool inside = is_inside(c);
    const bool net_unknown = inside && open_debt_[chain_.holder_of(c)] != 0;
    std::int64_t net = claim.amount.value_or(0) - claim.financed;
    if (inside && !net_unknown && claim.amount) {
      net -= set_off_[c];
      if (net <= 0) return refused;
    }
    const auto rate = terms_.advance_rate[static_cast<std::size_t>(claim.kind)];
    if (!claim.amount || !rate || net_unknown || (!stock && (buyer == kNoRow || !claim.due_day)))
      return held_back;
    if (buyer != kNoRow && chain_.parties()[buyer].buyer_kind == BuyerKind::government &&
        asks("gov_debt.no_fake_gov_receivable") && claim.budget_evidence != Truth::yes)
      return held_back;
    if (claim.kind != ClaimKind::bill && asks("registry.unified_scope") && claim.registered != Truth::yes)
      return held_back;
    if (stock && claim.custody != Truth::yes) return held_back;
    std::int64_t amount = part(net, *rate);
    const bool debt = claim.kind == ClaimKind::receivable || claim.kind == ClaimKind::e_voucher;
    if (debt && asks("collateral.law.receivable_debtor_confirmation") && claim.confirmed != Truth::yes)
      amount = part(amount, terms_.unconfirmed_share);
    if (claim.kind == ClaimKind::order && asks("collateral.law.future_income_special_account") &&
        claim.locked_account != Truth::yes)
      amount = part(amount, terms_.unlocked_share);
    return {false, amount};
  }

  void check_claims() {
    for (std::size_t c = 0; c < plan_.claims.size(); ++c) {
      const auto& line = plan_.claims[c];
      const auto most = allowed(c);
      refused_.push_back(most.refused ? 1 : 0);
      const bool direct = chain_.buyer_of(c) == kNoRow || is_inside(c);
      if (line.own < 0 || line.passed < 0 || (direct && line.passed != 0)) {
        add(BreachKind::claim_amount, c, line.passed, 0);
      } else if (line.own + line.passed > most.amount) {
        add(most.amount == 0 ? BreachKind::gate : BreachKind::claim_amount, c, line.own + line.passed,
            most.amount);
      }
      if (line.reading.eligible != most.amount)
        add(BreachKind::claim_amount, c, line.reading.eligible, most.amount);
      if (const auto day = last_day(chain_.claims()[c]); line.reading.last_day != day)
        add(BreachKind::tenor, c, line.reading.last_day ? day_number(*line.reading.last_day) : 0,
            day ? day_number(*day) : 0);
    }
  }

  void check_advances() {
    std::vector<std::int64_t> resting(chain_.parties().size(), 0);
    for (std::size_t c = 0; c < plan_.claims.size(); ++c) resting[chain_.holder_of(c)] += plan_.claims[c].own;
    for (std::size_t p = 0; p < chain_.parties().size(); ++p) {
      const auto& party = chain_.parties()[p];
      const auto amount = plan_.advances[p].amount.value_or(0);
      const auto b = chain_.bundle_of(p);
      const Bundle* bundle = b == kNoRow ? nullptr : &chain_.bundles()[b];
      const bool by_claims = bundle == nullptr || bundle->backing == Backing::claims;
      if (amount < 0 || (by_claims && amount != resting[p]) || (!by_claims && resting[p] != 0))
        add(BreachKind::advance_amount, p, amount, resting[p]);
      if (!by_claims) {
        const bool bounded = bundle->total || bundle->per_member || party.borrower_limit ||
                             (bundle->backing == Backing::lead &&
                              chain_.parties()[chain_.party_row(bundle->lead)].exposure_limit);
        if (!bounded && plan_.advances[p].amount) add(BreachKind::advance_amount, p, amount, 0);
      }
      const auto cap = [&](BreachKind kind, std::optional<std::int64_t> limit) {
        if (limit && amount > std::max<std::int64_t>(0, *limit)) add(kind, p, amount, *limit);
      };
      cap(BreachKind::asked, party.asked);
      if (party.borrower_limit) cap(BreachKind::borrower_limit, *party.borrower_limit - party.borrowed);
      if (bundle != nullptr) cap(BreachKind::member_limit, bundle->per_member);
    }
  }

  void check_bundles() {
    for (std::size_t b = 0; b < chain_.bundles().size(); ++b) {
      std::int64_t sum = 0;
      for (const auto& member : chain_.bundles()[b].members)
        sum += plan_.advances[chain_.party_row(member)].amount.value_or(0);
      if (sum != plan_.bundles[b]) add(BreachKind::bundle_total, b, plan_.bundles[b], sum);
      if (const auto& total = chain_.bundles()[b].total; total && sum > *total)
        add(BreachKind::bundle_total, b, sum, *total);
    }
  }

  void check_flows() {
    const auto n = chain_.parties().size();
    const auto count = n == 0 ? 0U : *std::max_element(k_.begin(), k_.end()) + 1U;
    constexpr auto no_bound = Interval::kNoMax;
    std::vector<std::int64_t> in(count, 0), out(count, 0), passed(count, 0), limit(count, -1);
    std::vector<char> anchor(n, 0);
    for (std::size_t p = 0; p < n; ++p) anchor[p] = chain_.parties()[p].role == Role::anchor ? 1 : 0;
    for (const auto& bundle : chain_.bundles()) {
      if (bundle.backing != Backing::lead) continue;
      const auto lead = chain_.party_row(bundle.lead);
      anchor[lead] = 1;
      for (const auto& member : bundle.members)
        out[k_[lead]] += plan_.advances[chain_.party_row(member)].amount.value_or(0);
    }
    std::vector<std::int64_t> own_limit(count, -1);
    for (std::size_t p = 0; p < n; ++p) {
      const auto& party = chain_.parties()[p];
      const auto hanging = plan_.hanging[p];
      if (hanging < 0 || (anchor[p] == 0 && hanging != 0)) add(BreachKind::exposure_limit, p, hanging, 0);
      if (anchor[p] == 0) continue;
      in[k_[p]] += hanging;
      auto& sum = own_limit[k_[p]];
      if (!party.exposure_limit) {
        sum = no_bound;
        continue;
      }
      const auto free = std::max<std::int64_t>(0, *party.exposure_limit - party.exposure_used);
      if (hanging > free) add(BreachKind::exposure_limit, p, hanging, free);
      if (sum != no_bound) sum = std::max<std::int64_t>(0, sum) + free;
    }
    std::vector<std::vector<std::uint32_t>> sells(count);
    for (std::size_t c = 0; c < plan_.claims.size(); ++c) {
      const auto buyer = chain_.buyer_of(c), holder = chain_.holder_of(c);
      if (buyer == kNoRow || buyer == holder) continue;
      const auto& line = plan_.claims[c];
      out[k_[buyer]] += line.own + line.passed;
      if (is_inside(c)) continue;
      passed[k_[holder]] += line.passed;
      if (refused_[c] == 0) sells[k_[buyer]].push_back(k_[holder]);
    }
    // Limits spread from the anchors until nothing rises any more.
    std::vector<std::int64_t> from_above(count, -1);
    std::vector<std::uint32_t> changed;
    for (std::uint32_t k = 0; k < count; ++k) {
      limit[k] = own_limit[k];
      if (limit[k] >= 0) changed.push_back(k);
    }
    while (!changed.empty()) {
      const auto k = changed.back();
      changed.pop_back();
      const auto down = limit[k] == no_bound ? no_bound : part(limit[k], terms_.tier_decay);
      for (const auto to : sells[k]) {
        if (down <= from_above[to]) continue;
        from_above[to] = down;
        if (down <= limit[to]) continue;
        limit[to] = down;
        changed.push_back(to);
      }
    }
    std::vector<std::uint32_t> number(count, 0);
    for (std::size_t p = 0; p < n; ++p) number[k_[p]] = plan_.shape.component[p];
    for (std::uint32_t k = 0; k < count; ++k) {
      const auto& line = plan_.carried[number[k]];
      const auto most = std::max<std::int64_t>(0, from_above[k]);
      if (line.passed != passed[k] || passed[k] > most)
        add(BreachKind::carried_limit, number[k], line.passed, std::min(most, passed[k]));
      if (in[k] + passed[k] != out[k]) add(BreachKind::counted_twice, number[k], out[k], in[k] + passed[k]);
    }
  }

  const Chain& chain_;
  const Policy& policy_;
  const Terms& terms_;
  const Plan& plan_;
  std::vector<std::uint32_t> k_;
  std::vector<char> twice_, open_debt_, refused_;
  std::vector<std::int64_t> set_off_;
  std::vector<Breach> breaches_;
};

}  // namespace

std::vector<Breach> verify(const Chain& chain, const Policy& policy, const Terms& terms, const Plan& plan) {
  return Verifier(chain, policy, terms, plan).run();
}

}  // namespace huoshui::supply_chain
