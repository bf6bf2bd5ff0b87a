#include "syndicate/detail/values.hpp"

#include <array>
#include <numeric>
#include <utility>

namespace huoshui::syndicate::detail {
namespace {

Exact common_divisor(Exact a, Exact b) {
  while (b != 0) a = std::exchange(b, a % b);
  return a < 0 ? -a : a;
}

}  // namespace

template <>
Value Weighing<Value>::roof(const Value& value) const {
  return value;
}

template <>
Value Weighing<Value>::interest(Exact at_least) const {
  return {at_least, 0, 0, 0};
}

template <class Number>
Number Weighing<Number>::roof(const Value& value) const {
  const Exact over = value.cost - alike;
  if (over < 0) return -1;
  const Exact cost = over / divisor;
  if (cost >= Scale<Number>::kRoom / of_cost) return Scale<Number>::never() - 1;
  // Between two costs that these candidates can have: whatever is no dearer than the lower one.
  if (over % divisor != 0) return static_cast<Number>((cost + 1) * of_cost - 1);
  const Exact score = value.minus_score + best_score;
  Exact rest = -1;  // fewer points than that at this cost would be needed
  if (score >= 0) {
    rest = score % score_divisor == 0
               ? score / score_divisor * of_score + value.members * of_member + value.leads
               : (score / score_divisor + 1) * of_score - 1;
  }
  return static_cast<Number>(cost * of_cost + std::min(rest, of_cost - 1));
}

template <class Number>
Number Weighing<Number>::interest(Exact at_least) const {
  const Exact cost = std::max<Exact>(0, at_least - alike_interest) / divisor;
  return cost >= Scale<Number>::kRoom / of_cost ? Scale<Number>::never() - 1
                                                : static_cast<Number>(cost * of_cost);
}

Weighing<Value> weigh(const std::vector<Candidate>& candidates) {
  Weighing<Value> out;
  for (const auto& one : candidates) {
    Weights<Value> weights;
    weights.step = {one.fee, -one.score, 0, 0};
    weights.member.members = 1;
    weights.lead = {one.arrangement, 0, 0, 1};
    weights.agent.cost = one.agency;
    for (const auto interest : one.interest) weights.interest.push_back({interest, 0, 0, 0});
    out.of.push_back(std::move(weights));
  }
  return out;
}

template <class Number>
std::optional<Weighing<Number>> pack(const std::vector<Candidate>& candidates,
                                     const std::vector<std::int64_t>& groups) {
  Weighing<Number> out;
  constexpr Exact kRoom = Scale<Number>::kRoom;
  const auto narrow = [](Exact value) { return static_cast<Number>(value); };
  if (candidates.empty()) return out;
  Exact least_fee = candidates[0].fee, most_fee = least_fee, divisor = 0, score_divisor = 0;
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
  Exact arrangement = 0, agency = 0;
  for (const auto& one : candidates) {
    score_divisor = common_divisor(score_divisor, Exact{best} - one.score);
    divisor = common_divisor(divisor, one.fee - least_fee);
    divisor = common_divisor(divisor, one.arrangement);
    divisor = common_divisor(divisor, one.agency);
    for (std::size_t group = 0; group < groups.size(); ++group)
      divisor = common_divisor(divisor, one.interest[group] - least[group]);
    arrangement = std::max(arrangement, one.arrangement);
    agency = std::max(agency, one.agency);
  }
  if (divisor == 0) divisor = 1;
  if (score_divisor == 0) score_divisor = 1;
  const std::int64_t steps = std::accumulate(groups.begin(), groups.end(), std::int64_t{0});
  // Two leads at most: a third adds nothing that its place as a participant would not.
  Exact dearest = 2 * arrangement + agency + (most_fee - least_fee) * steps;
  for (std::size_t group = 0; group < groups.size(); ++group) dearest += most[group] - least[group];
  out.of_member = 3;
  out.of_score = out.of_member * (static_cast<Exact>(candidates.size()) + 1);
  const Exact scores = (Exact{best} - worst) / score_divisor;
  if (scores > kRoom) return std::nullopt;
  out.of_cost = out.of_score * (Exact{steps} * scores + 1);
  if (out.of_cost > kRoom || dearest / divisor + 1 > kRoom / out.of_cost) return std::nullopt;
  out.divisor = divisor;
  out.score_divisor = score_divisor;
  out.best_score = Exact{best} * steps;
  out.alike_interest = std::accumulate(least.begin(), least.end(), Exact{0});
  out.alike = out.alike_interest + least_fee * steps;
  for (const auto& one : candidates) {
    Weights<Number> weights;
    weights.step = narrow((one.fee - least_fee) / divisor * out.of_cost +
                          (Exact{best} - one.score) / score_divisor * out.of_score);
    weights.member = narrow(out.of_member);
    weights.lead = narrow(one.arrangement / divisor * out.of_cost + 1);
    weights.agent = narrow(one.agency / divisor * out.of_cost);
    for (std::size_t group = 0; group < groups.size(); ++group)
      weights.interest.push_back(narrow((one.interest[group] - least[group]) / divisor * out.of_cost));
    out.of.push_back(std::move(weights));
  }
  return out;
}

template struct Weighing<std::int32_t>;
template struct Weighing<std::int64_t>;
template std::optional<Weighing<std::int32_t>> pack(const std::vector<Candidate>&,
                                                    const std::vector<std::int64_t>&);
template std::optional<Weighing<std::int64_t>> pack(const std::vector<Candidate>&,
                                                    const std::vector<std::int64_t>&);

}  // namespace huoshui::syndicate::detail
