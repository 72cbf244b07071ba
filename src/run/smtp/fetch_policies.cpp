// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/smtp/fetch_policies.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

#include "base/text/text.h"
#include "base/version.h"
#include "dns/facts/collect.h"
#include "dns/rrset.h"
#include "inventory/files/read_file.h"
#include "mailauth/records/sts_policy.h"
#include "resolve/web/http.h"
#include "run/frame/deadline.h"
#include "run/frame/open_panel.h"
#include "run/frame/read_files.h"
#include "run/smtp/sts_policies.h"

namespace rdnsgate::run {
namespace {

using report::StsFetch;

constexpr std::size_t largest_policy = std::size_t{64} << 10;  // RFC 8461 §3.3
constexpr std::size_t largest_ca_file = std::size_t{16} << 20;
constexpr std::size_t most_policy_addresses = 8;

/// A domain on its way: which record it has, and where its policy server is.
struct PolicyPlace {
  dns::Name domain;
  std::optional<dns::Name> record, host;
  std::vector<IpAddress> addresses;
  bool has_record = false;
  std::string id;       ///< of the record, where there is one
  std::string failure;  ///< of a lookup
};

void note_lookup_failure(const dns::Fact& fact, PolicyPlace& place) {
  if (place.failure.empty())
    place.failure = fmt::format("lookup of {} {} failed ({})", fact.question.name.text(),
                                dns::to_string(fact.question.type), dns::to_string(fact.outcome));
}

/// `20270115` of `v=STSv1; id=20270115;` (RFC 8461 §3.1)
std::string id_in(std::string_view record) {
  while (!record.empty()) {
    const auto field = trimmed(record.substr(0, record.find(';')));
    record.remove_prefix(std::min(record.find(';'), record.size() - 1) + 1);
    const auto equals = field.find('=');
    if (equals != std::string_view::npos && ascii_lower(std::string(trimmed(field.substr(0, equals)))) == "id")
      return std::string(trimmed(field.substr(equals + 1)));
  }
  return {};
}

/// The lines of a policy without what makes no difference: ends of lines, white space around them, empty ones.
std::vector<std::string> lines_of(std::string_view policy) {
  std::vector<std::string> lines;
  while (!policy.empty()) {
    const auto line = trimmed(policy.substr(0, policy.find('\n')), " \t\r");
    policy.remove_prefix(std::min(policy.find('\n'), policy.size() - 1) + 1);
    if (!line.empty()) lines.emplace_back(line);
  }
  return lines;
}

void read_record(dns::FactDesk& desk, PolicyPlace& place) {
  const auto* fact = desk.get(*place.record, dns::RrType::TXT);
  if (fact == nullptr) return;
  if (!dns::is_definite(fact->outcome)) return note_lookup_failure(*fact, place);
  if (!dns::is_positive(fact->outcome) || fact->rrset() == nullptr) return;
  std::vector<std::string> records;
  for (const auto& rdata : fact->rrset()->rdata) {
    auto text = dns::txt_joined(rdata);
    if (ascii_lower(text).starts_with("v=stsv1")) records.push_back(std::move(text));
  }
  place.has_record = !records.empty();
  if (records.size() == 1) place.id = id_in(records.front());
}

void read_addresses(dns::FactDesk& desk, PolicyPlace& place) {
  for (const auto type : {dns::RrType::A, dns::RrType::AAAA}) {
    const auto* fact = desk.get(*place.host, type);
    if (fact == nullptr) continue;
    if (!dns::is_definite(fact->outcome)) note_lookup_failure(*fact, place);
    if (!dns::is_positive(fact->outcome)) continue;
    for (const auto& address : fact->addresses()) {
      if (place.addresses.size() < most_policy_addresses) place.addresses.push_back(address);
    }
  }
}

/// From what is there; run again when more is.
PolicyPlace read_place(dns::FactDesk& desk, const dns::Name& domain) {
  PolicyPlace place{domain, {}, {}, {}, false, {}, {}};
  if (auto name = dns::Name::parse("_mta-sts." + domain.fqdn())) place.record = std::move(*name);
  if (auto name = dns::Name::parse("mta-sts." + domain.fqdn())) place.host = std::move(*name);
  if (!place.record || !place.host) return place;
  read_record(desk, place);
  if (place.has_record) read_addresses(desk, place);
  return place;
}

/// `text/plain` of `text/plain; charset=utf-8`
std::string media_type_in(std::string_view header) {
  return ascii_lower(std::string(trimmed(header.substr(0, header.find(';')))));
}

void fill_from(const tl::expected<resolve::HttpAnswer, resolve::HttpFailure>& answer, StsFetch& fetch) {
  using Kind = resolve::HttpFailure::Kind;
  if (!answer) {
    const auto kind = answer.error().kind;
    const bool said =
        kind == Kind::tls || kind == Kind::redirect || kind == Kind::too_large || kind == Kind::malformed;
    fetch.outcome = said ? "refused" : "unreachable";
    fetch.reason = answer.error().error.message;
    return;
  }
  fetch.status = answer->status;
  fetch.media_type = media_type_in(answer->header("Content-Type"));
  fetch.outcome = "refused";
  if (answer->status >= 500) {
    fetch.outcome = "unreachable";
    fetch.reason = fmt::format("{} answers with status {}", fetch.host, answer->status);
  } else if (answer->status != 200) {
    fetch.reason = fmt::format("{} answers with status {}", fetch.host, answer->status);
  } else if (fetch.media_type != "text/plain") {
    fetch.reason = fetch.media_type.empty()
                       ? "it is served without a media type"
                       : fmt::format("it is served as {}, not as text/plain", fetch.media_type);
  } else {
    fetch.outcome = "fetched";
    fetch.policy = answer->body;
    fetch.faults = mailauth::read_sts_policy(answer->body).faults;
  }
}

class PolicyFetcher {
 public:
  PolicyFetcher(const PolicyRequest& request, Listener& listener)
      : request_(request), listener_(listener), deadline_(request.asking.deadline) {}

  Attempt<report::StsDocument> run() {
    Sources sources;
    const auto inventory = run::read_inventory(request_.files, sources, listener_);
    if (!inventory) return tl::unexpected(inventory.error());
    // By the rule for all paths; the web client reads it again by itself.
    if (!request_.ca_file.empty()) {
      if (const auto text = inventory::read_file(request_.ca_file, largest_ca_file); !text)
        return tl::unexpected<Failure>(Error{"--ca: " + text.error().message, text.error().hint});
    }
    if (!request_.before.empty()) {
      auto before = load_sts_policies(request_.before, "--before");
      if (!before) return tl::unexpected<Failure>(before.error());
      before_ = std::move(*before);
    }
    const auto domains = chosen(*inventory);
    if (!domains) return tl::unexpected<Failure>(domains.error());
    document_.tool_version = version;
    document_.inventory = inventory->path;
    document_.inventory_sha256 = inventory->sha256;
    document_.started_at = request_.clock.now();
    if (auto asked = look_up(*inventory, *domains, sources); !asked)
      return tl::unexpected(std::move(asked.error()));
    for (const auto& place : places_) {
      document_.policies.push_back(fetch(place));
      compare(place, document_.policies.back());
    }
    document_.finished_at = request_.clock.now();
    return std::move(document_);
  }

 private:
  Result<std::vector<dns::Name>> chosen(const inventory::Inventory& inventory) const {
    std::vector<dns::Name> all;
    for (const auto& domain : inventory.domains) all.push_back(domain.name);
    if (all.empty())
      return fail("the inventory declares no domain", "list those that mail is sent for under domains");
    if (request_.domains.empty()) return all;
    std::vector<dns::Name> named;
    for (const auto& text : request_.domains) {
      const auto name = dns::Name::from_host(text);
      if (!name || std::find(all.begin(), all.end(), *name) == all.end())
        return fail(fmt::format("--domain: the inventory declares no domain \"{}\"", text),
                    "only declared domains are asked");
      named.push_back(*name);
    }
    return named;
  }

  Attempt<void> look_up(const inventory::Inventory& inventory, const std::vector<dns::Name>& domains,
                        Sources& sources) {
    auto proposed = read_answers(request_.asking.zone_files, &inventory, sources, listener_);
    if (!proposed) return tl::unexpected(std::move(proposed.error()));
    auto opened = open_panel(declared_by(inventory), request_.asking, std::move(*proposed));
    if (!opened) return tl::unexpected<Failure>(std::move(opened.error()));
    listener_.loaded();
    auto& panel = *opened->panel;
    const auto vantage = nearest_vantage(panel.vantages());
    document_.vantage = panel.vantages()[vantage].name;
    const auto read = [&](dns::FactDesk& desk) {
      places_.clear();
      for (const auto& domain : domains) places_.push_back(read_place(desk, domain));
    };
    if (!dns::collect(panel, vantage, facts_, read, deadline_.left()))
      return give_up("the deadline passed before everything was asked", "give it more time with --deadline",
                     Failure::Kind::unknown);
    return {};
  }

  StsFetch fetch(const PolicyPlace& place) {
    StsFetch fetch;
    fetch.domain = place.domain.text();
    fetch.asked_at = request_.clock.now();
    if (place.host) fetch.host = place.host->text();
    for (const auto& address : place.addresses) fetch.addresses.push_back(address.to_string());
    fetch.outcome = "unreachable";
    if (!place.has_record) {
      if (place.failure.empty()) fetch.outcome = "not-asked";
      fetch.reason = place.failure.empty() ? "it has no MTA-STS record" : place.failure;
    } else if (place.addresses.empty()) {
      if (place.failure.empty()) fetch.outcome = "refused";
      fetch.reason = place.failure.empty() ? fmt::format("{} has no address", fetch.host) : place.failure;
    } else if (deadline_.left().count() <= 0) {
      fetch.reason = "the deadline passed before it was asked";
    } else {
      resolve::HttpRequest request;
      request.url = fmt::format("https://{}/.well-known/mta-sts.txt", fetch.host);
      request.timeout = std::min(request_.fetch_timeout, deadline_.left());
      request.most = largest_policy;
      request.addresses = place.addresses;
      request.ca_file = request_.ca_file;
      fill_from(resolve::ask_http(request), fetch);
    }
    return fetch;
  }

  /// With what was there before under the same id. Where nobody knows what is there now, that is kept for the next run.
  void compare(const PolicyPlace& place, StsFetch& fetch) const {
    fetch.id = place.id;
    const auto* before = before_ ? before_->find(place.domain) : nullptr;
    if (before == nullptr || before->id.empty() || fetch.outcome == "not-asked") return;
    const bool id_unknown = place.id.empty() && !place.failure.empty();
    if (place.id != before->id && !id_unknown) return;
    auto first = before->first;
    if (!first && before->outcome == audit::FetchedPolicy::Outcome::fetched)
      first = {before->text, before->asked_at};
    if (!first || (fetch.policy && lines_of(first->text) == lines_of(*fetch.policy))) return;
    fetch.id = before->id;
    fetch.first_policy = first->text;
    fetch.first_at = first->asked_at;
  }

  const PolicyRequest& request_;
  std::optional<audit::StsPolicies> before_;
  Listener& listener_;
  Deadline deadline_;
  dns::FactStore facts_;
  std::vector<PolicyPlace> places_;
  report::StsDocument document_;
};

}  // namespace

Attempt<report::StsDocument> fetch_policies(const PolicyRequest& request, Listener& listener) {
  return PolicyFetcher(request, listener).run();
}

}  // namespace rdnsgate::run
