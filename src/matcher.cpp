#include <algorithm>
#include <huoshui/matcher.hpp>
#include <huoshui/score/score.hpp>
#include <huoshui/topk/select.hpp>
#include <mutex>
#include <numeric>
#include <optional>

#include "core/detail/pool.hpp"
#include "engine/detail/segments.hpp"

namespace huoshui {
namespace {

struct Ranked {
  BestK offers, possible;
  VerdictCounts counts;

  explicit Ranked(const MatchOptions& options) : offers(options.k), possible(options.possible) {}

  void see(const PreparedProject& project, const Catalogue& catalogue, ProductRow row, std::uint32_t order) {
    const Screened screened = screen(project, catalogue, row);
    switch (screened.verdict) {
      case Verdict::permitted:
        ++counts.permitted;
        break;
      case Verdict::undecided:
        ++counts.undecided;
        break;
      case Verdict::refused:
        ++counts.refused;
        return;
    }
    const Candidate candidate{score(project, catalogue, row).total, order, screened.open};
    (screened.verdict == Verdict::permitted ? offers : possible).offer(candidate);
  }
};

Answer exhaustive_run(std::span<const Project> projects, const Catalogue& catalogue,
                      const MatchOptions& options) {
  Answer answer;
  std::vector<Offer> offers, possible;
  for (const auto& project : projects) {
    const PreparedProject prepared = prepare(project, catalogue);
    Ranked ranked(options);
    for (std::uint32_t n = 0; n < catalogue.size(); ++n) ranked.see(prepared, catalogue, ProductRow{n}, n);
    const auto fill = [&](std::vector<Offer>& out, BestK& best) {
      out.clear();
      for (const auto& c : best.take()) {
        const ProductRow row{c.order};
        out.push_back(
            {row, static_cast<std::int32_t>(c.points), screen(prepared, catalogue, row).cautions, c.open});
      }
    };
    fill(offers, ranked.offers);
    fill(possible, ranked.possible);
    answer.append(offers, possible, ranked.counts);
  }
  return answer;
}

Answer joined(std::span<Answer> parts, std::size_t projects, const MatchOptions& options) {
  if (parts.size() == 1) return std::move(parts.front());
  Answer answer(projects, options);
  for (const Answer& part : parts) answer.append(part);
  return answer;
}

// ---- the fast way

void append(const engine::Ranking& ranking, Answer& answer) {
  thread_local std::vector<Offer> offers, possible;  // on their way
  const auto offers_of = [](std::vector<Offer>& out, const std::vector<engine::Ranked>& ranked) {
    out.clear();
    for (const auto& one : ranked) out.push_back({ProductRow{one.row}, one.points, one.cautions, one.open});
  };
  offers_of(offers, ranking.offers);
  offers_of(possible, ranking.possible);
  answer.append(offers, possible, {ranking.permitted, ranking.undecided, ranking.refused});
}

/// Cut `size` projects into pieces, none too small to pay for a thread and none too large for a cache.
std::size_t pieces_of(std::size_t size, unsigned threads) {
  constexpr std::size_t kFewest = 512, kAThread = 8, kUsual = 4'096;
  if (threads == 0) throw ContractError("MatchOptions::threads must be at least 1");
  if (threads == 1) return 1;
  return std::clamp<std::size_t>(size / kFewest, 1, std::max(threads * kAThread, size / kUsual));
}

/// Call `task(piece, first, last)` for each piece of 0..size.
template <typename Task>
void in_pieces(std::size_t size, std::size_t pieces, unsigned threads, const Task& task) {
  detail::run_tasks(pieces, threads, [&](std::size_t piece) {
    task(piece, size * piece / pieces, size * (piece + 1) / pieces);
  });
}

/// Rank `size` projects, each by `rank(crew, i)`.
template <typename Rank>
Answer rank_all(const engine::Segments& segments, std::size_t size, const MatchOptions& options,
                const Rank& rank) {
  const std::size_t pieces = pieces_of(size, options.threads);
  const auto rank_piece = [&](std::size_t first, std::size_t last, Answer answer) {
    engine::Crew crew(segments, options.k, options.possible);
    for (std::size_t i = first; i < last; ++i) append(rank(crew, i), answer);
    return answer;
  };
  if (pieces == 1) return rank_piece(0, size, Answer(size, options));
  // What is next in the list is taken over by whoever made it, while the others go on; its memory serves
  // again.
  Answer whole(size, options);
  std::vector<std::optional<Answer>> made(pieces);
  std::vector<Answer> spare;
  std::size_t next = 0;
  std::mutex guard;
  const auto blank = [&](std::size_t projects) {
    const std::scoped_lock lock(guard);
    if (spare.empty()) return Answer(projects, options);
    Answer out = std::move(spare.back());
    spare.pop_back();
    return out;
  };
  in_pieces(size, pieces, options.threads, [&](std::size_t piece, std::size_t first, std::size_t last) {
    Answer part = rank_piece(first, last, blank(last - first));
    const std::scoped_lock lock(guard);
    made[piece] = std::move(part);
    for (; next < pieces && made[next]; ++next) {
      whole.append(*made[next]);
      made[next]->clear();
      spare.push_back(std::move(*made[next]));
      made[next].reset();
    }
  });
  return whole;
}

}  // namespace

struct PreparedList::Image {
  explicit Image(const Catalogue& of) : catalogue(of), segments(engine::Segments::of(catalogue)) {}

  /// What one task read of one segment, with all that its readings point to.
  struct Part {
    explicit Part(const engine::Index& index) : reader(index) {}
    engine::Reader reader;
    engine::Arena arena;
  };
  [[nodiscard]] std::span<const engine::Reading> of(std::size_t project) const {
    return std::span(readings).subspan(project * segments.all().size(), segments.all().size());
  }

  Catalogue catalogue;
  const engine::Segments& segments;
  std::vector<engine::Reading> readings;  // of each project, one a segment
  std::vector<std::vector<std::unique_ptr<Part>>> parts;
  std::vector<std::string> ids;
};

std::size_t PreparedList::size() const { return image_->ids.size(); }
const Catalogue& PreparedList::catalogue() const { return image_->catalogue; }
std::size_t PreparedList::bytes() const {
  std::size_t total =
      image_->readings.size() * sizeof(engine::Reading) + image_->ids.size() * sizeof(std::string);
  for (const auto& piece : image_->parts) {
    for (const auto& part : piece) total += part->reader.bytes() + part->arena.bytes();
  }
  return total;
}

PreparedList prepare(std::span<const Project> projects, const Catalogue& catalogue, unsigned threads) {
  auto image = std::make_shared<PreparedList::Image>(catalogue);
  const auto segments = image->segments.all();
  const std::size_t pieces = std::min<std::size_t>(pieces_of(projects.size(), threads), threads);
  image->readings.resize(projects.size() * segments.size());
  image->parts.resize(pieces);
  in_pieces(projects.size(), pieces, threads, [&](std::size_t piece, std::size_t first, std::size_t last) {
    auto& parts = image->parts[piece];
    for (const auto& segment : segments)
      parts.push_back(std::make_unique<PreparedList::Image::Part>(*segment.index));
    for (std::size_t i = first; i < last; ++i) {
      const auto& facts = parts.front()->reader.derive(projects[i], catalogue.policy());
      for (std::size_t s = 0; s < segments.size(); ++s) {
        image->readings[i * segments.size() + s] =
            parts[s]->reader.read_whole(projects[i], facts, parts[s]->arena);
      }
    }
  });
  image->ids.reserve(projects.size());
  for (const auto& project : projects) image->ids.push_back(project.id);
  return PreparedList(std::move(image));
}

Answer::Answer(std::size_t projects, const MatchOptions& options) {
  offers_.reserve(projects * options.k);
  possible_.reserve(projects * options.possible);
  offer_ends_.reserve(projects + 1);
  offer_ends_.push_back(0);
  possible_ends_.reserve(projects + 1);
  possible_ends_.push_back(0);
  counts_.reserve(projects);
}

void Answer::clear() {
  offers_.clear();
  possible_.clear();
  offer_ends_.resize(1);
  possible_ends_.resize(1);
  counts_.clear();
}

void Answer::append(std::span<const Offer> offers, std::span<const Offer> possible,
                    const VerdictCounts& counts) {
  offers_.insert(offers_.end(), offers.begin(), offers.end());
  possible_.insert(possible_.end(), possible.begin(), possible.end());
  offer_ends_.push_back(offers_.size());
  possible_ends_.push_back(possible_.size());
  counts_.push_back(counts);
}

void Answer::append(const Answer& other) {
  const std::uint64_t offers = offers_.size(), possible = possible_.size();
  offers_.insert(offers_.end(), other.offers_.begin(), other.offers_.end());
  possible_.insert(possible_.end(), other.possible_.begin(), other.possible_.end());
  for (std::size_t i = 1; i <= other.size(); ++i) {
    offer_ends_.push_back(offers + other.offer_ends_[i]);
    possible_ends_.push_back(possible + other.possible_ends_[i]);
  }
  counts_.insert(counts_.end(), other.counts_.begin(), other.counts_.end());
}

Answer match(std::span<const Project> projects, const Catalogue& catalogue, const MatchOptions& options) {
  return rank_all(engine::Segments::of(catalogue), projects.size(), options,
                  [&](engine::Crew& crew, std::size_t i) -> const engine::Ranking& {
                    if (i + 1 < projects.size()) engine::fetch_facts(projects[i + 1]);
                    return crew.run(projects[i], catalogue.policy());
                  });
}

Answer match(const PreparedList& projects, const MatchOptions& options) {
  const auto& image = projects.image();
  return rank_all(
      image.segments, projects.size(), options,
      [&](engine::Crew& crew, std::size_t i) -> const engine::Ranking& { return crew.run(image.of(i)); });
}

void match_batches(const std::function<std::span<const Project>()>& next, const Catalogue& catalogue,
                   const MatchOptions& options,
                   const std::function<void(std::span<const Project>, const Answer&)>& take) {
  for (auto batch = next(); !batch.empty(); batch = next()) take(batch, match(batch, catalogue, options));
}

Answer match_exhaustively(std::span<const Project> projects, const Catalogue& catalogue,
                          const MatchOptions& options) {
  if (options.threads == 0) throw ContractError("MatchOptions::threads must be at least 1");
  const std::size_t pieces = std::clamp<std::size_t>(projects.size(), 1, options.threads);
  std::vector<Answer> parts(pieces);
  in_pieces(projects.size(), pieces, options.threads,
            [&](std::size_t piece, std::size_t first, std::size_t last) {
              parts[piece] = exhaustive_run(projects.subspan(first, last - first), catalogue, options);
            });
  return joined(parts, projects.size(), options);
}

namespace {

/// Where each project stands among all by the bytes of its id; equal ids in list order.
template <typename IdOf>
std::vector<std::uint32_t> ordered_by_id(std::size_t size, const IdOf& id_of) {
  std::vector<std::uint32_t> by_id(size);
  std::iota(by_id.begin(), by_id.end(), 0U);
  const auto before = [&](std::uint32_t a, std::uint32_t b) { return id_of(a) < id_of(b); };
  if (!std::is_sorted(by_id.begin(), by_id.end(), before))
    std::stable_sort(by_id.begin(), by_id.end(), before);
  return by_id;
}

/// Rank projects for one product. `judge(project, ranked)` judges one.
template <typename Judge>
ReverseAnswer reverse_run(std::span<const std::uint32_t> by_id, const MatchOptions& options,
                          const Judge& judge) {
  ReverseAnswer answer;
  BestK offers(options.k), possible(options.possible);
  for (std::uint32_t order = 0; order < by_id.size(); ++order) {
    engine::Ranked ranked;
    const Verdict verdict = judge(by_id[order], ranked);
    if (verdict == Verdict::refused) {
      ++answer.counts.refused;
      continue;
    }
    ranked.row = order;
    const bool permitted = verdict == Verdict::permitted;
    ++(permitted ? answer.counts.permitted : answer.counts.undecided);
    (permitted ? offers : possible).offer(ranked.candidate());
  }
  const auto fill = [&](std::vector<ProjectOffer>& out, BestK& best) {
    for (const auto& c : best.take()) {
      engine::Ranked again;
      judge(by_id[c.order], again);
      out.push_back({by_id[c.order], c.points, again.cautions, c.open});
    }
  };
  fill(answer.offers, offers);
  fill(answer.possible, possible);
  return answer;
}

}  // namespace

ReverseAnswer match_product(std::span<const Project> projects, const Catalogue& catalogue, ProductRow product,
                            const MatchOptions& options) {
  const engine::Segments& segments = engine::Segments::of(catalogue);
  const auto place = segments.find(product);
  engine::Crew crew(segments, options.k, options.possible);
  const auto by_id =
      ordered_by_id(projects.size(), [&](std::uint32_t i) -> const std::string& { return projects[i].id; });
  return reverse_run(by_id, options, [&](std::uint32_t project, engine::Ranked& out) {
    return crew.judge_one(projects[project], catalogue.policy(), place, out);
  });
}

ReverseAnswer match_product(const PreparedList& projects, ProductRow product, const MatchOptions& options) {
  const auto& image = projects.image();
  const auto place = image.segments.find(product);
  engine::Crew crew(image.segments, options.k, options.possible);
  const auto by_id =
      ordered_by_id(projects.size(), [&](std::uint32_t i) -> const std::string& { return image.ids[i]; });
  return reverse_run(by_id, options, [&](std::uint32_t project, engine::Ranked& out) {
    return crew.judge_one(image.of(project), place, out);
  });
}

}  // namespace huoshui
