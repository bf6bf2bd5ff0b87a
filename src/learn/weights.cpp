#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <huoshui/learn/scorecard.hpp>
#include <numeric>
#include <optional>
#include <tuple>

#include "learn/detail/draws.hpp"

namespace huoshui {
namespace {

constexpr auto kCriteria = static_cast<Eigen::Index>(kCriterionCount);
constexpr Eigen::Index kIntercept = kCriteria;  // behind the criteria, free of sign and penalty
constexpr int kMostSteps = 200;

using Coefficients = Eigen::Matrix<double, kCriteria + 1, 1>;
using Square = Eigen::Matrix<double, kCriteria + 1, kCriteria + 1>;

void require(bool holds, const char* words) {
  if (!holds) throw ContractError(words);
}

/// The pairs as numbers, in an order that no shuffling of the input changes.
struct Sample {
  Eigen::Matrix<double, Eigen::Dynamic, kCriteria + 1> shares;
  Eigen::VectorXd accepted;
  std::vector<std::size_t> group;  ///< dense
  std::size_t groups = 0;
};

Sample sample_of(std::span<const MeasuredPair> pairs) {
  std::vector<const MeasuredPair*> order;
  for (const auto& pair : pairs) order.push_back(&pair);
  std::sort(order.begin(), order.end(), [](const MeasuredPair* a, const MeasuredPair* b) {
    return std::tie(a->group, a->shares, a->response) < std::tie(b->group, b->shares, b->response);
  });
  Sample out;
  const auto rows = static_cast<Eigen::Index>(order.size());
  out.shares.resize(rows, kCriteria + 1);
  out.accepted.resize(rows);
  for (Eigen::Index row = 0; row < rows; ++row) {
    const auto& pair = *order[static_cast<std::size_t>(row)];
    for (Eigen::Index c = 0; c < kCriteria; ++c) {
      const auto share = pair.shares[static_cast<std::size_t>(c)];
      require(share >= 0 && share <= kOneMillion, "a share lies in 0 to 1,000,000");
      out.shares(row, c) = static_cast<double>(share) / static_cast<double>(kOneMillion);
    }
    out.shares(row, kIntercept) = 1;
    out.accepted(row) = pair.response == Response::accepted ? 1 : 0;
    if (row == 0 || order[static_cast<std::size_t>(row) - 1]->group != pair.group) ++out.groups;
    out.group.push_back(out.groups - 1);
  }
  return out;
}

double softplus(double z) { return std::max(z, 0.0) + std::log1p(std::exp(-std::abs(z))); }
double logistic(double z) { return z >= 0 ? 1 / (1 + std::exp(-z)) : std::exp(z) / (1 + std::exp(z)); }

/// The function that the coefficients make least: log losses, each times its weight, plus the penalty.
class Loss {
 public:
  Loss(const Sample& sample, const Eigen::VectorXd& times, double ridge)
      : sample_(sample), times_(times), ridge_(ridge) {}

  [[nodiscard]] double log_losses(const Coefficients& at) const {
    const Eigen::VectorXd z = sample_.shares * at;
    double sum = 0;
    for (Eigen::Index i = 0; i < z.size(); ++i)
      sum += times_(i) * (softplus(z(i)) - sample_.accepted(i) * z(i));
    return sum;
  }
  [[nodiscard]] double value(const Coefficients& at) const {
    return log_losses(at) + ridge_ / 2 * at.head<kCriteria>().squaredNorm();
  }
  void derive(const Coefficients& at, Coefficients& gradient, Square& hessian) const {
    const Eigen::VectorXd p = (sample_.shares * at).unaryExpr(&logistic);
    const Eigen::VectorXd curve = (times_.array() * p.array() * (1 - p.array())).matrix();
    gradient = sample_.shares.transpose() * (times_.array() * (p - sample_.accepted).array()).matrix();
    hessian = sample_.shares.transpose() * curve.asDiagonal() * sample_.shares;
    gradient.head<kCriteria>() += ridge_ * at.head<kCriteria>();
    hessian.diagonal().head<kCriteria>().array() += ridge_;
  }

 private:
  const Sample& sample_;
  const Eigen::VectorXd& times_;
  double ridge_;
};

Coefficients projected(Coefficients at) {
  at.head<kCriteria>() = at.head<kCriteria>().cwiseMax(0);
  return at;
}

/// Make the loss least by projected Newton steps (Bertsekas 1982). It is convex, and strictly so in the
/// coefficients, so the minimum is one; both responses are present, so the intercept is finite.
Coefficients minimum(const Loss& loss, Coefficients at, double pairs) {
  Coefficients gradient;
  Square hessian;
  for (int step = 0; step < kMostSteps; ++step) {
    loss.derive(at, gradient, hessian);
    const double distance = (at - projected(at - gradient)).norm();
    if (distance <= 1e-11 * (1 + pairs)) break;
    const double near = std::min(1e-6, distance);
    for (Eigen::Index c = 0; c < kCriteria; ++c) {
      if (at(c) > near || gradient(c) <= 0) continue;
      // Held at its bound: the step leaves it to the gradient.
      const double curve = hessian(c, c);
      hessian.row(c).setZero();
      hessian.col(c).setZero();
      hessian(c, c) = curve;
    }
    const Coefficients move = -hessian.ldlt().solve(gradient);
    const double before = loss.value(at);
    double length = 1;
    Coefficients next = projected(at + move);
    while (loss.value(next) > before + 1e-4 * gradient.dot(next - at) && length > 1e-12) {
      length /= 2;
      next = projected(at + length * move);
    }
    if (next == at || length <= 1e-12) break;
    at = next;
  }
  return at;
}

/// Return 100 × the share of each coefficient; absent when all are 0.
std::optional<std::array<double, kCriterionCount>> points_of(const Coefficients& at) {
  const double sum = at.head<kCriteria>().sum();
  if (!(sum > 1e-9)) return std::nullopt;
  std::array<double, kCriterionCount> points{};
  for (std::size_t c = 0; c < kCriterionCount; ++c)
    points[c] = at(static_cast<Eigen::Index>(c)) / sum * kWeightTotal;
  return points;
}

/// Round to whole points that sum to 100: down, then up where most was lost, earlier criteria first.
std::array<int, kCriterionCount> whole(const std::array<double, kCriterionCount>& points) {
  std::array<int, kCriterionCount> out{};
  std::array<std::size_t, kCriterionCount> order{};
  std::iota(order.begin(), order.end(), 0);
  for (std::size_t c = 0; c < kCriterionCount; ++c) out[c] = static_cast<int>(points[c]);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return points[a] - out[a] > points[b] - out[b]; });
  int left = kWeightTotal - std::accumulate(out.begin(), out.end(), 0);
  for (std::size_t i = 0; left > 0; ++i, --left) ++out[order[i]];
  return out;
}

Issue unlearnable(IssueCode code, std::string found, std::string expected, std::string message) {
  return Issue{.code = code,
               .place = {},
               .column = "response",
               .found = std::move(found),
               .expected = std::move(expected),
               .message = std::move(message)};
}

}  // namespace

Result<LearnedWeights> learn_weights(std::span<const MeasuredPair> pairs, const LearnOptions& options) {
  require(options.ridge > 0 && std::isfinite(options.ridge), "ridge: above 0");
  require(options.percent >= 1 && options.percent <= 99, "percent: 1 to 99");
  require(options.draws <= 100'000, "draws: at most 100,000");
  const Sample sample = sample_of(pairs);
  LearnedWeights out;
  for (const auto& pair : pairs) ++(pair.response == Response::accepted ? out.accepted : out.refused);
  if (out.accepted == 0 || out.refused == 0) {
    return unlearnable(
        IssueCode::one_sided_outcomes,
        std::to_string(out.accepted) + " accepted, " + std::to_string(out.refused) + " refused",
        "at least one of each",
        "对接结果中成交" + std::to_string(out.accepted) + "笔、未成交" + std::to_string(out.refused) +
            "笔，两者都要有才能学习评分卡；请补上另一面的结果");
  }

  const auto n = static_cast<double>(pairs.size());
  const Eigen::VectorXd once = Eigen::VectorXd::Ones(sample.accepted.size());
  const Loss loss(sample, once, options.ridge);
  Coefficients start = Coefficients::Zero();
  start(kIntercept) = std::log(static_cast<double>(out.accepted) / static_cast<double>(out.refused));
  const Coefficients best = minimum(loss, start, n);
  const auto points = points_of(best);
  if (!points) {
    return unlearnable(IssueCode::contradictory_terms, std::to_string(pairs.size()) + " pairs",
                       "a criterion that is higher where pairs were accepted",
                       "没有一个评分项在成交的对接上更高，学不出评分卡；请检查成交与未成交是否填反");
  }

  std::vector<std::vector<double>> drawn_points(kCriterionCount);
  for (std::uint32_t draw = 0; draw < options.draws; ++draw) {
    const auto drawn = detail::drawn(options.seed, draw, sample.groups);
    Eigen::VectorXd times(once.size());
    for (Eigen::Index i = 0; i < times.size(); ++i)
      times(i) = drawn[sample.group[static_cast<std::size_t>(i)]];
    const double accepted = times.dot(sample.accepted);
    if (accepted == 0 || accepted == times.sum()) continue;
    const auto again = points_of(minimum(Loss(sample, times, options.ridge), best, times.sum()));
    if (!again) continue;
    ++out.draws;
    for (std::size_t c = 0; c < kCriterionCount; ++c) drawn_points[c].push_back((*again)[c]);
  }

  const auto weights = whole(*points);
  for (std::size_t c = 0; c < kCriterionCount; ++c) {
    auto& criterion = out.criteria[c];
    criterion.weight = weights[c];
    criterion.coefficient = best(static_cast<Eigen::Index>(c));
    criterion.at_boundary = criterion.coefficient == 0;
    criterion.low = criterion.high = (*points)[c];
    if (out.draws > 0)
      std::tie(criterion.low, criterion.high) = detail::middle(std::move(drawn_points[c]), options.percent);
  }
  out.intercept = best(kIntercept);
  out.log_loss = loss.log_losses(best) / n;
  return out;
}

}  // namespace huoshui
