// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/delegation/delegation.h"

#include "dns/enum_words.h"

namespace rdnsgate::dns {

std::optional<std::uint32_t> AddressReport::serial() const {
  const auto& reply = soa().reply;
  if (reply.kind != ReplyKind::answer || !reply.authoritative || reply.rrset->type != RrType::SOA)
    return std::nullopt;
  const auto fields = soa_in(reply.rrset->rdata.front());
  return fields ? std::optional(fields->serial) : std::nullopt;
}

std::string_view to_string(Edns edns) {
  switch (edns) {
    case Edns::unknown:
      return "unknown";
    case Edns::yes:
      return "yes";
    case Edns::no:
      return "no";
    case Edns::refused:
      return "refused";
    case Edns::dropped:
      return "dropped";
  }
  return "unknown";
}

std::string_view to_string(Silence silence) {
  switch (silence) {
    case Silence::none:
      return "none";
    case Silence::timeout:
      return "timeout";
    case Silence::closed:
      return "closed";
    case Silence::no_route:
      return "no_route";
    case Silence::not_asked:
      return "not_asked";
  }
  return "none";
}

std::string_view to_string(Lookup lookup) {
  switch (lookup) {
    case Lookup::not_needed:
      return "not_needed";
    case Lookup::found:
      return "found";
    case Lookup::none:
      return "none";
    case Lookup::alias:
      return "alias";
    case Lookup::loop:
      return "loop";
    case Lookup::no_glue:
      return "no_glue";
    case Lookup::failed:
      return "failed";
  }
  return "failed";
}

std::string_view to_string(WalkEnd end) {
  switch (end) {
    case WalkEnd::answer:
      return "answer";
    case WalkEnd::nodata:
      return "nodata";
    case WalkEnd::nxdomain:
      return "nxdomain";
    case WalkEnd::stuck:
      return "stuck";
    case WalkEnd::alias_loop:
      return "alias_loop";
    case WalkEnd::too_deep:
      return "too_deep";
    case WalkEnd::bound:
      return "bound";
  }
  return "stuck";
}

std::optional<Edns> parse_edns(std::string_view text) { return enumerator(text, Edns::dropped); }
std::optional<Silence> parse_silence(std::string_view text) { return enumerator(text, Silence::not_asked); }
std::optional<Lookup> parse_lookup(std::string_view text) { return enumerator(text, Lookup::failed); }

}  // namespace rdnsgate::dns
