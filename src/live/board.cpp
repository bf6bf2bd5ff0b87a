#include <algorithm>
#include <huoshui/core/assert.hpp>
#include <huoshui/live/live.hpp>
#include <huoshui/topk/select.hpp>
#include <mutex>
#include <optional>
#include <utility>

#include "live/detail/rank.hpp"
#include "matcher/detail/one_product.hpp"

namespace huoshui {
namespace detail {
namespace {

ProjectRanking ranking_of(const Answer& answer, std::size_t n, const Catalogue& catalogue) {
  ProjectRanking out;
  const auto fill = [&](std::vector<RankedProduct>& to, std::span<const Offer> offers) {
    to.reserve(offers.size());
    for (const auto& o : offers) to.push_back({&catalogue.product(o.product), o.points, o.cautions, o.open});
  };
  fill(out.offers, answer.offers(n));
  fill(out.possible, answer.possible(n));
  return out;
}

bool are_same(const BoardLine& a, const BoardLine& b) {
  return a.ranking == b.ranking && a.counts == b.counts;
}

}  // namespace

BoardLine ranked(std::shared_ptr<const Project> project, const std::shared_ptr<const ProjectRanking>& known,
                 const Catalogue& catalogue, const MatchOptions& options) {
  const Answer answer = match(std::span(project.get(), 1), catalogue, options);
  ProjectRanking ranking = ranking_of(answer, 0, catalogue);
  auto shared =
      known && *known == ranking ? known : std::make_shared<const ProjectRanking>(std::move(ranking));
  return {std::move(project), std::move(shared), answer.counts(0)};
}

namespace {

/// A product on one side of an update, or none.
class Side {
 public:
  Side(const Catalogue& catalogue, std::string_view id) {
    const auto row = catalogue.find(id);
    if (!row) return;
    alone_.emplace(catalogue, *row);
    product_ = &catalogue.product(*row);
  }

  struct Standing {
    std::optional<Verdict> verdict;  // none: there is no such product
    RankedProduct ranked;            // unless refused
  };
  Standing standing_for(const Project& project) {
    if (!alone_) return {};
    Offer offer;
    const Verdict verdict = alone_->judge(project, offer);
    return {verdict, {product_, offer.points, offer.cautions, offer.open}};
  }
  [[nodiscard]] const Product* product() const { return product_; }

 private:
  std::optional<OneProduct> alone_;
  const Product* product_ = nullptr;
};

void count(VerdictCounts& counts, const std::optional<Verdict>& verdict, std::uint32_t change) {
  if (verdict == Verdict::permitted) counts.permitted += change;
  if (verdict == Verdict::undecided) counts.undecided += change;
  if (verdict == Verdict::refused) counts.refused += change;
}

/// The order of topk; of two products that differ in nothing else the lower id comes first.
bool ranks_first(const RankedProduct& a, const RankedProduct& b) {
  const std::uint32_t order = a.product->id < b.product->id ? 0 : 1;
  return ranks_before({a.points, order, a.open}, {b.points, 1 - order, b.open});
}

/// Does a ranking of at most k change when `was` leaves its candidates and `now` joins them?
bool concerns(const std::vector<RankedProduct>& ranking, std::size_t k, const Product* was,
              const RankedProduct* now) {
  if (k == 0) return false;
  for (const auto& entry : ranking) {
    if (entry.product == was) return true;
  }
  return now != nullptr && (ranking.size() < k || ranks_first(*now, ranking.back()));
}

/// Change it so; tell whether it is known who follows. `candidates` says how many it was drawn from.
bool put_in_place(std::vector<RankedProduct>& ranking, std::size_t k, std::size_t candidates,
                  const Product* was, const RankedProduct* now) {
  const bool whole = candidates <= ranking.size();
  const bool left = std::erase_if(ranking, [&](const auto& entry) { return entry.product == was; }) != 0;
  const auto at = now == nullptr ? ranking.end()
                                 : std::find_if(ranking.begin(), ranking.end(),
                                                [&](const auto& entry) { return ranks_first(*now, entry); });
  // Behind the last of those that are left another might stand that was not kept.
  if (left && !whole && at == ranking.end()) return false;
  if (now != nullptr) ranking.insert(at, *now);
  if (ranking.size() > k) ranking.pop_back();
  return true;
}

}  // namespace

// Products keep their address until they are replaced, so what is said of the others stays true as it is.
BoardLines ranked_after_product(const BoardLines& lines, const Catalogue& before, const Catalogue& after,
                                std::string_view product_id, const MatchOptions& options) {
  Side then(before, product_id), next(after, product_id);
  const auto judged = [&](const BoardLine& line) -> BoardLine {
    const auto was = then.standing_for(*line.project), now = next.standing_for(*line.project);
    BoardLine out = line;
    count(out.counts, was.verdict, ~std::uint32_t{0});
    count(out.counts, now.verdict, 1);
    const auto joining = [&](Verdict verdict) { return now.verdict == verdict ? &now.ranked : nullptr; };
    const auto* offer = joining(Verdict::permitted);
    const auto* possible = joining(Verdict::undecided);
    if (!concerns(line.ranking->offers, options.k, then.product(), offer) &&
        !concerns(line.ranking->possible, options.possible, then.product(), possible))
      return out;
    ProjectRanking ranking = *line.ranking;
    if (!put_in_place(ranking.offers, options.k, line.counts.permitted, then.product(), offer) ||
        !put_in_place(ranking.possible, options.possible, line.counts.undecided, then.product(), possible))
      return ranked(line.project, line.ranking, after, options);
    out.ranking = std::make_shared<const ProjectRanking>(std::move(ranking));
    return out;
  };
  return lines.changed(judged, are_same);
}

BoardLines ranked_again(const BoardLines& lines, const Catalogue& after, const MatchOptions& options) {
  return lines.changed(
      [&](const BoardLine& line) { return ranked(line.project, line.ranking, after, options); }, are_same);
}

}  // namespace detail

using detail::BoardLine;
using detail::BoardLines;

struct Snapshot::State {
  Catalogue catalogue;
  BoardLines lines;  // by project id
  MatchOptions options;

  /// The place of the first project whose id does not stand before `id`.
  [[nodiscard]] std::size_t first_from(std::string_view id) const {
    std::size_t low = 0, high = lines.size();
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      if (lines[middle].project->id < id) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
  [[nodiscard]] bool holds(std::size_t n, std::string_view id) const {
    return n < lines.size() && lines[n].project->id == id;
  }
};

const Catalogue& Snapshot::catalogue() const { return state_->catalogue; }
const MatchOptions& Snapshot::options() const { return state_->options; }
std::size_t Snapshot::size() const { return state_->lines.size(); }
const Project& Snapshot::project(std::size_t n) const { return *state_->lines[n].project; }
const ProjectRanking& Snapshot::ranking(std::size_t n) const { return *state_->lines[n].ranking; }
const VerdictCounts& Snapshot::counts(std::size_t n) const { return state_->lines[n].counts; }

std::optional<std::size_t> Snapshot::find(std::string_view project_id) const {
  const std::size_t n = state_->first_from(project_id);
  return state_->holds(n, project_id) ? std::optional(n) : std::nullopt;
}

Answer Snapshot::answer() const {
  Answer out;
  std::vector<Offer> offers, possible;
  const auto fill = [&](std::vector<Offer>& to, const std::vector<RankedProduct>& ranked) {
    to.clear();
    for (const auto& r : ranked) {
      const auto row = state_->catalogue.find(r.product->id);
      HUOSHUI_ASSERT(row.has_value());
      to.push_back({*row, static_cast<std::int32_t>(r.points), r.cautions, r.open});
    }
  };
  state_->lines.for_each([&](const BoardLine& line) {
    fill(offers, line.ranking->offers);
    fill(possible, line.ranking->possible);
    out.append(offers, possible, line.counts);
  });
  return out;
}

struct Board::Held {
  std::mutex writing;         // held through a whole step
  mutable std::mutex newest;  // held to copy or set one pointer
  Snapshot current;

  explicit Held(Snapshot first) : current(std::move(first)) {}
};

Board::Board(std::unique_ptr<Held> held) : held_(std::move(held)) {}
Board::Board(Board&&) noexcept = default;
Board& Board::operator=(Board&&) noexcept = default;
Board::~Board() = default;

Result<Board> Board::open(Catalogue catalogue, std::vector<Project> projects, const MatchOptions& options) {
  std::stable_sort(projects.begin(), projects.end(),
                   [](const Project& a, const Project& b) { return a.id < b.id; });
  std::vector<Issue> issues;
  for (std::size_t i = 1; i < projects.size(); ++i) {
    if (projects[i].id != projects[i - 1].id) continue;
    issues.push_back({.code = IssueCode::duplicate_id,
                      .place = projects[i].place,
                      .column = "id",
                      .found = projects[i].id,
                      .expected = "an id of its own for every project",
                      .message = "项目编号“" + projects[i].id + "”重复（另见" +
                                 to_string(projects[i - 1].place) + "），请改成不同的编号"});
  }
  if (!issues.empty()) return issues;

  const Answer answer = match(projects, catalogue, options);
  std::vector<BoardLine> lines;
  lines.reserve(projects.size());
  for (std::size_t n = 0; n < projects.size(); ++n) {
    lines.push_back({std::make_shared<const Project>(std::move(projects[n])),
                     std::make_shared<const ProjectRanking>(detail::ranking_of(answer, n, catalogue)),
                     answer.counts(n)});
  }
  return Board(std::make_unique<Held>(Snapshot(std::make_shared<const Snapshot::State>(
      Snapshot::State{std::move(catalogue), BoardLines(std::move(lines)), options}))));
}

Snapshot Board::snapshot() const {
  const std::scoped_lock lock(held_->newest);
  return held_->current;
}

/// Make the next state from the newest one, with no other writer in between.
template <typename Next>
Result<Snapshot> Board::publish(Next&& next) {
  const std::scoped_lock writing(held_->writing);
  Snapshot before = snapshot();
  Result<Snapshot::State> state = next(*before.state_);
  if (!state) return state.errors();
  Snapshot after(std::make_shared<const Snapshot::State>(std::move(state).value()));
  {
    const std::scoped_lock lock(held_->newest);
    held_->current = after;
  }
  return after;  // an old state that nobody holds any more ends here, outside the lock
}

Result<Snapshot> Board::put(Product product) {
  return publish([&](const Snapshot::State& now) -> Result<Snapshot::State> {
    const std::string id = product.id;
    auto catalogue = now.catalogue.with(std::move(product));
    if (!catalogue) return catalogue.errors();
    auto lines = detail::ranked_after_product(now.lines, now.catalogue, *catalogue, id, now.options);
    return Snapshot::State{*catalogue, std::move(lines), now.options};
  });
}

Result<Snapshot> Board::remove_product(std::string_view id) {
  return publish([&](const Snapshot::State& now) -> Result<Snapshot::State> {
    auto catalogue = now.catalogue.without(id);
    if (!catalogue) return catalogue.errors();
    auto lines = detail::ranked_after_product(now.lines, now.catalogue, *catalogue, id, now.options);
    return Snapshot::State{*catalogue, std::move(lines), now.options};
  });
}

Result<Snapshot> Board::put(Project project) {
  return publish([&](const Snapshot::State& now) -> Result<Snapshot::State> {
    const std::size_t n = now.first_from(project.id);
    const bool replaces = now.holds(n, project.id);
    auto line = detail::ranked(std::make_shared<const Project>(std::move(project)),
                               replaces ? now.lines[n].ranking : nullptr, now.catalogue, now.options);
    return Snapshot::State{
        now.catalogue,
        replaces ? now.lines.replaced(n, std::move(line)) : now.lines.inserted(n, std::move(line)),
        now.options};
  });
}

Result<Snapshot> Board::remove_project(std::string_view id) {
  return publish([&](const Snapshot::State& now) -> Result<Snapshot::State> {
    const std::size_t n = now.first_from(id);
    if (!now.holds(n, id)) {
      return Issue{.code = IssueCode::unknown_word,
                   .place = {},
                   .column = "id",
                   .found = std::string(id),
                   .expected = "the id of a project on the board",
                   .message = "没有编号为“" + std::string(id) + "”的项目，请核对编号"};
    }
    return Snapshot::State{now.catalogue, now.lines.removed(n), now.options};
  });
}

Result<Snapshot> Board::put(const Policy& policy) {
  return publish([&](const Snapshot::State& now) -> Result<Snapshot::State> {
    const Catalogue catalogue = now.catalogue.under(policy, now.catalogue.scorecard());
    return Snapshot::State{catalogue, detail::ranked_again(now.lines, catalogue, now.options), now.options};
  });
}

Result<Snapshot> Board::put(const Scorecard& scorecard) {
  return publish([&](const Snapshot::State& now) -> Result<Snapshot::State> {
    const Catalogue catalogue = now.catalogue.under(now.catalogue.policy(), scorecard);
    return Snapshot::State{catalogue, detail::ranked_again(now.lines, catalogue, now.options), now.options};
  });
}

}  // namespace huoshui
