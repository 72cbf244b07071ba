// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/files/ustar.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <optional>
#include <set>

#include "base/text/escape.h"

namespace rdnsgate {
namespace {

constexpr std::size_t block = 512;
// GNU tar and POSIX tools write archives in records of twenty blocks.
constexpr std::size_t record = 20 * block;

// The fields of a header: where they begin, and their size.
struct Field {
  std::size_t at, size;
};
constexpr Field name_field{0, 100}, mode_field{100, 8}, uid_field{108, 8}, gid_field{116, 8},
    size_field{124, 12}, mtime_field{136, 12}, sum_field{148, 8}, type_field{156, 1}, link_field{157, 100},
    magic_field{257, 8}, user_field{265, 32}, group_field{297, 32}, prefix_field{345, 155};
constexpr std::string_view magic("ustar\00000", 8);

void put(std::string& header, Field field, std::string_view text) {
  header.replace(field.at, text.size(), text);
}

void put_octal(std::string& header, Field field, std::uint64_t value) {
  put(header, field, fmt::format("{:0{}o}", value, field.size - 1));
}

/// The sum of all octets, with blanks in place of the sum itself.
std::uint64_t sum_of(std::string_view header) {
  std::uint64_t sum = sum_field.size * std::uint64_t{' '};
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (i < sum_field.at || i >= sum_field.at + sum_field.size) sum += static_cast<unsigned char>(header[i]);
  }
  return sum;
}

std::string_view get(std::string_view header, Field field) { return header.substr(field.at, field.size); }

/// Up to the first NUL; nothing but NULs may follow.
std::optional<std::string_view> text_in(std::string_view header, Field field) {
  const auto all = get(header, field);
  const auto end = std::min(all.find('\0'), all.size());
  if (all.find_first_not_of('\0', end) != std::string_view::npos) return std::nullopt;
  return all.substr(0, end);
}

std::optional<std::uint64_t> octal_in(std::string_view header, Field field) {
  auto digits = get(header, field);
  while (!digits.empty() && (digits.back() == '\0' || digits.back() == ' ')) digits.remove_suffix(1);
  if (digits.empty()) return std::nullopt;
  std::uint64_t value = 0;  // at most 36 bits
  for (const char digit : digits) {
    if (digit < '0' || digit > '7') return std::nullopt;
    value = value * 8 + static_cast<std::uint64_t>(digit - '0');
  }
  return value;
}

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
         c == '-' || c == '/';
}

/// Why a name is refused; empty where it is not.
std::string_view wrong_with(std::string_view name) {
  if (name.empty()) return "has no name";
  if (name.front() == '/') return "has an absolute name";
  if (!std::all_of(name.begin(), name.end(), is_name_character))
    return "has a name with other characters than ours have";
  for (std::size_t at = 0; at <= name.size();) {
    const auto end = std::min(name.find('/', at), name.size());
    const auto part = name.substr(at, end - at);
    if (part == "..") return "leads out of the archive";
    if (part.empty() || part == ".") return "has a name that can be written in several ways";
    at = end + 1;
  }
  return {};
}

std::string_view kind_of(char type) {
  switch (type) {
    case '1':
      return "a hard link";
    case '2':
      return "a symbolic link";
    case '3':
    case '4':
      return "a device";
    case '5':
      return "a folder";
    case '6':
      return "a pipe";
    default:
      return "an extension or something unknown";
  }
}

class UstarReader {
 public:
  UstarReader(std::string_view octets, const ArchiveLimits& limits) : left_(octets), limits_(limits) {}

  Result<std::vector<ArchiveFile>> read() {
    while (true) {
      if (left_.size() < block) return fail("the archive is cut short", "was it copied completely?");
      const auto header = left_.substr(0, block);
      if (is_empty(header)) break;
      if (files_.size() == limits_.files) return fail(fmt::format("more than {} files", limits_.files));
      left_.remove_prefix(block);
      if (auto read = read_file(header); !read) return tl::unexpected(read.error());
    }
    if (left_.size() < 2 * block) return fail("the archive is cut short", "was it copied completely?");
    if (!is_empty(left_)) return fail("there is something behind the end of the archive");
    return std::move(files_);
  }

 private:
  static bool is_empty(std::string_view octets) {
    return octets.find_first_not_of('\0') == std::string_view::npos;
  }

  Result<void> read_file(std::string_view header) {
    const auto nth = fmt::format("member {}", files_.size() + 1);
    const auto sum = octal_in(header, sum_field);
    if (!sum || *sum != sum_of(header) || get(header, magic_field) != magic)
      return fail(fmt::format("{}: its header is damaged, or no ustar header", nth));
    const auto name = text_in(header, name_field), prefix = text_in(header, prefix_field),
               link = text_in(header, link_field);
    if (!name || !prefix || !link || !prefix->empty())
      return fail(fmt::format("{} has a name that cannot be read", nth));
    const auto shown = fmt::format("{} ({})", nth, escape_terminal(*name));
    if (const char type = header[type_field.at]; type != '0')
      return fail(fmt::format("{} is {}", shown, kind_of(type)));
    if (!link->empty()) return fail(fmt::format("{} names a file that it links to", shown));
    if (const auto why = wrong_with(*name); !why.empty()) return fail(fmt::format("{} {}", shown, why));
    if (!names_.emplace(*name).second) return fail(fmt::format("{} is there twice", shown));
    const auto size = octal_in(header, size_field);
    if (!size) return fail(fmt::format("{} has a size that is no number", shown));
    if (*size > limits_.file_octets)
      return fail(fmt::format("{} has more than {} octets", shown, limits_.file_octets));
    const auto padded = (static_cast<std::size_t>(*size) + block - 1) / block * block;
    if (left_.size() < padded)
      return fail(fmt::format("{} is cut short", shown), "was it copied completely?");
    files_.push_back({std::string(*name), std::string(left_.substr(0, *size))});
    if (!is_empty(left_.substr(*size, padded - *size)))
      return fail(fmt::format("{} has something behind its end", shown));
    left_.remove_prefix(padded);
    return {};
  }

  std::string_view left_;
  const ArchiveLimits& limits_;
  std::vector<ArchiveFile> files_;
  std::set<std::string, std::less<>> names_;
};

}  // namespace

std::string write_ustar(const std::vector<ArchiveFile>& files, Time time) {
  std::string out;
  for (const auto& file : files) {
    std::string header(block, '\0');
    put(header, name_field, std::string_view(file.name).substr(0, name_field.size));
    put_octal(header, mode_field, 0644);
    put_octal(header, uid_field, 0);
    put_octal(header, gid_field, 0);
    put_octal(header, size_field, file.content.size());
    put_octal(header, mtime_field,
              static_cast<std::uint64_t>(std::max<std::int64_t>(0, time.time_since_epoch().count())));
    put(header, type_field, "0");
    put(header, magic_field, magic);
    put(header, user_field, "root");
    put(header, group_field, "root");
    put(header, sum_field, fmt::format("{:06o}", sum_of(header)));
    header[sum_field.at + 7] = ' ';
    out += header;
    out += file.content;
    out.resize((out.size() + block - 1) / block * block);
  }
  out.append(2 * block, '\0');
  out.resize((out.size() + record - 1) / record * record);
  return out;
}

Result<std::vector<ArchiveFile>> read_ustar(std::string_view octets, const ArchiveLimits& limits) {
  return UstarReader(octets, limits).read();
}

}  // namespace rdnsgate
