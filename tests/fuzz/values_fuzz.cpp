// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors

// The readers of single values. The first octet chooses one (0: address, and so on), the rest is its text.
// What is read is written as it should be: read again it is the same.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/duration.h"
#include "base/ip.h"
#include "base/timestamp.h"
#include "dns/name.h"
#include "inventory/model/expand.h"
#include "require.h"
#include "yaml/comments.h"

namespace {

using namespace rdnsgate;
using fuzz::require;

template <typename T, typename Read>
void read_again(const Result<T>& value, const std::string& written, Read read) {
  const Result<T> again = read(written);
  require(again.has_value() && *again == *value);
}

void address(std::string_view text) {
  const auto value = IpAddress::parse(text);
  if (!value) return;
  read_again(value, value->to_string(), IpAddress::parse);
  special_purpose(*value);
  const auto name = dns::reverse_name(*value);
  require(dns::address_of_reverse(name).value() == *value);
}

void prefix(std::string_view text) {
  const auto value = Prefix::parse(text);
  if (!value) return;
  read_again(value, value->to_string(), Prefix::parse);
  require(value->contains(value->network()) && value->contains(value->last()));
}

void range(std::string_view text) {
  const auto value = inventory::parse_range(text);
  if (!value) return;
  std::uint64_t count = 0;
  for (const auto& block : value->prefixes) {
    require(count != 0 || block.contains(value->first));
    count = block.count() > UINT64_MAX - count ? UINT64_MAX : count + block.count();
  }
  require(value->prefixes.empty() ? value->count == UINT64_MAX : count == value->count);
}

void name(std::string_view text) {
  const auto value = dns::Name::parse(text);
  if (!value) return;
  read_again(value, value->text(), dns::Name::parse);
  std::size_t used = 0;
  require(dns::Name::from_wire(value->wire(), &used).value() == *value && used == value->wire().size());
  (void)dns::address_of_reverse(*value);
}

void host(std::string_view text) {
  const auto value = dns::Name::from_host(text);
  if (value) require(dns::Name::parse(value->text()).value() == *value);
}

void duration(std::string_view text) {
  const auto value = parse_duration(text);
  if (value) read_again(value, format_duration(*value), parse_duration);
  (void)parse_duration_ms(text);
}

void moment(std::string_view text) {
  if (const auto value = parse_time(text)) read_again(value, format_time(*value), parse_time);
  if (const auto value = parse_date(text)) read_again(value, format_date(*value), parse_date);
}

void name_template(std::string_view text) {
  const auto value = inventory::NameTemplate::parse(text);
  if (!value) return;
  for (const std::string_view written : {"192.0.2.7", "2001:db8::a:7"}) {
    const auto filled = IpAddress::parse(written).value();
    if (value->unfit_for(filled)) continue;
    const auto once = value->expand(filled, 6, "mx1.mail.example");
    require(once.size() <= 4096 + text.size() * 64);
    require(once == value->expand(filled, 6, "mx1.mail.example"));
  }
}

void comments(std::string_view text) {
  std::size_t behind = 0;
  for (const auto& comment : yaml::find_comments(text)) {
    require(behind <= comment.begin && comment.begin < comment.end && comment.end <= text.size());
    require(text[comment.begin] == '#');
    behind = comment.end;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::array readers = {address,  prefix, range,         name,    host,
                                  duration, moment, name_template, comments};
  if (size == 0) return 0;
  readers[static_cast<std::uint8_t>(data[0] - '0') % readers.size()](
      {reinterpret_cast<const char*>(data) + 1, size - 1});
  return 0;
}
