/// Room structure. Benefits are what public money adds to a loan on a day: interest paid back, fees paid,
/// cheap money for the lender. Law: dated and cited by the policy in force; a condition that the list does
/// not settle leaves the benefit open, never granted. Example: `benefits_of(facts, product,
/// policy).front().points`.
#pragma once

#include <huoshui/catalogue/catalogue.hpp>
#include <huoshui/domain/condition.hpp>
#include <huoshui/structure/readers.hpp>
#include <optional>
#include <string>
#include <vector>

namespace huoshui {

/// Who gains: the borrower's cost falls, or only the lender's.
enum class BenefitFor : std::uint8_t { borrower, lender };
[[nodiscard]] std::string_view to_string(BenefitFor whom);

struct Benefit {
  std::string series;          ///< of the policy row that grants it
  Truth applies = Truth::yes;  ///< never `no`: such benefits are left out
  BenefitFor whom = BenefitFor::borrower;
  std::int64_t points = 0;   ///< millionths a year off the rate; 0 when it is no rate
  std::optional<Money> cap;  ///< principal that counts
  std::optional<std::int64_t> months;
  std::optional<Date> from, to;  ///< days of signing, both included
  Citation citation;
  Phrase text;     ///< what it gives and until when
  Phrase pending;  ///< what is to be confirmed; empty when it applies

  bool operator==(const Benefit&) const = default;
};

/// Return the benefits in force on the policy's day that the pair has or may have, in a fixed order.
[[nodiscard]] std::vector<Benefit> benefits_of(const Facts& facts, const Product& product,
                                               const Policy& policy);

}  // namespace huoshui
