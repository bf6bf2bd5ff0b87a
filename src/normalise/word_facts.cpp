#include "normalise/detail/word_facts.hpp"

#include <algorithm>
#include <array>
#include <huoshui/normalise/quantity.hpp>
#include <map>

namespace huoshui::detail {
namespace {

enum class UnitKind : std::uint8_t { money, area, head, household };

struct UnitWord {
  std::string_view word;
  UnitKind kind;
};
constexpr std::array<UnitWord, 9> kUnits{{{"亿元", UnitKind::money},
                                          {"万元", UnitKind::money},
                                          {"万亩", UnitKind::area},
                                          {"亩", UnitKind::area},
                                          {"公顷", UnitKind::area},
                                          {"万头", UnitKind::head},
                                          {"头", UnitKind::head},
                                          {"万户", UnitKind::household},
                                          {"户", UnitKind::household}}};

struct Mention {
  std::string_view before, number, after;  // number with its unit
  UnitKind kind{};
  std::string_view column;
};

bool is_number(char c) { return (c >= '0' && c <= '9') || c == '.'; }

void find_mentions(std::string_view text, std::string_view column, std::vector<Mention>& mentions) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] < '0' || text[at] > '9') continue;
    std::size_t end = at;
    while (end < text.size() && is_number(text[end])) ++end;
    for (const auto& unit : kUnits) {
      if (text.substr(end, unit.word.size()) != unit.word) continue;
      const std::size_t after = end + unit.word.size();
      mentions.push_back(
          {text.substr(0, at), text.substr(at, after - at), text.substr(after), unit.kind, column});
      break;
    }
    at = end;
  }
}

// The last of the words that ends `text`, 约 and 近 and 额 left aside.
std::string_view ends_with(std::string_view text, std::initializer_list<std::string_view> words) {
  for (const std::string_view filler : {"约", "近", "额", "为", "达", "：", ":"})
    if (text.ends_with(filler)) text.remove_suffix(filler.size());
  for (const auto word : words)
    if (text.ends_with(word)) return word;
  return {};
}

bool holds(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

constexpr std::size_t kNear = 18;  // six characters

std::optional<FactKey> key_of(const Mention& mention) {
  const auto before = mention.before.substr(mention.before.size() - std::min(mention.before.size(), kNear));
  const auto after = mention.after.substr(0, kNear);
  switch (mention.kind) {
    case UnitKind::money:
      if (!ends_with(mention.before, {"总投资", "计划投资", "投资总额", "概算"}).empty())
        return FactKey::total_investment;
      if (!ends_with(mention.before,
                     {"需", "需要", "缺", "缺口", "申请贷款", "拟贷款", "融资需求", "资金需求"})
               .empty())
        return FactKey::financing_need;
      return std::nullopt;
    case UnitKind::area:
      if (mention.after.starts_with("地")) return std::nullopt;  // 亩地 may be either
      if (holds(before, {"林"}) || mention.after.starts_with("林")) return FactKey::forest_area;
      if (holds(before, {"农田", "耕地", "水田"}) || after.starts_with("农田") || after.starts_with("耕地"))
        return FactKey::farmland_area;
      return std::nullopt;
    case UnitKind::head:
      if (holds(before, {"存栏", "在栏", "现有", "饲养", "养殖"}) &&
          holds(std::string(before) + std::string(after), {"牛", "猪", "羊", "栏"}))
        return FactKey::livestock_head;
      return std::nullopt;
    case UnitKind::household:
      return mention.after.starts_with("型") ? std::nullopt : std::optional(FactKey::households);
  }
  return std::nullopt;
}

Quantity quantity_of(const Mention& mention) {
  switch (mention.kind) {
    case UnitKind::money:
      return parse_money(mention.number);
    case UnitKind::area:
      return parse_area(mention.number);
    case UnitKind::head:
    case UnitKind::household:
      break;
  }
  return parse_count(mention.number);
}

}  // namespace

std::vector<WordFact> facts_in_words(const Project& project) {
  std::vector<Mention> mentions;
  find_mentions(project.name, "name", mentions);
  for (const auto& text : project.texts)
    if ((text.field == "content" || text.field == "use") && text.text != project.name)
      find_mentions(text.text, text.field, mentions);
  std::map<FactKey, std::vector<const Mention*>> by_key;
  for (const auto& mention : mentions)
    if (const auto key = key_of(mention)) by_key[*key].push_back(&mention);
  std::vector<WordFact> facts;
  for (const auto& [key, found] : by_key) {
    if (found.size() != 1) continue;
    const Mention& mention = *found.front();
    const Quantity quantity = quantity_of(mention);
    if (!quantity.has_value || quantity.ambiguous) continue;
    Fact fact;
    fact.key = key;
    fact.origin = Origin::inferred;
    fact.range = quantity.range;
    fact.approximate = quantity.approximate || mention.before.ends_with("约") ||
                       mention.before.ends_with("近") || mention.after.starts_with("左右") ||
                       mention.after.starts_with("以上");
    fact.text = std::string(mention.number);
    fact.basis = std::string(mention.number);
    facts.push_back({std::move(fact), mention.column});
  }
  return facts;
}

}  // namespace huoshui::detail
