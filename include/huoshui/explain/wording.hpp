/// Room explain. Words for facts, limits and conditions, in Chinese or English, from one template set.
/// Law: words are computed from the same values that were judged; nothing is rounded for print but by its
/// unit. Example: `value_text(fact, Language::zh)` gives `约461.95万元`.
#pragma once

#include <cstdint>
#include <huoshui/domain/condition.hpp>
#include <huoshui/eligibility/evaluate.hpp>
#include <huoshui/eligibility/screen.hpp>
#include <string>
#include <string_view>

namespace huoshui {

enum class Language : std::uint8_t { zh, en };

/// Return a number of base units of a key in words: `500万元`, `3年`, `100亩`, `20%`.
[[nodiscard]] std::string quantity_text(FactKey key, std::int64_t value, Language language);

/// Return what the list says, or `未提供` for an absent fact (nullptr).
[[nodiscard]] std::string value_text(FactKey key, const Fact* fact, Language language);

/// Return what one atom asks: `≤ 500万元`, `属于 农户、合作社`. A limit that is another fact prints that
/// fact.
[[nodiscard]] std::string limit_text(const Condition& atom, const Facts& facts, Language language);

/// Return a whole condition in words, alternatives as routes.
[[nodiscard]] std::string condition_text(const Condition& condition, const Facts& facts, Language language);

[[nodiscard]] std::string_view name_of(FactKey key, Language language);
[[nodiscard]] std::string_view word_of(Verdict verdict, Language language);
[[nodiscard]] std::string_view word_of(Outcome outcome, Language language);
[[nodiscard]] std::string_view word_of(Origin origin, Language language);
[[nodiscard]] std::string_view word_of(Strength strength, Language language);

}  // namespace huoshui
