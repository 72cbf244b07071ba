// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/servers_differ.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "dns/delegation/delegation.h"
#include "dns/serial.h"
#include "rules/listing.h"

namespace rdnsgate::rules {
namespace {

using dns::RrType;
using dns::ServerAnswer;

/// One server's copy of the zone.
struct Copy {
  const ServerAnswer* said;
  std::string records;
  std::optional<dns::Soa> soa;  ///< nullopt where its serial is not known
};

std::optional<dns::Soa> soa_of(const dns::RRset* set) {
  if (set == nullptr || set->rdata.empty()) return std::nullopt;
  const auto soa = dns::soa_in(set->rdata.front());
  return soa ? std::optional(*soa) : std::nullopt;
}

/// The SOA record that the server had when the run looked at the zone from both sides.
std::optional<dns::Soa> soa_at(const dns::Fact* zone, const IpAddress& address) {
  if (zone == nullptr || zone->delegation == nullptr) return std::nullopt;
  for (const auto& server : zone->delegation->cut.servers) {
    for (const auto& report : server.addresses) {
      if (report.address == address && report.is_authoritative()) return soa_of(&*report.soa().reply.rrset);
    }
  }
  return std::nullopt;
}

/// A denial without an SOA record is no word about the records (RFC 2308 §3), and a failure is none either.
bool says_something(const ServerAnswer& said) {
  return dns::is_positive(said.outcome) ||
         (dns::is_negative(said.outcome) && (said.soa || !said.answer.empty()));
}

std::vector<Copy> copies_of(const dns::Fact& fact, const std::function<const dns::Fact*()>& soa_of_zone) {
  std::vector<Copy> copies;
  for (const auto& said : fact.servers) {
    if (!says_something(said)) continue;
    copies.push_back({&said, records_of(said, fact.question), soa_of(said.soa ? &*said.soa : nullptr)});
  }
  const bool agree = std::all_of(copies.begin(), copies.end(),
                                 [&](const Copy& it) { return it.records == copies.front().records; });
  if (agree) return {};
  const auto* apex = soa_of_zone();
  for (auto& copy : copies) {
    if (!copy.soa) copy.soa = soa_at(apex, copy.said->address);
  }
  return copies;
}

/// The newest serial among them; nullptr where none is known.
const Copy* newest_of(const std::vector<Copy>& copies) {
  const Copy* newest = nullptr;
  for (const auto& copy : copies) {
    if (!copy.soa) continue;
    if (newest == nullptr || dns::is_newer_serial(copy.soa->serial, newest->soa->serial)) newest = &copy;
  }
  return newest;
}

/// When a copy with this serial was published at the latest; nullopt where the serial is a mere counter. A
/// date ends twelve hours later in the last time zone.
std::optional<Time> published_by(std::uint32_t serial, Time now) {
  using namespace std::chrono;
  const year_month_day date{year{static_cast<int>(serial / 1'000'000)}, month{serial / 10'000 % 100},
                            day{serial / 100 % 100}};
  if (date.year() >= year{1990} && date.ok()) {
    const Time begin{sys_days(date).time_since_epoch()};
    if (begin <= now + days{1}) return begin + hours{36};
  }
  const Time unix_time{seconds{serial}};
  constexpr std::uint32_t oldest = 1'000'000'000;
  return serial >= oldest && unix_time <= now ? std::optional(unix_time) : std::nullopt;
}

/// How long a secondary with this copy may take to look for a newer one. After EXPIRE it gives no answers.
seconds time_to_transfer(const dns::Soa& soa) {
  const seconds time{std::uint64_t{soa.refresh} + soa.retry};
  return soa.expire > 0 ? std::min(time, seconds{soa.expire}) : time;
}

std::vector<std::string> described(const std::vector<Copy>& copies, const Copy* newest) {
  std::vector<std::string> versions;
  const auto add = [&](const std::string& records) {
    if (std::find(versions.begin(), versions.end(), records) == versions.end()) versions.push_back(records);
  };
  if (newest != nullptr) add(newest->records);
  for (const auto& copy : copies) add(copy.records);
  std::vector<std::string> items;
  for (const auto& records : versions) {
    std::vector<std::string> at;
    for (const auto& copy : copies) {
      if (copy.records != records) continue;
      const auto serial = copy.soa ? fmt::format("serial {}", copy.soa->serial) : "serial unknown";
      at.push_back(
          fmt::format("{} ({}, {})", copy.said->server.text(), copy.said->address.to_string(), serial));
    }
    items.push_back(fmt::format("{} at {}", records, listed(at)));
  }
  return items;
}

/// Whether every copy that differs from the newest is older, and until when that is nothing to wonder at.
void judge_lag(const std::vector<Copy>& copies, const Copy* newest, Time now, Dispute& dispute) {
  if (newest == nullptr) {
    dispute.why = "no-serial";
    return;
  }
  seconds longest{0};
  for (const auto& copy : copies) {
    if (copy.records == newest->records) continue;
    if (!copy.soa || !dns::is_newer_serial(newest->soa->serial, copy.soa->serial)) {
      dispute.why = copy.soa ? "none-older" : "serial-missing";
      return;
    }
    longest = std::max(longest, time_to_transfer(*copy.soa));
  }
  const auto published = published_by(newest->soa->serial, now);
  const Time clears_at = std::min(now, published.value_or(now)) + longest;
  dispute.transfer = longest;
  dispute.why = clears_at > now ? "behind" : "overdue";
  if (clears_at > now) dispute.clears_at = clears_at;
}

}  // namespace

std::string records_of(const ServerAnswer& said, const dns::Question& question) {
  std::vector<std::string> records;
  for (const auto& set : said.answer) {
    for (const auto& rdata : set.rdata) {
      const auto target = dns::name_in(rdata);
      auto text = set.type == RrType::PTR && target ? target->text() : dns::rdata_text(set.type, rdata);
      if (set.type != question.type) text = fmt::format("{} {}", dns::to_string(set.type), text);
      records.push_back(std::move(text));
    }
  }
  std::sort(records.begin(), records.end());
  return records.empty() ? "no record" : listed(records);
}

audit::Args args_of(Dispute dispute) {
  audit::Args args{.values = {{"versions", audit::whole_list(dispute.versions)}},
                   .wording = dispute.why,
                   .clears_at = dispute.clears_at};
  if (dispute.transfer) args.values.emplace_back("transfer", *dispute.transfer);
  return args;
}

std::optional<Dispute> dispute_about(const audit::AddressCase& c, const dns::Fact& fact) {
  return dispute_about(fact, [&]() -> const dns::Fact* {
    const auto* zone = c.inventory.zone_of(fact.question.name);
    return zone != nullptr ? c.ask(zone->name, RrType::SOA) : nullptr;
  });
}

std::optional<Dispute> dispute_about(const dns::Fact& fact, const std::function<const dns::Fact*()>& apex) {
  if (fact.servers.size() < 2 || !dns::is_definite(fact.outcome)) return std::nullopt;
  const auto copies = copies_of(fact, apex);
  if (copies.empty()) return std::nullopt;
  const Copy* newest = newest_of(copies);
  Dispute dispute;
  dispute.versions = described(copies, newest);
  judge_lag(copies, newest, fact.asked_at, dispute);
  return dispute;
}

}  // namespace rdnsgate::rules
