#include "syndicate/detail/search.hpp"

#include <algorithm>
#include <array>
#include <huoshui/core/assert.hpp>
#include <limits>
#include <memory>
#include <numeric>
#include <queue>
#include <tuple>
#include <utility>

namespace huoshui::syndicate::detail {

static bool operator<(const Value& a, const Value& b) {
  if (a.cost != b.cost) return a.cost < b.cost;
  return std::tie(a.minus_score, a.members, a.leads) < std::tie(b.minus_score, b.members, b.leads);
}

static Value operator+(const Value& a, const Value& b) {
  return {a.cost + b.cost, a.minus_score + b.minus_score, a.members + b.members, a.leads + b.leads};
}

static Value operator*(const Value& a, std::int64_t n) {
  return {a.cost * n, a.minus_score * n, static_cast<std::int32_t>(a.members * n),
          static_cast<std::int32_t>(a.leads * n)};
}

namespace {

// Values are packed into one integer wherever they fit; the tables are then a fourth as large, and a
// comparison is one instruction. What exists is below half of never, so that weights may be taken off never.
template <class Number>
struct Scale;

template <>
struct Scale<Value> {
  static Value never() { return {Exact{1} << 120, 0, 0, 0}; }
  static bool exists(const Value& value) { return value.cost < Exact{1} << 119; }
};

template <>
struct Scale<std::int64_t> {
  static constexpr std::int64_t never() { return std::int64_t{1} << 61; }
  static constexpr bool exists(std::int64_t value) { return value < std::int64_t{1} << 60; }
};

template <class Number>
bool exists(const Number& value) {
  return Scale<Number>::exists(value);
}

template <class Number>
void keep_less(Number& kept, const Number& value) {
  kept = value < kept ? value : kept;
}

/// What a candidate adds to a value.
template <class Number>
struct Weights {
  Number step{}, member{}, lead{}, agent{};
  std::vector<Number> interest;  // by group
};

Weights<Value> weights_of(const Candidate& one) {
  Weights<Value> out;
  out.step = {one.fee, -one.score, 0, 0};
  out.member.members = 1;
  out.lead = {one.arrangement, 0, 0, 1};
  out.agent.cost = one.agency;
  for (const auto interest : one.interest) out.interest.push_back({interest, 0, 0, 0});
  return out;
}

Exact common_divisor(Exact a, Exact b) {
  while (b != 0) a = std::exchange(b, a % b);
  return a < 0 ? -a : a;
}

/// The weights as single integers in the order of values, or nothing when a structure might not fit. What
/// every structure pays alike is left out: the least interest of a group, the least fee and best score of a
/// step.
std::optional<std::vector<Weights<std::int64_t>>> packed(const std::vector<Candidate>& candidates,
                                                         const std::vector<std::int64_t>& groups) {
  if (candidates.empty()) return std::vector<Weights<std::int64_t>>{};
  Exact least_fee = candidates[0].fee, most_fee = least_fee, divisor = 0;
  std::int64_t best = candidates[0].score, worst = best;
  std::vector<Exact> least = candidates[0].interest, most = least;
  for (const auto& one : candidates) {
    least_fee = std::min(least_fee, one.fee);
    most_fee = std::max(most_fee, one.fee);
    best = std::max(best, one.score);
    worst = std::min(worst, one.score);
    for (std::size_t group = 0; group < groups.size(); ++group) {
      least[group] = std::min(least[group], one.interest[group]);
      most[group] = std::max(most[group], one.interest[group]);
    }
  }
  Exact dearest = 0, agency = 0;
  for (const auto& one : candidates) {
    divisor = common_divisor(divisor, one.fee - least_fee);
    divisor = common_divisor(divisor, one.arrangement);
    divisor = common_divisor(divisor, one.agency);
    for (std::size_t group = 0; group < groups.size(); ++group)
      divisor = common_divisor(divisor, one.interest[group] - least[group]);
    dearest += one.arrangement;
    agency = std::max(agency, one.agency);
  }
  if (divisor == 0) divisor = 1;
  const std::int64_t steps = std::accumulate(groups.begin(), groups.end(), std::int64_t{0});
  dearest += agency + (most_fee - least_fee) * steps;
  for (std::size_t group = 0; group < groups.size(); ++group) dearest += most[group] - least[group];
  const Exact of_member = static_cast<Exact>(candidates.size()) + 1;
  const Exact of_score = of_member * of_member;
  const Exact of_cost = of_score * (Exact{steps} * (Exact{best} - worst) + 1);
  constexpr Exact kRoom = Exact{1} << 58;
  if (of_cost > kRoom || dearest / divisor + 1 > kRoom / of_cost) return std::nullopt;
  const auto narrow = [](Exact value) { return static_cast<std::int64_t>(value); };
  std::vector<Weights<std::int64_t>> out;
  for (const auto& one : candidates) {
    Weights<std::int64_t> weights;
    weights.step = narrow((one.fee - least_fee) / divisor * of_cost + (Exact{best} - one.score) * of_score);
    weights.member = narrow(of_member);
    weights.lead = narrow(one.arrangement / divisor * of_cost + 1);
    weights.agent = narrow(one.agency / divisor * of_cost);
    for (std::size_t group = 0; group < groups.size(); ++group)
      weights.interest.push_back(narrow((one.interest[group] - least[group]) / divisor * of_cost));
    out.push_back(std::move(weights));
  }
  return out;
}

// What has been nominated so far among the candidates of a table.
enum Leads : std::size_t { nobody, sole, joint_one, joint_more, kLeadStates };

bool is_led(std::size_t leads) { return leads == sole || leads == joint_more; }

// The pairs of a part before and a part after that are led together.
constexpr std::array<std::array<Leads, 2>, 8> kLedTogether = {{{nobody, sole},
                                                               {nobody, joint_more},
                                                               {sole, nobody},
                                                               {joint_one, joint_one},
                                                               {joint_one, joint_more},
                                                               {joint_more, nobody},
                                                               {joint_more, joint_one},
                                                               {joint_more, joint_more}}};

// Nominations side by side: leads x agent, one cell of a table.
constexpr std::size_t kCell = kLeadStates * 2;

/// Steps by group as one number.
struct Grid {
  explicit Grid(std::vector<std::int64_t> by_group) : groups(std::move(by_group)) {
    for (const auto steps : groups) {
      strides.push_back(size);
      size *= static_cast<std::size_t>(steps) + 1;
      sum += steps;
    }
  }
  std::int64_t digit(std::size_t at, std::size_t group) const {
    return static_cast<std::int64_t>(at / strides[group]) % (groups[group] + 1);
  }
  std::vector<std::int64_t> groups;
  std::vector<std::size_t> strides;
  std::size_t size = 1;
  std::int64_t sum = 0;
};

// A line along the axis of a group: where it begins, and the span of it inside a band.
struct Line {
  std::size_t start = 0;
  std::int64_t first = 0, last = 0;
};

// Which rests a whole structure can leave behind its first candidates: those that the candidates before can
// have brought about and those after can still place. Only they have rows in a table.
constexpr std::uint32_t kNoRow = std::numeric_limits<std::uint32_t>::max();
struct Band {
  std::vector<std::uint32_t> row;        // by rest
  std::vector<std::size_t> rests;        // by row
  std::vector<std::uint8_t> open;        // by row: the groups with a rest
  std::vector<std::vector<Line>> lines;  // by group
};

template <class Number>
class Search {
 public:
  Search(const std::vector<Candidate>& candidates, std::vector<Weights<Number>> weights,
         const std::vector<std::int64_t>& groups, const Bounds& bounds)
      : candidates_(candidates),
        weights_(std::move(weights)),
        bounds_(bounds),
        grid_(groups),
        numbers_(bounds.max_members > 0 ? static_cast<std::size_t>(bounds.max_members) + 1 : 1) {
    const std::int64_t longest = groups.empty() ? 0 : *std::max_element(groups.begin(), groups.end());
    line_.resize(static_cast<std::size_t>(longest) + 1);
    before_.resize(line_.size());
    after_.resize(line_.size());
  }

  /// Find the best `wanted` sets, or nothing when the tables would have more entries than that.
  std::optional<Searched> best_sets(std::size_t wanted, std::uint64_t max_entries) {
    if (!lay_out(true, max_entries)) return std::nullopt;
    Searched out;
    out.entries = entries_;
    best(wanted, out);
    return out;
  }

  std::optional<std::vector<std::int64_t>> fullest(std::uint64_t max_entries) {
    if (!lay_out(false, max_entries)) return std::nullopt;
    return fullest_of_all();
  }

 private:
  using Table = std::vector<Number>;

  std::int64_t room(const Candidate& one) const { return std::min(one.most, bounds_.most); }
  /// In a group of so many steps: where two banks are wanted, one leaves a step at least to the other.
  std::int64_t room(const Candidate& one, std::int64_t steps) const {
    return std::min(room(one), bounds_.group_least > 1 ? steps - 1 : steps);
  }

  bool lay_out(bool is_pruned, std::uint64_t max_entries) {
    for (std::size_t group = 0; group < grid_.groups.size(); ++group) {
      const bool counted =
          !is_pruned || std::any_of(candidates_.begin(), candidates_.end(), [&](const Candidate& one) {
            return (one.groups >> group & 1U) != 0 && room(one, grid_.groups[group]) >= grid_.groups[group];
          });
      units_.push_back(counts_);
      counted_.push_back(counted);
      counts_ *= counted ? 2 : 1;
    }
    for (std::size_t i = 0; i <= candidates_.size(); ++i) {
      bands_.push_back(band(i, is_pruned));
      entries_ += bands_.back().rests.size() * parts();
      if (entries_ > max_entries) return false;
    }
    fill();
    return true;
  }

  Band band(std::size_t i, bool is_pruned) const {
    const std::size_t groups = grid_.groups.size();
    std::vector<std::int64_t> before(groups), after(groups);
    std::int64_t all_before = 0, all_after = 0;
    for (std::size_t j = 0; j < candidates_.size(); ++j) {
      const Candidate& one = candidates_[j];
      if (one.groups == 0) continue;
      (j < i ? all_before : all_after) += room(one);
      for (std::size_t group = 0; group < groups; ++group)
        if ((one.groups >> group & 1U) != 0) (j < i ? before : after)[group] += room(one);
    }
    Band out;
    out.row.assign(grid_.size, kNoRow);
    std::vector<std::int64_t> digits(groups);
    std::int64_t left = 0;
    for (std::size_t rest = 0; rest < grid_.size; ++rest) {
      std::uint8_t open = 0;
      bool reached = left <= all_after && (!is_pruned || grid_.sum - left <= all_before);
      for (std::size_t group = 0; group < groups; ++group) {
        open |= static_cast<std::uint8_t>((digits[group] > 0 ? 1U : 0U) << group);
        reached = reached && digits[group] <= after[group] &&
                  (!is_pruned || grid_.groups[group] - digits[group] <= before[group]);
      }
      if (reached) {
        out.row[rest] = static_cast<std::uint32_t>(out.rests.size());
        out.rests.push_back(rest);
        out.open.push_back(open);
      }
      for (std::size_t group = 0; group < groups; ++group) {  // count on
        ++left;
        if (++digits[group] <= grid_.groups[group]) break;
        left -= digits[group];
        digits[group] = 0;
      }
    }
    out.lines.resize(groups);
    for (std::size_t group = 0; group < groups; ++group) {
      for (std::size_t row = 0; row < out.rests.size(); ++row) {
        // A band is one span on every line.
        const std::size_t rest = out.rests[row], stride = grid_.strides[group];
        const std::int64_t first = grid_.digit(rest, group);
        if (first > 0 && out.row[rest - stride] != kNoRow) continue;
        std::int64_t last = first;
        while (last < grid_.groups[group] &&
               out.row[rest + static_cast<std::size_t>(last + 1 - first) * stride] != kNoRow)
          ++last;
        out.lines[group].push_back({rest - static_cast<std::size_t>(first) * stride, first, last});
      }
    }
    return out;
  }

  // ---- Tables of the candidates from i on: by row of the band, banks by group, members, nominations.
  // Banks of a group are none exactly where it has no rest; beyond that one is told from more only in groups
  // that a single bank could fill.
  std::size_t part_of(std::size_t counts, std::size_t number) const {
    return (counts * numbers_ + number) * kCell;
  }
  std::size_t parts() const { return counts_ * numbers_ * kCell; }

  using Cell = std::array<Number, kCell>;

  static Cell nothing() {
    Cell out;
    out.fill(Scale<Number>::never());
    return out;
  }

  /// For every place of a line the least of what lies between least and most steps behind it, by blocks of
  /// the window's length (van Herk; Gil and Werman). `line_` holds the values without their linear part.
  void look_back(std::size_t length, std::size_t window) {
    for (std::size_t start = 0; start < length; start += window) {
      const std::size_t end = std::min(length, start + window);
      before_[start] = line_[start];
      for (std::size_t at = start + 1; at < end; ++at)
        for (std::size_t lane = 0; lane < kCell; ++lane)
          before_[at][lane] = std::min(before_[at - 1][lane], line_[at][lane]);
      after_[end - 1] = line_[end - 1];
      for (std::size_t at = end - 1; at-- > start;)
        for (std::size_t lane = 0; lane < kCell; ++lane)
          after_[at][lane] = std::min(after_[at + 1][lane], line_[at][lane]);
    }
  }

  /// One kind of joining along one line. `to(at)` is the cell where `at` steps in all are placed, or null.
  template <class To, class Joined>
  void join_line(std::int64_t first, std::int64_t last, std::int64_t least, std::int64_t most,
                 std::int64_t length, const Weights<Number>& weights, const Number& fixed, bool may_be_agent,
                 const To& to, const Joined& joined) {
    least = std::max<std::int64_t>(least, 1);
    if (least > most) return;
    const std::int64_t window = most - least + 1;
    look_back(static_cast<std::size_t>(last - first + 1), static_cast<std::size_t>(window));
    const std::int64_t last_block = (last - first) / window * window;
    for (std::int64_t at = first + least; at <= std::min(length, last + most); ++at) {
      Number* cell = to(at);
      if (cell == nullptr) continue;
      // The window lies over at most two blocks; where an end of the line cuts it, perhaps over one.
      const std::int64_t low = std::max(first, at - most) - first;
      const std::int64_t high = std::min(last, at - least) - first;
      Cell seen;
      if (low == 0) {
        seen = before_[static_cast<std::size_t>(high)];
      } else {
        seen = after_[static_cast<std::size_t>(low)];
        if (at - least <= last || low < last_block) {
          const Cell& other = before_[static_cast<std::size_t>(high)];
          for (std::size_t lane = 0; lane < kCell; ++lane) keep_less(seen[lane], other[lane]);
        }
      }
      seen = joined(seen);
      const Number linear = weights.step * at + fixed;
      for (std::size_t lane = 0; lane < kCell; ++lane) keep_less(cell[lane], seen[lane] + linear);
      if (!may_be_agent) continue;
      for (std::size_t lane = 0; lane < kCell; lane += 2)
        keep_less(cell[lane + 1], seen[lane] + linear + weights.agent);
    }
  }

  /// Every way for a candidate to join along one line of a group: from what `from(at, cell)` leaves in the
  /// cells between first and last to the cells `to(at)`. From nothing placed on it pays the interest.
  template <class From, class To>
  void join(std::size_t i, std::int64_t first, std::int64_t last, std::int64_t length, const Number& interest,
            const From& from, const To& to) {
    const Candidate& one = candidates_[i];
    const Weights<Number>& weights = weights_[i];
    for (std::int64_t at = first; at <= last; ++at) {
      Cell& cell = line_[static_cast<std::size_t>(at - first)];
      cell = nothing();
      from(at, cell);
      const Number linear = at == 0 ? interest : weights.step * -at;
      for (auto& value : cell) value = value + linear;
    }
    const Number fixed = weights.member;
    const std::int64_t most = room(one, length);
    join_line(first, last, one.least, most, length, weights, fixed, one.may_be_agent, to,
              [](const Cell& seen) { return seen; });
    if (!one.may_lead) return;
    join_line(first, last, std::max(one.least, bounds_.sole_least), std::min(most, bounds_.sole_most), length,
              weights, fixed + weights.lead, one.may_be_agent, to, [](const Cell& seen) {
                Cell out = nothing();
                out[sole * 2] = seen[nobody * 2];
                out[sole * 2 + 1] = seen[nobody * 2 + 1];
                return out;
              });
    if (!bounds_.joint) return;
    join_line(first, last, std::max(one.least, bounds_.joint_least), most, length, weights,
              fixed + weights.lead, one.may_be_agent, to, [](const Cell& seen) {
                Cell out = nothing();
                for (std::size_t agent = 0; agent < 2; ++agent) {
                  out[joint_one * 2 + agent] = seen[nobody * 2 + agent];
                  out[joint_more * 2 + agent] =
                      std::min(seen[joint_one * 2 + agent], seen[joint_more * 2 + agent]);
                }
                return out;
              });
  }

  void fill() {
    tables_.assign(candidates_.size() + 1, {});
    tables_.back().assign(bands_.back().rests.size() * parts(), Scale<Number>::never());
    if (!bands_.back().rests.empty()) tables_.back()[0] = Number{};
    for (std::size_t i = candidates_.size(); i-- > 0;) {
      const Band& from_band = bands_[i + 1];
      const Band& band = bands_[i];
      const Table& after = tables_[i + 1];
      Table& table = tables_[i];
      table.assign(band.rests.size() * parts(), Scale<Number>::never());
      for (std::size_t row = 0; row < band.rests.size(); ++row) {  // out
        const std::uint32_t from = from_band.row[band.rests[row]];
        if (from == kNoRow) continue;
        std::copy_n(after.begin() + static_cast<std::ptrdiff_t>(from * parts()), parts(),
                    table.begin() + static_cast<std::ptrdiff_t>(row * parts()));
      }
      for (std::size_t group = 0; group < grid_.groups.size(); ++group) {
        if ((candidates_[i].groups >> group & 1U) == 0) continue;
        const std::size_t stride = grid_.strides[group];
        for (const Line& line : from_band.lines[group]) {
          const auto row = [&](const Band& of, std::int64_t at) {
            return of.row[line.start + static_cast<std::size_t>(at) * stride];
          };
          for (std::size_t counts = 0; counts < counts_; ++counts) {
            if (!are_open(counts, group, line.start)) continue;
            for (std::size_t number = 0; number < numbers_; ++number) {
              if (numbers_ > 1 && number + 1 >= numbers_) continue;
              const std::size_t next = numbers_ > 1 ? number + 1 : 0;
              const auto along = [&](std::int64_t begin, std::int64_t end, std::size_t more) {
                const std::size_t to_part = part_of(more, next);
                join(
                    i, begin, end, grid_.groups[group], weights_[i].interest[group],
                    [&](std::int64_t at, Cell& cell) {
                      const auto seen = row(from_band, at);
                      if (seen == kNoRow) return;
                      // One bank so far, or more: either way there are more now.
                      for (std::size_t banks = counts;; banks = more) {
                        const Number* values = after.data() + seen * parts() + part_of(banks, number);
                        for (std::size_t lane = 0; lane < kCell; ++lane) keep_less(cell[lane], values[lane]);
                        if (banks == more) break;
                      }
                    },
                    [&](std::int64_t at) -> Number* {
                      const auto seen = row(band, at);
                      return seen == kNoRow ? nullptr : table.data() + seen * parts() + to_part;
                    });
              };
              if (!counted_[group]) {
                along(line.first, line.last, counts);
                continue;
              }
              if (line.first == 0) along(0, 0, counts);
              if (line.last > 0)
                along(std::max<std::int64_t>(line.first, 1), line.last, counts + units_[group]);
            }
          }
        }
      }
      for (auto& value : table) value = std::min(value, Scale<Number>::never());
    }
  }

  /// Whether a line of a group, and its counts without that group, can hold anything: more than one bank only
  /// where there is a rest.
  bool are_open(std::size_t counts, std::size_t group, std::size_t start) const {
    for (std::size_t other = 0; other < grid_.groups.size(); ++other)
      if (has_more(counts, other) && (other == group || grid_.digit(start, other) == 0)) return false;
    return true;
  }
  bool has_more(std::size_t counts, std::size_t group) const {
    return counted_[group] && counts / units_[group] % 2 == 1;
  }

  /// Whether banks before, and those counted after them in open groups, are enough together.
  bool are_enough(const std::vector<std::uint8_t>& before, std::size_t counts, std::uint8_t open) const {
    std::int32_t single = 0;
    for (std::size_t group = 0; group < grid_.groups.size(); ++group) {
      std::int32_t banks = 2;  // no single bank fills it
      if (counted_[group])
        banks = before[group] + ((open >> group & 1U) == 0 ? 0 : has_more(counts, group) ? 2 : 1);
      if (banks < bounds_.group_least) return false;
      single += banks == 1 ? 1 : 0;
    }
    return single <= bounds_.single_groups;
  }

  std::vector<std::int64_t> fullest_of_all() const {
    std::int64_t most = -1;
    std::vector<std::int64_t> out;
    const std::vector<std::uint8_t> nobody_before(grid_.groups.size());
    for (std::size_t row = 0; row < bands_[0].rests.size(); ++row) {
      for (std::size_t part = 0; part < parts(); ++part) {
        if (!exists(tables_[0][row * parts() + part])) continue;
        const std::size_t cell = part % kCell;
        if (cell % 2 != 1 || !is_led(cell / 2)) continue;
        if (!are_enough(nobody_before, part / kCell / numbers_, bands_[0].open[row])) continue;
        std::int64_t sum = 0;
        std::vector<std::int64_t> placed;
        for (std::size_t group = 0; group < grid_.groups.size(); ++group) {
          placed.push_back(grid_.digit(bands_[0].rests[row], group));
          sum += placed.back();
        }
        if (sum <= most) continue;
        most = sum;
        out = std::move(placed);
      }
    }
    return out;
  }

  // ---- Prefixes: the first candidates are decided, their shares and roles are not.
  struct Prefix {
    Table values;                     // by row of the band, nominations
    std::vector<std::uint8_t> banks;  // by group, up to two counted
    std::size_t number = 0;
    std::vector<Number> interest;  // of each group at its last member so far
  };

  struct Node {
    Number bound;
    std::vector<std::uint8_t> decisions;   // the group, or the number of groups for out
    std::shared_ptr<const Prefix> before;  // without the last decision
  };
  struct Later {
    bool operator()(const Node& a, const Node& b) const {
      if (b.bound < a.bound) return true;
      if (a.bound < b.bound) return false;
      return b.decisions < a.decisions;
    }
  };

  Prefix with(const Prefix& before, std::size_t i, std::size_t group) {
    const Band& from_band = bands_[i];
    const Band& band = bands_[i + 1];
    Prefix out;
    out.banks = before.banks;
    out.number = before.number;
    out.interest = before.interest;
    out.values.assign(band.rests.size() * kCell, Scale<Number>::never());
    if (group == grid_.groups.size()) {
      for (std::size_t row = 0; row < band.rests.size(); ++row) {
        const std::uint32_t from = from_band.row[band.rests[row]];
        if (from == kNoRow) continue;
        std::copy_n(before.values.begin() + static_cast<std::ptrdiff_t>(from * kCell), kCell,
                    out.values.begin() + static_cast<std::ptrdiff_t>(row * kCell));
      }
      return out;
    }
    const std::size_t stride = grid_.strides[group];
    const std::int64_t length = grid_.groups[group];
    for (const Line& line : from_band.lines[group]) {
      // Steps placed are the length less the rest.
      const auto row = [&](const Band& of, std::int64_t placed) {
        return of.row[line.start + static_cast<std::size_t>(length - placed) * stride];
      };
      // Most lines of a short prefix are empty, and the others in part.
      std::int64_t first = length - line.last, last = length - line.first;
      const auto is_empty = [&](std::int64_t placed) {
        const Number* cell = before.values.data() + row(from_band, placed) * kCell;
        return std::none_of(cell, cell + kCell, [](const Number& value) { return exists(value); });
      };
      while (first <= last && is_empty(first)) ++first;
      while (first < last && is_empty(last)) --last;
      if (first > last) continue;
      join(
          i, first, last, length, Number{},
          [&](std::int64_t at, Cell& cell) {
            const auto seen = row(from_band, at);
            if (seen != kNoRow) std::copy_n(before.values.data() + seen * kCell, kCell, cell.begin());
          },
          [&](std::int64_t at) -> Number* {
            const auto seen = row(band, at);
            return seen == kNoRow ? nullptr : out.values.data() + seen * kCell;
          });
    }
    for (auto& value : out.values) value = std::min(value, Scale<Number>::never());
    out.banks[group] = std::min<std::uint8_t>(2, out.banks[group] + 1);
    out.number = before.number + 1;
    out.interest[group] = weights_[i].interest[group];
    return out;
  }

  /// The least value of any structure that begins with this prefix: exact, so it is attained.
  Number bound(const Prefix& prefix, std::size_t i) const {
    const Table& table = tables_[i];
    Number least = Scale<Number>::never();
    // By the groups that are still open: parts, and the interest of groups that nobody joins any more.
    std::vector<std::vector<std::pair<std::size_t, Number>>> ways(std::size_t{1} << grid_.groups.size());
    for (std::size_t open = 0; open < ways.size(); ++open) {
      Number interest{};
      for (std::size_t group = 0; group < grid_.groups.size(); ++group)
        if ((open >> group & 1U) == 0) interest = interest + prefix.interest[group];
      for (std::size_t counts = 0; counts < counts_; ++counts) {
        if (!are_enough(prefix.banks, counts, static_cast<std::uint8_t>(open))) continue;
        for (std::size_t number = 0; number < numbers_; ++number) {
          if (numbers_ > 1 && prefix.number + number >= numbers_) break;
          ways[open].emplace_back(part_of(counts, number), interest);
        }
      }
    }
    for (std::size_t row = 0; row < bands_[i].rests.size(); ++row) {
      const Number* mine = prefix.values.data() + row * kCell;
      if (std::none_of(mine, mine + kCell, [](const Number& value) { return exists(value); })) continue;
      for (const auto& [part, interest] : ways[bands_[i].open[row]]) {
        const Number* rest = table.data() + row * parts() + part;
        Number sum = Scale<Number>::never();
        for (const auto& [leads, rest_leads] : kLedTogether) {
          keep_less(sum, mine[leads * 2] + rest[rest_leads * 2 + 1]);
          keep_less(sum, mine[leads * 2 + 1] + rest[rest_leads * 2]);
        }
        keep_less(least, sum + interest);
      }
    }
    return least;
  }

  void best(std::size_t wanted, Searched& out) {
    const std::size_t groups = grid_.groups.size();
    if (bands_[0].rests.empty()) return;
    auto root = std::make_shared<Prefix>();
    root->values.assign(bands_[0].rests.size() * kCell, Scale<Number>::never());
    root->values[bands_[0].row[grid_.size - 1] * kCell] = Number{};
    root->interest.assign(groups, Number{});
    root->banks.assign(groups, 0);
    std::priority_queue<Node, std::vector<Node>, Later> queue;
    const auto offer = [&](const std::shared_ptr<const Prefix>& before, std::vector<std::uint8_t> decisions,
                           const Prefix& prefix) {
      const Number value = bound(prefix, decisions.size());
      if (exists(value)) queue.push({value, std::move(decisions), before});
    };
    offer(root, {}, *root);
    while (!queue.empty() && out.found.size() < wanted) {
      const Node node = queue.top();
      queue.pop();
      const std::size_t i = node.decisions.size();
      // The last decision is taken only now: most children are never expanded, and their tables are large.
      const auto prefix =
          i == 0 ? node.before
                 : std::make_shared<const Prefix>(with(*node.before, i - 1, node.decisions.back()));
      if (i == candidates_.size()) {
        out.found.push_back(paper(node));
        continue;
      }
      ++out.expanded;
      for (std::size_t choice = 0; choice <= groups; ++choice) {
        if (choice < groups && (candidates_[i].groups >> choice & 1U) == 0) continue;
        auto decisions = node.decisions;
        decisions.push_back(static_cast<std::uint8_t>(choice));
        offer(prefix, std::move(decisions), with(*prefix, i, choice));
      }
    }
  }

  // ---- A set of members becomes roles and shares that have the value promised.
  Found paper(const Node& node) const {
    std::vector<Placed> members;
    for (std::size_t i = 0; i < node.decisions.size(); ++i)
      if (node.decisions[i] < grid_.groups.size()) members.push_back({i, node.decisions[i], 0, false, false});
    Found found;
    std::int64_t led = -1;
    const auto attempt = [&](std::size_t first, std::size_t second) {
      for (std::size_t agent = 0; agent < members.size(); ++agent) {
        if (!candidates_[members[agent].candidate].may_be_agent) continue;
        auto placed = members;
        for (auto& member : placed) member.lead = member.agent = false;
        placed[first].lead = placed[second].lead = true;
        placed[agent].agent = true;
        const auto shared = share(placed, first == second);
        if (!shared || shared->second != node.bound) continue;
        // Of equal ones the larger lead, then the agent that leads, then the first in order.
        const std::int64_t weight = 2 * (placed[first].steps + (first == second ? 0 : placed[second].steps)) +
                                    (placed[agent].lead ? 1 : 0);
        if (weight <= led) continue;
        led = weight;
        found = {shared->first, placed};
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
  std::optional<std::pair<Value, Number>> share(std::vector<Placed>& placed, bool is_sole) const {
    Value value;
    Number weight{};
    const std::size_t groups = grid_.groups.size();
    std::vector<std::int64_t> rest = grid_.groups;
    std::vector<std::size_t> last(groups);
    std::vector<std::int64_t> most(placed.size());
    std::vector<std::size_t> order(placed.size());
    for (std::size_t i = 0; i < placed.size(); ++i) {
      const Candidate& one = candidates_[placed[i].candidate];
      const Weights<Number>& weights = weights_[placed[i].candidate];
      std::int64_t least = one.least;
      most[i] = room(one);
      if (placed[i].lead) {
        least = std::max(least, is_sole ? bounds_.sole_least : bounds_.joint_least);
        if (is_sole) most[i] = std::min(most[i], bounds_.sole_most);
      }
      if (least > most[i]) return std::nullopt;
      placed[i].steps = least;
      rest[placed[i].group] -= least;
      last[placed[i].group] = placed[i].candidate;
      order[i] = i;
      value.members += 1;
      value.leads += placed[i].lead ? 1 : 0;
      value.cost += (placed[i].lead ? one.arrangement : Exact{0}) + (placed[i].agent ? one.agency : Exact{0});
      weight = weight + weights.member;
      if (placed[i].lead) weight = weight + weights.lead;
      if (placed[i].agent) weight = weight + weights.agent;
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return weights_[placed[a].candidate].step < weights_[placed[b].candidate].step;
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
    for (const auto& member : placed) {
      const Candidate& one = candidates_[member.candidate];
      value.cost += one.fee * member.steps;
      value.minus_score -= one.score * member.steps;
      weight = weight + weights_[member.candidate].step * member.steps;
    }
    for (std::size_t group = 0; group < groups; ++group) {
      value.cost += candidates_[last[group]].interest[group];
      weight = weight + weights_[last[group]].interest[group];
    }
    return std::pair{value, weight};
  }

  const std::vector<Candidate>& candidates_;
  std::vector<Weights<Number>> weights_;
  Bounds bounds_;
  Grid grid_;
  std::size_t counts_ = 1, numbers_;
  std::vector<std::size_t> units_;  // of groups among counts
  std::vector<bool> counted_;       // one bank could fill the group
  std::vector<Band> bands_;         // of the candidates from i on, and for prefixes of i
  std::vector<Table> tables_;
  std::uint64_t entries_ = 0;
  std::vector<Cell> line_, before_, after_;  // a line without its linear part, and its sliding least
};

/// Search in the narrow numbers if they fit, else in values themselves.
template <class Use>
auto searching(const std::vector<Candidate>& candidates, const std::vector<std::int64_t>& groups,
               const Bounds& bounds, const Use& use) {
  if (auto weights = packed(candidates, groups))
    return use(Search<std::int64_t>(candidates, std::move(*weights), groups, bounds));
  std::vector<Weights<Value>> weights;
  for (const auto& one : candidates) weights.push_back(weights_of(one));
  return use(Search<Value>(candidates, std::move(weights), groups, bounds));
}

/// What a structure costs at least when a candidate joins a group. Banks up to the last member of a group
/// must have room for it, and so must those up to the last of several groups for all of them: so, with the
/// groups in ascending order of their last members, each stands no earlier than room for all before it
/// allows.
class Floors {
 public:
  Floors(const std::vector<Candidate>& candidates, const std::vector<std::int64_t>& groups,
         const Bounds& bounds)
      : groups_(groups.size()), candidates_(candidates.size()) {
    for (std::uint32_t set = 0; set < 1U << groups_; ++set) {
      std::int64_t left = 0;
      for (std::size_t group = 0; group < groups_; ++group)
        if ((set >> group & 1U) != 0) left += groups[group];
      std::size_t last = 0;
      for (; last < candidates_; ++last) {
        if ((candidates[last].groups & set) != 0) left -= std::min(candidates[last].most, bounds.most);
        if (left <= 0) break;
      }
      last_.push_back(last);
    }
    // Interest of a group whose last member is this candidate or a later one.
    interest_.assign(groups_, std::vector<Exact>(candidates_ + 1, kNever));
    for (std::size_t group = 0; group < groups_; ++group)
      for (std::size_t i = candidates_; i-- > 0;)
        interest_[group][i] = std::min(interest_[group][i + 1], candidates[i].interest[group]);
    Exact fee = kNever, arrangement = kNever, agency = kNever;
    for (const auto& one : candidates) {
      fee = std::min(fee, one.fee);
      if (one.may_lead) arrangement = std::min(arrangement, one.arrangement);
      if (one.may_be_agent) agency = std::min(agency, one.agency);
    }
    if (fee < kNever) fees_ = fee * std::accumulate(groups.begin(), groups.end(), std::int64_t{0});
    if (arrangement < kNever) fees_ += arrangement;
    if (agency < kNever) fees_ += agency;
  }

  /// The first candidates that have room for all groups, one past their last; more than there are: none have.
  std::size_t enough() const { return last_.back() + 1; }

  Exact operator()(std::size_t candidate, std::size_t joined) const {
    std::vector<std::size_t> order(groups_);
    std::iota(order.begin(), order.end(), std::size_t{0});
    Exact least = kNever;
    do {
      Exact cost = fees_;
      std::uint32_t set = 0;
      for (const auto group : order) {
        set |= 1U << group;
        const std::size_t last = group == joined ? std::max(candidate, last_[set]) : last_[set];
        cost += interest_[group][last];
      }
      least = std::min(least, cost);
    } while (std::next_permutation(order.begin(), order.end()));
    return least;
  }

 private:
  static constexpr Exact kNever = Exact{1} << 120;
  std::size_t groups_, candidates_;
  std::vector<std::size_t> last_;             // by set of groups
  std::vector<std::vector<Exact>> interest_;  // by group, candidate
  Exact fees_ = 0;
};

/// Search among some candidates and groups of them only: `allowed` has the groups of each.
std::optional<Searched> search_among(const std::vector<Candidate>& candidates,
                                     const std::vector<std::uint32_t>& allowed,
                                     const std::vector<std::int64_t>& groups, const Bounds& bounds,
                                     std::size_t wanted, std::uint64_t max_entries) {
  std::vector<Candidate> some;
  std::vector<std::size_t> which;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (allowed[i] == 0) continue;
    some.push_back(candidates[i]);
    some.back().groups = allowed[i];
    which.push_back(i);
  }
  auto out =
      searching(some, groups, bounds, [&](auto search) { return search.best_sets(wanted, max_entries); });
  if (out)
    for (auto& found : out->found)
      for (auto& member : found.members) member.candidate = which[member.candidate];
  return out;
}

/// The same on a grid of steps twice as large. What it finds is a structure of the finer grid as well.
struct Coarse {
  std::vector<Candidate> candidates;
  std::vector<std::int64_t> groups;
  Bounds bounds;
};

std::optional<Coarse> coarse(const std::vector<Candidate>& candidates,
                             const std::vector<std::int64_t>& groups, const Bounds& bounds) {
  if (std::any_of(groups.begin(), groups.end(), [](std::int64_t steps) { return steps % 2 != 0; }))
    return std::nullopt;
  Coarse out{candidates, groups, bounds};
  for (auto& steps : out.groups) steps /= 2;
  for (auto& one : out.candidates) {
    one.least = (one.least + 1) / 2;
    one.most /= 2;
    one.fee *= 2;
    one.score *= 2;
  }
  for (auto* most : {&out.bounds.most, &out.bounds.sole_most}) *most /= 2;
  for (auto* least : {&out.bounds.sole_least, &out.bounds.joint_least}) *least = (*least + 1) / 2;
  return out;
}

/// All groups that candidates may join, for the first of them.
std::vector<std::uint32_t> all_of_first(const std::vector<Candidate>& candidates, std::size_t first) {
  std::vector<std::uint32_t> out(candidates.size());
  for (std::size_t i = 0; i < std::min(first, out.size()); ++i) out[i] = candidates[i].groups;
  return out;
}

}  // namespace

std::optional<Searched> search(const std::vector<Candidate>& candidates,
                               const std::vector<std::int64_t>& groups, const Bounds& bounds,
                               std::size_t wanted, std::uint64_t max_entries) {
  // Enough sets are soon found among the first candidates, or on a coarser grid. Then nobody is needed with
  // whom any structure costs more than the last of them.
  const Floors floors(candidates, groups, bounds);
  std::uint64_t entries = 0, expanded = 0;
  const auto counted = [&](std::optional<Searched> out) {
    if (!out) return out;
    out->entries = entries += out->entries;
    out->expanded = expanded += out->expanded;
    return out;
  };
  const auto among = [&](const std::vector<std::uint32_t>& allowed) {
    return counted(search_among(candidates, allowed, groups, bounds, wanted, max_entries));
  };
  const auto needed_for = [&](const Searched& found) {
    std::vector<std::uint32_t> needed(candidates.size());
    for (std::size_t i = 0; i < candidates.size(); ++i)
      for (std::size_t group = 0; group < groups.size(); ++group)
        if ((candidates[i].groups >> group & 1U) != 0 && floors(i, group) <= found.found.back().value.cost)
          needed[i] |= 1U << group;
    return needed;
  };
  if (groups.size() > 1) {
    if (const auto twice = coarse(candidates, groups, bounds)) {
      const auto found =
          counted(search_among(twice->candidates, all_of_first(candidates, floors.enough() + 2),
                               twice->groups, twice->bounds, wanted, max_entries));
      if (found && found->found.size() == wanted) return among(needed_for(*found));
    }
  }
  for (std::size_t first = floors.enough() + 2;; first *= 2) {
    const auto allowed = all_of_first(candidates, first);
    auto out = among(allowed);
    if (!out || first >= candidates.size()) return out;
    if (out->found.size() < wanted) continue;
    const auto needed = needed_for(*out);
    bool is_new = false;
    for (std::size_t i = 0; i < candidates.size(); ++i) is_new = is_new || (needed[i] & ~allowed[i]) != 0;
    return is_new ? among(needed) : out;
  }
}

std::optional<std::vector<std::int64_t>> fullest(const std::vector<Candidate>& candidates,
                                                 const std::vector<std::int64_t>& groups,
                                                 const Bounds& bounds, std::uint64_t max_entries) {
  return searching(candidates, groups, bounds, [&](auto search) { return search.fullest(max_entries); });
}

}  // namespace huoshui::syndicate::detail
