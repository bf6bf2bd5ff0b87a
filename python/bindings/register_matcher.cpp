#include <array>
#include <huoshui/domain/rule.hpp>
#include <huoshui/matcher/near.hpp>
#include <span>
#include <tuple>

#include "column.hpp"
#include "held.hpp"

namespace huoshui::bindings {
namespace {

using AnswerPtr = std::shared_ptr<HeldAnswer>;
using ProjectsPtr = std::shared_ptr<HeldProjects>;
using CataloguePtr = std::shared_ptr<Catalogue>;
using Entry = std::tuple<std::uint32_t, std::int64_t, std::uint16_t, std::uint16_t>;
using Counts = std::array<std::uint32_t, 3>;

AnswerPtr hold(Answer answer, ProjectsPtr projects, CataloguePtr catalogue, const MatchOptions& options) {
  return std::make_shared<HeldAnswer>(
      HeldAnswer{std::move(answer), std::move(projects), std::move(catalogue), options});
}

std::vector<Entry> entries_of(std::span<const Offer> offers) {
  std::vector<Entry> out;
  out.reserve(offers.size());
  for (const auto& offer : offers)
    out.emplace_back(static_cast<std::uint32_t>(offer.product), offer.points, offer.cautions, offer.open);
  return out;
}

std::vector<Entry> entries_of(std::span<const ProjectOffer> offers) {
  std::vector<Entry> out;
  out.reserve(offers.size());
  for (const auto& offer : offers) out.emplace_back(offer.project, offer.points, offer.cautions, offer.open);
  return out;
}

Counts plain(const VerdictCounts& counts) { return {counts.permitted, counts.undecided, counts.refused}; }

std::size_t checked(const HeldAnswer& held, std::size_t project) {
  if (project >= held.answer.size()) throw py::index_error("project index out of range");
  return project;
}

// Three numbers a project, one after another: a table of its own.
Column counts_of(const AnswerPtr& held) {
  static_assert(sizeof(VerdictCounts) == sizeof(Counts));
  const std::size_t size = held->answer.size();
  const std::span<const VerdictCounts> counts(size == 0 ? nullptr : &held->answer.counts(0), size);
  Column look = column_of(held, counts, &VerdictCounts::permitted);
  look.shape.push_back(3);
  look.strides.push_back(look.item);
  return look;
}

using AnswerClass = py::class_<HeldAnswer, AnswerPtr>;
using Ranking = std::span<const Offer> (Answer::*)() const;

void add_ranking(AnswerClass& answer, const std::string& prefix, Ranking ranking) {
  const auto add = [&](const char* name, auto field) {
    answer.def_property_readonly((prefix + name).c_str(), [ranking, field](const AnswerPtr& held) {
      return column_of(held, (held->answer.*ranking)(), field);
    });
  };
  add("product_row", &Offer::product);
  add("points", &Offer::points);
  add("cautions", &Offer::cautions);
  add("open", &Offer::open);
}

/// Near misses with everything that their rows point into.
struct HeldNear {
  NearAnswer answer;
  ProjectsPtr projects;
  CataloguePtr catalogue;
};
using NearPtr = std::shared_ptr<HeldNear>;
using NearEntry =
    std::tuple<std::uint32_t, std::int64_t, std::uint16_t, std::uint16_t, std::string, std::string>;

NearEntry entry_of(const HeldNear& held, const NearOffer& offer) {
  const Rule& rule = failing_rule(*held.catalogue, offer);
  return {static_cast<std::uint32_t>(offer.product), offer.points, offer.cautions, offer.open, rule.id,
          std::string(to_string(rule.topic))};
}

void register_near(py::module_& m) {
  py::class_<HeldNear, NearPtr> near(m, "NearAnswer", "The near misses of a whole list as columns.");
  const auto add = [&](const char* name, auto field) {
    near.def_property_readonly(
        name, [field](const NearPtr& held) { return column_of(held, held->answer.all_offers(), field); });
  };
  add("product_row", &NearOffer::product);
  add("points", &NearOffer::points);
  add("cautions", &NearOffer::cautions);
  add("open", &NearOffer::open);
  add("rule", &NearOffer::rule);
  near.def("__len__", [](const HeldNear& held) { return held.answer.size(); })
      .def_property_readonly("offer_ends",
                             [](const NearPtr& held) { return column_of(held, held->answer.offer_ends()); })
      .def_property_readonly("counts",
                             [](const NearPtr& held) { return column_of(held, held->answer.counts()); })
      .def(
          "offers_of",
          [](const HeldNear& held, std::size_t project) {
            if (project >= held.answer.size()) throw py::index_error("project index out of range");
            std::vector<NearEntry> out;
            for (const auto& offer : held.answer.offers(project)) out.push_back(entry_of(held, offer));
            return out;
          },
          py::arg("project"),
          "Return row, points, cautions, open, rule id and topic of a project's near misses.")
      .def(
          "__eq__", [](const HeldNear& a, const HeldNear& b) { return a.answer == b.answer; },
          py::is_operator());
  m.def(
      "match_near",
      [](const ProjectsPtr& projects, const CataloguePtr& catalogue, std::size_t k, unsigned threads) {
        return std::make_shared<HeldNear>(
            HeldNear{match_near(projects->list.projects, *catalogue, {.k = k, .threads = threads}), projects,
                     catalogue});
      },
      py::arg("projects"), py::arg("catalogue"), py::kw_only(), py::arg("k"), py::arg("threads"),
      ReleaseGil(), "Rank the products that one rule keeps from each project.");
}

using Reverse = std::tuple<std::vector<Entry>, std::vector<Entry>, Counts>;
Reverse plain(const ReverseAnswer& answer) {
  return {entries_of(std::span(answer.offers)), entries_of(std::span(answer.possible)), plain(answer.counts)};
}

ProductRow row_in(const Catalogue& catalogue, std::uint32_t row) {
  if (row >= catalogue.size()) throw ContractError("product row out of range");
  return ProductRow{row};
}

}  // namespace

void register_matcher(py::module_& m) {
  py::class_<Column>(m, "Column", py::buffer_protocol(), "Numbers inside an answer, read-only, kept alive.")
      .def_buffer(&buffer_of)
      .def("__len__", [](const Column& look) { return look.shape.front(); });

  AnswerClass answer(m, "Answer", "The rankings of a whole list as columns.");
  answer.def("__len__", [](const HeldAnswer& held) { return held.answer.size(); })
      .def_readonly("projects", &HeldAnswer::projects)
      .def_readonly("catalogue", &HeldAnswer::catalogue)
      .def_property_readonly("k", [](const HeldAnswer& held) { return held.options.k; })
      .def_property_readonly("offer_ends",
                             [](const AnswerPtr& held) { return column_of(held, held->answer.offer_ends()); })
      .def_property_readonly(
          "possible_ends",
          [](const AnswerPtr& held) { return column_of(held, held->answer.possible_ends()); })
      .def_property_readonly("counts", &counts_of)
      .def(
          "offers_of",
          [](const HeldAnswer& held, std::size_t project) {
            return entries_of(held.answer.offers(checked(held, project)));
          },
          py::arg("project"), "Return row, points, cautions and open of a project's permitted offers.")
      .def(
          "possible_of",
          [](const HeldAnswer& held, std::size_t project) {
            return entries_of(held.answer.possible(checked(held, project)));
          },
          py::arg("project"), "Return row, points, cautions and open of a project's undecided offers.")
      .def(
          "counts_of",
          [](const HeldAnswer& held, std::size_t project) {
            return plain(held.answer.counts(checked(held, project)));
          },
          py::arg("project"), "Return how many products are permitted, undecided and refused.")
      .def(
          "__eq__", [](const HeldAnswer& a, const HeldAnswer& b) { return a.answer == b.answer; },
          py::is_operator());
  add_ranking(answer, "", &Answer::all_offers);
  add_ranking(answer, "possible_", &Answer::all_possible);

  py::class_<HeldPrepared>(m, "PreparedList", "A list read against one catalogue, ready to be matched again.")
      .def("__len__", [](const HeldPrepared& held) { return held.list.size(); })
      .def_property_readonly("bytes", [](const HeldPrepared& held) { return held.list.bytes(); });
  m.def(
      "prepare",
      [](const ProjectsPtr& projects, const CataloguePtr& catalogue, unsigned threads) {
        return HeldPrepared{prepare(projects->list.projects, *catalogue, threads), projects, catalogue};
      },
      py::arg("projects"), py::arg("catalogue"), py::kw_only(), py::arg("threads"), ReleaseGil(),
      "Read a list against a catalogue.");

  m.def(
      "match",
      [](const ProjectsPtr& projects, const CataloguePtr& catalogue, std::size_t k, std::size_t possible,
         unsigned threads) {
        const MatchOptions options{.k = k, .possible = possible, .threads = threads};
        return hold(match(projects->list.projects, *catalogue, options), projects, catalogue, options);
      },
      py::arg("projects"), py::arg("catalogue"), py::kw_only(), py::arg("k"), py::arg("possible"),
      py::arg("threads"), ReleaseGil(), "Rank the best products for each project.");
  m.def(
      "match_product",
      [](const HeldProjects& projects, const Catalogue& catalogue, std::uint32_t row, std::size_t k,
         std::size_t possible) {
        return plain(match_product(projects.list.projects, catalogue, row_in(catalogue, row),
                                   {.k = k, .possible = possible}));
      },
      py::arg("projects"), py::arg("catalogue"), py::arg("row"), py::kw_only(), py::arg("k"),
      py::arg("possible"), ReleaseGil(), "Rank the best projects for one product.");
  m.def(
      "match_prepared",
      [](const HeldPrepared& held, std::size_t k, std::size_t possible, unsigned threads) {
        const MatchOptions options{.k = k, .possible = possible, .threads = threads};
        return hold(match(held.list, options), held.projects, held.catalogue, options);
      },
      py::arg("projects"), py::kw_only(), py::arg("k"), py::arg("possible"), py::arg("threads"), ReleaseGil(),
      "Rank the best products for each project of a prepared list.");
  m.def(
      "match_product_prepared",
      [](const HeldPrepared& held, std::uint32_t row, std::size_t k, std::size_t possible) {
        return plain(match_product(held.list, row_in(*held.catalogue, row), {.k = k, .possible = possible}));
      },
      py::arg("projects"), py::arg("row"), py::kw_only(), py::arg("k"), py::arg("possible"), ReleaseGil(),
      "Rank the best projects of a prepared list for one product.");
  register_near(m);
}

}  // namespace huoshui::bindings
