#include <algorithm>
#include <huoshui/supply_chain/chain.hpp>

namespace huoshui::supply_chain {
namespace {

/// Sums of amounts stay below this, so that no sum of sums overflows.
constexpr std::int64_t kMostTogether = std::int64_t{1} << 60;

Issue issue(IssueCode code, std::string column, std::string found, std::string expected,
            std::string message) {
  Issue out;
  out.code = code;
  out.column = std::move(column);
  out.found = std::move(found);
  out.expected = std::move(expected);
  out.message = std::move(message);
  return out;
}

/// Collects faults, and adds amounts up so that the sum is known to fit.
class Checker {
 public:
  void add(std::string_view what, const std::string& id, std::string_view column, std::int64_t fen) {
    if (fen < 0 || fen > kMostTogether - sum_) {
      issues.push_back(issue(IssueCode::unreadable_value, std::string(column), std::to_string(fen),
                             "an amount that is not negative; all amounts together below 2^60 fen",
                             std::string(what) + "“" + id + "”的金额为负或合计过大，请核对"));
      return;
    }
    sum_ += fen;
  }
  void add(std::string_view what, const std::string& id, std::string_view column,
           const std::optional<std::int64_t>& fen) {
    if (fen) add(what, id, column, *fen);
  }
  template <typename T>
  void unique(std::string_view what, const std::vector<T>& sorted) {
    for (std::size_t i = 1; i < sorted.size(); ++i) {
      if (sorted[i].id == sorted[i - 1].id) {
        issues.push_back(issue(IssueCode::duplicate_id, "id", sorted[i].id, "an id that no other has",
                               std::string(what) + "编号“" + sorted[i].id + "”重复，请区分"));
      }
    }
  }
  void stranger(std::string_view what, const std::string& id, std::string column, const std::string& party) {
    issues.push_back(issue(IssueCode::unknown_word, std::move(column), party, "the id of a party",
                           std::string(what) + "“" + id + "”所指主体“" + party + "”不在链上，请补录"));
  }
  void contradiction(const std::string& id, std::string column, std::string found, std::string expected,
                     std::string message) {
    issues.push_back(issue(IssueCode::contradictory_terms, std::move(column), std::move(found),
                           std::move(expected), "“" + id + "”" + std::move(message)));
  }

  std::vector<Issue> issues;

 private:
  std::int64_t sum_ = 0;
};

template <typename T>
void sort_by_id(std::vector<T>& values) {
  const auto before = [](const T& a, const T& b) { return a.id < b.id; };
  if (!std::is_sorted(values.begin(), values.end(), before))
    std::stable_sort(values.begin(), values.end(), before);
}

template <typename T>
std::uint32_t row_of(const std::vector<T>& sorted, std::string_view id) {
  const auto at = std::lower_bound(sorted.begin(), sorted.end(), id,
                                   [](const T& a, std::string_view b) { return a.id < b; });
  return at == sorted.end() || at->id != id ? kNoRow : static_cast<std::uint32_t>(at - sorted.begin());
}

}  // namespace

std::uint32_t Chain::party_row(std::string_view id) const { return row_of(parties_, id); }
std::uint32_t Chain::claim_row(std::string_view id) const { return row_of(claims_, id); }

Result<Chain> Chain::build(std::vector<Party> parties, std::vector<Claim> claims,
                           std::vector<Bundle> bundles) {
  Chain out;
  out.parties_ = std::move(parties);
  out.claims_ = std::move(claims);
  out.bundles_ = std::move(bundles);
  sort_by_id(out.parties_);
  sort_by_id(out.claims_);
  sort_by_id(out.bundles_);

  Checker check;
  check.unique("主体", out.parties_);
  check.unique("债权", out.claims_);
  check.unique("批量授信", out.bundles_);
  for (const auto& p : out.parties_) {
    check.add("主体", p.id, "exposure_limit", p.exposure_limit);
    check.add("主体", p.id, "exposure_used", p.exposure_used);
    check.add("主体", p.id, "borrower_limit", p.borrower_limit);
    check.add("主体", p.id, "borrowed", p.borrowed);
    check.add("主体", p.id, "asked", p.asked);
    check.add("主体", p.id, "weight", p.weight);
  }
  for (const auto& c : out.claims_) {
    check.add("债权", c.id, "amount", c.amount);
    check.add("债权", c.id, "financed", c.financed);
    const auto holder = out.party_row(c.holder);
    if (holder == kNoRow) check.stranger("债权", c.id, "holder", c.holder);
    const auto buyer = c.buyer.empty() ? kNoRow : out.party_row(c.buyer);
    if (!c.buyer.empty() && buyer == kNoRow) check.stranger("债权", c.id, "buyer", c.buyer);
    if (c.kind == ClaimKind::stock && !c.buyer.empty())
      check.contradiction(c.id, "buyer", c.buyer, "empty for stock", "为存货或仓单，不应有付款方");
    out.holder_.push_back(holder);
    out.buyer_.push_back(buyer);
  }
  out.bundle_.assign(out.parties_.size(), kNoRow);
  for (std::size_t b = 0; b < out.bundles_.size(); ++b) {
    const auto& bundle = out.bundles_[b];
    check.add("批量授信", bundle.id, "total", bundle.total);
    check.add("批量授信", bundle.id, "per_member", bundle.per_member);
    if (!bundle.lead.empty() && out.party_row(bundle.lead) == kNoRow)
      check.stranger("批量授信", bundle.id, "lead", bundle.lead);
    if (bundle.backing == Backing::lead && bundle.lead.empty())
      check.contradiction(bundle.id, "lead", "", "the id of a party", "以牵头主体额度为支撑，须写明牵头主体");
    for (const auto& member : bundle.members) {
      const auto row = out.party_row(member);
      if (row == kNoRow) {
        check.stranger("批量授信", bundle.id, "members", member);
      } else if (out.bundle_[row] != kNoRow) {
        check.contradiction(bundle.id, "members", member, "a party in one bundle, once",
                            "的成员“" + member + "”重复列入批量授信");
      } else {
        out.bundle_[row] = static_cast<std::uint32_t>(b);
      }
    }
  }
  if (!check.issues.empty()) return std::move(check.issues);
  return out;
}

}  // namespace huoshui::supply_chain
