// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/zone/root_hints.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text/text.h"
#include "dns/zone/zone_lexer.h"

namespace rdnsgate::dns {
namespace {

constexpr std::size_t max_octets = 1 << 20;

struct Hints {
  std::set<Name> ns;
  std::map<Name, std::vector<IpAddress>> addresses;
};

std::size_t line_of(std::string_view text, std::size_t at) {
  return 1 + static_cast<std::size_t>(
                 std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

/// The type and data of an entry: what stands behind the owner, without TTL and class (RFC 1035 §5.1).
std::vector<std::string_view> type_and_data(const ZoneEntry& entry) {
  std::size_t at = entry.blank_owner ? 0 : 1;
  while (at < entry.tokens.size()) {
    const auto word = ascii_lower(entry.tokens[at]);
    if (word != "in" && word.find_first_not_of("0123456789smhdw") != std::string::npos) break;
    ++at;
  }
  return {entry.tokens.begin() + static_cast<std::ptrdiff_t>(std::min(at, entry.tokens.size())),
          entry.tokens.end()};
}

Result<void> read_entry(const ZoneEntry& entry, Name& owner, Hints& hints) {
  if (!entry.problem.empty()) return fail(entry.problem);
  if (!entry.blank_owner) {
    auto name = Name::parse(entry.tokens.front() == "@" ? "." : entry.tokens.front());
    if (!name) return tl::unexpected(name.error());
    owner = std::move(*name);
  }
  const auto words = type_and_data(entry);
  if (words.size() != 2) return fail("this is not a record with a type and one field of data");
  const auto type = ascii_lower(words[0]);
  if (type == "ns") {
    auto target = Name::parse(words[1]);
    if (!target) return tl::unexpected(target.error());
    if (!owner.is_root())
      return fail(fmt::format("an NS record of {} has no place among root hints", owner.text()));
    hints.ns.insert(std::move(*target));
    return {};
  }
  if (type != "a" && type != "aaaa")
    return fail(fmt::format("a {} record has no place among root hints", words[0]));
  const auto address = IpAddress::parse(words[1]);
  if (!address) return tl::unexpected(address.error());
  if (address->is_v4() != (type == "a"))
    return fail(fmt::format("{} is no address for a {} record", words[1], words[0]));
  hints.addresses[owner].push_back(*address);
  return {};
}

}  // namespace

Result<std::vector<RootServer>> read_root_hints(std::string_view text) {
  if (text.size() > max_octets) return fail("root hints of more than a mebibyte are none");
  Hints hints;
  Name owner;
  ZoneLexer lexer(text);
  ZoneEntry entry;
  while (lexer.next(entry)) {
    if (entry.problem.empty() && entry.tokens.front() == "$TTL") continue;
    if (auto read = read_entry(entry, owner, hints); !read)
      return fail(fmt::format("line {}: {}", line_of(text, entry.begin), read.error().message),
                  read.error().hint);
  }
  std::vector<RootServer> servers;
  for (const auto& name : hints.ns) {
    if (const auto found = hints.addresses.find(name); found != hints.addresses.end())
      servers.push_back({name, found->second});
  }
  if (servers.empty())
    return fail("they name no root server with an address",
                "write NS records of the root, and an A or AAAA record for each name");
  return servers;
}

}  // namespace rdnsgate::dns
