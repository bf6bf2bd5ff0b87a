#include "read/detail/encoding.hpp"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace huoshui::detail {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// Length of the well-formed UTF-8 sequence at the front, 0 when there is none (Unicode table 3-7).
std::size_t sequence_length(const unsigned char* p, std::size_t left) {
  const unsigned char a = p[0];
  if (a < 0x80) return 1;
  const auto follows = [&](std::size_t at, unsigned char low = 0x80, unsigned char high = 0xBF) {
    return at < left && p[at] >= low && p[at] <= high;
  };
  if (a >= 0xC2 && a <= 0xDF) return follows(1) ? 2 : 0;
  if (a >= 0xE0 && a <= 0xEF) {
    const unsigned char low = a == 0xE0 ? 0xA0 : 0x80;
    const unsigned char high = a == 0xED ? 0x9F : 0xBF;
    return follows(1, low, high) && follows(2) ? 3 : 0;
  }
  if (a >= 0xF0 && a <= 0xF4) {
    const unsigned char low = a == 0xF0 ? 0x90 : 0x80;
    const unsigned char high = a == 0xF4 ? 0x8F : 0xBF;
    return follows(1, low, high) && follows(2) && follows(3) ? 4 : 0;
  }
  return 0;
}

struct Utf8Count {
  std::size_t wide = 0;  // sequences of two bytes and more
  std::size_t bad = 0;   // bytes outside any sequence
};

Utf8Count count_utf8(std::string_view bytes) {
  Utf8Count count;
  const auto* p = reinterpret_cast<const unsigned char*>(bytes.data());
  std::size_t at = 0;
  while (at < bytes.size()) {
    // Plain ASCII eight bytes at a time.
    while (at + 8 <= bytes.size()) {
      std::uint64_t word = 0;
      std::memcpy(&word, p + at, 8);
      if ((word & 0x8080808080808080ULL) != 0) break;
      at += 8;
    }
    if (at >= bytes.size()) break;
    const auto length = sequence_length(p + at, bytes.size() - at);
    if (length == 0) {
      ++count.bad;
      ++at;
    } else {
      count.wide += length > 1 ? 1 : 0;
      at += length;
    }
  }
  return count;
}

// Counts lines up to an offset that only moves forward.
class LineCounter {
 public:
  explicit LineCounter(std::string_view bytes) : bytes_(bytes) {}
  std::uint32_t line_at(std::size_t offset) {
    for (; at_ < offset && at_ < bytes_.size(); ++at_) {
      if (bytes_[at_] == '\n' ||
          (bytes_[at_] == '\r' && !(at_ + 1 < bytes_.size() && bytes_[at_ + 1] == '\n')))
        ++line_;
    }
    return line_;
  }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
};

void note_bad(DecodedText& text, std::uint32_t line) {
  ++text.bad_bytes;
  if (text.bad_lines.empty() || text.bad_lines.back() != line) text.bad_lines.push_back(line);
}

DecodedText repair_utf8(std::string_view bytes, std::size_t skip, std::string encoding) {
  DecodedText text;
  text.encoding = std::move(encoding);
  text.is_converted = true;
  text.converted.reserve(bytes.size() + 16);
  LineCounter lines(bytes);
  const auto* p = reinterpret_cast<const unsigned char*>(bytes.data());
  for (std::size_t at = skip; at < bytes.size();) {
    const auto length = sequence_length(p + at, bytes.size() - at);
    if (length == 0) {
      note_bad(text, lines.line_at(at));
      text.converted += kReplacement;
      ++at;
    } else {
      text.converted.append(bytes, at, length);
      at += length;
    }
  }
  return text;
}

void append_utf8(std::string& out, std::uint32_t code) {
  const auto put = [&](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0U | (code >> 6U));
    put(0x80U | (code & 0x3FU));
  } else if (code < 0x10000) {
    put(0xE0U | (code >> 12U));
    put(0x80U | ((code >> 6U) & 0x3FU));
    put(0x80U | (code & 0x3FU));
  } else {
    put(0xF0U | (code >> 18U));
    put(0x80U | ((code >> 12U) & 0x3FU));
    put(0x80U | ((code >> 6U) & 0x3FU));
    put(0x80U | (code & 0x3FU));
  }
}

DecodedText decode_utf16(std::string_view bytes, std::size_t low_byte) {
  DecodedText text;
  text.encoding = low_byte == 0 ? "utf-16le" : "utf-16be";
  text.is_converted = true;
  text.converted.reserve(bytes.size() * 3 / 2);
  std::uint32_t line = 1;
  const auto unit = [&](std::size_t at) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + low_byte])) |
           static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + 1 - low_byte])) << 8U;
  };
  const auto bad = [&] {
    note_bad(text, line);
    text.converted += kReplacement;
  };
  std::size_t at = 2;
  bool after_return = false;
  for (; at + 1 < bytes.size(); at += 2) {
    const auto code = unit(at);
    if (code == '\r' || (code == '\n' && !after_return)) ++line;
    after_return = code == '\r';
    if (code >= 0xD800 && code < 0xDC00) {
      const auto next = at + 3 < bytes.size() ? unit(at + 2) : 0U;
      if (next >= 0xDC00 && next < 0xE000) {
        append_utf8(text.converted, 0x10000U + ((code - 0xD800U) << 10U) + (next - 0xDC00U));
        at += 2;
      } else {
        bad();
      }
    } else if (code >= 0xDC00 && code < 0xE000) {
      bad();
    } else {
      append_utf8(text.converted, code);
    }
  }
  if (at < bytes.size()) bad();
  return text;
}

std::optional<DecodedText> decode_gb18030(std::string_view bytes) {
  const iconv_t converter = iconv_open("UTF-8", "GB18030");
  if (converter == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
  DecodedText text;
  text.encoding = "gb18030";
  text.is_converted = true;
  text.converted.reserve(bytes.size() + bytes.size() / 2 + 16);
  LineCounter lines(bytes);
  // iconv never writes through its input pointer; POSIX merely lacks the const.
  char* in = const_cast<char*>(bytes.data());
  std::size_t left = bytes.size();
  std::array<char, 1U << 16U> buffer;
  while (left > 0) {
    char* out = buffer.data();
    std::size_t room = buffer.size();
    const auto status = iconv(converter, &in, &left, &out, &room);
    const int why = status == static_cast<std::size_t>(-1) ? errno : 0;
    text.converted.append(buffer.data(), buffer.size() - room);
    if (why == EILSEQ || why == EINVAL) {
      note_bad(text, lines.line_at(static_cast<std::size_t>(in - bytes.data())));
      text.converted += kReplacement;
      ++in;
      --left;
      iconv(converter, nullptr, nullptr, nullptr, nullptr);
    } else if (why != 0 && why != E2BIG) {
      iconv_close(converter);
      return std::nullopt;
    }
  }
  iconv_close(converter);
  return text;
}

bool starts(std::string_view bytes, std::string_view magic) { return bytes.substr(0, magic.size()) == magic; }

bool starts_as_markup(std::string_view bytes) {
  std::string front(bytes.substr(0, 64));
  if (starts(front, "\xEF\xBB\xBF")) front.erase(0, 3);
  front.erase(0, std::min(front.find_first_not_of(" \t\r\n"), front.size()));
  for (char& c : front) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return starts(front, "<!doctype") || starts(front, "<html") || starts(front, "<table") ||
         starts(front, "<?xml") || starts(front, "<head") || starts(front, "<meta");
}

}  // namespace

bool is_utf8(std::string_view bytes) { return count_utf8(bytes).bad == 0; }

std::optional<DecodedText> decode(std::string_view bytes) {
  if (starts(bytes, "\xFF\xFE")) return decode_utf16(bytes, 0);
  if (starts(bytes, "\xFE\xFF")) return decode_utf16(bytes, 1);
  const bool marked = starts(bytes, "\xEF\xBB\xBF");
  const auto count = count_utf8(bytes);
  const std::string utf8_name = marked ? "utf-8-bom" : "utf-8";
  const std::size_t skip = marked ? 3 : 0;
  if (count.bad == 0) {
    DecodedText text;
    text.encoding = utf8_name;
    text.skip = skip;
    return text;
  }
  // Chinese GB18030 text holds hardly any UTF-8 sequence, damaged UTF-8 text holds many; pairs of UTF-8 bytes
  // often pass as GB18030, so its validity alone would not tell.
  if (marked || count.wide > 8 * count.bad) return repair_utf8(bytes, skip, utf8_name);
  auto text = decode_gb18030(bytes);
  if (text && text->bad_bytes > count.bad) return repair_utf8(bytes, skip, utf8_name);
  return text;
}

ForeignKind foreign_kind(std::string_view bytes) {
  constexpr std::string_view kSaveAs = "请用 Excel 或 WPS 打开后另存为 CSV（UTF-8）或 xlsx 再读";
  if (starts(bytes, "%PDF")) return {"PDF 文件", "请先把其中的表格转成 Excel 或 CSV 再读"};
  if (starts(bytes, "PK\x03\x04") || starts(bytes, "PK\x05\x06")) {
    if (bytes.find("xl/") != bytes.npos)
      return {"Excel 工作簿（xlsx）", "请用 Python 包 huoshui 读取，或另存为 CSV 再读"};
    if (bytes.find("word/") != bytes.npos) return {"Word 文档（docx）", "请把其中的表格复制到 Excel 后另存"};
    return {"压缩包（zip）", "请先解压，再读其中的清单文件"};
  }
  if (starts(bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) {
    using namespace std::string_view_literals;
    if (bytes.find("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"sv) != bytes.npos)
      return {"加了密码的 Office 文件", "请先用密码打开，去掉密码后另存"};
    return {"旧版 Office 文件（xls 或 doc）", kSaveAs};
  }
  if (starts(bytes, "{\\rtf")) return {"RTF 文档", "请把其中的表格复制到 Excel 后另存"};
  if (starts(bytes, "\x89PNG") || starts(bytes, "\xFF\xD8\xFF") || starts(bytes, "GIF8"))
    return {"图片", "请先识别成文字表格（OCR）并人工核对，再存为 CSV"};
  if (starts(bytes, "Rar!") || starts(bytes, "7z\xBC\xAF") || starts(bytes, "\x1F\x8B"))
    return {"压缩包", "请先解压，再读其中的清单文件"};
  if (starts_as_markup(bytes)) return {"网页或 XML 文件", kSaveAs};
  if (!starts(bytes, "\xFF\xFE") && !starts(bytes, "\xFE\xFF") &&
      bytes.substr(0, 512).find('\0') != bytes.npos)
    return {"二进制文件", "请确认文件是否选对；清单应是 CSV 或 xlsx"};
  return {};
}

std::size_t count_characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(
      utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string shorten(std::string_view utf8) {
  constexpr std::size_t kMost = 80;
  std::size_t characters = 0;
  for (std::size_t at = 0; at < utf8.size(); ++at) {
    if ((static_cast<unsigned char>(utf8[at]) & 0xC0U) == 0x80U) continue;
    if (characters == kMost) return std::string(utf8.substr(0, at)) + "…";
    ++characters;
  }
  return std::string(utf8);
}

}  // namespace huoshui::detail
