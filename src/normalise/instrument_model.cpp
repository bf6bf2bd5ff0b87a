#include <algorithm>
#include <huoshui/normalise/instrument_model.hpp>
#include <numeric>

#include "core/detail/embed.hpp"
#include "normalise/detail/embedded_csv.hpp"
#include "normalise/detail/text_features.hpp"

HUOSHUI_EMBED(instruments_table, "domain/tables/instruments.csv");
HUOSHUI_EMBED(instrument_weights, "normalise/tables/instrument_model.bin");

namespace huoshui {
namespace {

using detail::CsvTable;
using detail::kUnit;
using detail::Lexicon;
using detail::ModelWeights;
using detail::TextFeatures;

struct Families {
  std::vector<std::string> names;
  std::array<std::optional<std::size_t>, kInstrumentCount> of;
};

const Families& family_table() {
  static const Families table = [] {
    Families made;
    const auto csv = CsvTable::parse(instruments_table(), "instruments.csv", {"id", "deal_label"}).value();
    for (const auto& row : csv.rows()) {
      const auto& label = csv.cell(row, "deal_label");
      if (label.empty()) continue;
      const auto found = std::find(made.names.begin(), made.names.end(), label);
      made.of[static_cast<std::size_t>(find_instrument(csv.cell(row, "id")).value())] =
          static_cast<std::size_t>(found - made.names.begin());
      if (found == made.names.end()) made.names.push_back(label);
    }
    return made;
  }();
  return table;
}

// The lexicon's own score of one instrument, as a logit.
int rule_logit(const TextFeatures& features, std::size_t instrument, const ModelWeights& weights) {
  return static_cast<int>(std::int64_t{features.lexicon.score[instrument]} * weights.rule_share / 10 *
                          weights.heat / kUnit);
}

// Families by the model; inside a family, and for instruments without one, by the lexicon.
std::array<std::uint32_t, kInstrumentCount> by_instrument(const TextFeatures& features,
                                                          const ModelWeights& weights) {
  const auto family_logits = detail::logits_of(features, weights);
  std::array<int, kInstrumentCount> logits{};
  for (std::size_t i = 0; i < kInstrumentCount; ++i) {
    logits[i] = rule_logit(features, i, weights);
    // The best instrument of a family stands where the family stands, its siblings as far below it as the
    // lexicon has them.
    if (const auto family = family_table().of[i]) {
      const int best = static_cast<int>(std::int64_t{features.family_score[*family]} * weights.rule_share /
                                        10 * weights.heat / kUnit);
      logits[i] += family_logits[*family] - best;
    }
  }
  std::array<std::uint32_t, kInstrumentCount> out{};
  detail::share_million(logits, out);
  return out;
}

int support_for(const detail::Support& support, Instrument instrument) {
  for (const auto& [supported, tenths] : support)
    if (supported == instrument) return tenths;
  return 0;
}

constexpr std::string_view kMagic = "huoshui-instrument-model 1\n";

template <typename T>
void append_whole(std::string& out, T value) {
  for (std::size_t i = 0; i < sizeof(T); ++i)
    out += static_cast<char>((static_cast<std::uint64_t>(value) >> (8 * i)) & 0xFFU);
}

class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}
  template <typename T>
  T whole() {
    if (rest_.size() < sizeof(T)) {
      good_ = false;
      return T{};
    }
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i)
      value |= std::uint64_t{static_cast<unsigned char>(rest_[i])} << (8 * i);
    rest_.remove_prefix(sizeof(T));
    return static_cast<T>(value);
  }
  template <typename T>
  std::vector<T> wholes() {
    const auto count = whole<std::uint32_t>();
    std::vector<T> values;
    if (count > rest_.size()) {
      good_ = false;
      return values;
    }
    values.reserve(count);
    for (std::uint32_t i = 0; i < count; ++i) values.push_back(whole<T>());
    return values;
  }
  std::string line() {
    const auto end = rest_.find('\n');
    if (end == std::string_view::npos) {
      good_ = false;
      return {};
    }
    std::string text(rest_.substr(0, end));
    rest_.remove_prefix(end + 1);
    return text;
  }
  [[nodiscard]] bool done() const { return good_ && rest_.empty(); }
  [[nodiscard]] bool good() const { return good_; }

 private:
  std::string_view rest_;
  bool good_ = true;
};

}  // namespace

std::span<const std::string> families() { return family_table().names; }

std::optional<std::size_t> family_of(Instrument instrument) {
  return family_table().of[static_cast<std::size_t>(instrument)];
}

std::string_view cue_name(std::uint16_t cue) {
  const auto& cues = Lexicon::bundled().cues();
  if (cue >= cues.size()) throw ContractError("no such cue");
  return cues[cue].id.text();
}

std::string_view field_of(const AffinityWord& word, const Project& project) {
  if (word.field > project.texts.size()) throw ContractError("the word stands in another project");
  return word.field == 0 ? std::string_view("name") : std::string_view(project.texts[word.field - 1U].field);
}

std::string_view word_in(const AffinityWord& word, const Project& project) {
  if (word.field > project.texts.size()) throw ContractError("the word stands in another project");
  const std::string_view text = word.field == 0 ? project.name : project.texts[word.field - 1U].text;
  if (word.position + word.length > text.size()) throw ContractError("the word stands in another project");
  return text.substr(word.position, word.length);
}

const InstrumentModel& InstrumentModel::bundled() {
  static const InstrumentModel model = [] {
    auto parsed = parse(instrument_weights(), "instrument_model.bin");
    return parsed ? *parsed : rules_only();  // a lexicon newer than its weights still answers, by its rules
  }();
  return model;
}

const InstrumentModel& InstrumentModel::rules_only() {
  static const InstrumentModel model{[] {
    auto weights = std::make_shared<ModelWeights>();
    weights->recipe = "rules";
    weights->uncertain_below = 250'000;
    return weights;
  }()};
  return model;
}

Result<InstrumentModel> InstrumentModel::parse(std::string_view bytes, std::string_view file) {
  const auto bad = [&](std::string expected) {
    return std::vector<Issue>{{.code = IssueCode::unreadable_value,
                               .place = {std::string(file), {}, 0, 0},
                               .column = {},
                               .found = {},
                               .expected = expected,
                               .message = std::string(file) + "：不是可用的模型权重（" + expected + "）"}};
  };
  if (!bytes.starts_with(kMagic)) return bad("huoshui-instrument-model 1");
  ByteReader reader(bytes.substr(kMagic.size()));
  auto weights = std::make_shared<ModelWeights>();
  weights->recipe = reader.line();
  const Lexicon& lexicon = Lexicon::bundled();
  if (reader.whole<std::uint32_t>() != detail::kFeatureVersion ||
      reader.whole<std::uint64_t>() != lexicon.fingerprint())
    return bad("与词表同版的权重；请运行 ./run train");
  weights->rule_share = reader.whole<std::int32_t>();
  weights->heat = reader.whole<std::int32_t>();
  weights->uncertain_below = reader.whole<std::uint32_t>();
  weights->bucket_step = reader.whole<std::int32_t>();
  weights->marks = reader.wholes<std::int16_t>();
  weights->buckets = reader.wholes<std::int8_t>();
  weights->seen = reader.wholes<std::uint64_t>();
  if (!reader.done() || weights->marks.size() != detail::mark_count(lexicon) * kFamilyCount ||
      weights->buckets.size() != detail::kBuckets * kFamilyCount)
    return bad("完整的权重");
  return InstrumentModel(std::move(weights));
}

std::string InstrumentModel::serialise() const {
  std::string out(kMagic);
  out += weights_->recipe + "\n";
  append_whole(out, static_cast<std::uint32_t>(detail::kFeatureVersion));
  append_whole(out, Lexicon::bundled().fingerprint());
  append_whole(out, weights_->rule_share);
  append_whole(out, weights_->heat);
  append_whole(out, weights_->uncertain_below);
  append_whole(out, weights_->bucket_step);
  const auto append_all = [&out](const auto& values) {
    append_whole(out, static_cast<std::uint32_t>(values.size()));
    for (const auto value : values) append_whole(out, value);
  };
  append_all(weights_->marks);
  append_all(weights_->buckets);
  append_all(weights_->seen);
  return out;
}

Affinity InstrumentModel::read(const Project& project) const {
  const Lexicon& lexicon = Lexicon::bundled();
  const TextFeatures features = detail::features_of(project, lexicon);
  return {by_instrument(features, *weights_), features.lexicon.hits};
}

FamilyMillionths InstrumentModel::read_families(const Project& project) const {
  const auto logits = detail::logits_of(detail::features_of(project, Lexicon::bundled()), *weights_);
  FamilyMillionths out{};
  detail::share_million(logits, out);
  return out;
}

std::vector<Suggestion> InstrumentModel::suggest(const Project& project, std::size_t k) const {
  const Lexicon& lexicon = Lexicon::bundled();
  const TextFeatures features = detail::features_of(project, lexicon);
  const auto millionths = by_instrument(features, *weights_);
  std::array<std::size_t, kInstrumentCount> order{};
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return millionths[a] > millionths[b]; });
  std::vector<Suggestion> suggestions;
  for (std::size_t i = 0; i < std::min(k, order.size()); ++i) {
    Suggestion suggestion{static_cast<Instrument>(order[i]), millionths[order[i]], {}, {}};
    for (const auto& word : features.lexicon.hits) {
      if (support_for(lexicon.cues()[word.cue].support, suggestion.instrument) > 0)
        suggestion.words.push_back(word);
    }
    for (const auto number : features.lexicon.rules) {
      const auto& rule = lexicon.rules()[number];
      if (rule.all.empty() && rule.none.empty() && rule.amounts.empty()) continue;  // holds for every project
      if (const int tenths = support_for(rule.support, suggestion.instrument); tenths != 0)
        suggestion.rules.push_back({rule.id, rule.why, tenths});
    }
    suggestions.push_back(std::move(suggestion));
  }
  return suggestions;
}

bool InstrumentModel::seen(const Project& project) const {
  return std::binary_search(weights_->seen.begin(), weights_->seen.end(), detail::project_hash(project));
}

std::uint32_t InstrumentModel::uncertain_below() const { return weights_->uncertain_below; }

}  // namespace huoshui
