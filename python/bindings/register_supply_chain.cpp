#include <huoshui/structure/inputs.hpp>
#include <huoshui/supply_chain/wording.hpp>

#include "records.hpp"

namespace huoshui::bindings {

template <>
struct Words<supply_chain::Role> : WordsTo<supply_chain::Role::household> {};
template <>
struct Words<supply_chain::BuyerKind> : WordsTo<supply_chain::BuyerKind::other> {};
template <>
struct Words<supply_chain::ClaimKind> : WordsTo<supply_chain::ClaimKind::stock> {};
template <>
struct Words<supply_chain::Backing> : WordsTo<supply_chain::Backing::credit> {};
template <>
struct Words<supply_chain::ClaimStanding> : WordsTo<supply_chain::ClaimStanding::refused> {};
template <>
struct Words<supply_chain::Gate> : WordsTo<supply_chain::Gate::lender_tenor> {};
template <>
struct Words<supply_chain::GateOutcome> : WordsTo<supply_chain::GateOutcome::fail> {};
template <>
struct Words<supply_chain::Cap> : WordsTo<supply_chain::Cap::unknown> {};
template <>
struct Words<supply_chain::BreachKind> : WordsTo<supply_chain::BreachKind::total> {};
template <>
struct Fields<supply_chain::Party> {
  static constexpr bool kIsRecord = true;
  static void visit(supply_chain::Party& x, const auto& v) {
    v("id", x.id);
    v("name", x.name);
    v("role", x.role);
    v("buyer_kind", x.buyer_kind);
    v("group", x.group);
    v("exposure_limit", x.exposure_limit);
    v("exposure_used", x.exposure_used);
    v("borrower_limit", x.borrower_limit);
    v("borrowed", x.borrowed);
    v("asked", x.asked);
    v("weight", x.weight);
  }
};

template <>
struct Fields<supply_chain::Claim> {
  static constexpr bool kIsRecord = true;
  static void visit(supply_chain::Claim& x, const auto& v) {
    v("id", x.id);
    v("kind", x.kind);
    v("holder", x.holder);
    v("buyer", x.buyer);
    v("amount", x.amount);
    v("financed", x.financed);
    v("contract_day", x.contract_day);
    v("issue_day", x.issue_day);
    v("delivery_day", x.delivery_day);
    v("due_day", x.due_day);
    v("confirmed", x.confirmed);
    v("registered", x.registered);
    v("related", x.related);
    v("disputed", x.disputed);
    v("pledged_elsewhere", x.pledged_elsewhere);
    v("locked_account", x.locked_account);
    v("budget_evidence", x.budget_evidence);
    v("pay_when_paid", x.pay_when_paid);
    v("custody", x.custody);
    v("documents", x.documents);
  }
};

template <>
struct Fields<supply_chain::Bundle> {
  static constexpr bool kIsRecord = true;
  static void visit(supply_chain::Bundle& x, const auto& v) {
    v("id", x.id);
    v("name", x.name);
    v("lead", x.lead);
    v("members", x.members);
    v("backing", x.backing);
    v("total", x.total);
    v("per_member", x.per_member);
  }
};

template <>
struct Fields<supply_chain::GateRule> {
  static constexpr bool kIsRecord = true;
  static void visit(supply_chain::GateRule& x, const auto& v) {
    v("gate", x.gate);
    v("strength", x.strength);
    v("in_force", x.in_force);
    v("from_", x.from);  // `from` is a keyword of Python
    v("months", x.months);
    v("days", x.days);
    v("text_zh", x.text_zh);
    v("text_en", x.text_en);
    v("citation", x.citation);
  }
};

template <>
struct Fields<supply_chain::Sentence> {
  static constexpr bool kIsRecord = true;
  static void visit(supply_chain::Sentence& x, const auto& v) {
    v("zh", x.zh);
    v("en", x.en);
  }
};
template <>
struct Fields<supply_chain::Terms> {
  static constexpr bool kIsRecord = true;
  static void visit(supply_chain::Terms& x, const auto& v) {
    v("advance_rates", x.advance_rate);  // by ClaimKind; Python shows them by word
    v("unconfirmed_share", x.unconfirmed_share);
    v("unlocked_share", x.unlocked_share);
    v("tier_decay", x.tier_decay);
    v("grace_days", x.grace_days);
    v("tenor_max_months", x.tenor_max_months);
  }
};

template <>
struct Words<Confidence> : WordsTo<Confidence::illustrative> {};
template <>
struct Fields<ChainInput> {
  static constexpr bool kIsRecord = true;
  static void visit(ChainInput& x, const auto& v) {
    v("project", x.project);
    v("parties", x.parties);
    v("claims", x.claims);
    v("bundles", x.bundles);
    v("terms", x.terms);
    v("confidence", x.confidence);
  }
};

namespace {

using namespace supply_chain;

/// Rows of one kind as columns, so that a long chain makes no object for each.
class Columns {
 public:
  explicit Columns(std::initializer_list<const char*> names) {
    for (const auto* name : names) columns_.emplace_back(name, py::list());
  }
  template <typename... Cells>
  void add(Cells&&... cells) {
    std::size_t at = 0;
    (columns_[at++].second.append(py::cast(std::forward<Cells>(cells))), ...);
  }
  [[nodiscard]] py::dict done() const {
    py::dict out;
    for (const auto& [name, column] : columns_) out[name] = column;
    return out;
  }

 private:
  std::vector<std::pair<const char*, py::list>> columns_;
};

std::string party_id(const Chain& chain, std::uint32_t row) {
  return row == kNoRow ? std::string() : chain.parties()[row].id;
}

std::optional<std::uint32_t> tier_of(std::uint32_t tier) {
  return tier == kNoTier ? std::nullopt : std::optional(tier);
}

std::vector<std::string_view> supply_words(std::uint8_t supplies) {
  std::vector<std::string_view> out;
  for (const auto each : {Supply::confirm, Supply::register_claim, Supply::lock_account, Supply::take_custody,
                          Supply::budget_evidence}) {
    if ((supplies & static_cast<std::uint8_t>(each)) != 0) out.push_back(to_string(each));
  }
  return out;
}

py::dict advance_columns(const Plan& plan, const Chain& chain) {
  Columns out{"party", "name", "role", "tier", "amount", "cap", "at", "limit", "hanging"};
  for (std::size_t p = 0; p < plan.advances.size(); ++p) {
    const auto& party = chain.parties()[p];
    const auto& advance = plan.advances[p];
    out.add(party.id, party.name, party.role, tier_of(advance.tier), advance.amount, advance.cap,
            party_id(chain, advance.at), advance.limit, plan.hanging[p]);
  }
  return out.done();
}

py::dict claim_columns(const Plan& plan, const Chain& chain) {
  Columns out{"claim", "kind",     "holder",  "buyer",    "amount", "standing",
              "full",  "eligible", "lacking", "last_day", "own",    "passed"};
  for (std::size_t c = 0; c < plan.claims.size(); ++c) {
    const auto& claim = chain.claims()[c];
    const auto& line = plan.claims[c];
    out.add(claim.id, claim.kind, claim.holder, claim.buyer, claim.amount, line.reading.standing,
            line.reading.full, line.reading.eligible, supply_words(line.reading.lacking),
            line.reading.last_day, line.own, line.passed);
  }
  return out.done();
}

/// The gates that were asked of one claim, by word.
py::dict outcomes_of(const Plan& plan, std::size_t claim) {
  py::dict out;
  const auto& outcomes = plan.claims.at(claim).reading.outcomes;
  for (std::size_t g = 0; g < kGateCount; ++g) {
    if (outcomes[g] != GateOutcome::not_asked)
      out[py::str(std::string(to_string(static_cast<Gate>(g))))] = to_string(outcomes[g]);
  }
  return out;
}

std::vector<std::vector<std::string>> ids_of(const std::vector<std::vector<std::uint32_t>>& groups,
                                             const auto& records) {
  std::vector<std::vector<std::string>> out;
  for (const auto& group : groups) {
    auto& ids = out.emplace_back();
    for (const auto row : group) ids.push_back(records[row].id);
  }
  return out;
}

py::list unlock_list(const std::vector<Unlock>& unlocks, const Chain& chain) {
  py::list out;
  for (const auto& act : unlocks) {
    py::dict entry;
    entry["supplies"] = supply_words(act.supplies);
    entry["party"] = party_id(chain, act.party);
    py::list claims;
    for (const auto row : act.claims) claims.append(chain.claims()[row].id);
    entry["claims"] = claims;
    entry["raised"] = act.raised;
    entry["gain"] = act.gain;
    entry["sentence"] = unlock_sentence(chain, act);
    out.append(entry);
  }
  return out;
}

py::list breach_list(const std::vector<Breach>& breaches, const Chain& chain) {
  py::list out;
  for (const auto& breach : breaches) {
    py::dict entry;
    entry["kind"] = to_string(breach.kind);
    entry["found"] = breach.found;
    entry["allowed"] = breach.allowed;
    entry["sentence"] = breach_sentence(chain, breach);
    out.append(entry);
  }
  return out;
}

}  // namespace

void register_supply_chain(py::module_& m) {
  // Here and not beside the other methods, for a chain crosses by the records of this file.
  const auto inputs = m.attr("StructureInputs");
  inputs.attr("with_chain") = py::cpp_function(
      [](const StructureInputs& given, ChainInput chain) {
        if (chain_of(given, chain.project) != nullptr)
          throw ContractError("项目“" + chain.project + "”已有一条链");
        (void)Chain::build(chain.parties, chain.claims, chain.bundles).value();
        auto out = std::make_shared<StructureInputs>(given);
        out->illustrative = out->illustrative || chain.confidence == Confidence::illustrative;
        out->chains.push_back(std::move(chain));
        return out;
      },
      py::name("with_chain"), py::is_method(inputs), py::arg("chain"),
      "Return the inputs with the chain around one more project.");

  py::class_<Chain, std::shared_ptr<Chain>>(m, "SupplyChain", "Parties, claims and bundles, checked.")
      .def_static(
          "build",
          [](std::vector<Party> parties, std::vector<Claim> claims, std::vector<Bundle> bundles) {
            return std::make_shared<Chain>(
                Chain::build(std::move(parties), std::move(claims), std::move(bundles)).value());
          },
          py::arg("parties"), py::arg("claims"), py::arg("bundles"), ReleaseGil())
      .def("parties",
           [](const Chain& chain) {
             return std::vector<Party>(chain.parties().begin(), chain.parties().end());
           })
      .def(
          "claims",
          [](const Chain& chain) { return std::vector<Claim>(chain.claims().begin(), chain.claims().end()); })
      .def("bundles",
           [](const Chain& chain) {
             return std::vector<Bundle>(chain.bundles().begin(), chain.bundles().end());
           })
      .def(
          "party_row",
          [](const Chain& chain, std::string_view id) {
            const auto row = chain.party_row(id);
            return row == kNoRow ? std::nullopt : std::optional(row);
          },
          py::arg("id"))
      .def(
          "claim_row",
          [](const Chain& chain, std::string_view id) {
            const auto row = chain.claim_row(id);
            return row == kNoRow ? std::nullopt : std::optional(row);
          },
          py::arg("id"))
      .def_property_readonly("counts", [](const Chain& chain) {
        return py::make_tuple(chain.parties().size(), chain.claims().size(), chain.bundles().size());
      });

  py::class_<Plan>(m, "SupplyPlan", "One plan for a chain.")
      .def_readonly("total", &Plan::total)
      .def_property_readonly("day", [](const Plan& plan) { return plan.day; })
      .def_property_readonly(
          "gates",
          [](const Plan& plan) { return std::vector<GateRule>(plan.gates.begin(), plan.gates.end()); })
      .def("advances", &advance_columns, py::arg("chain"))
      .def("claims", &claim_columns, py::arg("chain"))
      .def("outcomes", &outcomes_of, py::arg("claim"))
      .def("bundles", [](const Plan& plan) { return plan.bundles; })
      .def(
          "circles",
          [](const Plan& plan, const Chain& chain) { return ids_of(plan.shape.circles, chain.parties()); },
          py::arg("chain"))
      .def(
          "double_pledges",
          [](const Plan& plan, const Chain& chain) {
            return ids_of(plan.shape.double_pledges, chain.claims());
          },
          py::arg("chain"))
      .def(
          "sentences", [](const Plan& plan, const Chain& chain) { return plan_sentences(chain, plan); },
          py::arg("chain"))
      .def(
          "advance_sentence",
          [](const Plan& plan, const Chain& chain, std::uint32_t row) {
            return advance_sentence(chain, plan, row);
          },
          py::arg("chain"), py::arg("row"))
      .def(
          "claim_sentences",
          [](const Plan& plan, const Chain& chain, std::uint32_t row) {
            auto out = gate_sentences(plan, row);
            out.insert(out.begin(), claim_sentence(chain, plan, row));
            return out;
          },
          py::arg("chain"), py::arg("row"))
      .def(
          "__eq__", [](const Plan& a, const Plan& b) { return a == b; }, py::is_operator());

  m.def(
      "supply_chain_propose",
      [](const Chain& chain, const Policy& policy, const Terms& terms) {
        return propose(chain, policy, terms);
      },
      py::arg("chain"), py::arg("policy"), py::arg("terms"), ReleaseGil(), "Make the plan.");
  m.def(
      "supply_chain_verify",
      [](const Chain& chain, const Policy& policy, const Terms& terms, const Plan& plan) {
        std::vector<Breach> breaches;
        {
          const py::gil_scoped_release release;
          breaches = verify(chain, policy, terms, plan);
        }
        return breach_list(breaches, chain);
      },
      py::arg("chain"), py::arg("policy"), py::arg("terms"), py::arg("plan"),
      "Check a plan by other code than made it.");
  m.def(
      "supply_chain_unlocks",
      [](const Chain& chain, const Policy& policy, const Terms& terms, std::size_t k) {
        std::vector<Unlock> found;
        {
          const py::gil_scoped_release release;
          found = unlocks(chain, policy, terms, {.k = k});
        }
        return unlock_list(found, chain);
      },
      py::arg("chain"), py::arg("policy"), py::arg("terms"), py::arg("k"),
      "Return what would let the chain borrow more.");
  m.def(
      "supply_chain_gates_on",
      [](const Policy& policy) {
        const auto gates = gates_on(policy);
        return std::vector<GateRule>(gates.begin(), gates.end());
      },
      py::arg("policy"), "Return all gates as of the policy's day.");
}

}  // namespace huoshui::bindings
