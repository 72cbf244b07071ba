// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ip.h"
#include "base/timestamp.h"

namespace rdnsgate::report {

/// What a receiver makes of mail from an address with a HELO name.
enum class ProbeStatus : std::uint8_t {
  accepted,
  refused,     ///< because of the identity: PTR, its name, HELO
  deferred,    ///< for now: greylisting, a lookup of the receiver that failed
  otherwise,   ///< refused for something else
  unknown,     ///< there was no reply, or nobody to ask
  too_early,   ///< asked not long ago: not asked again
  no_address,  ///< the receiver has no server of the address's family
};
inline constexpr std::size_t probe_statuses = 7;
std::string_view to_string(ProbeStatus status);

/// What became of a message that was taken.
enum class DeliveryStatus : std::uint8_t {
  healthy,
  unhealthy,  ///< it is there, and the receiver does not take it for ours
  missing,    ///< it is not there in time
  unknown,    ///< nobody could look, or the receiver says nothing
};
std::string_view to_string(DeliveryStatus status);

struct ProbeDelivery {
  DeliveryStatus status = DeliveryStatus::unknown;
  std::string reason;                              ///< of what is not healthy
  std::optional<std::chrono::milliseconds> after;  ///< from its acceptance until it was seen
  struct Result {
    std::string method, result, reason;  ///< of Authentication-Results; foreign text
    struct Property {
      std::string name, value;
    };
    std::vector<Property> properties;
  };
  std::vector<Result> results;
};

/// One address and HELO name at one receiver. Texts that a server sent are foreign.
struct ProbeRow {
  std::string sender;
  IpAddress source;
  std::string helo;
  std::string target, recipient, mail_from;  ///< domain, mailbox, and the sender's (empty: the null sender)
  ProbeStatus status = ProbeStatus::unknown;
  std::string of;  ///< class of the reply, as logs::LogClass is called; empty where it was 2xx or none came
  std::string pattern;  ///< what it matched; empty: nothing
  std::string ptr;      ///< what our vantage sees of the address, as `fcrdns` of paths is called
  std::optional<Time> asked_at;
  std::optional<Time> next;  ///< of what is too early: when it is not
  std::string server;        ///< name of the mail host
  std::optional<IpAddress> server_address;
  std::string outcome,
      step;            ///< as resolve::SmtpOutcome and SmtpTrialStep are called; empty: nobody was asked
  std::string reason;  ///< why there is no reply that counts
  unsigned code = 0;
  std::string reply;  ///< its lines joined
  std::string tls;    ///< as resolve::SmtpTls is called
  std::string tls_reason, protocol;
  std::vector<std::string> certificate_names;
  std::optional<Time> not_after;
  std::vector<std::string> covered;  ///< of the mail host's name, where the certificate is for it
  std::chrono::milliseconds took{0};
  std::string token;                                                  ///< of a message that was taken
  std::optional<std::chrono::steady_clock::time_point> delivered_at;  ///< when it was
  std::optional<ProbeDelivery> delivery;                              ///< where somebody looked for it
};

/// A declared address that this host does not have.
struct ProbeElsewhere {
  std::string sender;
  IpAddress address;
};

struct ProbeDocument {
  std::string tool_version, inventory, inventory_sha256;
  Time started_at{}, finished_at{};
  std::vector<std::string> vantages;
  std::uint16_t port = 25;
  bool delivers = false;
  std::vector<ProbeRow> rows;
  std::vector<ProbeElsewhere> elsewhere;

  std::size_t count(ProbeStatus status) const;
  std::size_t count(DeliveryStatus status) const;
};

/// A line for each, with what was said below it. Under `quiet` only those that are not accepted, twice nothing.
std::string render_probe_text(const ProbeDocument& document, bool color, int quiet);

/// schemas/smtp-probe.schema.json, indented by two, a final newline.
std::string render_probe_json(const ProbeDocument& document);

}  // namespace rdnsgate::report
