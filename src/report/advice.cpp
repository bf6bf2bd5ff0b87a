#include "report/detail/advice.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <huoshui/core/date.hpp>

namespace huoshui {
namespace detail {
namespace {

namespace json = boost::json;

std::string_view field_name(std::string_view field, Language language) {
  struct Name {
    std::string_view field, zh, en;
  };
  static constexpr Name kNames[] = {
      {"name", "项目名称", "name"},
      {"content", "建设内容", "content"},
      {"industry", "行业", "industry"},
      {"use", "资金用途", "use"},
      {"category", "类别", "category"},
      {"owner", "单位", "owner"},
      {"owner_type", "主体类型", "owner type"},
  };
  for (const auto& name : kNames) {
    if (name.field == field) return language == Language::zh ? name.zh : name.en;
  }
  return field;
}

std::string percent(std::uint32_t millionths) {
  const std::uint32_t tenths = millionths / 1'000;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + "%";
}

/// The words of a suggestion, each once with its columns: 取水许可（项目名称、建设内容）.
std::string words_text(const Suggestion& suggestion, const Project& project, Language language) {
  const bool zh = language == Language::zh;
  const std::string comma = zh ? "、" : ", ";
  std::vector<std::pair<std::string_view, std::vector<std::string_view>>> words;
  for (const auto& word : suggestion.words) {
    const std::string_view text = word_in(word, project),
                           field = field_name(field_of(word, project), language);
    auto known = std::find_if(words.begin(), words.end(), [&](const auto& one) { return one.first == text; });
    if (known == words.end()) known = words.insert(words.end(), {text, {}});
    auto& fields = known->second;
    if (std::find(fields.begin(), fields.end(), field) == fields.end()) fields.push_back(field);
  }
  std::string out;
  for (const auto& [text, fields] : words) {
    out += (out.empty() ? "" : comma) + std::string(text) + (zh ? "（" : " (");
    for (std::size_t i = 0; i < fields.size(); ++i) out += (i == 0 ? "" : comma) + std::string(fields[i]);
    out += zh ? "）" : ")";
  }
  return out;
}

std::string products_text(const InstrumentAdvice& advice, const Catalogue& catalogue, Language language) {
  const bool zh = language == Language::zh;
  if (advice.permitted + advice.undecided + advice.refused == 0)
    return zh ? "手册中没有这种工具的产品" : "the handbook has no product of it";
  std::string out = zh ? "手册：可对接 " + std::to_string(advice.permitted) + "，待补充 " +
                             std::to_string(advice.undecided) + "，不符合 " + std::to_string(advice.refused)
                       : "handbook: permitted " + std::to_string(advice.permitted) + ", undecided " +
                             std::to_string(advice.undecided) + ", refused " + std::to_string(advice.refused);
  if (advice.best) {
    const Product& product = catalogue.product(*advice.best);
    out += (zh ? "；首选 " : "; first ") + product.id + " " + product.name + " · " + product.institution;
  }
  return out;
}

json::array words_array(const Suggestion& suggestion, const Project& project) {
  json::array out;
  for (const auto& word : suggestion.words) {
    out.push_back(json::object{{"word", word_in(word, project)},
                               {"field", field_of(word, project)},
                               {"position", word.position},
                               {"length", word.length},
                               {"cue", cue_name(word.cue)}});
  }
  return out;
}

}  // namespace

json::object advice_object(const Advice& advice, const Project& project, const Catalogue& catalogue,
                           const Dictionaries& dictionaries) {
  json::array instruments;
  for (const auto& one : advice.instruments) {
    const InstrumentInfo& instrument = info(one.suggestion.instrument);
    json::array measures, rules;
    for (const auto& measure : measures_of(instrument.instrument)) {
      measures.push_back(json::object{{"code", measure.text()},
                                      {"name_zh", dictionaries.name_zh(CodeList::measure, measure)}});
    }
    for (const auto& rule : one.suggestion.rules)
      rules.push_back(
          json::object{{"id", rule.rule.text()}, {"why_zh", rule.why}, {"support", rule.support}});
    instruments.push_back(json::object{
        {"instrument", instrument.id},
        {"instrument_zh", instrument.name_zh},
        {"instrument_en", instrument.name_en},
        {"probability", one.suggestion.millionths},
        {"words", words_array(one.suggestion, project)},
        {"rules", std::move(rules)},
        {"measures", std::move(measures)},
        {"counts",
         json::object{{"permitted", one.permitted}, {"undecided", one.undecided}, {"refused", one.refused}}},
        {"best", one.best ? json::value(catalogue.product(*one.best).id) : json::value(nullptr)},
        {"verdict", one.best ? json::value(to_string(one.verdict)) : json::value(nullptr)}});
  }
  return {{"uncertain", advice.uncertain}, {"instruments", std::move(instruments)}};
}

std::string advice_line(const Advice& advice, const Project& project, Language language) {
  const bool zh = language == Language::zh;
  std::string out = zh ? "  工具推荐" : "  instruments its words speak for";
  if (advice.uncertain) out += zh ? "（不确定）" : " (uncertain)";
  for (std::size_t i = 0; i < advice.instruments.size(); ++i) {
    const Suggestion& one = advice.instruments[i].suggestion;
    const InstrumentInfo& instrument = info(one.instrument);
    out += i == 0 ? (zh ? "：" : ": ") : (zh ? "；" : "; ");
    out += std::string(zh ? instrument.name_zh : instrument.name_en) + " " + percent(one.millionths);
    std::vector<std::string_view> words;
    for (const auto& word : one.words) {
      const std::string_view text = word_in(word, project);
      if (std::find(words.begin(), words.end(), text) == words.end()) words.push_back(text);
    }
    for (std::size_t w = 0; w < words.size(); ++w)
      out += (w == 0 ? (zh ? "（" : " (") : (zh ? "、" : ", ")) + std::string(words[w]);
    if (!words.empty()) out += zh ? "）" : ")";
  }
  return out + "\n";
}

std::string advice_text(const Advice& advice, const Project& project, const Catalogue& catalogue,
                        const Dictionaries& dictionaries, Language language) {
  const bool zh = language == Language::zh;
  std::string out = zh ? "  工具推荐" : "  instruments its words speak for";
  if (advice.uncertain) out += zh ? "（不确定）" : " (uncertain)";
  out += zh ? "：\n" : ":\n";
  std::size_t rank = 0;
  for (const auto& one : advice.instruments) {
    const InstrumentInfo& instrument = info(one.suggestion.instrument);
    out += "  " + std::to_string(++rank) + ". " + percent(one.suggestion.millionths) + " " +
           std::string(zh ? instrument.name_zh : instrument.name_en);
    if (const std::string words = words_text(one.suggestion, project, language); !words.empty())
      out += (zh ? " · 字据 " : " · words ") + words;
    std::string measures;
    for (const auto& measure : measures_of(instrument.instrument)) {
      measures += (measures.empty() ? "" : zh ? "、" : ", ") + measure.text();
      if (zh) measures += " " + dictionaries.name_zh(CodeList::measure, measure);
    }
    if (!measures.empty()) out += (zh ? " · 措施 " : " · measures ") + measures;
    out += "\n       ";
    out += project.is_collection ? (zh ? "项目集合，不匹配产品" : "a collection: never matched")
                                 : products_text(one, catalogue, language);
    out += "\n";
  }
  return out;
}

}  // namespace detail

std::string suggest_json(const ProjectList& list, std::span<const std::size_t> projects,
                         const Catalogue& catalogue, const Dictionaries& dictionaries, std::size_t k) {
  namespace json = boost::json;
  json::array out;
  for (const std::size_t index : projects) {
    const Project& project = list.projects[index];
    const Advice advice = advise(prepare(project, catalogue), catalogue, k);
    out.push_back(json::object{{"id", project.id},
                               {"name", project.name},
                               {"collection", project.is_collection},
                               {"advice", detail::advice_object(advice, project, catalogue, dictionaries)}});
  }
  return json::serialize(json::object{{"format", "huoshui.suggest/1"},
                                      {"as_of", to_string(catalogue.policy().date())},
                                      {"k", k},
                                      {"uncertain_below", InstrumentModel::bundled().uncertain_below()},
                                      {"projects", std::move(out)}});
}

std::string suggest_text(const ProjectList& list, std::span<const std::size_t> projects,
                         const Catalogue& catalogue, const Dictionaries& dictionaries, std::size_t k,
                         Language language) {
  std::string out;
  for (const std::size_t index : projects) {
    const Project& project = list.projects[index];
    out += "■ " + project.id + " " + project.name + "\n";
    out += detail::advice_text(advise(prepare(project, catalogue), catalogue, k), project, catalogue,
                               dictionaries, language);
  }
  return out;
}

}  // namespace huoshui
