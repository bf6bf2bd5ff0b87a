// What a chain of three parties can borrow, and what would unlock more. Python twin: supply_chain.py, which
// prints the same.
#include <huoshui/huoshui.hpp>
#include <iostream>

int main() {
  using namespace huoshui;
  using namespace huoshui::supply_chain;

  std::vector<Party> parties(3);
  parties[0].id = "A";
  parties[0].name = "示例企业";
  parties[0].role = supply_chain::Role::anchor;
  parties[0].exposure_limit = 100'000'000;  // fen
  parties[1].id = "S";
  parties[1].name = "示例合作社";
  parties[1].role = supply_chain::Role::cooperative;
  parties[1].asked = 30'000'000;
  parties[2].id = "T";
  parties[2].name = "示例基地";
  parties[2].role = supply_chain::Role::base;

  std::vector<Claim> claims(2);
  for (auto& claim : claims) {
    claim.due_day = parse_date("2026-06-01").value();
    claim.confirmed = Truth::yes;
  }
  claims[0].id = "R1";
  claims[0].holder = "S";
  claims[0].buyer = "A";
  claims[0].amount = 200'000'000;
  claims[0].registered = Truth::yes;
  claims[1].id = "R2";
  claims[1].holder = "T";
  claims[1].buyer = "S";
  claims[1].amount = 50'000'000;

  supply_chain::Terms terms;
  terms.advance_rate[static_cast<std::size_t>(ClaimKind::receivable)] = 800'000;
  terms.tier_decay = 900'000;
  const auto policy = PolicyPack::bundled().at(parse_date("2026-03-01").value()).value();

  const auto chain = Chain::build(parties, claims).value();
  const auto plan = supply_chain::propose(chain, policy, terms);
  for (const auto& line : plan_sentences(chain, plan)) std::cout << line.zh << '\n';
  for (const auto& act : unlocks(chain, policy, terms)) std::cout << unlock_sentence(chain, act).zh << '\n';
}
