#include <huoshui/rights/pledges.hpp>
#include <huoshui/rights/propose.hpp>

#include "records.hpp"

namespace huoshui::bindings {

template <>
struct Words<rights::Right> : WordsTo<rights::Right::land_operation> {};
template <>
struct Words<rights::Registry> : WordsTo<rights::Registry::none> {};
template <>
struct Words<rights::SharedKey> : WordsTo<rights::SharedKey::parcel> {};

template <>
struct Words<rights::PricedFor> {  // the room prints no word for it
  static constexpr auto kLast = rights::PricedFor::year;
  static std::string_view word(rights::PricedFor priced_for) {
    return priced_for == rights::PricedFor::year ? "year" : "good";
  }
};

template <>
struct Fields<rights::Asset> {
  static constexpr bool kIsRecord = true;
  static void visit(rights::Asset& x, const auto& v) {
    v("project", x.project);
    v("right", x.right);
    v("region", x.region);
    v("quantity", x.quantity);
    v("fen_per_unit", x.fen_per_unit);
    v("priced_for", x.priced_for);
    v("years", x.years);
    v("discount_rate", x.discount_rate);
    v("lent_share", x.lent_share);
    v("multiple", x.multiple);
    v("clear_title", x.clear_title);
    v("pledged_already", x.pledged_already);
    v("insured", x.insured);
    v("on_public_forest", x.on_public_forest);
    v("filed", x.filed);
    v("holder_consents", x.holder_consents);
    v("filed_with_authority", x.filed_with_authority);
    v("registry", x.registry);
    v("registry_number", x.registry_number);
    v("unique_number", x.unique_number);
    v("parcel", x.parcel);
    v("need_fen", x.need_fen);
    v("tenor_months", x.tenor_months);
  }
};

template <>
struct Fields<rights::ProposeOptions> {
  static constexpr bool kIsRecord = true;
  static void visit(rights::ProposeOptions& x, const auto& v) {
    v("multiple_low", x.multiple_low);
    v("multiple_usual", x.multiple_usual);
    v("multiple_high", x.multiple_high);
  }
};

template <>
struct Fields<rights::Terms> {
  static constexpr bool kIsRecord = true;
  static void visit(rights::Terms& x, const auto& v) {
    v("fen_per_unit", x.fen_per_unit);
    v("multiple", x.multiple);
    v("yearly_fen", x.yearly_fen);
    v("spread_fen", x.spread_fen);
    v("value_fen", x.value_fen);
    v("ceiling_fen", x.ceiling_fen);
    v("amount_fen", x.amount_fen);
    v("tenor_months", x.tenor_months);
  }
};

template <>
struct Fields<rights::Proposal> {
  static constexpr bool kIsRecord = true;
  static void visit(rights::Proposal& x, const auto& v) {
    v("terms", x.terms);
    v("findings", x.findings);
  }
};

template <>
struct Fields<rights::Line> {
  static constexpr bool kIsRecord = true;
  static void visit(rights::Line& x, const auto& v) {
    v("zh", x.zh);
    v("en", x.en);
  }
};

template <>
struct Fields<rights::Pledge> {
  static constexpr bool kIsRecord = true;
  static void visit(rights::Pledge& x, const auto& v) {
    v("project", x.project);
    v("kind", x.kind);
    v("registry_number", x.registry_number);
    v("unique_number", x.unique_number);
    v("parcel", x.parcel);
  }
};

template <>
struct Fields<rights::DoublePledge> {
  static constexpr bool kIsRecord = true;
  static void visit(rights::DoublePledge& x, const auto& v) {
    v("first", x.first);
    v("again", x.again);
    v("key", x.key);
    v("overlap_only", x.overlap_only);
  }
};

void register_rights(py::module_& m) {
  m.def(
      "rights_propose",
      [](const rights::Asset& asset, const Policy& policy, const rights::ProposeOptions& options) {
        return rights::propose(asset, policy, options);
      },
      py::arg("asset"), py::arg("policy"), py::arg("options"), ReleaseGil(), "Return terms and findings.");
  m.def(
      "rights_gates",
      [](const rights::Asset& asset, const Policy& policy) { return rights::gates(asset, policy); },
      py::arg("asset"), py::arg("policy"), ReleaseGil(), "Return the gates of the policy's day.");
  m.def(
      "rights_verify",
      [](const rights::Terms& terms, const rights::Asset& asset, const Policy& policy,
         const rights::ProposeOptions& options) { return rights::verify(terms, asset, policy, options); },
      py::arg("terms"), py::arg("asset"), py::arg("policy"), py::arg("options"), ReleaseGil(),
      "Hold terms against the asset.");
  m.def(
      "rights_explain", [](const rights::Proposal& proposal) { return rights::explain(proposal); },
      py::arg("proposal"), ReleaseGil(), "Return a proposal in words.");
  m.def(
      "rights_double_pledges",
      [](const std::vector<rights::Pledge>& pledges) { return rights::double_pledges(pledges); },
      py::arg("pledges"), ReleaseGil(), "Return what is pledged twice.");
}

}  // namespace huoshui::bindings
