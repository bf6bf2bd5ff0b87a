#include <huoshui/domain/product.hpp>

namespace huoshui {

std::vector<std::string> undisclosed_terms(const Product& product) {
  const bool rate = product.rate.has_min() || product.rate.has_max() || !product.rate_text.empty();
  const std::pair<bool, std::string_view> terms[] = {
      {!product.regions.text.empty(), "适用地区"}, {product.borrowers.stated(), "借款人范围"},
      {product.industries.stated(), "支持行业"},   {product.uses.stated(), "资金用途"},
      {product.securities.stated(), "担保方式"},   {product.amount.has_max(), "最高金额"},
      {product.tenor.has_max(), "最长期限"},       {rate, "利率"},
      {!product.repayment.empty(), "还款方式"},    {product.approval_days.has_value(), "审批时限"},
  };
  static_assert(std::size(terms) == kDisclosableTerms);
  std::vector<std::string> out;
  for (const auto& [stated, name] : terms) {
    if (!stated) out.emplace_back(name);
  }
  return out;
}

}  // namespace huoshui
