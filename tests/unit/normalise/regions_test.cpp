#include <gtest/gtest.h>

#include <fstream>
#include <huoshui/normalise/regions.hpp>
#include <iterator>

#include "normalise/detail/embedded_csv.hpp"

namespace huoshui {
namespace {

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string joined(const std::vector<Code>& codes) {
  std::string text;
  for (const auto& code : codes) text += (text.empty() ? "" : "|") + code.text();
  return text;
}

const Regions& regions() { return Regions::bundled(); }

PlaceHint list_of(const char* province, const char* city, const char* county = "") {
  PlaceHint hint;
  hint.province = Code(province);
  hint.city = Code(city);
  hint.county = Code(county);
  return hint;
}

PlaceHint columns(const char* city, const char* county, const char* town = "") {
  PlaceHint hint;
  hint.city_text = city;
  hint.county_text = county;
  hint.town_text = town;
  return hint;
}

TEST(Regions, EveryAncestorIsAPrefixAndKnown) {
  const auto table = detail::CsvTable::parse(
      read_file(HUOSHUI_TESTS_DIR "/../src/normalise/tables/regions.csv"), "regions.csv",
      {"code", "parent", "level", "name", "short_name", "aliases", "confidence"});
  ASSERT_TRUE(table.has_value());
  for (const auto& row : table.value().rows()) {
    const Code code(table.value().cell(row, "code"));
    const auto* region = regions().find(code);
    ASSERT_NE(region, nullptr) << code.text();
    EXPECT_EQ(region->parent.text(), table.value().cell(row, "parent")) << code.text();
    EXPECT_EQ(to_string(region->level), table.value().cell(row, "level")) << code.text();
    if (!region->parent.empty()) {
      EXPECT_TRUE(region->parent.covers(code)) << code.text();
      EXPECT_NE(regions().find(region->parent), nullptr) << code.text();
    }
  }
}

TEST(Regions, EveryFullNameIsFoundBackToItsOwnCode) {
  const auto table = detail::CsvTable::parse(
      read_file(HUOSHUI_TESTS_DIR "/../src/normalise/tables/regions.csv"), "regions.csv", {"code"});
  ASSERT_TRUE(table.has_value());
  ASSERT_GT(table.value().rows().size(), 4900U);
  for (const auto& row : table.value().rows()) {
    const Code code(table.value().cell(row, "code"));
    const auto path = regions().name(code);
    for (const auto kind : {PlaceText::place, PlaceText::prose}) {
      PlaceHint hint;
      hint.kind = kind;
      const auto place = regions().find_place(path, hint);
      EXPECT_EQ(place.rest, "") << path;
      if (code.text().size() == 9) {
        EXPECT_EQ(place.town_code, code.text()) << path;
        EXPECT_EQ(joined(place.codes), regions().find(code)->parent.text()) << path;
      } else {
        EXPECT_EQ(joined(place.codes), code.text()) << path;
      }
    }
  }
}

TEST(Regions, ReadsThePlacesOfPublishedLists) {
  const auto table = detail::CsvTable::parse(read_file(HUOSHUI_TESTS_DIR "/golden/places/places.csv"),
                                             "places.csv", {"name", "city", "county", "town", "expected"});
  ASSERT_TRUE(table.has_value());
  const auto& golden = table.value();
  ASSERT_EQ(golden.rows().size(), 137U);
  for (const auto& row : golden.rows()) {
    auto hint = columns(golden.cell(row, "city").c_str(), golden.cell(row, "county").c_str(),
                        golden.cell(row, "town").c_str());
    hint.kind = PlaceText::prose;
    const auto place = regions().find_place(golden.cell(row, "name"), hint);
    const auto& expected = golden.cell(row, "expected");
    const auto found = expected.starts_with("zone:") ? "zone:" + place.zone : joined(place.codes);
    EXPECT_EQ(found, expected) << golden.cell(row, "name");
    EXPECT_FALSE(place.ambiguous) << golden.cell(row, "name");
    EXPECT_FALSE(place.conflict) << golden.cell(row, "name");
  }
}

TEST(Regions, FindsOnePlaceInWords) {
  struct Case {
    const char* text;
    const char* codes;
    const char* town;
  };
  const Case cases[] = {
      {"东源县顺天镇大坪村", "441625", "441625104"},
      {"广东河源东源县", "441625", ""},
      {"广东河源", "4416", ""},
      {"连南县", "441826", ""},
      {"连南瑶族自治县", "441826", ""},
      {"沿河县", "520627", ""},
      {"关岭自治县", "520424", ""},
      {"贵州关岭", "520424", ""},
      {"罗定市罗城街道", "445381", "445381001"},
      {"兴宁市", "441481", ""},
      {"增城市", "440118", ""},
      {"福建三明沙县", "350405", ""},
      {"四川内江资中县", "511025", ""},
      {"浙江龙港", "330383", ""},
      {"射洪县", "510981", ""},
      {"湖北省仙桃市", "429004", ""},
      {"海南省澄迈县", "469023", ""},
      {"海南省东方市", "469007", ""},
      {"新疆石河子市", "659001", ""},
      {"重庆梁平", "500155", ""},
      {"泸县", "510521", ""},
      {"恩施州", "4228", ""},
      {"辽宁朝阳喀左", "211324", ""},
      {"东莞市虎门镇", "4419", "441900121"},
      {"广东中山古镇镇", "4420", "442000105"},
      {"内蒙古乌海", "1503", ""},
      {"汕尾市城区", "441502", ""},
      {"云浮新兴", "445321", ""},
  };
  for (const auto& test : cases) {
    const auto place = regions().find_place(test.text, {});
    EXPECT_EQ(joined(place.codes), test.codes) << test.text << " " << place.basis;
    if (*test.town != '\0') {
      EXPECT_EQ(place.town_code, test.town) << test.text;
    }
    EXPECT_FALSE(place.ambiguous) << test.text;
  }
}

TEST(Regions, SeeksTheListsOwnPlaceFirst) {
  const auto in_heping = regions().find_place("和平", list_of("44", "4416"));
  EXPECT_EQ(joined(in_heping.codes), "441624");
  const auto in_tianjin = regions().find_place("和平区", list_of("12", ""));
  EXPECT_EQ(joined(in_tianjin.codes), "120101");
  const auto in_shenzhen = regions().find_place("南山", list_of("44", "4403"));
  EXPECT_EQ(joined(in_shenzhen.codes), "440305");
  // 石坝镇 and other town names recur; the county of the list decides.
  const auto town = regions().find_place("顺天镇", list_of("44", "4416", "441625"));
  EXPECT_EQ(town.town_code, "441625104");
  const auto by_city = regions().find_place("顺天镇", list_of("44", "4416"));
  EXPECT_EQ(joined(by_city.codes), "441625");
}

TEST(Regions, DoesNotGuessABareAmbiguousName) {
  for (const auto* text : {"和平", "南山", "南山区", "和平区"}) {
    const auto place = regions().find_place(text, {});
    EXPECT_TRUE(place.ambiguous) << text;
    EXPECT_TRUE(place.codes.empty()) << text;
    EXPECT_GE(place.candidates.size(), 2U) << text;
  }
  const auto district = regions().find_place("城区", columns("", "城区"));
  EXPECT_TRUE(district.ambiguous);
  EXPECT_TRUE(district.codes.empty());
  // Named in a place column, it is not silently taken for the list's own place either.
  EXPECT_TRUE(regions().find_place("朝阳区", list_of("44", "4416")).ambiguous);
  // A town alone is known for Guangdong only, so it stays a candidate.
  const auto town = regions().find_place("顺天镇大坪村", {});
  EXPECT_TRUE(town.ambiguous);
  EXPECT_TRUE(town.codes.empty());
  EXPECT_EQ(joined(town.candidates), "441625");
}

TEST(Regions, EverydayWordsAreNoPlaces) {
  for (const auto* text : {"新建道路工程", "合作社冷库项目", "沿河道路改造", "新兴产业园", "城区供水管网",
                           "安居工程", "新丰江治理", "特大城市更新"}) {
    PlaceHint hint;
    hint.kind = PlaceText::prose;
    EXPECT_TRUE(regions().find_place(text, hint).codes.empty()) << text;
    auto listed = list_of("44", "4416");
    listed.kind = PlaceText::prose;
    const auto place = regions().find_place(text, listed);
    EXPECT_EQ(joined(place.codes), "4416") << text;
    EXPECT_TRUE(place.inherited) << text;
    EXPECT_FALSE(place.ambiguous) << text;
  }
  EXPECT_EQ(joined(regions().find_place("", columns("汕尾市", "城区")).codes), "441502");
  EXPECT_EQ(joined(regions().find_place("", columns("南昌市", "新建")).codes), "360112");
}

TEST(Regions, ReadsSeveralCountiesInOneCell) {
  EXPECT_EQ(joined(regions().find_place("", columns("梅州市", "兴宁、梅县、大埔、丰顺、平远、蕉岭")).codes),
            "441403|441422|441423|441426|441427|441481");
  EXPECT_EQ(joined(regions().find_place("东源县、连平县、和平县", {}).codes), "441623|441624|441625");
  // 兴宁 and 和平 are districts elsewhere too; their neighbours in the cell decide.
  EXPECT_EQ(joined(regions().find_place("兴宁、梅县、大埔", {}).codes), "441403|441422|441481");
  EXPECT_EQ(joined(regions().find_place("东源、和平", {}).codes), "441624|441625");
  EXPECT_EQ(joined(regions().find_place("广东江门恩平;清远佛冈", {}).codes), "440785|441821");
  EXPECT_EQ(joined(regions().find_place("广东佛山;阳江", {}).codes), "4406|4417");
  EXPECT_EQ(joined(regions().find_place("粤东西北", {}).codes),
            "4402|4405|4408|4409|4414|4415|4416|4417|4418|4451|4452|4453");
}

TEST(Regions, ReadsSeveralTownsOfOneCounty) {
  const auto place = regions().find_place("", columns("河源市", "紫金县", "紫城、龙窝、南岭、苏区等7镇"));
  EXPECT_EQ(joined(place.codes), "441621");
  EXPECT_EQ(place.towns.size(), 4U);
  EXPECT_EQ(place.town_code, "");
  const auto foreign = regions().find_place("", columns("福州市", "闽侯县", "南通镇"));
  EXPECT_EQ(joined(foreign.codes), "350121");
}

TEST(Regions, ZonesGiveTheirCityAndHosts) {
  const auto place = regions().find_place("", columns("河源市", "江东新区"));
  EXPECT_EQ(place.zone, "河源江东新区");
  EXPECT_EQ(joined(place.codes), "4416");
  EXPECT_EQ(joined(place.zone_hosts), "441602006|441621108|441621109");
  const auto basin = regions().find_place("", columns("河源市", "灯塔盆地示范区"));
  EXPECT_EQ(joined(basin.zone_hosts), "441623|441624|441625");
  const auto bay = regions().find_place("", columns("惠州市", "大亚湾区"));
  EXPECT_EQ(bay.zone, "惠州大亚湾经济技术开发区");
  // 高新区 alone is a zone of the row's own city only.
  EXPECT_EQ(regions().find_place("高新区", list_of("44", "4416")).zone, "河源国家高新技术产业开发区");
  EXPECT_EQ(regions().find_place("高新区", {}).zone, "");
  EXPECT_EQ(regions().find_place("江东新区", list_of("46", "4601")).zone, "");
  // A park inside one county gives that county.
  const auto park = regions().find_place("", columns("河源市", "紫金县", "紫城工业园"));
  EXPECT_EQ(joined(park.codes), "441621");
  EXPECT_EQ(park.zone, "紫金县产业转移工业园");
}

TEST(Regions, TheNameInBracketsIsThePlaceOfACoBuiltPark) {
  struct Case {
    const char* text;
    const char* codes;
    const char* partner;
  };
  const Case cases[] = {
      {"深圳盐田(东源)共建蓝莓产业示范园", "441625", "盐田"},
      {"深圳盐田（东源）共建蓝莓产业示范园", "441625", "盐田"},
      {"深圳南山(连平)共建产业园", "441623", "南山"},
      {"深圳福田(和平)智慧双创物流园", "441624", "福田"},
      {"深圳罗湖(河源源城)产业转移工业园", "441602", "罗湖"},
      {"宝安(龙川)产业转移园", "441622", "宝安"},
      {"佛山(云浮)产业转移工业园", "4453", "佛山"},
  };
  for (const auto& test : cases) {
    for (const auto kind : {PlaceText::place, PlaceText::prose}) {
      PlaceHint hint;
      hint.kind = kind;
      const auto place = regions().find_place(test.text, hint);
      EXPECT_EQ(joined(place.codes), test.codes) << test.text;
      EXPECT_EQ(place.partner, test.partner) << test.text;
    }
  }
  // 江门(恩平) narrows; it is no partner.
  const auto narrowed = regions().find_place("江门(恩平)", {});
  EXPECT_EQ(joined(narrowed.codes), "440785");
  EXPECT_EQ(narrowed.partner, "");
}

TEST(Regions, ReportsAConflictOfColumnAndText) {
  const auto place = regions().find_place("龙川县老隆镇", columns("河源市", "东源县"));
  EXPECT_TRUE(place.conflict);
  EXPECT_EQ(joined(place.codes), "441625");
  EXPECT_EQ(joined(place.candidates), "441622");
  const auto cells = regions().find_place("", columns("河源市", "罗定市"));
  EXPECT_TRUE(cells.conflict);
  EXPECT_EQ(joined(cells.codes), "445381");
  EXPECT_FALSE(regions().find_place("东源县仙塘镇", columns("河源市", "东源县")).conflict);
}

TEST(Regions, CompaniesNamedAfterTheirHomeDoNotMoveAProject) {
  auto hint = columns("河源市", "江东新区");
  hint.kind = PlaceText::prose;
  const auto place = regions().find_place("东莞市伟特金属制品有限公司江东项目", hint);
  EXPECT_EQ(joined(place.codes), "4416");
  EXPECT_FALSE(place.conflict);
}

TEST(Regions, ExamplesInBracketsDoNotNarrow) {
  EXPECT_EQ(joined(regions().find_place("广东(含河源)", {}).codes), "44");
  EXPECT_TRUE(regions().find_place("全国(含广东)", {}).whole_country);
}

TEST(Regions, KeepsWhatItDidNotRead) {
  const auto place = regions().find_place("东源县顺天镇大坪村", {});
  EXPECT_EQ(place.rest, "大坪村");
  EXPECT_EQ(place.basis, "东源县、顺天镇");
  EXPECT_EQ(regions().find_place("甲乙丙", {}).rest, "甲乙丙");
}

TEST(Regions, ReadsANewerEdition) {
  const auto newer = Regions::parse(
      "code,name,short_name\n440000,广东省,广东\n441600,河源市,河源\n441699,江东区,江东\n", "r.csv");
  ASSERT_TRUE(newer.has_value());
  EXPECT_EQ(joined(newer.value().find_place("河源市江东区", {}).codes), "441699");
  EXPECT_EQ(newer.value().name(Code("441699")), "广东省河源市江东区");
}

TEST(Regions, NamesTheBadRowsOfANewerEdition) {
  const auto bad = Regions::parse("code,name\n44,广东省\n4x,河源市\n44,又一个\n5101,成都市\n", "r.csv");
  ASSERT_FALSE(bad.has_value());
  ASSERT_EQ(bad.errors().size(), 3U);
  EXPECT_EQ(bad.errors()[0].code, IssueCode::unreadable_value);
  EXPECT_EQ(bad.errors()[0].place.row, 3U);
  EXPECT_EQ(bad.errors()[1].code, IssueCode::duplicate_id);
  EXPECT_EQ(bad.errors()[2].code, IssueCode::unknown_place);
  EXPECT_EQ(Regions::parse("代码,名称\n44,广东省\n", "r.csv").error().code, IssueCode::header_not_found);
  EXPECT_EQ(Regions::parse("", "r.csv").error().code, IssueCode::file_empty);
}

}  // namespace
}  // namespace huoshui
