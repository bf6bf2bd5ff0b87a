#include "syndicate/detail/search.hpp"

#include <algorithm>
#include <huoshui/core/assert.hpp>
#include <memory>
#include <queue>
#include <tuple>

namespace huoshui::syndicate::detail {
namespace {

constexpr Exact kNever = Exact{1} << 120;

bool less(const Value& a, const Value& b) {
  if (a.cost != b.cost) return a.cost < b.cost;
  return std::tie(a.minus_score, a.members, a.leads) < std::tie(b.minus_score, b.members, b.leads);
}

Value plus(const Value& a, const Value& b) {
  return {a.cost + b.cost, a.minus_score + b.minus_score, a.members + b.members, a.leads + b.leads};
}

Value times(const Value& a, std::int64_t n) {
  return {a.cost * n, a.minus_score * n, static_cast<std::int32_t>(a.members * n),
          static_cast<std::int32_t>(a.leads * n)};
}

const Value kNone{kNever, 0, 0, 0};
bool exists(const Value& value) { return value.cost < kNever; }
void keep_less(Value& kept, const Value& value) {
  if (less(value, kept)) kept = value;
}

// What has been nominated so far among the candidates of a table.
enum Leads : std::size_t { nobody, sole, joint_one, joint_more, kLeadStates };

std::optional<std::size_t> together(std::size_t a, std::size_t b) {
  if (a == nobody) return b;
  if (b == nobody) return a;
  if (a == sole || b == sole) return std::nullopt;
  return joint_more;
}
bool is_led(std::size_t leads) { return leads == sole || leads == joint_more; }

/// The rest to be placed, in steps by group, as one number.
struct Rests {
  explicit Rests(const std::vector<std::int64_t>& groups) : groups_(groups) {
    for (const auto steps : groups) {
      strides_.push_back(size_);
      size_ *= static_cast<std::size_t>(steps) + 1;
    }
    starts_.resize(groups_.size());
    for (std::size_t group = 0; group < groups_.size(); ++group)
      for (std::size_t rest = 0; rest < size_; ++rest)
        if (digit(rest, group) == 0) starts_[group].push_back(rest);
  }
  std::size_t size() const { return size_; }
  std::int64_t digit(std::size_t rest, std::size_t group) const {
    return static_cast<std::int64_t>(rest / strides_[group]) % (groups_[group] + 1);
  }
  const std::vector<std::int64_t>& groups() const { return groups_; }
  std::size_t stride(std::size_t group) const { return strides_[group]; }
  /// Where the lines along the axis of a group begin.
  const std::vector<std::size_t>& starts(std::size_t group) const { return starts_[group]; }

 private:
  std::vector<std::int64_t> groups_;
  std::vector<std::vector<std::size_t>> starts_;
  std::vector<std::size_t> strides_;
  std::size_t size_ = 1;
};

std::size_t power_of_three(std::size_t n) { return n == 0 ? 1 : 3 * power_of_three(n - 1); }

/// One way for a candidate to join.
struct Joining {
  std::size_t leads = nobody;  // after it has joined
  bool agent = false;
  std::int64_t least = 0, most = 0;
  Value fixed;
};

class Search {
 public:
  Search(const std::vector<Candidate>& candidates, const std::vector<std::int64_t>& groups,
         const Bounds& bounds)
      : candidates_(candidates),
        bounds_(bounds),
        rests_(groups),
        counts_(power_of_three(groups.size())),
        numbers_(bounds.max_members > 0 ? static_cast<std::size_t>(bounds.max_members) + 1 : 1) {
    const std::size_t longest =
        groups.empty() ? 0 : static_cast<std::size_t>(*std::max_element(groups.begin(), groups.end()));
    shifted_.resize(longest + 1);
    window_.resize(longest + 1);
  }

  std::size_t table_size() const { return rests_.size() * counts_ * kLeadStates * 2 * numbers_; }

  Searched run(std::size_t wanted) {
    fill();
    Searched out;
    out.entries = static_cast<std::uint64_t>(table_size()) * tables_.size();
    out.most_placed = fullest();
    if (wanted > 0) best(wanted, out);
    return out;
  }

 private:
  using Table = std::vector<Value>;

  // ---- Tables of the candidates from i on.
  std::size_t part_of(std::size_t counts, std::size_t leads, std::size_t agent, std::size_t number) const {
    return ((counts * kLeadStates + leads) * 2 + agent) * numbers_ + number;
  }
  std::size_t parts() const { return counts_ * kLeadStates * 2 * numbers_; }

  std::vector<Joining> joinings(const Candidate& one, std::size_t leads, bool has_agent) const {
    std::vector<Joining> out;
    const auto add = [&](std::size_t after, std::int64_t least, std::int64_t most, bool leads_now) {
      Joining way;
      way.leads = after;
      way.least = std::max(one.least, least);
      way.most = std::min({one.most, bounds_.most, most});
      if (way.least > way.most) return;
      way.fixed.members = 1;
      way.fixed.leads = leads_now ? 1 : 0;
      way.fixed.cost = leads_now ? one.arrangement : Exact{0};
      out.push_back(way);
      if (!has_agent && one.may_be_agent) {
        way.agent = true;
        way.fixed.cost += one.agency;
        out.push_back(way);
      }
    };
    add(leads, 1, bounds_.most, false);
    if (one.may_lead) {
      if (leads == nobody) add(sole, bounds_.sole_least, bounds_.sole_most, true);
      if (bounds_.joint && leads != sole)
        add(leads == nobody ? joint_one : joint_more, bounds_.joint_least, bounds_.most, true);
    }
    return out;
  }

  /// For every rest, the least of taking between least and most steps of it: a sliding minimum along the axis
  /// of the group, after the part that is linear in the steps is taken out. O(rests).
  void slide(const Value* from, std::size_t from_parts, Value* to, std::size_t to_parts, std::size_t group,
             const Joining& way, const Value& step) {
    const std::size_t stride = rests_.stride(group);
    const std::int64_t length = rests_.groups()[group];
    for (const std::size_t start : rests_.starts(group)) {
      std::size_t head = 0;
      std::size_t tail = 0;
      for (std::int64_t at = way.least; at <= length; ++at) {
        const std::int64_t in = at - way.least;
        const Value& entering = from[(start + static_cast<std::size_t>(in) * stride) * from_parts];
        if (exists(entering)) {
          const Value value = plus(entering, times(step, -in));
          while (tail > head && !less(shifted_[tail - 1], value)) --tail;
          shifted_[tail] = value;
          window_[tail++] = in;
        }
        while (head < tail && window_[head] < at - way.most) ++head;
        if (head == tail) continue;
        keep_less(to[(start + static_cast<std::size_t>(at) * stride) * to_parts],
                  plus(plus(shifted_[head], times(step, at)), way.fixed));
      }
    }
  }

  static Value step_of(const Candidate& one) { return {one.fee, -one.score, 0, 0}; }

  void fill() {
    tables_.assign(candidates_.size() + 1, {});
    tables_.back().assign(table_size(), kNone);
    tables_.back()[part_of(0, nobody, 0, 0)] = Value{};
    for (std::size_t i = candidates_.size(); i-- > 0;) {
      const Table& after = tables_[i + 1];
      std::vector<bool> holds(parts());  // nothing comes of a part that nothing reaches
      for (std::size_t at = 0; at < after.size(); ++at)
        if (exists(after[at])) holds[at % parts()] = true;
      Table& table = tables_[i] = after;  // out
      const Candidate& one = candidates_[i];
      for (std::size_t group = 0; group < rests_.groups().size(); ++group) {
        if ((one.groups >> group & 1U) == 0) continue;
        const std::size_t unit = power_of_three(group);
        for (std::size_t counts = 0; counts < counts_; ++counts) {
          const std::size_t banks = counts / unit % 3;
          const std::size_t more = banks == 2 ? counts : counts + unit;
          for (std::size_t leads = 0; leads < kLeadStates; ++leads) {
            for (std::size_t agent = 0; agent < 2; ++agent) {
              for (auto way : joinings(one, leads, agent == 1)) {
                if (banks == 0) way.fixed.cost += one.interest[group];
                for (std::size_t number = 0; number < numbers_; ++number) {
                  if (numbers_ > 1 && number + 1 >= numbers_) continue;
                  if (!holds[part_of(counts, leads, agent, number)]) continue;
                  const std::size_t next = numbers_ > 1 ? number + 1 : 0;
                  slide(after.data() + part_of(counts, leads, agent, number), parts(),
                        table.data() + part_of(more, way.leads, agent + (way.agent ? 1 : 0), next), parts(),
                        group, way, step_of(one));
                }
              }
            }
          }
        }
      }
    }
  }

  /// Banks of the groups, up to two counted.
  bool are_enough(std::size_t a, std::size_t b) const {
    std::int32_t single = 0;
    for (std::size_t group = 0; group < rests_.groups().size(); ++group, a /= 3, b /= 3) {
      const auto banks = static_cast<std::int32_t>(std::min<std::size_t>(2, a % 3 + b % 3));
      if (banks < bounds_.group_least) return false;
      single += banks == 1 ? 1 : 0;
    }
    return single <= bounds_.single_groups;
  }

  std::vector<std::int64_t> fullest() const {
    std::int64_t most = -1;
    std::vector<std::int64_t> out;
    for (std::size_t rest = 0; rest < rests_.size(); ++rest) {
      for (std::size_t part = 0; part < parts(); ++part) {
        if (!exists(tables_[0][rest * parts() + part])) continue;
        const std::size_t state = part / numbers_;
        if (state % 2 != 1 || !is_led(state / 2 % kLeadStates) || !are_enough(state / 2 / kLeadStates, 0))
          continue;
        std::int64_t sum = 0;
        for (std::size_t group = 0; group < rests_.groups().size(); ++group) sum += rests_.digit(rest, group);
        if (sum <= most) continue;
        most = sum;
        out.clear();
        for (std::size_t group = 0; group < rests_.groups().size(); ++group)
          out.push_back(rests_.digit(rest, group));
      }
    }
    return out;
  }

  // ---- Prefixes: the first candidates are decided, their shares and roles are not.
  struct Prefix {
    std::shared_ptr<const Table> values;  // by rest placed, leads, agent
    std::size_t counts = 0;
    std::size_t number = 0;
    std::vector<Exact> interest;  // of each group at its last member so far
  };
  static constexpr std::size_t kPrefixParts = kLeadStates * 2;

  struct Node {
    Value bound;
    std::vector<std::uint8_t> decisions;   // the group, or the number of groups for out
    std::shared_ptr<const Prefix> before;  // without the last decision
  };
  struct Later {
    bool operator()(const Node& a, const Node& b) const {
      if (a.bound != b.bound) return less(b.bound, a.bound);
      return b.decisions < a.decisions;
    }
  };

  std::shared_ptr<const Prefix> with(const std::shared_ptr<const Prefix>& before, std::size_t i,
                                     std::size_t group) {
    if (group == rests_.groups().size()) return before;
    const Candidate& one = candidates_[i];
    auto out = std::make_shared<Prefix>();
    auto values = std::make_shared<Table>(rests_.size() * kPrefixParts, kNone);
    for (std::size_t leads = 0; leads < kLeadStates; ++leads) {
      for (std::size_t agent = 0; agent < 2; ++agent) {
        for (const auto& way : joinings(one, leads, agent == 1)) {
          slide(before->values->data() + leads * 2 + agent, kPrefixParts,
                values->data() + way.leads * 2 + agent + (way.agent ? 1 : 0), kPrefixParts, group, way,
                step_of(one));
        }
      }
    }
    out->values = std::move(values);
    const std::size_t unit = power_of_three(group);
    out->counts = before->counts / unit % 3 == 2 ? before->counts : before->counts + unit;
    out->number = before->number + 1;
    out->interest = before->interest;
    out->interest[group] = one.interest[group];
    return out;
  }

  /// The least value of any structure that begins with this prefix: exact, so it is attained.
  Value bound(const Prefix& prefix, std::size_t i) const {
    const Table& table = tables_[i];
    Value least = kNone;
    for (std::size_t counts = 0; counts < counts_; ++counts) {
      if (!are_enough(prefix.counts, counts)) continue;
      Exact interest = 0;  // of the groups that nobody joins any more
      std::size_t digits = counts;
      for (std::size_t group = 0; group < rests_.groups().size(); ++group, digits /= 3)
        if (digits % 3 == 0) interest += prefix.interest[group];
      for (std::size_t leads = 0; leads < kLeadStates; ++leads) {
        for (std::size_t rest_leads = 0; rest_leads < kLeadStates; ++rest_leads) {
          const auto both = together(leads, rest_leads);
          if (!both || !is_led(*both)) continue;
          for (std::size_t agent = 0; agent < 2; ++agent) {
            for (std::size_t number = 0; number < numbers_; ++number) {
              if (numbers_ > 1 && prefix.number + number >= numbers_) break;
              const Value* mine = prefix.values->data() + leads * 2 + agent;
              const Value* rest = table.data() + part_of(counts, rest_leads, 1 - agent, number);
              for (std::size_t at = 0, last = rests_.size() - 1; at <= last; ++at) {
                const Value& a = mine[at * kPrefixParts];
                if (!exists(a)) continue;
                const Value& b = rest[(last - at) * parts()];
                if (!exists(b)) continue;
                Value sum = plus(a, b);
                sum.cost += interest;
                keep_less(least, sum);
              }
            }
          }
        }
      }
    }
    return least;
  }

  void best(std::size_t wanted, Searched& out) {
    const std::size_t groups = rests_.groups().size();
    auto root = std::make_shared<Prefix>();
    auto values = std::make_shared<Table>(rests_.size() * kPrefixParts, kNone);
    (*values)[0] = Value{};
    root->values = std::move(values);
    root->interest.assign(groups, 0);
    std::priority_queue<Node, std::vector<Node>, Later> queue;
    const auto offer = [&](const std::shared_ptr<const Prefix>& before, std::vector<std::uint8_t> decisions,
                           const Prefix& prefix) {
      Value value = bound(prefix, decisions.size());
      if (exists(value)) queue.push({value, std::move(decisions), before});
    };
    offer(root, {}, *root);
    while (!queue.empty() && out.found.size() < wanted) {
      const Node node = queue.top();
      queue.pop();
      const std::size_t i = node.decisions.size();
      // The last decision is taken only now: most children are never expanded, and their tables are large.
      const auto prefix = i == 0 ? node.before : with(node.before, i - 1, node.decisions.back());
      if (i == candidates_.size()) {
        out.found.push_back(paper(node));
        continue;
      }
      ++out.expanded;
      for (std::size_t choice = 0; choice <= groups; ++choice) {
        if (choice < groups && (candidates_[i].groups >> choice & 1U) == 0) continue;
        auto decisions = node.decisions;
        decisions.push_back(static_cast<std::uint8_t>(choice));
        offer(prefix, std::move(decisions), *with(prefix, i, choice));
      }
    }
  }

  // ---- A set of members becomes roles and shares that have the value promised.
  Found paper(const Node& node) const {
    std::vector<Placed> members;
    for (std::size_t i = 0; i < node.decisions.size(); ++i)
      if (node.decisions[i] < rests_.groups().size())
        members.push_back({i, node.decisions[i], 0, false, false});
    Found found;
    std::int64_t led = -1;
    const auto attempt = [&](std::size_t first, std::size_t second) {
      for (std::size_t agent = 0; agent < members.size(); ++agent) {
        if (!candidates_[members[agent].candidate].may_be_agent) continue;
        auto placed = members;
        for (auto& member : placed) member.lead = member.agent = false;
        placed[first].lead = placed[second].lead = true;
        placed[agent].agent = true;
        const auto value = share(placed, first == second);
        if (!value || *value != node.bound) continue;
        // Of equal ones the larger lead, then the agent that leads, then the first in order.
        const std::int64_t weight = 2 * (placed[first].steps + (first == second ? 0 : placed[second].steps)) +
                                    (placed[agent].lead ? 1 : 0);
        if (weight <= led) continue;
        led = weight;
        found = {*value, placed};
      }
    };
    for (std::size_t first = 0; first < members.size(); ++first) {
      if (!candidates_[members[first].candidate].may_lead) continue;
      attempt(first, first);
      if (!bounds_.joint) continue;
      for (std::size_t second = first + 1; second < members.size(); ++second)
        if (candidates_[members[second].candidate].may_lead) attempt(first, second);
    }
    HUOSHUI_ASSERT(led >= 0);
    return found;
  }

  /// Fill the groups from the cheapest member up; the exchange of one step can then never gain.
  std::optional<Value> share(std::vector<Placed>& placed, bool is_sole) const {
    Value value;
    std::vector<std::int64_t> rest = rests_.groups();
    std::vector<const Candidate*> last(rest.size(), nullptr);
    std::vector<std::int64_t> most(placed.size());
    std::vector<std::size_t> order(placed.size());
    for (std::size_t i = 0; i < placed.size(); ++i) {
      const Candidate& one = candidates_[placed[i].candidate];
      std::int64_t least = one.least;
      most[i] = std::min(one.most, bounds_.most);
      if (placed[i].lead) {
        least = std::max(least, is_sole ? bounds_.sole_least : bounds_.joint_least);
        if (is_sole) most[i] = std::min(most[i], bounds_.sole_most);
      }
      if (least > most[i]) return std::nullopt;
      placed[i].steps = least;
      rest[placed[i].group] -= least;
      last[placed[i].group] = &one;
      order[i] = i;
      value.members += 1;
      value.leads += placed[i].lead ? 1 : 0;
      value.cost += (placed[i].lead ? one.arrangement : Exact{0}) + (placed[i].agent ? one.agency : Exact{0});
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return less(step_of(candidates_[placed[a].candidate]), step_of(candidates_[placed[b].candidate]));
    });
    for (const auto i : order) {
      auto& left = rest[placed[i].group];
      if (left < 0) return std::nullopt;
      const std::int64_t more = std::min(left, most[i] - placed[i].steps);
      placed[i].steps += more;
      left -= more;
    }
    for (const auto left : rest)
      if (left != 0) return std::nullopt;
    for (const auto& member : placed)
      value = plus(value, times(step_of(candidates_[member.candidate]), member.steps));
    for (std::size_t group = 0; group < last.size(); ++group) value.cost += last[group]->interest[group];
    return value;
  }

  const std::vector<Candidate>& candidates_;
  Bounds bounds_;
  Rests rests_;
  std::size_t counts_, numbers_;
  std::vector<Table> tables_;
  std::vector<Value> shifted_;        // the window's values without their linear part
  std::vector<std::int64_t> window_;  // and where they stand
};

}  // namespace

std::uint64_t entries_of(std::size_t candidates, const std::vector<std::int64_t>& groups,
                         const Bounds& bounds) {
  std::uint64_t entries = candidates + 1;
  for (const auto steps : groups) {
    entries *= (static_cast<std::uint64_t>(steps) + 1) * 3;
    if (entries > (std::uint64_t{1} << 40)) return entries;  // far too many already
  }
  return entries * kLeadStates * 2 *
         (bounds.max_members > 0 ? static_cast<std::uint64_t>(bounds.max_members) + 1 : 1);
}

Searched search(const std::vector<Candidate>& candidates, const std::vector<std::int64_t>& groups,
                const Bounds& bounds, std::size_t wanted) {
  return Search(candidates, groups, bounds).run(wanted);
}

}  // namespace huoshui::syndicate::detail
