// The one place that turns a project into the features of the instrument model, for reading and for training.
#pragma once

#include <array>
#include <cstdint>
#include <huoshui/normalise/instrument_model.hpp>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "normalise/detail/lexicon.hpp"

namespace huoshui::detail {

inline constexpr unsigned kBucketBits = 13;
inline constexpr std::size_t kBuckets = std::size_t{1} << kBucketBits;
inline constexpr int kFeatureVersion = 1;  // of the hash and of the order of the marks
inline constexpr int kUnit = 256;          // fixed point of a logit: natural logarithm x 256

struct TextFeatures {
  LexiconReading lexicon;
  std::vector<std::uint16_t> marks;              // cues, rules and amounts, ascending
  std::vector<std::uint16_t> buckets;            // hashed n-grams, each once, in the order of the text
  std::array<int, kFamilyCount> family_score{};  // the best instrument of each family, tenths
};

std::size_t mark_count(const Lexicon& lexicon);
TextFeatures features_of(const Project& project, const Lexicon& lexicon);
std::uint64_t hash_bytes(std::string_view bytes, std::uint64_t seed = 0xcbf29ce484222325ULL);
// Of the words that features are made from, whichever column they stand in.
std::uint64_t project_hash(const Project& project);

// Whole-number weights. A logit is rule_share * family_score + marks + n-grams / sqrt(count), times heat.
struct ModelWeights {
  std::string recipe;                 // one line: what made them
  int rule_share = kUnit;             // of the lexicon's own score, /256
  int heat = kUnit;                   // one over the temperature, /256
  std::uint32_t uncertain_below = 0;  // millionths
  std::vector<std::int16_t> marks;    // mark x family, unit 1/256
  int bucket_step = 0;                // one step of `buckets`, in 1/65536 of a natural logarithm
  std::vector<std::int8_t> buckets;   // bucket x family
  std::vector<std::uint64_t> seen;    // sorted hashes of the projects trained on
};

// Share a million by exp(logit / kUnit), each share rounded down; the best takes what is left over.
void share_million(std::span<const int> logits, std::span<std::uint32_t> out);
std::array<int, kFamilyCount> logits_of(const TextFeatures& features, const ModelWeights& weights);

}  // namespace huoshui::detail
