#include <huoshui/catalogue/scorecard.hpp>

namespace huoshui {
namespace {

constexpr std::array<CriterionInfo, kCriterionCount> kInfos{{
    {Criterion::amount_fit, "amount_fit", "金额匹配", "amount fit"},
    {Criterion::tenor_fit, "tenor_fit", "期限匹配", "tenor fit"},
    {Criterion::cost, "cost", "融资成本", "cost"},
    {Criterion::security_cover, "security_cover", "担保覆盖", "security cover"},
    {Criterion::light_security, "light_security", "担保轻便", "light security"},
    {Criterion::policy_affinity, "policy_affinity", "政策契合", "policy affinity"},
    {Criterion::industry_affinity, "industry_affinity", "行业契合", "industry affinity"},
    {Criterion::borrower_fit, "borrower_fit", "借款人契合", "borrower fit"},
    {Criterion::locality, "locality", "本地化", "locality"},
    {Criterion::speed, "speed", "审批速度", "speed"},
    {Criterion::completeness, "completeness", "条款完整", "completeness of terms"},
    {Criterion::text_affinity, "text_affinity", "文字契合", "text affinity"},
    {Criterion::source_confidence, "source_confidence", "来源可信", "confidence of the source"},
    {Criterion::preference, "preference", "优先条件", "preferences met"},
    {Criterion::no_caution, "no_caution", "原则条件", "no cautions"},
    {Criterion::readiness, "readiness", "条件就绪", "readiness"},
    {Criterion::plausibility, "plausibility", "推断相符", "plausibility"},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kInfos.size(); ++i) {
    if (static_cast<std::size_t>(kInfos[i].criterion) != i) return false;
  }
  return true;
}
static_assert(in_order(), "one line for every Criterion, in its order");

// amount tenor cost cover light policy industry borrower local speed complete text source prefer caution
// ready plausible
constexpr std::array<int, kCriterionCount> kDesk{9, 5, 7, 5, 3, 12, 12, 5, 9, 2, 5, 6, 3, 2, 3, 6, 6};
constexpr std::array<int, kCriterionCount> kEnterprise{8, 7, 20, 0, 11, 5, 9, 5, 5, 10, 4, 3, 1, 2, 1, 4, 5};
constexpr std::array<int, kCriterionCount> kBank{13, 9, 2, 20, 0, 7, 11, 7, 5, 0, 6, 2, 2, 2, 5, 4, 5};

}  // namespace

std::span<const CriterionInfo> criterion_infos() { return kInfos; }
const CriterionInfo& info(Criterion criterion) { return kInfos[static_cast<std::size_t>(criterion)]; }

Result<Scorecard> Scorecard::make(std::string id, std::string name_zh,
                                  std::array<int, kCriterionCount> weights) {
  int sum = 0;
  bool negative = false;
  for (const int weight : weights) {
    sum += weight;
    negative |= weight < 0;
  }
  if (negative || sum != kWeightTotal) {
    return Issue{
        .code = IssueCode::unreadable_value,
        .place = {},
        .column = "weights",
        .found = std::to_string(sum),
        .expected = "non-negative whole weights that sum to 100",
        .message = "评分卡“" + id + "”的权重之和为" + std::to_string(sum) + "，应为非负整数且合计100"};
  }
  Scorecard card;
  card.id_ = std::move(id);
  card.name_zh_ = std::move(name_zh);
  card.weights_ = weights;
  return card;
}

Scorecard Scorecard::standard() { return make("desk", "对接专班", kDesk).value(); }
Scorecard Scorecard::enterprise() { return make("enterprise", "企业", kEnterprise).value(); }
Scorecard Scorecard::bank() { return make("bank", "银行", kBank).value(); }

Result<Scorecard> Scorecard::find(std::string_view name) {
  for (const auto& card : {standard(), enterprise(), bank()}) {
    if (card.id() == name || card.name_zh() == name) return card;
  }
  return Issue{.code = IssueCode::unknown_word,
               .place = {},
               .column = "scorecard",
               .found = std::string(name),
               .expected = "desk, enterprise, bank",
               .message = "没有名为“" + std::string(name) +
                          "”的评分卡，可用：desk（对接专班）、enterprise（企业）、bank（银行）"};
}

}  // namespace huoshui
