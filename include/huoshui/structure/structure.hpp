/// Room structure. structure puts matched offers on paper: amount, tenor, security and the instrument's own
/// terms, over one register of what the whole list pledges. Law: what is missing is named and leaves the
/// amount absent, never zero; an asset that an earlier project of the list pledges is refused to a later one,
/// the first named. Example: `structure(answer, projects, catalogue, inputs).projects[0][0].amount_fen`.
#pragma once

#include <huoshui/carbon/propose.hpp>
#include <huoshui/matcher.hpp>
#include <huoshui/rights/pledges.hpp>
#include <huoshui/rights/propose.hpp>
#include <huoshui/structure/benefits.hpp>
#include <huoshui/structure/inputs.hpp>
#include <huoshui/structure/readers.hpp>
#include <huoshui/supply_chain/plan.hpp>
#include <huoshui/syndicate/propose.hpp>
#include <huoshui/syndicate/schedule.hpp>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace huoshui {

/// A loan of one lender without machinery of its own.
struct PlainTerms {
  Interval rate;                                ///< millionths a year, as disclosed; unbounded: 未披露
  std::string security;                         ///< as the handbook has it; empty: 未披露
  std::optional<syndicate::Repayment> stated;   ///< as the handbook has it
  std::optional<syndicate::Schedule> schedule;  ///< at the highest disclosed rate
  bool operator==(const PlainTerms&) const = default;
};

/// A loan of several lenders.
struct SyndicateTerms {
  std::optional<syndicate::Deal> deal;
  std::optional<syndicate::Proposal> proposal;        ///< absent without institutions, amount or tenor
  std::optional<syndicate::CapitalProposal> capital;  ///< absent when the list does not give the capital
  /// Lenders that the rules of the day ask for at least; absent when no rule in force says so.
  std::optional<std::int64_t> lenders_at_least;
};

/// Money on the claims of a chain.
struct ChainTerms {
  std::optional<supply_chain::Chain> chain;
  std::optional<supply_chain::Plan> plan;  ///< with the chain
};

/// Money on an expected carbon income, with what it was worked out from.
struct CarbonTerms {
  carbon::Sink sink;
  carbon::Proposal proposal;
};

/// Money on another right or herd, likewise.
struct RightTerms {
  rights::Asset asset;
  rights::Proposal proposal;
};

using PaperTerms = std::variant<PlainTerms, SyndicateTerms, ChainTerms, CarbonTerms, RightTerms>;

/// Which machinery an instrument has. The enumerators are the words printed in JSON, in the order of
/// PaperTerms.
enum class Machinery : std::uint8_t { plain, syndicate, supply_chain, carbon, rights };
[[nodiscard]] std::string_view to_string(Machinery machinery);
/// Return the machinery of an instrument; absent for insurance, bonds, funds and shares, which are no loans.
[[nodiscard]] std::optional<Machinery> machinery_of(Instrument instrument);

/// One asset that two projects of a list, or one project twice, would pledge.
struct Clash {
  std::uint32_t first = 0, again = 0;  ///< projects by their place in the list
  std::string first_kind, again_kind;  ///< carbon_sink, livestock …
  rights::SharedKey key = rights::SharedKey::registry_number;
  std::string number;  ///< as the later project's list writes it
  /// False: refused. True: two kinds on one parcel, or two pledges of one project, not both at once.
  bool caution_only = false;
  Phrase text;

  bool operator==(const Clash&) const = default;
};

/// One offer on paper.
struct OfferOnPaper {
  ProductRow product{};
  Verdict verdict = Verdict::permitted;    ///< permitted, or undecided for possible offers
  std::optional<std::int64_t> amount_fen;  ///< what could be signed today; absent: cannot be settled
  std::optional<std::int64_t> tenor_months;
  PaperTerms terms;
  std::vector<Benefit> benefits;
  std::vector<Ground> grounds;
  std::vector<Phrase> words;           ///< the terms, then what did not pass
  std::vector<Phrase> missing;         ///< what to supply before the amount can be settled
  std::vector<std::uint32_t> clashes;  ///< of Structured::clashes, on the asset it pledges
  bool refused_asset = false;          ///< the asset is pledged by an earlier project
  bool on_illustration = false;        ///< a number of it is an invented example (示例)

  [[nodiscard]] Machinery machinery() const { return static_cast<Machinery>(terms.index()); }
};

/// A whole list on paper.
struct Structured {
  std::vector<std::vector<OfferOnPaper>> projects;  ///< permitted offers, then possible, in order of rank
  std::vector<rights::Pledge> assets;               ///< the register: what the list offers as security
  std::vector<Clash> clashes;                       ///< by later project
};

/// Put the offers of an answer on paper. Offers of instruments that are no loans are left out.
/// @throws ContractError when the answer is not of these projects.
[[nodiscard]] Structured structure(const Answer& answer, std::span<const Project> projects,
                                   const Catalogue& catalogue, const StructureInputs& inputs = {});

/// Return what an instrument pledges: carbon_sink, livestock …; empty for those without a pledge of their
/// own.
[[nodiscard]] std::string_view pledge_kind(Instrument instrument);

/// Return what one project offers as security under one instrument: an entry for each number that its list
/// states, one without numbers when it states none. Empty for instruments without a pledge of their own.
[[nodiscard]] std::vector<rights::Pledge> pledges_of(const Project& project, Instrument instrument);

/// Return one pair on paper, without a register.
[[nodiscard]] OfferOnPaper put_on_paper(const PreparedProject& project, const Catalogue& catalogue,
                                        ProductRow product, const StructureInputs& inputs = {});

}  // namespace huoshui
