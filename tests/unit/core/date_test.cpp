#include <gtest/gtest.h>

#include <huoshui/core/date.hpp>

namespace huoshui {
namespace {

TEST(Date, ReadsIsoDaysAndPrintsThemBack) {
  for (const char* text : {"2024-02-04", "2024-02-29", "2000-02-29", "1970-01-01", "1969-12-31", "0001-01-01",
                           "9999-12-31", "2025-12-31"}) {
    const auto date = parse_date(text);
    ASSERT_TRUE(date) << text;
    EXPECT_EQ(to_string(*date), text);
  }
}

TEST(Date, RefusesWhatIsNoDayInThatForm) {
  for (const char* text : {"",           "2024",        "2024-2-4",     "2024/02/04",       "2024-02-30",
                           "2023-02-29", "1900-02-29",  "2024-13-01",   "2024-00-10",       "2024-01-00",
                           "2024-01-32", " 2024-02-04", "2024-02-04 ",  "2024-02-04T00:00", "24-02-04",
                           "2024-02-0a", "2024-0x-04",  "-024-02-04",   "+024-02-04",       "2024-+2-04",
                           "2024--2-04", "20240204",    "2024年2月4日", "２０２４"}) {
    const auto date = parse_date(text);
    ASSERT_FALSE(date) << text;
    EXPECT_EQ(date.error().code, IssueCode::unreadable_value) << text;
    EXPECT_EQ(date.error().found, text);
    EXPECT_EQ(date.error().expected, "YYYY-MM-DD");
    EXPECT_NE(date.error().message.find(text), std::string::npos);
  }
}

TEST(Date, ShortensWhatItQuotes) {
  const auto date = parse_date(std::string(5000, '9'));
  ASSERT_FALSE(date);
  EXPECT_EQ(date.error().found.size(), 80U);
}

TEST(Date, NumbersDaysFromTheEpoch) {
  EXPECT_EQ(day_number(parse_date("1970-01-01").value()), 0);
  EXPECT_EQ(day_number(parse_date("1970-01-02").value()), 1);
  EXPECT_EQ(day_number(parse_date("1969-12-31").value()), -1);
  EXPECT_EQ(day_number(parse_date("2000-03-01").value()), 11017);
  EXPECT_EQ(day_number(parse_date("2024-02-04").value()), 19757);
}

TEST(Date, ComesBackFromItsNumber) {
  // Every day of a century with and without a leap year at its turn.
  for (std::int64_t day = day_number(parse_date("1899-12-25").value());
       day <= day_number(parse_date("2001-03-05").value()); ++day) {
    const Date date = date_of_day(day);
    ASSERT_TRUE(date.ok()) << day;
    ASSERT_EQ(day_number(date), day);
    ASSERT_EQ(parse_date(to_string(date)).value(), date) << day;
  }
}

}  // namespace
}  // namespace huoshui
