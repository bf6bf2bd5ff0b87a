#include "normalise/detail/text_features.hpp"

#include <algorithm>
#include <bitset>
#include <limits>
#include <set>

#include "normalise/detail/word_index.hpp"

namespace huoshui::detail {
namespace {

constexpr std::array<std::int64_t, 12> kAmountStepsWan{3,   6,    11,   31,    51,    101,
                                                       301, 1001, 3001, 10001, 30001, 100001};

// Digits read as one `0`, marks end a run: 34万平方米 and 12万平方米 are one shape.
void shape_of(const std::vector<char32_t>& points, std::vector<char32_t>& shape) {
  shape.clear();
  for (const char32_t point : points) {
    const bool digit = (point >= '0' && point <= '9') || point == '.';
    const char32_t kept = digit ? U'0' : is_mark(point) ? U' ' : point;
    if ((kept == U'0' || kept == U' ') && !shape.empty() && shape.back() == kept) continue;
    shape.push_back(kept);
  }
}

// exp(-n / kUnit) as a share of 2^30, by series: additions and products alone, so equal on every machine.
constexpr double exp_of(double x) {
  double sum = 1, term = 1;
  const double half = x / 64;
  for (int i = 1; i < 24; ++i) {
    term *= half / i;
    sum += term;
  }
  for (int i = 0; i < 6; ++i) sum *= sum;
  return sum;
}
template <std::size_t n>
constexpr std::array<std::uint64_t, n> exp_table(double step) {
  std::array<std::uint64_t, n> table{};
  for (std::size_t i = 0; i < n; ++i)
    table[i] = static_cast<std::uint64_t>(exp_of(-step * static_cast<double>(i)) * (1 << 30) + 0.5);
  return table;
}
constexpr auto kFine = exp_table<kUnit>(1.0 / kUnit);
constexpr auto kCoarse = exp_table<21>(1.0);

std::uint64_t exp_below(int distance) {
  const auto whole = static_cast<std::size_t>(distance / kUnit);
  if (whole >= kCoarse.size()) return 0;
  return (kCoarse[whole] * kFine[static_cast<std::size_t>(distance % kUnit)]) >> 30U;
}

std::uint64_t root_of(std::uint64_t square) {
  std::uint64_t root = 0;
  for (std::uint64_t bit = std::uint64_t{1} << 31U; bit != 0; bit >>= 1U)
    if ((root + bit) * (root + bit) <= square) root += bit;
  return root;
}

}  // namespace

std::uint64_t hash_bytes(std::string_view bytes, std::uint64_t seed) {
  for (const char c : bytes) seed = (seed ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return seed;
}

std::uint64_t project_hash(const Project& project) {
  std::set<std::string> texts;  // whichever column they stand in
  for (const auto& text : readable_texts(project))
    if (text.field == 0 || project.texts[text.field - 1U].field != "owner_type")
      texts.insert(folded_word(text.text));
  std::uint64_t hash = hash_bytes({});
  for (const auto& text : texts) hash = hash_bytes("\x1f", hash_bytes(text, hash));
  return hash;
}

std::size_t mark_count(const Lexicon& lexicon) {
  return 2 * lexicon.cues().size() + lexicon.rules().size() + kAmountStepsWan.size() + 1;
}

TextFeatures features_of(const Project& project, const Lexicon& lexicon) {
  TextFeatures features;
  const auto texts = readable_texts(project);
  features.lexicon = lexicon.read(project, texts);
  const LexiconReading& reading = features.lexicon;
  const auto mark = [&](std::size_t number) { features.marks.push_back(static_cast<std::uint16_t>(number)); };
  for (std::size_t cue = 0; cue < lexicon.cues().size(); ++cue) {
    if (reading.in_text[cue]) mark(2 * cue);
    if (reading.in_owner[cue]) mark(2 * cue + 1);
  }
  std::size_t base = 2 * lexicon.cues().size();
  for (const auto rule : reading.rules) mark(base + rule);
  base += lexicon.rules().size();
  if (const auto need = reading.need ? reading.need : reading.total) {
    for (std::size_t i = 0; i < kAmountStepsWan.size(); ++i)
      if (*need >= kAmountStepsWan[i] * 1'000'000) mark(base + i);
    mark(base + kAmountStepsWan.size());
  }

  std::bitset<kBuckets> taken;
  std::vector<char32_t> shape;
  for (const auto& text : texts) {
    shape_of(text.points, shape);
    for (std::size_t first = 0; first < shape.size(); ++first) {
      std::uint64_t hash = text.owner ? 0x51ed270b : 0x2545f491;
      for (std::size_t n = 0; n < 3 && first + n < shape.size(); ++n) {
        if (shape[first + n] == U' ') break;
        hash = (hash ^ shape[first + n]) * 0x9E3779B97F4A7C15ULL;
        hash ^= hash >> 29U;
        const auto bucket = static_cast<std::uint16_t>((hash * 0xD6E8FEB86659FD93ULL) >> (64U - kBucketBits));
        if (taken[bucket]) continue;
        taken.set(bucket);
        features.buckets.push_back(bucket);
      }
    }
  }

  features.family_score.fill(std::numeric_limits<int>::min());
  for (const auto& entry : instrument_infos()) {
    if (const auto family = family_of(entry.instrument)) {
      auto& best = features.family_score[*family];
      best = std::max(best, reading.score[static_cast<std::size_t>(entry.instrument)]);
    }
  }
  return features;
}

std::array<int, kFamilyCount> logits_of(const TextFeatures& features, const ModelWeights& weights) {
  std::array<std::int32_t, kFamilyCount> sum{};
  if (!weights.buckets.empty() && !features.buckets.empty()) {
    // In blocks that cannot overflow 16 bits, which every machine adds eight at a time.
    constexpr std::size_t block = 256;
    for (std::size_t first = 0; first < features.buckets.size(); first += block) {
      std::array<std::int16_t, kFamilyCount> part{};
      for (std::size_t i = first; i < std::min(first + block, features.buckets.size()); ++i) {
        const std::int8_t* row = &weights.buckets[std::size_t{features.buckets[i]} * kFamilyCount];
        for (std::size_t f = 0; f < kFamilyCount; ++f) part[f] = static_cast<std::int16_t>(part[f] + row[f]);
      }
      for (std::size_t f = 0; f < kFamilyCount; ++f) sum[f] += part[f];
    }
    // 65536 / sqrt(count), and steps of 1/65536: both gone after >> 24, which leaves 1/256.
    const auto scale = static_cast<std::int64_t>(
        (std::uint64_t{1} << 32U) / root_of(features.buckets.size() * (std::uint64_t{1} << 32U)));
    for (auto& value : sum)
      value = static_cast<std::int32_t>((std::int64_t{value} * weights.bucket_step * scale) / (1 << 24));
  }
  if (!weights.marks.empty()) {
    for (const auto number : features.marks) {
      const std::int16_t* row = &weights.marks[std::size_t{number} * kFamilyCount];
      for (std::size_t f = 0; f < kFamilyCount; ++f) sum[f] += row[f];
    }
  }
  std::array<int, kFamilyCount> logits{};
  for (std::size_t f = 0; f < kFamilyCount; ++f) {
    const int own = features.family_score[f] * weights.rule_share / 10;
    logits[f] = static_cast<int>(std::int64_t{own + sum[f]} * weights.heat / kUnit);
  }
  return logits;
}

void share_million(std::span<const int> logits, std::span<std::uint32_t> out) {
  constexpr std::uint64_t million = 1'000'000;
  const auto best = static_cast<std::size_t>(std::max_element(logits.begin(), logits.end()) - logits.begin());
  std::uint64_t all = 0;
  for (const int logit : logits) all += exp_below(logits[best] - logit);
  std::uint32_t rest = million;
  for (std::size_t i = 0; i < logits.size(); ++i) {
    out[i] = static_cast<std::uint32_t>(exp_below(logits[best] - logits[i]) * million / all);
    rest -= out[i];
  }
  out[best] += rest;
}

}  // namespace huoshui::detail
