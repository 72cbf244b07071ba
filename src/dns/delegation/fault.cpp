// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/delegation/fault.h"

namespace rdnsgate::dns {

std::string_view to_string(Fault fault) {
  switch (fault) {
    case Fault::lame_refused:
      return "lame-refused";
    case Fault::lame_servfail:
      return "lame-servfail";
    case Fault::lame_not_authoritative:
      return "lame-not-authoritative";
    case Fault::lame_upward_referral:
      return "lame-upward-referral";
    case Fault::referral_loop:
      return "referral-loop";
    case Fault::malformed_reply:
      return "malformed-reply";
    case Fault::silent:
      return "silent";
    case Fault::not_listening:
      return "not-listening";
    case Fault::no_route:
      return "no-route";
    case Fault::tcp_only:
      return "tcp-only";
    case Fault::udp_only:
      return "udp-only";
    case Fault::edns_refused:
      return "edns-refused";
    case Fault::edns_dropped:
      return "edns-dropped";
    case Fault::ds_without_dnskey:
      return "ds-without-dnskey";
    case Fault::ds_mismatch:
      return "ds-mismatch";
    case Fault::signature_missing:
      return "signature-missing";
    case Fault::signature_expired:
      return "signature-expired";
    case Fault::signature_not_yet_valid:
      return "signature-not-yet-valid";
    case Fault::signature_broken:
      return "signature-broken";
    case Fault::denial_unproven:
      return "denial-unproven";
    case Fault::expansion_unproven:
      return "expansion-unproven";
    case Fault::chain_broken:
      return "chain-broken";
    case Fault::chain_unknown:
      return "chain-unknown";
    case Fault::no_address:
      return "no-address";
    case Fault::address_is_alias:
      return "address-is-alias";
    case Fault::address_loop:
      return "address-loop";
    case Fault::address_unknown:
      return "address-unknown";
    case Fault::glue_missing:
      return "glue-missing";
    case Fault::glue_mismatch:
      return "glue-mismatch";
    case Fault::no_delegation:
      return "no-delegation";
    case Fault::parents_differ:
      return "parents-differ";
    case Fault::ns_mismatch:
      return "ns-mismatch";
    case Fault::child_ns_differ:
      return "child-ns-differ";
    case Fault::serials_differ:
      return "serials-differ";
    case Fault::answers_differ:
      return "answers-differ";
    case Fault::foreign_glue:
      return "foreign-glue";
    case Fault::too_many_servers:
      return "too-many-servers";
    case Fault::no_server:
      return "no-server";
    case Fault::no_answer:
      return "no-answer";
    case Fault::alias_loop:
      return "alias-loop";
    case Fault::too_deep:
      return "too-deep";
    case Fault::bound_reached:
      return "bound-reached";
  }
  return "no-answer";
}

std::string_view to_string(Weight weight) {
  switch (weight) {
    case Weight::note:
      return "note";
    case Weight::unknown:
      return "unknown";
    case Weight::fault:
      return "fault";
  }
  return "unknown";
}

}  // namespace rdnsgate::dns
