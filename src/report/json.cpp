#include <algorithm>
#include <boost/json.hpp>
#include <boost/json/src.hpp>
#include <huoshui/core/date.hpp>
#include <huoshui/report/report.hpp>
#include <huoshui/version.hpp>
#include <map>
#include <set>

#include "report/detail/advice.hpp"
#include "report/detail/structure_json.hpp"

namespace huoshui {
namespace {

namespace json = boost::json;

std::string version_text() {
  return std::to_string(HUOSHUI_VERSION_MAJOR) + "." + std::to_string(HUOSHUI_VERSION_MINOR) + "." +
         std::to_string(HUOSHUI_VERSION_PATCH);
}

json::value text_or_null(std::string_view text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

json::value min_of(const Interval& range) {
  return range.has_min() ? json::value(range.min) : json::value(nullptr);
}
json::value max_of(const Interval& range) {
  return range.has_max() ? json::value(range.max) : json::value(nullptr);
}

json::value range_or_null(const Fact* fact, std::string_view min_key, std::string_view max_key) {
  if (fact == nullptr) return nullptr;
  return json::object{{min_key, min_of(fact->range)}, {max_key, max_of(fact->range)}};
}

json::array codes_array(const std::vector<Code>& codes) {
  json::array out;
  for (const auto& code : codes) out.emplace_back(code.text());
  return out;
}

json::object issue_object(const Issue& issue) {
  return {{"code", to_string(issue.code)},
          {"severity", to_string(issue.severity)},
          {"file", issue.place.file},
          {"sheet", text_or_null(issue.place.sheet)},
          {"row", issue.place.row == 0 ? json::value(nullptr) : json::value(issue.place.row)},
          {"column", text_or_null(issue.column)},
          {"found", issue.found},
          {"expected", issue.expected},
          {"message", issue.message}};
}

json::array issues_array(std::span<const Issue> issues) {
  json::array out;
  for (const auto& issue : issues) out.push_back(issue_object(issue));
  return out;
}

/// The one county and town of a project, or empty when it spans several or has none.
struct PlaceCodes {
  std::string county, town;
};
PlaceCodes place_codes(const Facts& facts) {
  const Fact* region = facts.find(FactKey::region);
  PlaceCodes out;
  if (region == nullptr || region->codes.size() != 1) return out;
  const std::string& code = region->codes.front().text();
  if (code.size() >= 6) out.county = code.substr(0, 6);
  if (code.size() == 9) out.town = code;
  return out;
}

json::value first_code(const Fact* fact) {
  return fact == nullptr || fact->codes.empty() ? json::value(nullptr)
                                                : json::value(fact->codes.front().text());
}

json::object fact_object(const Fact& fact) {
  json::object out{{"key", to_string(fact.key)}, {"kind", to_string(info(fact.key).kind)}};
  if (info(fact.key).kind == FactKind::codes) {
    out["codes"] = codes_array(fact.codes);
    out["open"] = fact.codes_open;
  } else if (info(fact.key).kind == FactKind::date) {
    out["min"] =
        fact.range.has_min() ? json::value(to_string(date_of_day(fact.range.min))) : json::value(nullptr);
    out["max"] =
        fact.range.has_max() ? json::value(to_string(date_of_day(fact.range.max))) : json::value(nullptr);
  } else {
    out["min"] = min_of(fact.range);
    out["max"] = max_of(fact.range);
  }
  out["origin"] = to_string(fact.origin);
  out["approximate"] = fact.approximate;
  out["basis"] = fact.basis;
  out["text"] = fact.text;
  out["row"] = fact.place.row == 0 ? json::value(nullptr) : json::value(fact.place.row);
  out["column"] = fact.place.column == 0 ? json::value(nullptr) : json::value(fact.place.column);
  return out;
}

json::object rows_object(const RowCounts& rows) {
  return {{"read", rows.read}, {"projects", rows.projects}, {"issues", rows.issues}, {"other", rows.other}};
}

json::object points_object(const Points& points) {
  json::object parts;
  for (const auto& entry : criterion_infos()) {
    const std::int64_t part = points.parts[static_cast<std::size_t>(entry.criterion)];
    if (part != 0) parts[entry.id] = part;
  }
  return {{"total", points.total}, {"parts", std::move(parts)}};
}

json::array keys_array(const std::vector<FactKey>& keys) {
  json::array out;
  for (const FactKey key : keys) out.emplace_back(to_string(key));
  return out;
}

json::array named_keys(const std::vector<FactKey>& keys) {
  json::array out;
  for (const FactKey key : keys) {
    out.push_back(json::object{
        {"key", to_string(key)}, {"name_zh", info(key).name_zh}, {"name_en", info(key).name_en}});
  }
  return out;
}

json::object citation_object(const Citation& citation) {
  return {{"source", citation.source},
          {"document", text_or_null(citation.document)},
          {"clause", text_or_null(citation.clause)},
          {"key", text_or_null(citation.key)},
          {"effective_from", text_or_null(citation.effective_from)}};
}

std::string_view holds(Truth truth) {
  return truth == Truth::yes ? "yes" : truth == Truth::no ? "no" : "unknown";
}

const AtomReading* deciding_atom(const RuleReading& reading) {
  const Truth wanted = reading.judgement.outcome == Outcome::fail   ? Truth::no
                       : reading.judgement.outcome == Outcome::pass ? Truth::yes
                                                                    : Truth::unknown;
  for (const auto& atom : reading.atoms) {
    if (atom.truth == wanted) return &atom;
  }
  return reading.atoms.empty() ? nullptr : &reading.atoms.front();
}

json::object rule_object(const RuleReading& reading, Language language) {
  const bool zh = language == Language::zh;
  const AtomReading* atom = deciding_atom(reading);
  json::array atoms;
  for (const auto& a : reading.atoms) {
    atoms.push_back(json::object{{"field", to_string(a.field)},
                                 {"value", zh ? a.value_zh : a.value_en},
                                 {"limit", zh ? a.limit_zh : a.limit_en},
                                 {"holds", holds(a.truth)},
                                 {"inferred", a.inferred},
                                 {"basis", text_or_null(a.basis)}});
  }
  return {
      {"id", reading.rule->id},
      {"topic", to_string(reading.rule->topic)},
      {"outcome", to_string(reading.judgement.outcome)},
      {"strength", to_string(reading.rule->strength)},
      {"field", atom == nullptr ? json::value(nullptr) : json::value(to_string(atom->field))},
      {"value", atom == nullptr ? json::value(nullptr) : json::value(zh ? atom->value_zh : atom->value_en)},
      {"limit", atom == nullptr ? json::value(nullptr) : json::value(zh ? atom->limit_zh : atom->limit_en)},
      {"citation", citation_object(reading.rule->citation)},
      {"inferred", reading.judgement.on_inference},
      {"message", zh ? reading.message_zh : reading.message_en},
      {"atoms", std::move(atoms)}};
}

json::object changes_object(const ChangeSearch& search, Language language) {
  json::array plans;
  for (const auto& plan : search.plans) {
    json::array changes;
    for (const auto& change : plan.changes) {
      changes.push_back(json::object{
          {"field", to_string(change.key)},
          {"remedy", to_string(change.remedy)},
          {"to", change.remedy == Remedy::add ? json::value(change.added.text()) : json::value(change.value)},
          {"text", language == Language::zh ? change.text_zh : change.text_en}});
    }
    plans.push_back(
        json::object{{"changes", std::move(changes)}, {"verdict_after", to_string(plan.verdict_after)}});
  }
  json::array blocking;
  for (const auto& id : search.blocking) blocking.emplace_back(id);
  return {
      {"status", to_string(search.status)}, {"plans", std::move(plans)}, {"blocking", std::move(blocking)}};
}

json::object explanation_object(const Explanation& explanation, Language language) {
  json::array rules;
  for (const auto& reading : explanation.rules) rules.push_back(rule_object(reading, language));
  json::array undisclosed;
  for (const auto& term : explanation.undisclosed_zh) undisclosed.emplace_back(term);
  return {{"format", "huoshui.explain/1"},
          {"project", explanation.project},
          {"product", explanation.product},
          {"verdict", to_string(explanation.screened.verdict)},
          {"rules", std::move(rules)},
          {"missing", keys_array(explanation.missing)},
          {"points", points_object(explanation.points)},
          {"changes", changes_object(explanation.changes, language)},
          {"undisclosed", std::move(undisclosed)}};
}

json::object counts_object(const VerdictCounts& counts) {
  return {{"permitted", counts.permitted}, {"undecided", counts.undecided}, {"refused", counts.refused}};
}

json::object advice_of(const ReportInput& input, const PreparedProject& project) {
  return detail::advice_object(advise(project, *input.catalogue, input.options.instruments), *project.project,
                               *input.catalogue, *input.dictionaries);
}

// The report page: everything shown, once.

json::value amount_value(const Fact* fact, std::string_view min_key, std::string_view max_key) {
  if (fact == nullptr) return nullptr;
  return json::object{{"text", value_text(fact->key, fact, Language::zh)},
                      {min_key, min_of(fact->range)},
                      {max_key, max_of(fact->range)},
                      {"origin", to_string(fact->origin)}};
}

std::string term_text(const Interval& range, FactKey key) {
  if (!range.has_min() && !range.has_max()) return "未披露";
  Fact fact;
  fact.key = key;
  fact.range = range;
  return value_text(key, &fact, Language::zh);
}

json::object product_object(const Product& product, const std::vector<std::string>& undisclosed) {
  json::array left_out;
  for (const auto& term : undisclosed) left_out.emplace_back(term);
  const bool rate_stated = product.rate.has_min() || product.rate.has_max();
  return {{"id", product.id},
          {"name", product.name},
          {"institution", product.institution},
          {"institution_type", product.institution_type},
          {"instrument", to_string(product.instrument)},
          {"instrument_zh", info(product.instrument).name_zh},
          {"instrument_en", info(product.instrument).name_en},
          {"kind", to_string(info(product.instrument).kind)},
          {"confidence", to_string(product.confidence)},
          {"illustrative", product.confidence == Confidence::illustrative},
          {"amount_zh", term_text(product.amount, FactKey::financing_need)},
          {"tenor_zh", term_text(product.tenor, FactKey::tenor)},
          {"rate_zh", rate_stated                 ? term_text(product.rate, FactKey::rate_wanted)
                      : product.rate_text.empty() ? "未披露"
                                                  : product.rate_text},
          {"security_zh", !product.security_text.empty()    ? product.security_text
                          : product.securities.text.empty() ? "未披露"
                                                            : product.securities.text},
          {"repayment", product.repayment},
          {"notes", product.notes},
          {"documents", product.documents},
          {"published_on", product.published_on},
          {"undisclosed_zh", std::move(left_out)}};
}

struct Sentences {
  json::array zh, en;
  void add(const RuleReading& reading) {
    zh.emplace_back(reading.message_zh);
    en.emplace_back(reading.message_en);
  }
};

class ReportWriter {
 public:
  ReportWriter(const ReportInput& input, const Overview& overview) : in_(input), overview_(overview) {}

  json::object write() {
    json::array projects;
    for (std::size_t i = 0; i < in_.list->projects.size(); ++i) projects.push_back(project(i));
    json::object products;
    for (auto& [id, object] : products_) products[id] = std::move(object);
    json::array criteria;
    for (const auto& entry : criterion_infos()) {
      criteria.push_back(json::object{{"id", entry.id},
                                      {"name_zh", entry.name_zh},
                                      {"name_en", entry.name_en},
                                      {"weight", in_.catalogue->scorecard().weight(entry.criterion)}});
    }
    return {{"format", "huoshui.report/1"},
            {"version", version_text()},
            {"as_of", to_string(in_.catalogue->policy().date())},
            {"language", in_.options.language == Language::zh ? "zh" : "en"},
            {"scorecard", json::object{{"id", in_.catalogue->scorecard().id()},
                                       {"name_zh", in_.catalogue->scorecard().name_zh()},
                                       {"criteria", std::move(criteria)}}},
            {"list", json::object{{"file", in_.list->file},
                                  {"rows", rows_object(in_.list->rows)},
                                  {"collections", overview_.collections}}},
            {"handbook", json::object{{"products", in_.catalogue->size()}}},
            {"products", std::move(products)},
            {"overview", overview()},
            {"projects", std::move(projects)},
            {"issues", issues_array(*in_.issues)}};
  }

 private:
  json::object overview() {
    json::array heat, missing, near;
    for (const auto& cell : overview_.heat) {
      heat.push_back(
          json::object{{"county", text_or_null(cell.area)},
                       {"county_name", cell.area.empty() ? "地区未明" : short_name(Code(cell.area))},
                       {"instrument", to_string(cell.instrument)},
                       {"instrument_zh", info(cell.instrument).name_zh},
                       {"instrument_en", info(cell.instrument).name_en},
                       {"permitted", cell.permitted},
                       {"possible", cell.possible}});
    }
    for (const auto& column : overview_.missing) {
      missing.push_back(json::object{{"key", to_string(column.key)},
                                     {"name_zh", info(column.key).name_zh},
                                     {"name_en", info(column.key).name_en},
                                     {"pairs_alone", column.pairs_alone},
                                     {"pairs_touched", column.pairs_touched},
                                     {"projects", column.projects},
                                     {"money_zh", format_money(column.money)},
                                     {"money_fen", column.money},
                                     {"investment_zh", format_money(column.investment)},
                                     {"investment_fen", column.investment}});
    }
    for (const auto& miss : overview_.near_misses) {
      json::array examples;
      for (const auto& [index, row] : miss.examples) {
        remember(row);
        examples.push_back(json::object{{"project", in_.list->projects[index].id},
                                        {"product", in_.catalogue->product(row).id}});
      }
      const bool adds = miss.remedy == Remedy::add;
      const std::string added = adds ? in_.dictionaries->name_zh(info(miss.key).list, miss.added) : "";
      near.push_back(json::object{{"key", to_string(miss.key)},
                                  {"name_zh", info(miss.key).name_zh},
                                  {"text_zh", near_miss_text(miss, added, Language::zh)},
                                  {"text_en", near_miss_text(miss, miss.added.text(), Language::en)},
                                  {"pairs", miss.pairs},
                                  {"projects", miss.projects},
                                  {"products", miss.products},
                                  {"money_zh", format_money(miss.money)},
                                  {"money_fen", miss.money},
                                  {"investment_zh", format_money(miss.investment)},
                                  {"investment_fen", miss.investment},
                                  {"examples", std::move(examples)}});
    }
    return {{"projects", overview_.projects},
            {"collections", overview_.collections},
            {"with_permitted", overview_.projects_with_permitted},
            {"possible_only", overview_.projects_with_possible_only},
            {"pairs", json::object{{"permitted", overview_.pairs_permitted},
                                   {"undecided", overview_.pairs_undecided},
                                   {"refused", overview_.pairs_refused}}},
            {"total_investment_zh", format_money(overview_.total_investment)},
            {"financing_need_zh", format_money(overview_.financing_need)},
            {"need_known", overview_.need_known},
            {"heat", std::move(heat)},
            {"missing", std::move(missing)},
            {"near_misses", std::move(near)}};
  }

  static std::string near_miss_text(const NearMiss& miss, const std::string& added, Language language) {
    const bool zh = language == Language::zh;
    const std::string name(name_of(miss.key, language));
    switch (miss.remedy) {
      case Remedy::lower:
        return zh ? "降低" + name + "至产品限额以内" : "lower the " + name + " to the product's limit";
      case Remedy::raise:
        return zh ? "提高" + name + "至最低要求" : "raise the " + name + " to the least required";
      case Remedy::either:
        return zh ? "调整" + name + "至产品允许范围" : "move the " + name + " into the product's range";
      case Remedy::add:
        return zh ? "增加" + name + "：" + added : "add " + name + ": " + added;
      case Remedy::supply:
        return zh ? "补办并提供：" + name : "complete and show: " + name;
      case Remedy::none:
        break;
    }
    return name;
  }

  std::string short_name(const Code& code) const {
    const Region* region = in_.dictionaries->regions.find(code);
    return region == nullptr ? code.text() : region->name;
  }

  std::string mask(std::string_view text) const {
    return in_.options.contacts == Contacts::shown ? std::string(text) : mask_phones(text);
  }
  std::string mask_contact(std::string_view text) const {
    return in_.options.contacts == Contacts::shown ? std::string(text) : mask_person(text);
  }

  void remember(ProductRow row) {
    const Product& product = in_.catalogue->product(row);
    if (products_.count(product.id) == 0)
      products_.emplace(product.id, product_object(product, undisclosed_terms(product)));
  }

  json::object project(std::size_t index) {
    const Project& project = in_.list->projects[index];
    const PreparedProject prepared = prepare(project, *in_.catalogue);
    const PlaceCodes codes = place_codes(project.facts);
    const Fact* measure = prepared.facts.find(FactKey::measure);
    const Fact* industry = prepared.facts.find(FactKey::industry);
    json::array facts, words;
    for (const auto& fact : prepared.facts.all()) {
      facts.push_back(json::object{{"key", to_string(fact.key)},
                                   {"name_zh", info(fact.key).name_zh},
                                   {"name_en", info(fact.key).name_en},
                                   {"value_zh", value_in_words(fact)},
                                   {"value_en", value_text(fact.key, &fact, Language::en)},
                                   {"origin", to_string(fact.origin)},
                                   {"origin_zh", word_of(fact.origin, Language::zh)},
                                   {"basis", fact.basis},
                                   {"place", to_string(fact.place)}});
      if (info(fact.key).kind == FactKind::codes) add_words(fact.basis, words);
    }
    json::array offers, possible, why_not;
    for (const auto& offer : in_.answer->offers(index)) offers.push_back(offer_object(prepared, offer));
    for (const auto& offer : in_.answer->possible(index)) possible.push_back(offer_object(prepared, offer));
    for (const ProductRow row : best_refused(prepared)) why_not.push_back(refusal_object(prepared, row));
    json::object out{
        {"id", project.id},
        {"name", project.name},
        {"owner", project.text("owner")},
        {"content", mask(project.text("content"))},
        {"stage", project.text("stage")},
        {"remark", mask(project.text("remark"))},
        {"contact", mask_contact(project.text("contact"))},
        {"phone", mask_contact(project.text("phone"))},
        {"county_code", text_or_null(codes.county)},
        {"county_name",
         codes.county.empty() ? std::string(project.text("region")) : short_name(Code(codes.county))},
        {"town_name", codes.town.empty() ? std::string(project.text("town")) : short_name(Code(codes.town))},
        {"zone", text_or_null(project.text("zone"))},
        {"category", first_code(measure)},
        {"category_name", measure == nullptr || measure->codes.empty()
                              ? ""
                              : in_.dictionaries->name_zh(CodeList::measure, measure->codes.front())},
        {"industry", first_code(industry)},
        {"industry_name", industry == nullptr || industry->codes.empty()
                              ? ""
                              : in_.dictionaries->industries.name(industry->codes.front())},
        {"is_collection", project.is_collection},
        {"words", std::move(words)},
        {"total_investment",
         amount_value(prepared.facts.find(FactKey::total_investment), "min_fen", "max_fen")},
        {"financing_need", amount_value(prepared.facts.find(FactKey::financing_need), "min_fen", "max_fen")},
        {"tenor", amount_value(prepared.facts.find(FactKey::tenor), "min", "max")},
        {"facts", std::move(facts)},
        {"counts", counts_object(in_.answer->counts(index))},
        {"offers", std::move(offers)},
        {"possible", std::move(possible)},
        {"why_not", std::move(why_not)},
        {"advice", advice(prepared)}};
    if (in_.papers != nullptr) {
      for (const auto& paper : in_.papers->offers.projects[index]) remember(paper.product);
      for (const auto& package : in_.papers->packages[index]) {
        for (const auto& member : package.members) remember(member.product);
      }
      out["packages"] = detail::packages_array(in_.papers->packages[index], *in_.catalogue);
      out["on_paper"] = detail::papers_array(in_.papers->offers.projects[index], *in_.catalogue);
    }
    return out;
  }

  /// The instrument ranking, with the texts that the page does not show elsewhere.
  json::object advice(const PreparedProject& prepared) {
    const Advice found = advise(prepared, *in_.catalogue, in_.options.instruments);
    json::object texts;
    for (const auto& one : found.instruments) {
      if (one.best) remember(*one.best);
      for (const auto& word : one.suggestion.words) {
        if (word.field == 0) continue;  // the name is printed already
        const auto& text = prepared.project->texts[word.field - 1U];
        texts[text.field] = mask(text.text);
      }
    }
    json::object out = detail::advice_object(found, *prepared.project, *in_.catalogue, *in_.dictionaries);
    out["texts"] = std::move(texts);
    return out;
  }

  /// Codes with their names behind the cell's words.
  std::string value_in_words(const Fact& fact) const {
    if (info(fact.key).kind != FactKind::codes) return value_text(fact.key, &fact, Language::zh);
    std::string names;
    for (const auto& code : fact.codes)
      names += (names.empty() ? "" : "、") + in_.dictionaries->name_zh(info(fact.key).list, code);
    return names.empty() ? fact.text : names;
  }

  static void add_words(const std::string& basis, json::array& words) {
    for (std::size_t at = 0; at < basis.size();) {
      const std::size_t end = std::min(basis.find("、", at), basis.size());
      const json::value word(basis.substr(at, end - at));
      if (end > at && std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
      at = end + std::string_view("、").size();
    }
  }

  json::object offer_object(const PreparedProject& prepared, const Offer& offer) {
    const Explanation explanation = explain(prepared, *in_.catalogue, offer.product);
    remember(offer.product);
    Sentences reasons, cautions, asks;
    json::array citations;
    std::set<std::string> cited;
    for (const auto& reading : explanation.rules) {
      const bool must = reading.rule->strength == Strength::must;
      if ((reading.judgement.outcome == Outcome::fail && !must &&
           reading.rule->strength == Strength::should) ||
          (reading.judgement.outcome == Outcome::pass && reading.judgement.on_inference && must)) {
        cautions.add(reading);
      } else if (reading.judgement.outcome == Outcome::pass) {
        reasons.add(reading);
      }
      if (const std::string citation = to_string(reading.rule->citation); cited.insert(citation).second)
        citations.emplace_back(citation);
    }
    for (const auto& ask : asks_of(explanation)) {
      asks.zh.emplace_back(ask.text_zh);
      asks.en.emplace_back(ask.text_en);
    }
    return {{"product", explanation.product},
            {"points", points_array(explanation.points)},
            {"reasons_zh", std::move(reasons.zh)},
            {"reasons_en", std::move(reasons.en)},
            {"cautions_zh", std::move(cautions.zh)},
            {"cautions_en", std::move(cautions.en)},
            {"asks_zh", std::move(asks.zh)},
            {"asks_en", std::move(asks.en)},
            {"missing", named_keys(explanation.missing)},
            {"citations", std::move(citations)}};
  }

  static json::object points_array(const Points& points) {
    json::array parts;
    for (const auto& entry : criterion_infos()) {
      const std::int64_t part = points.parts[static_cast<std::size_t>(entry.criterion)];
      if (part != 0) parts.push_back(json::object{{"id", entry.id}, {"points", part}});
    }
    return {{"total", points.total}, {"parts", std::move(parts)}};
  }

  json::object refusal_object(const PreparedProject& prepared, ProductRow row) {
    const Explanation explanation = explain(prepared, *in_.catalogue, row);
    remember(row);
    json::array rules, changes;
    for (const auto& reading : explanation.rules) {
      if (reading.rule->strength != Strength::must || reading.judgement.outcome != Outcome::fail) continue;
      rules.push_back(json::object{{"id", reading.rule->id},
                                   {"message_zh", reading.message_zh},
                                   {"message_en", reading.message_en},
                                   {"citation", to_string(reading.rule->citation)}});
    }
    for (const auto& plan : explanation.changes.plans) {
      std::string zh, en;
      for (const auto& change : plan.changes) {
        zh += (zh.empty() ? "" : "；") + change.text_zh;
        en += (en.empty() ? "" : "; ") + change.text_en;
      }
      changes.push_back(
          json::object{{"text_zh", zh}, {"text_en", en}, {"verdict_after", to_string(plan.verdict_after)}});
    }
    return {{"product", explanation.product},
            {"points", points_array(explanation.points)},
            {"rules", std::move(rules)},
            {"changes", std::move(changes)},
            {"change_status", to_string(explanation.changes.status)}};
  }

  std::vector<ProductRow> best_refused(const PreparedProject& prepared) const {
    if (prepared.project->is_collection || in_.options.why_not == 0) return {};
    return refused_by_points(prepared, *in_.catalogue, in_.options.why_not);
  }

  const ReportInput& in_;
  const Overview& overview_;
  std::map<std::string, json::object> products_;
};

}  // namespace

std::string check_json(const ProjectList& list, std::span<const Issue> issues) {
  json::array projects;
  for (const auto& project : list.projects) {
    const PlaceCodes codes = place_codes(project.facts);
    const Fact* measure = project.facts.find(FactKey::measure);
    const Fact* industry = project.facts.find(FactKey::industry);
    json::array facts;
    for (const auto& fact : project.facts.all()) facts.push_back(fact_object(fact));
    projects.push_back(json::object{
        {"id", project.id},
        {"name", project.name},
        {"owner", text_or_null(project.text("owner"))},
        {"county_code", text_or_null(codes.county)},
        {"town_code", text_or_null(codes.town)},
        {"zone", text_or_null(project.text("zone"))},
        {"category", first_code(measure)},
        {"categories", measure == nullptr ? json::array{} : codes_array(measure->codes)},
        {"category_basis", measure == nullptr ? json::value(nullptr) : json::value(measure->basis)},
        {"industry", first_code(industry)},
        {"industries", industry == nullptr ? json::array{} : codes_array(industry->codes)},
        {"total_investment",
         range_or_null(project.facts.find(FactKey::total_investment), "min_fen", "max_fen")},
        {"financing_need", range_or_null(project.facts.find(FactKey::financing_need), "min_fen", "max_fen")},
        {"tenor_months", range_or_null(project.facts.find(FactKey::tenor), "min", "max")},
        {"collection", project.is_collection},
        {"place", json::object{{"file", project.place.file},
                               {"sheet", text_or_null(project.place.sheet)},
                               {"row", project.place.row}}},
        {"facts", std::move(facts)}});
  }
  return json::serialize(json::object{{"format", "huoshui.check/1"},
                                      {"rows", rows_object(list.rows)},
                                      {"projects", std::move(projects)},
                                      {"issues", issues_array(issues)}});
}

std::string match_json(const ReportInput& input) {
  const bool zh = input.options.language == Language::zh;
  json::array projects;
  for (std::size_t i = 0; i < input.list->projects.size(); ++i) {
    const Project& project = input.list->projects[i];
    const PreparedProject prepared = prepare(project, *input.catalogue);
    const auto offer_object = [&](const Offer& offer, bool is_possible) {
      const Product& product = input.catalogue->product(offer.product);
      const Explanation explanation = explain(prepared, *input.catalogue, offer.product);
      json::array cautions;
      for (const auto& reading : explanation.rules) {
        const bool departs =
            reading.rule->strength == Strength::should && reading.judgement.outcome == Outcome::fail;
        const bool by_inference = reading.rule->strength == Strength::must &&
                                  reading.judgement.outcome == Outcome::pass &&
                                  reading.judgement.on_inference;
        if (!departs && !by_inference) continue;
        cautions.push_back(json::object{{"rule", reading.rule->id},
                                        {"message", zh ? reading.message_zh : reading.message_en}});
      }
      json::object out{{"product", product.id},
                       {"name", product.name},
                       {"institution", product.institution},
                       {"instrument", to_string(product.instrument)},
                       {"illustrative", product.confidence == Confidence::illustrative},
                       {"points", points_object(explanation.points)},
                       {"cautions", std::move(cautions)}};
      if (is_possible) {
        json::array missing;
        for (const FactKey key : explanation.missing) {
          missing.push_back(
              json::object{{"key", to_string(key)}, {"name", name_of(key, input.options.language)}});
        }
        out["missing"] = std::move(missing);
      }
      return out;
    };
    json::array offers, possible;
    for (const auto& offer : input.answer->offers(i)) offers.push_back(offer_object(offer, false));
    for (const auto& offer : input.answer->possible(i)) possible.push_back(offer_object(offer, true));
    projects.push_back(json::object{{"id", project.id},
                                    {"name", project.name},
                                    {"collection", project.is_collection},
                                    {"counts", counts_object(input.answer->counts(i))},
                                    {"offers", std::move(offers)},
                                    {"possible", std::move(possible)},
                                    {"advice", advice_of(input, prepared)}});
  }
  return json::serialize(json::object{{"format", "huoshui.match/1"},
                                      {"as_of", to_string(input.catalogue->policy().date())},
                                      {"scorecard", input.catalogue->scorecard().id()},
                                      {"k", input.match_options->k},
                                      {"rows", rows_object(input.list->rows)},
                                      {"projects", std::move(projects)},
                                      {"issues", issues_array(*input.issues)}});
}

std::string explain_json(const PreparedProject& project, const Catalogue& catalogue, ProductRow row,
                         Language language) {
  return json::serialize(explanation_object(explain(project, catalogue, row), language));
}

std::string report_json(const ReportInput& input, const Overview& overview) {
  return json::serialize(ReportWriter(input, overview).write());
}

}  // namespace huoshui
