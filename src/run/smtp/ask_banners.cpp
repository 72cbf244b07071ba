// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/smtp/ask_banners.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <optional>
#include <thread>
#include <utility>

#include "audit/heard/banners.h"
#include "base/text/text.h"
#include "base/version.h"
#include "resolve/smtp/greeting.h"
#include "run/smtp/chosen_hosts.h"

namespace rdnsgate::run {
namespace {

using inventory::Address;
using inventory::Inventory;
using report::BannerHost;
using report::BannerStatus;

constexpr std::size_t most_at_once = 8;

Result<std::vector<const Address*>> chosen(const Inventory& inventory,
                                           const std::vector<std::string>& hosts) {
  auto all = chosen_hosts(inventory, hosts);
  if (all && all->size() > most_banner_hosts)
    return fail(fmt::format("these are {} addresses, and one run connects to {} at most", all->size(),
                            most_banner_hosts),
                "name some with --host");
  return all;
}

BannerHost host_of(const resolve::SmtpGreeting& said, BannerHost host) {
  host.outcome = to_string(said.outcome);
  host.step = to_string(said.step);
  host.reason = said.reason;
  host.greeting = said.greeting;
  host.banner_name = said.banner_name;
  host.ehlo_name = said.ehlo_name;
  host.extensions = said.extensions;
  host.tls = to_string(said.tls);
  host.tls_reason = said.tls_reason;
  if (said.tls != resolve::SmtpTls::works) return host;
  host.protocol = said.certificate.protocol;
  host.certificate_names = said.certificate.names;
  host.not_after = said.certificate.not_after;
  host.covered = said.certificate.covered;
  host.server_name = said.certificate.server_name;
  host.chain = said.certificate.chain;
  host.signed_chain = said.certificate.signed_chain;
  return host;
}

report::BannerTls tls_of(const resolve::SmtpGreeting& said, std::string name) {
  const auto& shown = said.certificate;
  const bool works = said.tls == resolve::SmtpTls::works;
  // A server that does not answer has not come to TLS.
  const auto& reason = said.tls_reason.empty() ? said.reason : said.tls_reason;
  if (!works)
    return {std::string(to_string(said.tls)), reason, {}, {}, {}, {}, std::move(name), {}, 0};
  return {std::string(to_string(said.tls)), {}, shown.protocol, shown.names, shown.not_after, shown.covered,
          std::move(name), shown.chain, shown.signed_chain};
}

BannerStatus status_of(const Address& address, const BannerHost& host) {
  std::vector<dns::Name> names;
  for (const auto* text : {&host.banner_name, &host.ehlo_name}) {
    if (auto name = audit::host_name_said(*text)) names.push_back(std::move(*name));
  }
  if (names.empty() || host.helo.empty()) return BannerStatus::unknown;
  return audit::names_of_another(address, names).empty() ? BannerStatus::match : BannerStatus::mismatch;
}

class Asker {
 public:
  Asker(const BannerRequest& request, const Inventory& inventory,
        const std::vector<const Address*>& addresses)
      : request_(request),
        inventory_(inventory),
        addresses_(addresses),
        hosts_(addresses.size()),
        end_(std::chrono::steady_clock::now() + request.deadline) {
    for (std::size_t i = 0; i < addresses.size(); ++i) {
      if (i == 0 || addresses[i]->sender != addresses[i - 1]->sender) firsts_.push_back(i);
    }
  }

  std::vector<BannerHost> ask_all() {
    std::vector<std::jthread> workers;
    const auto count = std::min(most_at_once, firsts_.size());
    for (std::size_t i = 0; i < count; ++i) workers.emplace_back([this] { work(); });
    workers.clear();  // waits
    return std::move(hosts_);
  }

 private:
  /// A sender at a time: its addresses are most often one machine.
  void work() {
    for (;;) {
      const auto group = next_.fetch_add(1);
      if (group >= firsts_.size()) return;
      const auto last = group + 1 < firsts_.size() ? firsts_[group + 1] : addresses_.size();
      for (auto i = firsts_[group]; i < last; ++i) hosts_[i] = ask(*addresses_[i]);
    }
  }

  BannerHost ask(const Address& address) const {
    BannerHost host;
    host.sender = inventory_.sender_of(address).name;
    host.address = address.ip;
    for (const auto& name : helo_names(address)) host.helo.push_back(name.text());
    host.asked_at = request_.now();
    if (left().count() <= 0) {
      host.outcome = to_string(resolve::SmtpOutcome::timeout);
      host.step = to_string(resolve::SmtpStep::connect);
      host.reason = "the deadline passed before it was asked";
      host.tls = to_string(resolve::SmtpTls::not_tried);
      return host;
    }
    const auto said = resolve::ask_greeting(question_of(address.ip, host.helo));
    host = host_of(said, std::move(host));
    host.status = status_of(address, host);
    ask_mail_hosts(host);
    return host;
  }

  /// By the name of each mail host at the address, but the one that it was asked for already.
  void ask_mail_hosts(BannerHost& host) const {
    const auto names = request_.mail_hosts.find(host.address);
    if (names == request_.mail_hosts.end() || host.tls != to_string(resolve::SmtpTls::works)) return;
    for (const auto& name : names->second) {
      if (name == host.server_name || left().count() <= 0) continue;
      host.mail_hosts.push_back(tls_of(resolve::ask_greeting(question_of(host.address, {name})), name));
    }
  }

  milliseconds left() const {
    return std::chrono::duration_cast<milliseconds>(end_ - std::chrono::steady_clock::now());
  }

  resolve::SmtpQuestion question_of(const IpAddress& address, std::vector<std::string> names) const {
    resolve::SmtpQuestion question;
    question.address = address;
    question.port = request_.port;
    question.ehlo = request_.ehlo;
    question.names = std::move(names);
    question.tls = request_.tls;
    question.timeout = std::min(request_.timeout, left());
    return question;
  }

  const BannerRequest& request_;
  const Inventory& inventory_;
  const std::vector<const Address*>& addresses_;
  std::vector<BannerHost> hosts_;     // beside addresses_
  std::vector<std::size_t> firsts_;   // the first address of each sender
  std::atomic<std::size_t> next_{0};  // of firsts_
  std::chrono::steady_clock::time_point end_;
};

}  // namespace

Result<report::BannerDocument> ask_banners(const Inventory& inventory, const BannerRequest& request) {
  const auto addresses = chosen(inventory, request.hosts);
  if (!addresses) return tl::unexpected(addresses.error());
  report::BannerDocument document;
  document.tool_version = version;
  document.inventory = inventory.path;
  document.inventory_sha256 = inventory.sha256;
  document.port = request.port;
  document.started_at = request.now();
  document.hosts = Asker(request, inventory, *addresses).ask_all();
  document.finished_at = request.now();
  return document;
}

}  // namespace rdnsgate::run
