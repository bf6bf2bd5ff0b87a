/// Room normalise. Dictionaries is everything a reader of lists looks words up in, and the readers that use
/// it. Law: one immutable value, no global to set; a user's newer edition makes a new value. Unknown words
/// leave a list open. Example: `read_industry("茶叶、冷链", Dictionaries::bundled()).codes`.
#pragma once

#include <huoshui/domain/condition.hpp>
#include <huoshui/domain/fact.hpp>
#include <huoshui/normalise/industries.hpp>
#include <huoshui/normalise/regions.hpp>
#include <huoshui/normalise/words.hpp>
#include <map>

namespace huoshui {

class Dictionaries {
 public:
  Regions regions;
  Industries industries;
  WordList industry_words;  ///< word -> GB/T 4754 codes
  WordList category_words;  ///< word -> measures of the plan, with weights
  CodeWords borrowers, securities, uses, stages, natures, repayment_sources, size_classes, measures;
  CodeWords place_type_names;

  /// Return the edition inside the library.
  [[nodiscard]] static const Dictionaries& bundled();
  /// Return a copy with a newer table of regions. Errors with each bad row.
  [[nodiscard]] Result<Dictionaries> with_regions(std::string_view csv, std::string_view file) const;
  /// Return a copy with a newer table of industries. Errors with each bad row.
  [[nodiscard]] Result<Dictionaries> with_industries(std::string_view csv, std::string_view file) const;

  /// Return a word list. @throws ContractError for region and industry, which have prefix form, and none.
  [[nodiscard]] const CodeWords& list(CodeList list) const;
  /// Return the Chinese name of an entry of any list, empty when unknown.
  [[nodiscard]] std::string name_zh(CodeList list, const Code& code) const;
  /// Return the policy types of a place and of the places above it, sorted, e.g.
  /// former_central_soviet_county.
  [[nodiscard]] std::vector<Code> place_types(const Code& region) const;
  /// Work out a test from the entries a handbook names; `open` when it names more than the list knows.
  [[nodiscard]] CodeTest code_test(CodeList list, std::vector<Code> named, bool open) const;

 private:
  Dictionaries(Regions regions_, Industries industries_)
      : regions(std::move(regions_)), industries(std::move(industries_)) {}
  std::map<Code, std::vector<Code>> place_types_;  // region -> types
};

/// What an industry cell says.
struct IndustryReading {
  std::vector<Code> codes;         ///< sorted, without repeats
  std::vector<std::string> words;  ///< the words that decided
  bool open = false;               ///< some words are unknown, or the cell ends in 等
  std::string basis;               ///< the words, joined by 、
};
/// Read an industry cell: codes, names of GB/T 4754 and the field's own words, split by ; 、 , / and blanks.
[[nodiscard]] IndustryReading read_industry(std::string_view text, const Dictionaries& dictionaries);

/// The points of one measure, and the heaviest word for it.
struct MeasureVote {
  Code measure;  ///< 1..13, I..VI, W1..W4
  int points = 0;
  std::string word;
  std::string from;  ///< category, industry, name or content

  bool operator==(const MeasureVote&) const = default;
};
struct MeasureReading {
  std::vector<MeasureVote> votes;  ///< most points first, then in the order of the plan
  std::string basis;               ///< the best vote's word and the text it stands in
};
/// Read the measures of the plan from a row's texts: category counts most, then industry, name and content.
[[nodiscard]] MeasureReading read_measures(std::string_view category_text, std::string_view industry_text,
                                           std::string_view name, std::string_view content,
                                           const Dictionaries& dictionaries);

struct BorrowerReading {
  std::vector<Code> codes;         ///< sorted; empty when nothing is known
  Origin origin = Origin::stated;  ///< inferred when only the end of the owner's name decided
  bool open = false;               ///< the type cell holds words the list does not know
  std::string basis;
};
/// Read the kind of borrower from a type cell, else infer it from the end of the owner's name.
[[nodiscard]] BorrowerReading infer_borrower(std::string_view owner_name, std::string_view owner_type,
                                             const Dictionaries& dictionaries);

}  // namespace huoshui
