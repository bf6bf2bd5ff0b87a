#include <algorithm>
#include <huoshui/rights/pledges.hpp>
#include <map>
#include <tuple>
#include <utility>

namespace huoshui::rights {
namespace {

std::string plain(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("\xE3\x80\x80")) {  // ideographic space
      i += 2;
    } else if (const char c = text[i]; c >= 'a' && c <= 'z') {
      out += static_cast<char>(c - 'a' + 'A');
    } else if (c != ' ' && c != '\t' && c != '-') {
      out += c;
    }
  }
  return out;
}

}  // namespace

std::string_view to_string(SharedKey key) {
  switch (key) {
    case SharedKey::registry_number:
      return "registry_number";
    case SharedKey::unique_number:
      return "unique_number";
    case SharedKey::parcel:
      break;
  }
  return "parcel";
}

std::vector<DoublePledge> double_pledges(std::span<const Pledge> pledges) {
  std::vector<DoublePledge> out;
  // The same parcel counts by kind as well: the first of a kind is the one that a later one repeats.
  std::map<std::tuple<SharedKey, std::string, std::string>, std::uint32_t> first;
  const auto meet = [&](SharedKey key, const std::string& text, std::uint32_t row) {
    const auto word = plain(text);
    if (word.empty()) return;
    const auto any = first.try_emplace({key, word, ""}, row).first->second;
    const bool by_kind = key == SharedKey::parcel;
    const auto same =
        by_kind ? first.try_emplace({key, word, "/" + pledges[row].kind}, row).first->second : any;
    if (same != row) {
      out.push_back({same, row, key, false});
    } else if (any != row) {
      out.push_back({any, row, key, true});
    }
  };
  for (std::uint32_t row = 0; row < pledges.size(); ++row) {
    meet(SharedKey::registry_number, pledges[row].registry_number, row);
    meet(SharedKey::unique_number, pledges[row].unique_number, row);
    meet(SharedKey::parcel, pledges[row].parcel, row);
  }
  return out;
}

}  // namespace huoshui::rights
