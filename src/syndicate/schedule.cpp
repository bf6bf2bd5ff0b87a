#include <algorithm>
#include <huoshui/syndicate/schedule.hpp>
#include <map>
#include <set>
#include <string>

#include "syndicate/detail/exact.hpp"

namespace huoshui::syndicate {
namespace {

using detail::Exact;

// A yearly rate in millionths, a balance in fen, months: the product over this is interest in fen.
constexpr Exact kYearMillion = 12 * 1'000'000;

Issue wrong(std::string column, std::string found, std::string expected) {
  Issue issue;
  issue.code = IssueCode::unreadable_value;
  issue.message = column + "不成立：“" + found + "”，应为" + expected;
  issue.column = std::move(column);
  issue.found = std::move(found);
  issue.expected = std::move(expected);
  return issue;
}

/// The day of a month that many months later, the last day of the month when there is no such day.
Date months_later(Date start, std::int32_t months) {
  const Date day = start + std::chrono::months{months};
  return day.ok() ? day : Date{day.year() / day.month() / std::chrono::last};
}

Result<std::vector<Draw>> drawn(const LoanTerms& terms) {
  std::vector<Draw> draws = terms.draws;
  if (draws.empty()) draws.push_back({0, terms.amount});
  Exact sum = 0;
  std::int32_t last = 0;
  for (const auto& draw : draws) {
    if (draw.month < last || draw.month > terms.repayment.grace_months)
      return wrong("提款", std::to_string(draw.month), "按月递增且不晚于宽限期末");
    // Below one yuan a small share would be less than a fen.
    if (draw.amount.fen < kFenPerYuan) return wrong("提款", format_money(draw.amount.fen), "每次不少于1元");
    last = draw.month;
    sum += draw.amount.fen;
  }
  if (sum != terms.amount.fen) return wrong("提款", "合计不符", format_money(terms.amount.fen));
  return draws;
}

/// The months in which interest is paid, and those in which principal is.
struct Calendar {
  std::set<std::int32_t> interest;
  std::vector<std::int32_t> principal;
};

Calendar calendar(const LoanTerms& terms, Date start) {
  Calendar out;
  const auto& repayment = terms.repayment;
  for (std::int64_t month = repayment.interval_months; month < terms.tenor_months;
       month += repayment.interval_months)
    out.interest.insert(static_cast<std::int32_t>(month));
  out.interest.insert(terms.tenor_months);
  switch (repayment.repayment) {
    case Repayment::bullet:
      out.principal.push_back(terms.tenor_months);
      break;
    case Repayment::equal_principal:
    case Repayment::annuity:
      for (const auto month : out.interest)
        if (month > repayment.grace_months) out.principal.push_back(month);
      break;
    case Repayment::seasonal:
      for (std::int32_t month = repayment.grace_months + 1; month <= terms.tenor_months; ++month) {
        const auto calendar_month = static_cast<unsigned>(months_later(start, month).month());
        if (std::find(repayment.season.begin(), repayment.season.end(), calendar_month) !=
            repayment.season.end())
          out.principal.push_back(month);
      }
      break;
  }
  return out;
}

/// Walk the dates once. `level` is the payment of an annuity, absent for parts of equal principal.
std::vector<Instalment> walk(const LoanTerms& terms, Date start, std::span<const Draw> draws,
                             const Calendar& dates, std::optional<std::int64_t> level) {
  std::set<std::int32_t> months(dates.interest);
  months.insert(dates.principal.begin(), dates.principal.end());
  for (const auto& draw : draws) months.insert(draw.month);

  std::vector<Instalment> out;
  std::int64_t balance = 0;
  std::int64_t repaid = 0;
  std::size_t part = 0;
  std::int32_t before = 0;
  Exact accrued = 0;  // in fen x kYearMillion; what is not paid is carried on
  for (const auto month : months) {
    Instalment at;
    at.month = month;
    at.due = months_later(start, month);
    accrued += Exact{balance} * terms.rate * (month - before);
    before = month;
    if (dates.interest.contains(month)) {
      at.interest = static_cast<std::int64_t>(accrued / kYearMillion);
      accrued -= Exact{at.interest} * kYearMillion;
    }
    if (part < dates.principal.size() && dates.principal[part] == month) {
      ++part;
      if (part == dates.principal.size()) {
        at.principal = balance;
      } else if (level) {
        at.principal = std::clamp<std::int64_t>(*level - at.interest, 0, balance);
      } else {
        const Exact due = Exact{terms.amount.fen} * static_cast<std::int64_t>(part) /
                          static_cast<std::int64_t>(dates.principal.size());
        at.principal = static_cast<std::int64_t>(due) - repaid;
      }
      repaid += at.principal;
      balance -= at.principal;
    }
    for (const auto& draw : draws)
      if (draw.month == month) at.drawn += draw.amount.fen;
    balance += at.drawn;
    at.balance = balance;
    out.push_back(at);
  }
  return out;
}

}  // namespace

std::string_view to_string(Repayment repayment) {
  switch (repayment) {
    case Repayment::bullet:
      return "bullet";
    case Repayment::equal_principal:
      return "equal_principal";
    case Repayment::annuity:
      return "annuity";
    case Repayment::seasonal:
      return "seasonal";
  }
  return "";
}

std::int64_t Schedule::interest() const {
  std::int64_t sum = 0;
  for (const auto& at : instalments) sum += at.interest;
  return sum;
}

std::int64_t Schedule::principal() const {
  std::int64_t sum = 0;
  for (const auto& at : instalments) sum += at.principal;
  return sum;
}

Result<Schedule> schedule(const LoanTerms& terms, Date start) {
  const auto& repayment = terms.repayment;
  if (terms.amount.fen < kFenPerYuan) return wrong("金额", format_money(terms.amount.fen), "不少于1元");
  if (terms.rate < 0 || terms.rate > 1'000'000) return wrong("利率", std::to_string(terms.rate), "0至100%");
  if (terms.tenor_months <= 0 || terms.tenor_months > 1200)
    return wrong("期限", std::to_string(terms.tenor_months), "1至1200个月");
  if (repayment.interval_months <= 0)
    return wrong("付息间隔", std::to_string(repayment.interval_months), "至少1个月");
  if (repayment.grace_months < 0 || repayment.grace_months >= terms.tenor_months)
    return wrong("宽限期", std::to_string(repayment.grace_months), "不为负且短于期限");
  if (!start.ok()) return wrong("起始日", "", "真实日期");
  auto draws = drawn(terms);
  if (!draws) return draws.errors();
  const Calendar dates = calendar(terms, start);
  if (dates.principal.empty()) return wrong("还款月份", "", "期限内至少一个还款月份");

  if (repayment.repayment != Repayment::annuity)
    return Schedule{walk(terms, start, *draws, dates, std::nullopt)};
  // The least level payment whose last one is no larger, found by halving: exact, and the same everywhere.
  std::int64_t low = 0;
  std::int64_t high = terms.amount.fen + walk(terms, start, *draws, dates, 0).back().interest;
  while (low < high) {
    const std::int64_t middle = low + (high - low) / 2;
    const auto last = walk(terms, start, *draws, dates, middle).back();
    if (last.principal + last.interest <= middle) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return Schedule{walk(terms, start, *draws, dates, low)};
}

std::vector<Schedule> split(const Schedule& whole, std::span<const Money> shares) {
  Exact total = 0;
  for (const auto& share : shares) {
    if (share.fen < 0) throw ContractError("a share is negative");
    total += share.fen;
  }
  if (total <= 0 || total != whole.principal())
    throw ContractError("the shares do not add up to the principal");

  // Lender i has what lies between the borders of the first i - 1 and the first i shares of every running
  // sum: the borders of all lenders are the sum itself, so nothing is lost or added by rounding.
  std::vector<Schedule> parts(shares.size());
  Exact drawn = 0;
  Exact principal = 0;
  Exact interest = 0;
  std::vector<Instalment> sums(shares.size());  // of each lender so far
  for (const auto& at : whole.instalments) {
    drawn += at.drawn;
    principal += at.principal;
    interest += at.interest;
    Exact upto = 0;
    Instalment border;
    for (std::size_t i = 0; i < shares.size(); ++i) {
      upto += shares[i].fen;
      Instalment part = at;
      const auto between = [&](Exact sum, std::int64_t Instalment::*field) {
        const auto next = static_cast<std::int64_t>(sum * upto / total);
        const auto mine = next - border.*field;
        border.*field = next;
        part.*field = mine - sums[i].*field;
        sums[i].*field = mine;
      };
      between(drawn, &Instalment::drawn);
      between(principal, &Instalment::principal);
      between(interest, &Instalment::interest);
      part.balance = sums[i].drawn - sums[i].principal;
      parts[i].instalments.push_back(part);
    }
  }
  return parts;
}

std::int64_t subsidy_of(const Schedule& whole, const Subsidy& subsidy, Date signing,
                        std::optional<Money> cap) {
  if ((subsidy.from && signing < *subsidy.from) || (subsidy.to && *subsidy.to < signing)) return 0;
  const std::int64_t amount = whole.principal();
  if (amount <= 0 || subsidy.points <= 0) return 0;
  Exact balance_months = 0;
  for (std::size_t i = 0; i + 1 < whole.instalments.size(); ++i) {
    const auto end = std::min(whole.instalments[i + 1].month, subsidy.months);
    if (end > whole.instalments[i].month)
      balance_months += Exact{whole.instalments[i].balance} * (end - whole.instalments[i].month);
  }
  const std::int64_t subsidised = cap ? std::clamp<std::int64_t>(cap->fen, 0, amount) : amount;
  // First the part of the balance that counts: the triple product would not fit.
  return static_cast<std::int64_t>(balance_months * subsidised / amount * subsidy.points / kYearMillion);
}

std::vector<YearCover> debt_cover(std::span<const Schedule> wholes, std::span<const Money> incomes) {
  std::map<std::int32_t, std::int64_t> service;
  for (const auto& whole : wholes)
    for (const auto& at : whole.instalments)
      service[std::max(at.month - 1, 0) / 12 + 1] += at.principal + at.interest;
  std::vector<YearCover> out;
  for (const auto& [year, due] : service) {
    if (static_cast<std::size_t>(year) > incomes.size()) break;
    YearCover cover{year, due, incomes[static_cast<std::size_t>(year) - 1].fen, {}};
    if (due > 0) cover.ratio = static_cast<std::int64_t>(Exact{cover.income} * 1'000'000 / due);
    out.push_back(cover);
  }
  return out;
}

}  // namespace huoshui::syndicate
