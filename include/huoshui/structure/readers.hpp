/// Room structure. Readers turn a project's facts and a product's terms into the input of each instrument.
/// Law: a range stays a range; what neither the list, the handbook nor the inputs say stays absent; a yes or
/// no that was only read out of words is left absent, for an inference never refuses; every fact used is
/// named with its origin. Example: `read_sink(prepared, product, inputs).value->area`.
#pragma once

#include <huoshui/carbon/sink.hpp>
#include <huoshui/catalogue/catalogue.hpp>
#include <huoshui/eligibility/screen.hpp>
#include <huoshui/rights/asset.hpp>
#include <huoshui/structure/inputs.hpp>
#include <huoshui/supply_chain/terms.hpp>
#include <optional>
#include <string>
#include <vector>

namespace huoshui {

/// One statement in both languages.
struct Phrase {
  std::string zh, en;
  bool operator==(const Phrase&) const = default;
};

/// A fact that terms rest on.
struct Ground {
  FactKey key{};
  Origin origin = Origin::stated;
  bool operator==(const Ground&) const = default;
};

/// What was read, what it rests on, and what must be given before it is worth anything.
template <typename T>
struct Reading {
  std::optional<T> value;
  std::vector<Ground> grounds;
  std::vector<Phrase> missing;
};

/// A chain with the lender's terms for it.
struct ChainAsk {
  supply_chain::Chain chain;
  supply_chain::Terms terms;
  std::string project_party;     ///< the party that stands for the project, when one does
  bool on_illustration = false;  ///< the chain or its advance rate is an invented example (示例)
};

/// Return the right that an instrument pledges, if it is one of room rights.
[[nodiscard]] std::optional<rights::Right> right_of(Instrument instrument);

/// Return what the project can be asked for: the largest amount it asks, at most the product's ticket, in
/// fen. Absent when the list bounds the need nowhere.
[[nodiscard]] std::optional<std::int64_t> asked_of(const Facts& facts, const Product& product);
/// Return the tenor in months: the longest asked, at most the product's. Absent when the list gives none.
[[nodiscard]] std::optional<std::int64_t> tenor_of(const Facts& facts, const Product& product);

/// Read the expected carbon income that a project could pledge.
[[nodiscard]] Reading<carbon::Sink> read_sink(const PreparedProject& project, const Product& product,
                                              const StructureInputs& inputs);
/// Read the right or herd that the product's instrument pledges. @throws ContractError when it pledges none.
[[nodiscard]] Reading<rights::Asset> read_asset(const PreparedProject& project, const Product& product,
                                                const StructureInputs& inputs);
/// Read what is to be financed in one group, signed on the policy's day. Absent without amount or tenor.
[[nodiscard]] Reading<syndicate::Deal> read_deal(const PreparedProject& project, const Product& product,
                                                 const Policy& policy);
/// Read the capital that could be had. Absent unless total investment and own capital are exact.
[[nodiscard]] Reading<syndicate::CapitalSources> read_capital(const PreparedProject& project,
                                                              const StructureInputs& inputs);
/// Read the chain: the inputs' own for this project, else the project with the receivable that its list
/// states, and its households as a bundle behind it. Absent when there is no claim.
[[nodiscard]] Reading<ChainAsk> read_chain(const PreparedProject& project, const Product& product,
                                           const StructureInputs& inputs);

}  // namespace huoshui
