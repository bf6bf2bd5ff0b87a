#include <huoshui/live/difference.hpp>

namespace huoshui {
namespace {

bool is_zh(Language language) { return language == Language::zh; }

/// Points to two places, cut off.
std::string short_points(std::int64_t millionths) {
  const std::string fraction = std::to_string(100 + millionths % kOneMillion / 10'000).substr(1);
  return std::to_string(millionths / kOneMillion) + "." + fraction;
}

std::string name_of(const std::string& id, const std::string& name) {
  return name.empty() ? id : id + " " + name;
}

std::string_view phrase(Cause cause, Language language) {
  const bool zh = is_zh(language);
  switch (cause) {
    case Cause::product_added:
      return zh ? "产品新增" : "the product is new";
    case Cause::product_removed:
      return zh ? "产品下架" : "the product is withdrawn";
    case Cause::product_changed:
      return zh ? "产品条款调整" : "the product's terms changed";
    case Cause::project_added:
      return zh ? "项目新增" : "the project is new";
    case Cause::project_removed:
      return zh ? "项目移出清单" : "the project left the list";
    case Cause::project_changed:
      return zh ? "项目情况变化" : "the project's facts changed";
    case Cause::policy_changed:
      return zh ? "适用政策变化" : "other policy is in force";
    case Cause::scorecard_changed:
      return zh ? "评分卡变化" : "the scorecard changed";
    case Cause::other_products:
      return zh ? "其他产品进出或名次变动" : "other products came, went or moved";
  }
  return "";
}

std::string standing_text(const std::optional<PairStanding>& standing, Language language) {
  const bool zh = is_zh(language);
  if (!standing) return zh ? "无此对接" : "no such pair";
  std::string out(word_of(standing->verdict, language));
  if (standing->verdict == Verdict::refused) return out;
  if (standing->rank == 0) {
    out += zh ? "但未入围" : " but not shown";
  } else {
    out += zh ? "第" + std::to_string(standing->rank) + "位" : " no. " + std::to_string(standing->rank);
  }
  out +=
      zh ? "、" + short_points(standing->points) + "分" : ", " + short_points(standing->points) + " points";
  if (standing->open != 0)
    out += zh ? "、" + std::to_string(standing->open) + "项待定"
              : ", " + std::to_string(standing->open) + " open";
  if (standing->cautions != 0) {
    out +=
        zh ? "、" + std::to_string(standing->cautions) + "项提醒"
           : ", " + std::to_string(standing->cautions) + (standing->cautions == 1 ? " caution" : " cautions");
  }
  return out;
}

std::string_view phrase(Movement movement, Language language) {
  const bool zh = is_zh(language);
  switch (movement) {
    case Movement::entered:
      return zh ? "新入围" : "entered";
    case Movement::left:
      return zh ? "退出" : "left";
    case Movement::moved:
      return zh ? "变动" : "moved";
    case Movement::verdict_changed:
      return zh ? "结论改变" : "changed verdict";
  }
  return "";
}

std::string or_none(const std::string& text, Language language) {
  return !text.empty() ? text : is_zh(language) ? "无" : "none";
}

std::string outcome_text(const std::optional<Outcome>& outcome, Language language) {
  return outcome ? std::string(word_of(*outcome, language)) : or_none("", language);
}

}  // namespace

std::string sentence(const ProductChange& change, Language language) {
  const bool zh = is_zh(language);
  std::string out = (zh ? "产品“" : "product “") + name_of(change.id, change.name) + "”";
  switch (change.presence) {
    case Presence::added:
      return out + (zh ? "新增" : " added");
    case Presence::removed:
      return out + (zh ? "下架" : " withdrawn");
    case Presence::same:
      return out + (zh ? "未变" : " unchanged");
    case Presence::changed:
      break;
  }
  out += zh ? "调整：" : " changed: ";
  std::string_view separator;
  for (const auto& rule : change.rules) {
    out += std::string(separator) + rule.rule_id + (zh ? "由“" : " from “") +
           or_none(zh ? rule.before_zh : rule.before_en, language) + (zh ? "”改为“" : "” to “") +
           or_none(zh ? rule.after_zh : rule.after_en, language) + "”";
    separator = zh ? "；" : "; ";
  }
  for (const auto field : change.fields) {
    out += std::string(separator) + (zh ? "栏目 " : "column ") + std::string(field);
    separator = zh ? "；" : "; ";
  }
  // Names or places of terms may differ without touching a rule or a column that is named.
  if (change.rules.empty() && change.fields.empty()) out += zh ? "仅书写不同" : "wording only";
  return out;
}

std::string sentence(const FactChange& change, Language language) {
  const auto value = [&](const std::optional<Fact>& fact) {
    return value_text(change.key, fact ? &*fact : nullptr, language);
  };
  return std::string(name_of(change.key, language)) + (is_zh(language) ? "由" : " from ") +
         value(change.before) + (is_zh(language) ? "改为" : " to ") + value(change.after);
}

std::string sentence(const MatchChange& change, Language language) {
  const bool zh = is_zh(language);
  std::string out = "“" + name_of(change.product_id, change.product_name) + "”";
  out += (zh ? "" : " ") + std::string(phrase(change.movement, language)) + (zh ? "：" : ": ");
  out += standing_text(change.before, language) + " → " + standing_text(change.after, language);
  out += zh ? "；原因：" : "; why: ";
  for (std::size_t i = 0; i < change.causes.size(); ++i)
    out += std::string(i == 0 ? "" : zh ? "、" : ", ") + std::string(phrase(change.causes[i], language));
  for (const auto& rule : change.rules) {
    out += (zh ? "；" : "; ") + rule.rule_id + (zh ? "（" : " (") + (zh ? rule.text_zh : rule.text_en) +
           (zh ? "）" : ") ") + outcome_text(rule.before, language) + " → " +
           outcome_text(rule.after, language);
  }
  return out;
}

std::vector<std::string> sentences(const Difference& difference, Language language) {
  const bool zh = is_zh(language);
  std::vector<std::string> out;
  if (difference.day_before && difference.day_after) {
    out.push_back((zh ? "政策日期由" : "policy day from ") + to_string(*difference.day_before) +
                  (zh ? "改为" : " to ") + to_string(*difference.day_after));
  }
  if (!difference.card_after.empty() || !difference.card_before.empty()) {
    out.push_back((zh ? "评分卡由" : "scorecard from ") + difference.card_before + (zh ? "改为" : " to ") +
                  difference.card_after);
  }
  for (const auto& change : difference.products) out.push_back(sentence(change, language));
  for (const auto& project : difference.projects) {
    std::string head = (zh ? "项目“" : "project “") + name_of(project.id, project.name) + "”";
    if (project.presence == Presence::added) head += zh ? "新增" : " added";
    if (project.presence == Presence::removed) head += zh ? "移出清单" : " removed from the list";
    std::string_view separator = zh ? "：" : ": ";
    for (const auto& fact : project.facts) {
      head += std::string(separator) + sentence(fact, language);
      separator = zh ? "；" : "; ";
    }
    if (project.words_changed) head += std::string(separator) + (zh ? "文字改动" : "its texts changed");
    out.push_back(std::move(head));
    for (const auto& match : project.matches) out.push_back((zh ? "　" : "  ") + sentence(match, language));
  }
  return out;
}

}  // namespace huoshui
