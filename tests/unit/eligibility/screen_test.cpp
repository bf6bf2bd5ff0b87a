#include <gtest/gtest.h>
#include <builders.hpp>
#include <huoshui/eligibility/screen.hpp>

namespace huoshui {
namespace {

using testing::a_product;
using testing::a_project;
using testing::compiled;

Screened screened(const Project& project, const Product& product) {
  const Catalogue catalogue = compiled({product});
  return screen(prepare(project, catalogue), catalogue, ProductRow{0});
}

TEST(Screen, NamesEveryFailureNotOnlyTheFirst) {
  const Screened out = screened(a_project().in("440103").asking(501).for_months(61),
                                a_product().for_region({"4416"}).up_to(500).at_most_months(60));
  EXPECT_EQ(out.verdict, Verdict::refused);
  EXPECT_EQ(out.failed, 3);
}

TEST(Screen, PassesAtTheLimitAndFailsOneStepBeyond) {
  const Product product = a_product().from(10).up_to(500).at_least_months(12).at_most_months(60);
  EXPECT_EQ(screened(a_project().asking(500).for_months(60), product).verdict, Verdict::permitted);
  EXPECT_EQ(screened(a_project().asking(10).for_months(12), product).verdict, Verdict::permitted);
  EXPECT_EQ(screened(a_project()
                         .with(testing::number_fact(FactKey::financing_need,
                                                    Interval::exactly(500 * kFenPerWan + 1)))
                         .for_months(60),
                     product)
                .verdict,
            Verdict::refused);
  EXPECT_EQ(screened(a_project()
                         .with(testing::number_fact(FactKey::financing_need,
                                                    Interval::exactly(10 * kFenPerWan - 1)))
                         .for_months(60),
                     product)
                .verdict,
            Verdict::refused);
  EXPECT_EQ(screened(a_project().asking(500).for_months(61), product).verdict, Verdict::refused);
  EXPECT_EQ(screened(a_project().asking(500).for_months(11), product).verdict, Verdict::refused);
}

TEST(Screen, LeavesTheAbsentUndecidedAndTheUndisclosedUnasked) {
  EXPECT_EQ(screened(a_project(), a_product().up_to(500)).verdict, Verdict::undecided);
  EXPECT_EQ(screened(a_project(), a_product()).verdict, Verdict::permitted);
}

TEST(Screen, LetsShouldRulesCautionAndPreferRulesPass) {
  const Condition insured = Condition::is_true(FactKey::insured);
  const Screened should =
      screened(a_project().saying(FactKey::insured, false), a_product().asking(Strength::should, insured));
  EXPECT_EQ(should.verdict, Verdict::permitted);
  EXPECT_EQ(should.cautions, 1);
  const Screened prefer =
      screened(a_project().saying(FactKey::insured, false), a_product().asking(Strength::prefer, insured));
  EXPECT_EQ(prefer.verdict, Verdict::permitted);
  EXPECT_EQ(prefer.cautions, 0);
  EXPECT_EQ(screened(a_project().saying(FactKey::insured, false), a_product().asking(Strength::must, insured))
                .verdict,
            Verdict::refused);
}

TEST(Screen, LetsTiersReplaceTheFlatColumn) {
  const auto tier = [](const char* security, std::int64_t wan) {
    return Condition::all_of({Condition::member_of(FactKey::security, testing::words({security})),
                              Condition::at_most(FactKey::financing_need, wan * kFenPerWan)});
  };
  const Product product = a_product().up_to(50).asking(
      Strength::must, Condition::any_of({tier("credit", 50), tier("real_estate", 1000)}));
  EXPECT_EQ(screened(a_project().asking(900).secured_by("real_estate"), product).verdict, Verdict::permitted);
  EXPECT_EQ(screened(a_project().asking(900).secured_by("credit"), product).verdict, Verdict::refused);
}

TEST(Screen, NeverMatchesACollection) {
  Project project = a_project();
  project.is_collection = true;
  EXPECT_EQ(screened(project, a_product()).verdict, Verdict::refused);
}

}  // namespace
}  // namespace huoshui
