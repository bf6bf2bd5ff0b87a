#include <array>
#include <span>
#include <tuple>
#include <type_traits>

#include "held.hpp"

namespace huoshui::bindings {
namespace {

using AnswerPtr = std::shared_ptr<HeldAnswer>;

constexpr char kNothing = 0;

template <typename Item>
Column column(const AnswerPtr& owner, std::span<const Item> items) {
  return {owner,
          items.empty() ? static_cast<const void*>(&kNothing) : items.data(),
          static_cast<py::ssize_t>(items.size()),
          0,
          static_cast<py::ssize_t>(sizeof(Item)),
          static_cast<py::ssize_t>(sizeof(Item)),
          py::format_descriptor<Item>::format()};
}

template <typename Struct, typename Item>
Column field(const AnswerPtr& owner, std::span<const Struct> rows, Item Struct::*member) {
  // ProductRow is an enum over uint32.
  using Plain = std::conditional_t<std::is_enum_v<Item>, std::uint32_t, Item>;
  static_assert(sizeof(Plain) == sizeof(Item));
  return {owner,
          rows.empty() ? static_cast<const void*>(&kNothing) : &(rows.front().*member),
          static_cast<py::ssize_t>(rows.size()),
          0,
          static_cast<py::ssize_t>(sizeof(Struct)),
          static_cast<py::ssize_t>(sizeof(Plain)),
          py::format_descriptor<Plain>::format()};
}

Column counts(const AnswerPtr& owner) {
  static_assert(sizeof(VerdictCounts) == 3 * sizeof(std::uint32_t));
  const std::size_t size = owner->answer.size();
  return {owner,
          size == 0 ? static_cast<const void*>(&kNothing) : &owner->answer.counts(0),
          static_cast<py::ssize_t>(size),
          3,
          static_cast<py::ssize_t>(sizeof(VerdictCounts)),
          static_cast<py::ssize_t>(sizeof(std::uint32_t)),
          py::format_descriptor<std::uint32_t>::format()};
}

py::buffer_info buffer_of(Column& look) {
  std::vector<py::ssize_t> shape{look.rows}, strides{look.stride};
  if (look.columns != 0) {
    shape.push_back(look.columns);
    strides.push_back(look.item);
  }
  const auto dimensions = static_cast<py::ssize_t>(shape.size());
  return {const_cast<void*>(look.first),
          look.item,
          look.format,
          dimensions,
          std::move(shape),
          std::move(strides),
          /*readonly=*/true};
}

MatchOptions options_of(std::size_t k, std::size_t possible, unsigned threads) {
  return {.k = k, .possible = possible, .threads = threads};
}

AnswerPtr match_list(const std::shared_ptr<HeldProjects>& projects,
                     const std::shared_ptr<Catalogue>& catalogue, std::size_t k, std::size_t possible,
                     unsigned threads) {
  const MatchOptions options = options_of(k, possible, threads);
  return std::make_shared<HeldAnswer>(
      HeldAnswer{match(projects->list.projects, *catalogue, options), projects, catalogue, options});
}

using Ranked = std::vector<std::tuple<std::uint32_t, std::int64_t, std::uint16_t, std::uint16_t>>;
std::tuple<Ranked, Ranked, std::array<std::uint32_t, 3>> match_reverse(const HeldProjects& projects,
                                                                       const Catalogue& catalogue,
                                                                       std::uint32_t row, std::size_t k,
                                                                       std::size_t possible) {
  if (row >= catalogue.size()) throw ContractError("product row out of range");
  const ReverseAnswer answer =
      match_product(projects.list.projects, catalogue, ProductRow{row}, options_of(k, possible, 1));
  const auto plain = [](const std::vector<ProjectOffer>& offers) {
    Ranked out;
    for (const auto& offer : offers)
      out.emplace_back(offer.project, offer.points, offer.cautions, offer.open);
    return out;
  };
  return {plain(answer.offers),
          plain(answer.possible),
          {answer.counts.permitted, answer.counts.undecided, answer.counts.refused}};
}

}  // namespace

void register_matcher(py::module_& m) {
  py::class_<Column>(m, "Column", py::buffer_protocol(), "Numbers inside an answer, read-only, kept alive.")
      .def_buffer(&buffer_of)
      .def("__len__", [](const Column& look) { return look.rows; });

  py::class_<HeldAnswer, AnswerPtr>(m, "Answer", "The rankings of a whole list as columns.")
      .def("__len__", [](const HeldAnswer& held) { return held.answer.size(); })
      .def_readonly("projects", &HeldAnswer::projects)
      .def_readonly("catalogue", &HeldAnswer::catalogue)
      .def_property_readonly("k", [](const HeldAnswer& held) { return held.options.k; })
      .def_property_readonly("offsets",
                             [](const AnswerPtr& held) { return column(held, held->answer.offer_ends()); })
      .def_property_readonly(
          "product_row",
          [](const AnswerPtr& held) { return field(held, held->answer.all_offers(), &Offer::product); })
      .def_property_readonly(
          "points",
          [](const AnswerPtr& held) { return field(held, held->answer.all_offers(), &Offer::points); })
      .def_property_readonly(
          "cautions",
          [](const AnswerPtr& held) { return field(held, held->answer.all_offers(), &Offer::cautions); })
      .def_property_readonly(
          "open", [](const AnswerPtr& held) { return field(held, held->answer.all_offers(), &Offer::open); })
      .def_property_readonly("possible_offsets",
                             [](const AnswerPtr& held) { return column(held, held->answer.possible_ends()); })
      .def_property_readonly(
          "possible_product_row",
          [](const AnswerPtr& held) { return field(held, held->answer.all_possible(), &Offer::product); })
      .def_property_readonly(
          "possible_points",
          [](const AnswerPtr& held) { return field(held, held->answer.all_possible(), &Offer::points); })
      .def_property_readonly(
          "possible_cautions",
          [](const AnswerPtr& held) { return field(held, held->answer.all_possible(), &Offer::cautions); })
      .def_property_readonly(
          "possible_open",
          [](const AnswerPtr& held) { return field(held, held->answer.all_possible(), &Offer::open); })
      .def_property_readonly("counts", &counts)
      .def(
          "__eq__", [](const HeldAnswer& a, const HeldAnswer& b) { return a.answer == b.answer; },
          py::is_operator());

  m.def("match", &match_list, py::arg("projects"), py::arg("catalogue"), py::kw_only(), py::arg("k"),
        py::arg("possible"), py::arg("threads"), ReleaseGil(), "Rank the best products for each project.");
  m.def("match_product", &match_reverse, py::arg("projects"), py::arg("catalogue"), py::arg("row"),
        py::kw_only(), py::arg("k"), py::arg("possible"), ReleaseGil(),
        "Rank the best projects for one product.");
}

}  // namespace huoshui::bindings
