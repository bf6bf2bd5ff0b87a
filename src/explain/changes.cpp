#include <algorithm>
#include <array>
#include <deque>
#include <huoshui/domain/need.hpp>
#include <huoshui/explain/changes.hpp>
#include <huoshui/explain/wording.hpp>
#include <huoshui/policy/derive.hpp>
#include <optional>

#include "domain/detail/fact_table.hpp"
#include "eligibility/detail/evaluate.hpp"
#include "explain/detail/judged.hpp"
#include "explain/detail/moves.hpp"
#include "policy/detail/derivation.hpp"

namespace huoshui {
namespace {

using detail::JudgedRule;
using detail::Keys;
using detail::Move;
using detail::MoveGroup;
using detail::NeedFollows;
using detail::only;

constexpr std::size_t kMostTrials = 20'000;
constexpr std::size_t kMostPlans = 5;

Change change_of(const Move& move, const Facts& facts) {
  Change change;
  change.key = move.key;
  change.remedy = info(move.key).remedy;
  change.value = move.value;
  if (move.added != nullptr) {
    change.added = *move.added;
    change.added_word = *move.word;
  }
  const std::string zh(info(move.key).name_zh), en(info(move.key).name_en);
  if (change.remedy == Remedy::add) {
    change.text_zh = "增加" + zh + "：" + change.added_word;
    change.text_en = "add " + en + ": " + change.added_word;
  } else if (change.remedy == Remedy::supply) {
    change.text_zh = "补办并提供：" + zh;
    change.text_en = "complete and show: " + en;
  } else {
    const Fact* fact = facts.find(move.key);
    const bool lower = fact->range.has_max() ? move.value < fact->range.max : move.value < fact->range.min;
    const bool is_time = info(move.key).kind == FactKind::months;
    const std::string_view verb = lower ? (is_time ? "缩短" : "降低") : (is_time ? "延长" : "提高");
    change.text_zh = zh + "由" + value_text(move.key, fact, Language::zh) + std::string(verb) + "到" +
                     quantity_text(move.key, move.value, Language::zh);
    change.text_en = (lower ? "lower " : "raise ") + en + " from " +
                     value_text(move.key, fact, Language::en) + " to " +
                     quantity_text(move.key, move.value, Language::en);
  }
  return change;
}

}  // namespace

std::string_view to_string(ChangeStatus status) {
  switch (status) {
    case ChangeStatus::not_refused:
      return "not_refused";
    case ChangeStatus::found:
      return "found";
    case ChangeStatus::impossible:
      return "impossible";
    case ChangeStatus::too_large:
      return "too_large";
  }
  return "";
}

namespace {

Facts apply_to(Facts facts, const std::vector<Change>& changes) {
  // A need worked out from the other sums follows them when they move.
  const Fact* need = facts.find(FactKey::financing_need);
  const bool need_follows = need != nullptr && need->origin == Origin::derived;
  const Facts before = facts;
  if (need_follows) facts.erase(FactKey::financing_need);
  for (const auto& change : changes) {
    const Fact* present = before.find(change.key);
    Fact fact = present != nullptr ? *present : Fact{};
    fact.key = change.key;
    fact.origin = Origin::stated;
    fact.approximate = false;
    if (change.remedy == Remedy::add) {
      fact.codes.push_back(change.added);
      fact.text += (fact.text.empty() ? "" : ";") + change.added_word;
    } else {
      fact.range = Interval::exactly(change.value);
      fact.text = quantity_text(change.key, change.value, Language::zh);
    }
    facts.set(std::move(fact));
  }
  if (need_follows) {
    if (auto derived = derive_need(facts)) facts.offer(std::move(*derived));
  }
  return facts;
}

/// Can a person move this fact, or one it is derived from?
bool is_movable(FactKey key) {
  if (info(key).remedy != Remedy::none) return true;
  const auto inputs = inputs_of(key);
  return std::any_of(inputs.begin(), inputs.end(), is_movable);
}

}  // namespace

bool detail::has_movable_atom(const Condition& condition) {
  bool movable = false;
  for_each_atom(condition, [&](const Condition& atom) {
    movable = movable || is_movable(atom.key) || (atom.limit_key && is_movable(*atom.limit_key));
  });
  return movable;
}

Project apply(const Project& project, const ChangePlan& plan) {
  Project changed = project;
  changed.facts = apply_to(std::move(changed.facts), plan.changes);
  return changed;
}

namespace {

/// The facts of one trial: as judged, with some of them moved. Moves are put in and taken out one by one.
class TrialFacts {
 public:
  /// Borrows all three.
  TrialFacts(const Project& project, const Facts& judged, const Catalogue& catalogue)
      : project_(project), judged_(judged), catalogue_(catalogue) {
    for (const auto& fact : judged.all()) by_key_[static_cast<std::size_t>(fact.key)] = &fact;
  }

  [[nodiscard]] const Fact* find(FactKey key) const { return by_key_[static_cast<std::size_t>(key)]; }

  void move(const Move& move) {
    // Only what is judged: words and places are left out.
    Fact fact;
    fact.key = move.key;
    if (const Fact* present = project_.facts.find(move.key)) {
      fact.range = present->range;
      fact.codes = present->codes;
      fact.codes_open = present->codes_open;
    }
    if (move.added != nullptr) {
      fact.codes.push_back(*move.added);
    } else {
      fact.range = Interval::exactly(move.value);
    }
    auto& slot = moved_.emplace_back(std::move(fact));
    by_key_[static_cast<std::size_t>(move.key)] = &slot;
    derived_is_current_ = false;
  }
  void take_back() {
    const FactKey key = moved_.back().key;
    moved_.pop_back();
    by_key_[static_cast<std::size_t>(key)] = judged_.find(key);
    derived_is_current_ = false;
  }

  /// The same with everything derived anew. Valid until the next move.
  [[nodiscard]] const detail::FactTable& derived_anew(NeedFollows need_follows) {
    if (derived_is_current_) return table_;
    derived_is_current_ = true;
    if (!plain_) {
      plain_.emplace();
      for (const auto& fact : project_.facts.all()) {
        Fact plain;
        plain.key = fact.key;
        plain.origin = fact.origin;
        plain.range = fact.range;
        plain.codes = fact.codes;
        plain.codes_open = fact.codes_open;
        plain_->set(std::move(plain));
      }
      if (need_follows == NeedFollows::yes) plain_->erase(FactKey::financing_need);
    }
    given_ = *plain_;
    for (const auto& fact : moved_) given_.set(fact);
    if (need_follows == NeedFollows::yes) {
      if (auto need = derive_need(given_)) given_.offer(std::move(*need));
    }
    policy_detail::derive_values(given_, catalogue_.policy(), memory_, table_, derived_);
    return table_;
  }

 private:
  const Project& project_;
  const Facts& judged_;
  const Catalogue& catalogue_;
  std::array<const Fact*, kFactKeyCount> by_key_{};
  std::deque<Fact> moved_;  // kept while the table points to it
  bool derived_is_current_ = false;
  std::optional<Facts> plain_;
  Facts given_;
  policy_detail::DerivationMemory memory_;
  detail::FactTable table_;
  std::vector<Fact> derived_;
};

/// Tries combinations of moves, one move of each chosen group, in the order of the groups. A combination that
/// a rule is known to fail counts as tried without being judged:
/// - a failing rule that reads nothing the combination moves keeps failing;
/// - a rule that a single group alone can turn is judged once for each move of that group.
class ChangeSearcher {
 public:
  struct Found {
    std::vector<const Move*> moves;
    Verdict verdict_after = Verdict::permitted;
    double size = 0;
  };

  ChangeSearcher(const PreparedProject& base, const Catalogue& catalogue, std::span<const JudgedRule> judged,
                 std::span<const MoveGroup> groups)
      : facts_(*base.project, base.facts, catalogue), groups_(groups) {
    const Fact* need = base.project->facts.find(FactKey::financing_need);
    if (need != nullptr && need->origin == Origin::derived) need_follows_ = NeedFollows::yes;
    for (const auto& group : groups) follows_.push_back(detail::moved_with(group.key, need_follows_));
    read_rules(judged);
    judge_single_moves();
  }

  /// Try every combination of `facts` groups. Nothing more is tried once the limit is reached.
  void search(std::size_t facts) {
    count_below(facts);
    search_from(0, facts);
  }

  [[nodiscard]] bool cut_off() const { return cut_off_; }
  [[nodiscard]] std::vector<Found>& found() { return found_; }

 private:
  struct TouchedRule {
    const Rule* rule = nullptr;
    Keys keys;                 // that it reads
    std::vector<bool> groups;  // that may turn it
    std::size_t turned_by = 0;
    bool fails = false;
    bool open = false;
  };

  void read_rules(std::span<const JudgedRule> judged) {
    for (const auto& [rule, judgement] : judged) {
      if (rule->strength != Strength::must) continue;
      TouchedRule touched;
      for_each_atom(rule->condition, [&](const Condition& atom) {
        touched.keys |= only(atom.key);
        if (atom.limit_key) touched.keys |= only(*atom.limit_key);
      });
      touched.rule = rule;
      touched.fails = judgement.outcome == Outcome::fail;
      touched.open = detail::keeps_open(*rule, judgement.outcome);
      for (const Keys& follows : follows_) {
        const bool turns = !rule->not_in_force && (follows & touched.keys).any();
        touched.groups.push_back(turns);
        if (turns) ++touched.turned_by;
      }
      if (touched.turned_by == 0 && !touched.fails) {
        stays_open_ = stays_open_ || touched.open;
        continue;
      }
      rules_.push_back(std::move(touched));
    }
  }

  void judge_single_moves() {
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      std::vector<bool> hopeless;
      for (const Move& move : groups_[g].moves) {
        facts_.move(move);
        chosen_groups_.push_back(g);
        hopeless.push_back(std::any_of(rules_.begin(), rules_.end(), [&](const TouchedRule& rule) {
          return rule.turned_by == 1 && rule.groups[g] && outcome(rule) == Outcome::fail;
        }));
        chosen_groups_.pop_back();
        facts_.take_back();
      }
      hopeless_.push_back(std::move(hopeless));
    }
  }

  /// combinations_[left][from]: how many combinations of `left` groups there are from group `from` on.
  void count_below(std::size_t facts) {
    combinations_.assign(facts + 1, std::vector<std::size_t>(groups_.size() + 1, 0));
    combinations_[0].assign(groups_.size() + 1, 1);
    for (std::size_t left = 1; left <= facts; ++left) {
      for (std::size_t g = groups_.size(); g-- > 0;) {
        // Beyond the limit the exact number no longer matters.
        combinations_[left][g] =
            std::min(kMostTrials + 1,
                     combinations_[left][g + 1] + groups_[g].moves.size() * combinations_[left - 1][g + 1]);
      }
    }
  }

  void pass_over(std::size_t combinations) {
    trials_ += combinations;
    if (trials_ > kMostTrials) cut_off_ = true;
  }

  [[nodiscard]] bool can_still_lift(std::size_t from, std::size_t left) const {
    return std::all_of(rules_.begin(), rules_.end(), [&](const TouchedRule& rule) {
      if (!rule.fails) return true;
      const auto turns = [&](std::size_t g) { return static_cast<bool>(rule.groups[g]); };
      if (std::any_of(chosen_groups_.begin(), chosen_groups_.end(), turns)) return true;
      if (left == 0) return false;
      return std::find(rule.groups.begin() + static_cast<std::ptrdiff_t>(from), rule.groups.end(), true) !=
             rule.groups.end();
    });
  }

  void search_from(std::size_t from, std::size_t left) {
    if (cut_off_) return;
    if (!can_still_lift(from, left)) {
      pass_over(combinations_[left][from]);
      return;
    }
    if (left == 0) {
      pass_over(1);
      if (!cut_off_) try_chosen();
      return;
    }
    for (std::size_t g = from; g + left <= groups_.size(); ++g) {
      chosen_groups_.push_back(g);
      for (std::size_t m = 0; m < groups_[g].moves.size() && !cut_off_; ++m) {
        if (hopeless_[g][m]) {
          pass_over(combinations_[left - 1][g + 1]);
          continue;
        }
        const Move& move = groups_[g].moves[m];
        facts_.move(move);
        chosen_.push_back(&move);
        search_from(g + 1, left - 1);
        chosen_.pop_back();
        facts_.take_back();
      }
      chosen_groups_.pop_back();
    }
  }

  /// Judge a rule by the moved facts, derived anew where it reads what follows from them.
  [[nodiscard]] Outcome outcome(const TouchedRule& touched) {
    Keys followers;
    for (const std::size_t g : chosen_groups_) followers |= follows_[g];
    for (const std::size_t g : chosen_groups_) followers &= ~only(groups_[g].key);
    if ((followers & touched.keys).none()) return detail::judge(*touched.rule, facts_).outcome;
    return detail::judge(*touched.rule, facts_.derived_anew(need_follows_)).outcome;
  }

  void try_chosen() {
    bool open = stays_open_;
    for (const auto& touched : rules_) {
      const bool turns = std::any_of(chosen_groups_.begin(), chosen_groups_.end(),
                                     [&](std::size_t g) { return static_cast<bool>(touched.groups[g]); });
      if (!turns) {
        if (touched.fails) return;
        open = open || touched.open;
        continue;
      }
      const Outcome now = outcome(touched);
      if (now == Outcome::fail) return;
      open = open || detail::keeps_open(*touched.rule, now);
    }
    Found found{chosen_, open ? Verdict::undecided : Verdict::permitted, 0};
    for (const Move* move : chosen_) found.size += move->size;
    found_.push_back(std::move(found));
  }

  TrialFacts facts_;
  std::span<const MoveGroup> groups_;
  NeedFollows need_follows_ = NeedFollows::no;
  std::vector<Keys> follows_;                // of each group
  std::vector<TouchedRule> rules_;           // must rules that fail or that a move may turn
  bool stays_open_ = false;                  // a rule that nothing turns is open
  std::vector<std::vector<bool>> hopeless_;  // moves after which a rule fails whatever else is moved
  std::vector<std::vector<std::size_t>> combinations_;
  std::vector<std::size_t> chosen_groups_;
  std::vector<const Move*> chosen_;
  std::vector<Found> found_;
  std::size_t trials_ = 0;
  bool cut_off_ = false;
};

/// Tell whether a project was prepared from its own facts, not from others put in their place.
bool has_own_facts(const PreparedProject& prepared) {
  const Facts& own = prepared.project->facts;
  return std::all_of(own.all().begin(), own.all().end(),
                     [&](const Fact& fact) {
                       const Fact* judged = prepared.facts.find(fact.key);
                       return judged != nullptr && (*judged == fact || judged->origin < fact.origin);
                     }) &&
         std::all_of(prepared.facts.all().begin(), prepared.facts.all().end(),
                     [&](const Fact& fact) { return fact.origin != Origin::stated || own.has(fact.key); });
}

}  // namespace

ChangeSearch detail::nearest_changes(const PreparedProject& project, const Catalogue& catalogue,
                                     ProductRow row, std::span<const JudgedRule> judged,
                                     std::size_t most_facts) {
  ChangeSearch out;
  if (project.project->is_collection) return out;
  bool fixed = false;  // a failing rule without a movable fact: no plan can lift it
  for (const auto& [rule, judgement] : judged) {
    if (rule->strength != Strength::must || judgement.outcome != Outcome::fail) continue;
    out.blocking.push_back(rule->id);
    fixed = fixed || !detail::has_movable_atom(rule->condition);
  }
  if (out.blocking.empty()) return out;
  if (fixed) {
    out.status = ChangeStatus::impossible;
    return out;
  }

  // Values worth trying: the limits of every must rule, for a change may not break one rule to mend another.
  MoveFinder finder(project.facts);
  for (const bool of_two_facts : {false, true}) {
    for (const auto& [rule, judgement] : judged) {
      if (rule->strength != Strength::must) continue;
      for_each_atom(rule->condition, [&](const Condition& atom) {
        if (atom.limit_key.has_value() == of_two_facts) finder.around(atom);
      });
    }
  }

  // Moves are made in what the project says itself.
  std::optional<PreparedProject> own;
  std::vector<JudgedRule> judged_own;
  if (!has_own_facts(project)) {
    own = prepare_facts(*project.project, catalogue);
    judged_own = judge_all(*own, catalogue, row);
    judged = judged_own;
  }
  ChangeSearcher searcher(own ? *own : project, catalogue, judged, finder.groups());
  auto& found = searcher.found();
  const std::size_t deepest = std::min(most_facts, finder.groups().size());
  for (std::size_t facts = 1; facts <= deepest && found.empty() && !searcher.cut_off(); ++facts)
    searcher.search(facts);

  if (found.empty()) {
    out.status = searcher.cut_off() || deepest < finder.groups().size() ? ChangeStatus::too_large
                                                                        : ChangeStatus::impossible;
    return out;
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.size < b.size; });
  // One plan for each set of facts: the smallest move of each; the others of that set ask for more.
  for (const auto& f : found) {
    if (out.plans.size() == kMostPlans) break;
    const bool seen = std::any_of(out.plans.begin(), out.plans.end(), [&](const ChangePlan& plan) {
      return std::equal(plan.changes.begin(), plan.changes.end(), f.moves.begin(), f.moves.end(),
                        [](const Change& a, const Move* b) {
                          return a.key == b->key && a.remedy != Remedy::add && b->added == nullptr;
                        });
    });
    if (seen) continue;
    ChangePlan plan;
    plan.verdict_after = f.verdict_after;
    for (const Move* move : f.moves) plan.changes.push_back(change_of(*move, project.facts));
    out.plans.push_back(std::move(plan));
  }
  out.status = ChangeStatus::found;
  out.blocking.clear();
  return out;
}

ChangeSearch nearest_changes(const PreparedProject& project, const Catalogue& catalogue, ProductRow row,
                             std::size_t most_facts) {
  if (project.project->is_collection) return {};
  return detail::nearest_changes(project, catalogue, row, detail::judge_all(project, catalogue, row),
                                 most_facts);
}

}  // namespace huoshui
