#include <gtest/gtest.h>

#include <algorithm>

#include <huoshui/supply_chain/wording.hpp>

#include "chains.hpp"

namespace huoshui::supply_chain_test {
namespace {

TEST(SupplyWording, SaysTheAmountAndTheCapThatBinds) {
  auto open = claim("c2", "S", "A", 50 * kWan), twice = claim("c3", "T", "A", kWan),
       again = claim("c4", "T", "A", kWan);
  open.confirmed = Truth::no;
  twice.documents = again.documents = {"FP-9"};
  const auto chain = Chain::build({anchor("A", 60 * kWan), party("S"), party("T")},
                                  {claim("c1", "S", "A", 100 * kWan), open, twice, again})
                         .value();
  const auto plan = propose(chain, on("2026-02-01"), at_rate(800'000));
  EXPECT_EQ(advance_sentence(chain, plan, 1).zh, "供应商S：可融资60万元，受核心企业A可用风险敞口60万元限制");
  EXPECT_EQ(advance_sentence(chain, plan, 1).en,
            "supplier S: 60万元, bound by the free exposure limit of A, 60万元");
  EXPECT_EQ(claim_sentence(chain, plan, 0).zh,
            "债权c1：合格金额80万元，持有人融资60万元，最迟2026-03-01还清");
  EXPECT_EQ(claim_sentence(chain, plan, 1).zh, "债权c2：合格金额0元；补齐债务人确认后为40万元");
  EXPECT_EQ(claim_sentence(chain, plan, 2).en, "claim c3: not financed");
  const auto gates = gate_sentences(plan, 1);
  ASSERT_EQ(gates.size(), 1U);
  EXPECT_NE(gates[0].zh.find("债务人已确认：不符合（"), std::string::npos) << gates[0].zh;
  EXPECT_NE(gates[0].zh.find("法释〔2020〕28号"), std::string::npos) << gates[0].zh;
  const auto all = plan_sentences(chain, plan);
  EXPECT_EQ(all[0].zh, "全链可融资合计60万元");
  EXPECT_EQ(all[1].zh, "同一凭证重复融资：c3、c4，均不计入");
}

TEST(SupplyWording, SaysUndecidedAndNotTestedInDifferentWords) {
  auto open = claim("c1", "S", "A", 50 * kWan);
  open.due_day.reset();           // undecided
  open.related = Truth::unknown;  // not tested
  const auto chain = Chain::build({anchor("A", 60 * kWan), party("S")}, {open}).value();
  const auto plan = propose(chain, on("2026-02-01"), at_rate(800'000));
  std::size_t undecided = 0, not_tested = 0;
  for (const auto& gate : gate_sentences(plan, 0)) {
    undecided +=
        gate.zh.find("：待定（") != std::string::npos && gate.en.find(": undecided (") != std::string::npos;
    not_tested += gate.zh.find("：未检验（") != std::string::npos &&
                  gate.en.find(": not tested (") != std::string::npos;
  }
  const auto& outcomes = plan.claims[0].reading.outcomes;
  EXPECT_EQ(undecided, std::count(outcomes.begin(), outcomes.end(), GateOutcome::undecided));
  EXPECT_EQ(not_tested, std::count(outcomes.begin(), outcomes.end(), GateOutcome::not_tested));
  EXPECT_GE(undecided, 1U);
  EXPECT_GE(not_tested, 1U);
}

TEST(SupplyWording, SaysMembersAlikeInOneSentence) {
  std::vector<Party> parties{anchor("A", 60 * kWan)};
  Bundle village{.id = "v", .name = "示例村", .backing = Backing::credit, .total = 30 * kWan};
  for (const char* id : {"H1", "H2", "H3"}) {
    parties.push_back({.id = id, .name = id, .role = Role::household});
    village.members.emplace_back(id);
  }
  parties.back().borrower_limit = 2 * kWan;  // H3 is bound by its own
  const auto chain = Chain::build(parties, {}, {village}).value();
  const auto plan = propose(chain, on("2026-02-01"), at_rate(800'000));
  const auto all = plan_sentences(chain, plan);
  ASSERT_GE(all.size(), 2U);
  EXPECT_NE(all[all.size() - 2].zh.find("农户H1等2户，每户：可融资14万元"), std::string::npos)
      << all[all.size() - 2].zh;
  EXPECT_NE(all[all.size() - 2].en.find("H1 and 1 more, each: 14"), std::string::npos)
      << all[all.size() - 2].en;
  EXPECT_NE(all.back().zh.find("农户H3：可融资2万元"), std::string::npos) << all.back().zh;
}

TEST(SupplyWording, HasAWordForEveryBreach) {
  const auto chain =
      Chain::build({anchor("A", 0)}, {claim("c", "A", "A", 1)}, {Bundle{"b", "", "", {}, {}, {}, {}}})
          .value();
  for (auto kind = BreachKind::shape;; kind = static_cast<BreachKind>(static_cast<int>(kind) + 1)) {
    const auto text = breach_sentence(chain, {kind, 0, 2, 1});
    EXPECT_FALSE(text.zh.empty() || text.en.empty()) << to_string(kind);
    if (kind == BreachKind::total) break;
  }
}

}  // namespace
}  // namespace huoshui::supply_chain_test
