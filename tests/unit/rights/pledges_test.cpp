#include <gtest/gtest.h>

#include <huoshui/rights/pledges.hpp>

namespace huoshui::rights {
namespace {

TEST(Pledges, FindOneAssetUnderTwoProjects) {
  const std::vector<Pledge> pledges = {
      {"P1", "livestock", "0123-4567", "", ""},     {"P2", "livestock", "", "ear 88", ""},
      {"P3", "livestock", "01234567", "EAR88", ""}, {"P3", "forest_tenure", "", "", "441625-07"},
      {"P4", "carbon_sink", "", "", "44162507"},    {"P5", "carbon_sink", "", "", "441625 07"},
  };
  EXPECT_EQ(double_pledges(pledges), (std::vector<DoublePledge>{
                                         {0, 2, SharedKey::registry_number, false},
                                         {1, 2, SharedKey::unique_number, false},
                                         {3, 4, SharedKey::parcel, true},
                                         {4, 5, SharedKey::parcel, false},
                                     }));
}

TEST(Pledges, DoNotMatchOnWhatIsEmpty) {
  const std::vector<Pledge> pledges = {{"P1", "livestock", "", " ", ""}, {"P2", "livestock", "", "", "-"}};
  EXPECT_TRUE(double_pledges(pledges).empty());
}

}  // namespace
}  // namespace huoshui::rights
