#include <charconv>
#include <cstdio>
#include <huoshui/core/date.hpp>

namespace huoshui {

Result<Date> parse_date(std::string_view text) {
  const auto number = [&](std::size_t from, std::size_t length) {
    unsigned value = 0;
    const char* first = text.data() + from;
    const auto [end, error] = std::from_chars(first, first + length, value);
    return error == std::errc{} && end == first + length ? static_cast<int>(value) : -1;
  };
  if (text.size() == 10 && text[4] == '-' && text[7] == '-') {
    const Date date{std::chrono::year{number(0, 4)}, std::chrono::month{static_cast<unsigned>(number(5, 2))},
                    std::chrono::day{static_cast<unsigned>(number(8, 2))}};
    if (date.ok() && number(0, 4) >= 0) return date;
  }
  return Issue{
      .code = IssueCode::unreadable_value,
      .place = {},
      .column = "date",
      .found = std::string(text.substr(0, 80)),
      .expected = "YYYY-MM-DD",
      .message = "日期“" + std::string(text.substr(0, 80)) + "”不是有效日期，请写成 2024-02-04 的形式"};
}

std::string to_string(Date date) {
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return buffer;
}

}  // namespace huoshui
