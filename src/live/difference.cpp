#include <algorithm>
#include <huoshui/live/difference.hpp>
#include <map>
#include <unordered_map>

namespace huoshui {
namespace {

/// Walk two lists ordered by id together: `visit(a, b)` with nullptr where one side lacks the id.
template <typename A, typename B, typename Id, typename Visit>
void for_each_by_id(std::size_t before, A&& at_before, std::size_t after, B&& at_after, Id&& id,
                    Visit&& visit) {
  std::size_t i = 0, j = 0;
  while (i < before || j < after) {
    const auto* a = i < before ? &at_before(i) : nullptr;
    const auto* b = j < after ? &at_after(j) : nullptr;
    if (a != nullptr && b != nullptr && id(*a) != id(*b)) {
      if (id(*a) < id(*b)) {
        b = nullptr;
      } else {
        a = nullptr;
      }
    }
    if (a != nullptr) ++i;
    if (b != nullptr) ++j;
    visit(a, b);
  }
}

Presence presence_of(const void* before, const void* after, bool equal) {
  if (before == nullptr) return Presence::added;
  if (after == nullptr) return Presence::removed;
  return equal ? Presence::same : Presence::changed;
}

/// The handbook columns that differ and make no rule. The largest amount makes one unless tiers replace it.
std::vector<std::string_view> differing_fields(const Product& a, const Product& b,
                                               const std::vector<RuleChange>& rules) {
  const bool amount_has_rule = std::any_of(rules.begin(), rules.end(), [](const RuleChange& rule) {
    return rule.rule_id.ends_with(".amount_max");
  });
  const std::pair<std::string_view, bool> columns[] = {
      {"name", a.name == b.name},
      {"institution", a.institution == b.institution},
      {"institution_type", a.institution_type == b.institution_type},
      {"instrument", a.instrument == b.instrument},
      {"measures", a.measures == b.measures},
      {"amount_max", amount_has_rule || a.amount.max == b.amount.max},
      {"rate_min", a.rate.min == b.rate.min},
      {"rate_max", a.rate.max == b.rate.max},
      {"rate_text", a.rate_text == b.rate_text},
      {"security_text", a.security_text == b.security_text},
      {"approval_days", a.approval_days == b.approval_days},
      {"repayment", a.repayment == b.repayment},
      {"notes", a.notes == b.notes},
      {"documents", a.documents == b.documents},
      {"published_on", a.published_on == b.published_on},
      {"confidence", a.confidence == b.confidence},
  };
  std::vector<std::string_view> out;
  for (const auto& [name, equal] : columns) {
    if (!equal) out.push_back(name);
  }
  return out;
}

const Rule* find_rule(std::span<const Rule> rules, std::string_view id) {
  const auto at = std::find_if(rules.begin(), rules.end(), [&](const Rule& rule) { return rule.id == id; });
  return at == rules.end() ? nullptr : &*at;
}

std::vector<RuleChange> differing_rules(std::span<const Rule> before, std::span<const Rule> after) {
  std::vector<RuleChange> out;
  for (const auto& rule : before) {
    const Rule* now = find_rule(after, rule.id);
    if (now == nullptr) {
      out.push_back({rule.id, rule.text_zh, rule.text_en, {}, {}});
    } else if (rule.condition != now->condition || rule.text_zh != now->text_zh) {
      out.push_back({rule.id, rule.text_zh, rule.text_en, now->text_zh, now->text_en});
    }
  }
  for (const auto& rule : after) {
    if (find_rule(before, rule.id) == nullptr) out.push_back({rule.id, {}, {}, rule.text_zh, rule.text_en});
  }
  return out;
}

std::span<const Rule> terms_of(const Catalogue& catalogue, const Product& product) {
  return catalogue.terms(*catalogue.find(product.id));
}

std::vector<ProductChange> differing_products(const Catalogue& before, const Catalogue& after) {
  std::vector<ProductChange> out;
  const ProductView a = before.products(), b = after.products();
  for_each_by_id(
      a.size(), [&](std::size_t n) -> const Product& { return a[n]; }, b.size(),
      [&](std::size_t n) -> const Product& { return b[n]; },
      [](const Product& p) -> const std::string& { return p.id; },
      [&](const Product* was, const Product* is) {
        if (was == is) return;  // shared by both catalogues
        const Presence presence = presence_of(was, is, was != nullptr && is != nullptr && *was == *is);
        if (presence == Presence::same) return;
        ProductChange change{.id = (is != nullptr ? is : was)->id,
                             .name = (is != nullptr ? is : was)->name,
                             .presence = presence,
                             .rules = {},
                             .fields = {}};
        if (presence == Presence::changed) {
          change.rules = differing_rules(terms_of(before, *was), terms_of(after, *is));
          change.fields = differing_fields(*was, *is, change.rules);
        }
        out.push_back(std::move(change));
      });
  return out;
}

bool say_the_same(const Fact& a, const Fact& b) {
  return a.range == b.range && a.codes == b.codes && a.origin == b.origin && a.approximate == b.approximate &&
         a.codes_open == b.codes_open;
}

std::vector<FactChange> differing_facts(const Facts& before, const Facts& after) {
  std::vector<FactChange> out;
  for (const auto& entry : fact_infos()) {
    const Fact *a = before.find(entry.key), *b = after.find(entry.key);
    if (a == nullptr && b == nullptr) continue;
    if (a != nullptr && b != nullptr && say_the_same(*a, *b)) continue;
    out.push_back({entry.key, a != nullptr ? std::optional(*a) : std::nullopt,
                   b != nullptr ? std::optional(*b) : std::nullopt});
  }
  return out;
}

/// Where a product stands in a ranking.
struct Shown {
  const RankedProduct* entry = nullptr;
  Verdict verdict{};
  std::uint32_t rank = 0;
};

class ShownProducts {
 public:
  explicit ShownProducts(const ProjectRanking* ranking) {
    if (ranking == nullptr) return;
    add(ranking->offers, Verdict::permitted);
    add(ranking->possible, Verdict::undecided);
    for (std::size_t i = 0; i < in_order_.size(); ++i) by_id_.emplace(in_order_[i].entry->product->id, i);
  }
  [[nodiscard]] const std::vector<Shown>& in_order() const { return in_order_; }
  [[nodiscard]] const Shown* find(std::string_view id) const {
    const auto at = by_id_.find(id);
    return at == by_id_.end() ? nullptr : &in_order_[at->second];
  }

 private:
  void add(const std::vector<RankedProduct>& entries, Verdict verdict) {
    std::uint32_t rank = 0;
    for (const auto& entry : entries) in_order_.push_back({&entry, verdict, ++rank});
  }
  std::vector<Shown> in_order_;
  std::unordered_map<std::string_view, std::size_t> by_id_;
};

/// One project in one snapshot, prepared once a pair has to be judged.
class Side {
 public:
  Side(const Snapshot& snapshot, const Project* project)
      : snapshot_(snapshot),
        project_(project),
        n_(project == nullptr ? std::nullopt : snapshot.find(project->id)),
        shown_(n_ ? &snapshot.ranking(*n_) : nullptr) {}

  [[nodiscard]] const ShownProducts& shown() const { return shown_; }
  [[nodiscard]] const ProjectRanking* ranking() const { return n_ ? &snapshot_.ranking(*n_) : nullptr; }
  [[nodiscard]] VerdictCounts counts() const { return n_ ? snapshot_.counts(*n_) : VerdictCounts{}; }

  /// How a pair stands here, shown or not; nothing when there is no such product or project.
  [[nodiscard]] std::optional<PairStanding> standing(std::string_view product_id) {
    if (const Shown* s = shown_.find(product_id)) {
      return PairStanding{s->verdict, s->rank, s->entry->points, s->entry->cautions, s->entry->open};
    }
    const auto row = row_of(product_id);
    if (!row) return std::nullopt;
    const Screened screened = screen(prepared(), snapshot_.catalogue(), *row);
    PairStanding out{screened.verdict, 0, 0, screened.cautions, screened.open};
    if (screened.verdict != Verdict::refused)
      out.points = score(prepared(), snapshot_.catalogue(), *row).total;
    return out;
  }
  [[nodiscard]] std::vector<std::pair<const Rule*, Outcome>> outcomes(std::string_view product_id) {
    std::vector<std::pair<const Rule*, Outcome>> out;
    const auto row = row_of(product_id);
    if (!row || project_->is_collection) return out;
    for_each_rule(snapshot_.catalogue(), *row,
                  [&](const Rule& rule) { out.emplace_back(&rule, judge(rule, prepared().facts).outcome); });
    return out;
  }

 private:
  [[nodiscard]] std::optional<ProductRow> row_of(std::string_view id) const {
    return project_ == nullptr ? std::nullopt : snapshot_.catalogue().find(id);
  }
  [[nodiscard]] const PreparedProject& prepared() {
    if (!prepared_) prepared_ = prepare(*project_, snapshot_.catalogue());
    return *prepared_;
  }

  const Snapshot& snapshot_;
  const Project* project_;
  std::optional<std::size_t> n_;
  ShownProducts shown_;
  std::optional<PreparedProject> prepared_;
};

std::vector<RuleTurn> turned_rules(Side& before, Side& after, std::string_view product_id) {
  std::vector<RuleTurn> out;
  const auto was = before.outcomes(product_id), is = after.outcomes(product_id);
  const auto find = [](const auto& outcomes, std::string_view id) {
    const auto at =
        std::find_if(outcomes.begin(), outcomes.end(), [&](const auto& o) { return o.first->id == id; });
    return at == outcomes.end() ? std::nullopt : std::optional(at->second);
  };
  for (const auto& [rule, outcome] : is) {
    const auto earlier = find(was, rule->id);
    if (earlier != outcome) out.push_back({rule->id, rule->text_zh, rule->text_en, earlier, outcome});
  }
  for (const auto& [rule, outcome] : was) {
    if (!find(is, rule->id)) out.push_back({rule->id, rule->text_zh, rule->text_en, outcome, std::nullopt});
  }
  return out;
}

bool show_the_same(const ProjectRanking& a, const ProjectRanking& b) {
  if (&a == &b) return true;
  const auto equal = [](const RankedProduct& x, const RankedProduct& y) {
    return x.points == y.points && x.cautions == y.cautions && x.open == y.open &&
           (x.product == y.product || x.product->id == y.product->id);
  };
  return std::equal(a.offers.begin(), a.offers.end(), b.offers.begin(), b.offers.end(), equal) &&
         std::equal(a.possible.begin(), a.possible.end(), b.possible.begin(), b.possible.end(), equal);
}

class Comparer {
 public:
  Comparer(const Snapshot& before, const Snapshot& after) : before_(before), after_(after) {}

  Difference take() {
    const Catalogue &was = before_.catalogue(), &is = after_.catalogue();
    if (!same_policy(was.policy(), is.policy())) {
      out_.day_before = was.policy().date();
      out_.day_after = is.policy().date();
    }
    if (was.scorecard().weights() != is.scorecard().weights()) {
      out_.card_before = was.scorecard().id();
      out_.card_after = is.scorecard().id();
      card_changed_ = true;
    }
    out_.products = differing_products(was, is);
    for (const auto& change : out_.products) presence_[change.id] = change.presence;
    for_each_by_id(
        before_.size(), [&](std::size_t n) -> const Project& { return before_.project(n); }, after_.size(),
        [&](std::size_t n) -> const Project& { return after_.project(n); },
        [](const Project& p) -> const std::string& { return p.id; },
        [&](const Project* a, const Project* b) { compare(a, b); });
    return std::move(out_);
  }

 private:
  static bool same_policy(const Policy& a, const Policy& b) {
    const auto in_a = a.in_force(), in_b = b.in_force();
    return a.date() == b.date() && std::equal(in_a.begin(), in_a.end(), in_b.begin(), in_b.end());
  }

  void compare(const Project* was, const Project* is) {
    Side before(before_, was), after(after_, is);
    if (before.ranking() != nullptr && after.ranking() != nullptr &&
        show_the_same(*before.ranking(), *after.ranking())) {
      return;
    }
    const Project& named = is != nullptr ? *is : *was;
    ProjectChange change{.id = named.id,
                         .name = named.name,
                         .presence = Presence::same,
                         .facts = {},
                         .words_changed = false,
                         .before = before.counts(),
                         .after = after.counts(),
                         .matches = {}};
    if (was != nullptr && is != nullptr) {
      change.facts = differing_facts(was->facts, is->facts);
      change.words_changed =
          was->name != is->name || was->texts != is->texts || was->is_collection != is->is_collection;
    }
    change.presence = presence_of(was, is, was == is || (was != nullptr && is != nullptr && *was == *is));
    for (const auto& shown : after.shown().in_order())
      add_match(shown.entry->product->id, shown.entry->product->name, change, before, after);
    for (const auto& shown : before.shown().in_order()) {
      const Product& product = *shown.entry->product;
      if (after.shown().find(product.id) == nullptr)
        add_match(product.id, product.name, change, before, after);
    }
    out_.projects.push_back(std::move(change));
  }

  void add_match(const std::string& product_id, const std::string& name, ProjectChange& project, Side& before,
                 Side& after) {
    MatchChange match{.product_id = product_id,
                      .product_name = name,
                      .movement = Movement::moved,
                      .before = before.standing(product_id),
                      .after = after.standing(product_id),
                      .causes = {},
                      .rules = {}};
    if (match.before == match.after) return;
    const bool was_shown = match.before && match.before->rank != 0;
    const bool is_shown = match.after && match.after->rank != 0;
    if (!was_shown) {
      match.movement = Movement::entered;
    } else if (!is_shown) {
      match.movement = Movement::left;
    } else if (match.before->verdict != match.after->verdict) {
      match.movement = Movement::verdict_changed;
    }
    match.causes = causes_of(match, project.presence);
    if (match.before && match.after && match.before->verdict != match.after->verdict)
      match.rules = turned_rules(before, after, product_id);
    project.matches.push_back(std::move(match));
  }

  std::vector<Cause> causes_of(const MatchChange& match, Presence project) const {
    if (match.before && match.after) {
      PairStanding a = *match.before, b = *match.after;
      a.rank = b.rank = 0;
      if (a == b) return {Cause::other_products};
    }
    std::vector<Cause> causes;
    const auto product = presence_.find(match.product_id);
    if (product != presence_.end()) {
      causes.push_back(product->second == Presence::added     ? Cause::product_added
                       : product->second == Presence::removed ? Cause::product_removed
                                                              : Cause::product_changed);
    }
    if (project != Presence::same) {
      causes.push_back(project == Presence::added     ? Cause::project_added
                       : project == Presence::removed ? Cause::project_removed
                                                      : Cause::project_changed);
    }
    if (out_.day_after) causes.push_back(Cause::policy_changed);
    if (card_changed_) causes.push_back(Cause::scorecard_changed);
    return causes;
  }

  const Snapshot &before_, &after_;
  Difference out_;
  bool card_changed_ = false;
  std::map<std::string, Presence, std::less<>> presence_;
};

}  // namespace

std::string_view to_string(Presence presence) {
  switch (presence) {
    case Presence::same:
      return "same";
    case Presence::added:
      return "added";
    case Presence::removed:
      return "removed";
    case Presence::changed:
      return "changed";
  }
  return "";
}

std::string_view to_string(Movement movement) {
  switch (movement) {
    case Movement::entered:
      return "entered";
    case Movement::left:
      return "left";
    case Movement::moved:
      return "moved";
    case Movement::verdict_changed:
      return "verdict_changed";
  }
  return "";
}

std::string_view to_string(Cause cause) {
  switch (cause) {
    case Cause::product_added:
      return "product_added";
    case Cause::product_removed:
      return "product_removed";
    case Cause::product_changed:
      return "product_changed";
    case Cause::project_added:
      return "project_added";
    case Cause::project_removed:
      return "project_removed";
    case Cause::project_changed:
      return "project_changed";
    case Cause::policy_changed:
      return "policy_changed";
    case Cause::scorecard_changed:
      return "scorecard_changed";
    case Cause::other_products:
      return "other_products";
  }
  return "";
}

Difference difference(const Snapshot& before, const Snapshot& after) {
  if (before.options().k != after.options().k || before.options().possible != after.options().possible)
    throw ContractError("difference() compares snapshots with the same k and number of possible offers");
  return Comparer(before, after).take();
}

}  // namespace huoshui
