// Multinomial logistic regression over marks (cues, rules, amounts) and hashed n-grams, with the lexicon's
// score as offset: AdaGrad in a fixed order, then whole-number weights. Exponentials are by series, so that
// nothing depends on a machine's mathematics library.
#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cmath>
#include <huoshui/learn/text_model.hpp>
#include <numeric>

#include "core/detail/split_mix.hpp"
#include "normalise/detail/text_features.hpp"
#include "normalise/detail/word_index.hpp"

namespace huoshui {
namespace {

using detail::kBuckets;
using detail::kUnit;
using detail::Lexicon;
using detail::ModelWeights;
using detail::TextFeatures;
using Row = Eigen::Array<float, kFamilyCount, 1>;
using Weights = Eigen::Array<float, kFamilyCount, Eigen::Dynamic>;

constexpr float kRuleShare = 0.8F;
constexpr float kRate = 0.25F;
// What the field says of a cue moves only for many rows; n-grams have no such start and start at nothing.
constexpr float kMarkDecay = 5e-3F;
constexpr float kGramDecay = 5e-5F;
constexpr float kPhraseWeight = 1;

struct Example {
  TextFeatures features;
  std::size_t family = 0;
  float weight = 1;
  bool calibrates = false;  // the temperature is judged on it when its row is left out
};

float exp_of(float x) {
  if (x < -60) return 0;
  const float part = x / 64;
  float sum = 1, term = 1;
  for (int i = 1; i < 12; ++i) {
    term *= part / static_cast<float>(i);
    sum += term;
  }
  for (int i = 0; i < 6; ++i) sum *= sum;
  return sum;
}

struct Learned {
  Weights marks, buckets;

  explicit Learned(std::size_t mark_count)
      : marks(Weights::Zero(kFamilyCount, static_cast<Eigen::Index>(mark_count))),
        buckets(Weights::Zero(kFamilyCount, static_cast<Eigen::Index>(kBuckets))) {}
};

Row logits_of(const Learned& learned, const TextFeatures& features) {
  Row logits = Row::Zero();
  for (const auto bucket : features.buckets) logits += learned.buckets.col(bucket);
  if (!features.buckets.empty()) logits /= std::sqrt(static_cast<float>(features.buckets.size()));
  for (const auto mark : features.marks) logits += learned.marks.col(mark);
  for (std::size_t f = 0; f < kFamilyCount; ++f)
    logits[static_cast<Eigen::Index>(f)] += kRuleShare * static_cast<float>(features.family_score[f]) / 10;
  return logits;
}

Row shares_of(Row logits) {
  logits -= logits.maxCoeff();
  for (auto& value : logits) value = exp_of(value);
  return logits / logits.sum();
}

Learned learn(const std::vector<const Example*>& examples, std::size_t mark_count, const TextRecipe& recipe) {
  Learned learned(mark_count), power(mark_count);
  power.marks.setConstant(0.01F);
  power.buckets.setConstant(0.01F);
  std::vector<std::size_t> order(examples.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::uint64_t state = recipe.seed;
  const auto move = [](auto weights, auto squares, const Row& slope, float decay) {
    const Row whole = slope + decay * Row(weights);
    squares += whole.square();
    weights -= kRate * whole / squares.sqrt();
  };
  for (int round = 0; round < recipe.rounds; ++round) {
    for (std::size_t i = order.size(); i > 1; --i, state += detail::kSplitMixStep)
      std::swap(order[i - 1], order[detail::split_mix(state) % i]);
    for (const auto number : order) {
      const Example& example = *examples[number];
      Row slope = shares_of(logits_of(learned, example.features));
      slope[static_cast<Eigen::Index>(example.family)] -= 1;
      slope *= example.weight;
      for (const auto mark : example.features.marks)
        move(learned.marks.col(mark), power.marks.col(mark), slope, kMarkDecay);
      if (example.features.buckets.empty()) continue;
      slope /= std::sqrt(static_cast<float>(example.features.buckets.size()));
      for (const auto bucket : example.features.buckets)
        move(learned.buckets.col(bucket), power.buckets.col(bucket), slope, kGramDecay);
    }
  }
  return learned;
}

std::string_view first_characters(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (; count > 0 && at < text.size(); --count) at += detail::code_point_at(text, at).length;
  return text.substr(0, at);
}

// The project as terse lists have it: fields left out, texts cut short, no amounts.
std::vector<Project> shortened(const Project& project) {
  std::vector<Project> out{project};
  const auto keep = [&](auto&& wanted, bool name, std::size_t cut, bool amounts) {
    Project made;
    made.id = project.id;
    if (name) made.name = project.name;
    for (const auto& text : project.texts)
      if (wanted(text.field))
        made.texts.push_back({text.field, std::string(first_characters(text.text, cut))});
    if (amounts) made.facts = project.facts;
    out.push_back(std::move(made));
  };
  constexpr std::size_t whole = 10'000;
  const auto content = [](std::string_view f) { return f == "content"; };
  const auto named = [](std::string_view f) { return f == "owner" || f == "owner_type" || f == "use"; };
  const auto topic = [](std::string_view f) { return f == "industry" || f == "use" || f == "owner_type"; };
  const auto any = [](std::string_view) { return true; };
  const auto typed = [](std::string_view f) { return f == "content" || f == "owner_type"; };
  keep(content, true, whole, false);
  keep(topic, false, whole, true);
  keep(named, true, whole, true);
  keep(any, true, 20, true);
  keep(typed, true, 12, true);
  return out;
}

ModelWeights whole_weights(const Learned& learned) {
  ModelWeights out;
  out.rule_share = static_cast<int>(kRuleShare * kUnit);
  const auto rounded = [](float x) { return static_cast<int>(std::floor(x + 0.5F)); };
  out.marks.reserve(static_cast<std::size_t>(learned.marks.size()));
  for (Eigen::Index i = 0; i < learned.marks.size(); ++i)
    out.marks.push_back(
        static_cast<std::int16_t>(std::clamp(rounded(learned.marks.data()[i] * kUnit), -32767, 32767)));
  const float largest = std::max(learned.buckets.abs().maxCoeff(), 1e-6F);
  const float step = largest / 127;
  out.bucket_step = std::max(1, rounded(step * 65536));
  for (Eigen::Index i = 0; i < learned.buckets.size(); ++i)
    out.buckets.push_back(static_cast<std::int8_t>(std::clamp(
        rounded(learned.buckets.data()[i] * 65536 / static_cast<float>(out.bucket_step)), -127, 127)));
  return out;
}

// The logits of rows that were not learned from, and what was right.
struct HeldOut {
  std::vector<Row> logits;
  std::vector<std::size_t> families;
};

float log_loss(const HeldOut& held, float heat) {
  float loss = 0;
  for (std::size_t i = 0; i < held.logits.size(); ++i) {
    const Row shares = shares_of(held.logits[i] * heat);
    loss -= std::log(std::max(shares[static_cast<Eigen::Index>(held.families[i])], 1e-6F));
  }
  return loss;
}

// The largest twentieth up to one half under which answers are wrong more often than right; else that of the
// rules.
std::uint32_t uncertain_below(const HeldOut& held, float heat) {
  constexpr std::size_t most = 10;
  std::array<int, most> lead{};  // wrong less right among the answers under the twentieth after
  for (std::size_t i = 0; i < held.logits.size(); ++i) {
    const Row shares = shares_of(held.logits[i] * heat);
    Eigen::Index best = 0;
    const auto bin = static_cast<std::size_t>(shares.maxCoeff(&best) * 20);
    for (std::size_t b = bin; b < most; ++b)
      lead[b] += static_cast<std::size_t>(best) == held.families[i] ? -1 : 1;
  }
  for (std::size_t b = most; b-- > 0;)
    if (lead[b] > 0) return static_cast<std::uint32_t>(b + 1) * 50'000;
  return InstrumentModel::rules_only().uncertain_below();
}

}  // namespace

Result<InstrumentModel> train_instrument_model(std::span<const Project> projects,
                                               std::span<const std::size_t> families,
                                               const TextRecipe& recipe) {
  const auto bad = [](std::string expected) {
    return std::vector<Issue>{{.code = IssueCode::unreadable_value,
                               .place = {},
                               .column = {},
                               .found = {},
                               .expected = expected,
                               .message = "不能训练：" + expected}};
  };
  if (projects.size() != families.size()) return bad("每个项目一个工具类别");
  if (std::any_of(families.begin(), families.end(), [](auto f) { return f >= kFamilyCount; }))
    return bad("类别序号在 families() 之内");
  const Lexicon& lexicon = Lexicon::bundled();
  const std::size_t mark_count = detail::mark_count(lexicon);

  std::vector<Example> examples;
  std::vector<std::size_t> source;  // example -> row of `projects`, or projects.size() for a phrase
  for (std::size_t i = 0; i < projects.size(); ++i) {
    const auto versions = shortened(projects[i]);
    for (std::size_t v = 0; v < versions.size(); ++v) {
      examples.push_back(
          {detail::features_of(versions[v], lexicon), families[i], v == 0 ? 1.5F : 0.5F, v == 0 || v >= 4});
      source.push_back(i);
    }
  }
  if (recipe.with_phrases) {
    const auto& phrases = bundled_phrases();
    for (std::size_t i = 0; i < phrases.projects.size(); ++i) {
      examples.push_back(
          {detail::features_of(phrases.projects[i], lexicon), phrases.families[i], kPhraseWeight});
      source.push_back(projects.size());
    }
  }
  if (examples.empty()) return bad("至少一个项目");

  // One over the temperature: from folds whose rows were left out, whole and cut short alike.
  float heat = 1;
  HeldOut held;
  constexpr std::size_t folds = 3;
  if (projects.size() >= 30) {
    std::vector<std::size_t> rank(kFamilyCount, 0), fold(projects.size());
    for (std::size_t i = 0; i < projects.size(); ++i) fold[i] = rank[families[i]]++ % folds;
    for (std::size_t left_out = 0; left_out < folds; ++left_out) {
      std::vector<const Example*> kept;
      for (std::size_t e = 0; e < examples.size(); ++e)
        if (source[e] == projects.size() || fold[source[e]] != left_out) kept.push_back(&examples[e]);
      const Learned learned = learn(kept, mark_count, recipe);
      for (std::size_t e = 0; e < examples.size(); ++e) {
        if (source[e] == projects.size() || fold[source[e]] != left_out || !examples[e].calibrates) continue;
        held.logits.push_back(logits_of(learned, examples[e].features));
        held.families.push_back(examples[e].family);
      }
    }
    float best = log_loss(held, heat);
    for (int step = 8; step <= 60; ++step) {
      const float tried = static_cast<float>(step) / 20;
      if (const float loss = log_loss(held, tried); loss < best) best = loss, heat = tried;
    }
  }

  std::vector<const Example*> all;
  for (const auto& example : examples) all.push_back(&example);
  auto weights = std::make_shared<ModelWeights>(whole_weights(learn(all, mark_count, recipe)));
  weights->heat = static_cast<int>(heat * kUnit + 0.5F);
  weights->uncertain_below = uncertain_below(held, heat);
  for (const auto& project : projects) weights->seen.push_back(detail::project_hash(project));
  std::sort(weights->seen.begin(), weights->seen.end());
  std::uint64_t data = detail::hash_bytes({});
  for (std::size_t i = 0; i < projects.size(); ++i)
    data = detail::hash_bytes(
        std::to_string(detail::project_hash(projects[i])) + ":" + std::to_string(families[i]), data);
  weights->recipe = "rows " + std::to_string(projects.size()) + ", data " + std::to_string(data) +
                    ", examples " + std::to_string(examples.size()) + ", rounds " +
                    std::to_string(recipe.rounds) + ", seed " + std::to_string(recipe.seed);
  return InstrumentModel(std::move(weights));
}

}  // namespace huoshui
