// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/probe/probe_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <thread>
#include <utility>

#include "audit/heard/banners.h"
#include "base/text/text.h"
#include "base/version.h"
#include "dns/facts/collect.h"
#include "resolve/net/random.h"
#include "resolve/smtp/probe.h"
#include "run/frame/deadline.h"
#include "run/frame/open_panel.h"
#include "run/frame/read_files.h"
#include "run/paths/first_answer.h"
#include "run/paths/hosts.h"
#include "run/probe/conversation_log.h"
#include "run/probe/judge_reply.h"
#include "run/probe/mail_servers.h"
#include "run/probe/message.h"
#include "run/smtp/chosen_hosts.h"

namespace rdnsgate::run {
namespace {

using inventory::Address;
using inventory::Probe;
using report::ProbeRow;
using report::ProbeStatus;

constexpr std::size_t most_receivers_at_once = 8;
constexpr std::size_t most_servers = 4;  // addresses that are tried for one conversation

Time machine_time() { return std::chrono::floor<seconds>(std::chrono::system_clock::now()); }

/// What can stand behind EHLO as it is.
bool can_be_said(const dns::Name& helo) { return audit::host_name_said(helo.text()).has_value(); }

std::string new_token() {
  static thread_local resolve::Random random;
  return fmt::format("{:016x}{:016x}", random.next64(), random.next64());
}

/// A conversation that is to be had, and all that is needed for it.
struct PlannedProbe {
  ProbeRow row;
  std::size_t target = 0;    ///< index into the chosen probes
  std::size_t receiver = 0;  ///< the first of those with the same domain
  SeenIdentity seen;
  struct Server {
    std::string name;
    IpAddress address;
  };
  std::vector<Server> servers;
  bool is_granted = false;
};

class ProbeRun {
 public:
  ProbeRun(const ProbeRequest& request, Listener& listener)
      : request_(request),
        listener_(listener),
        deadline_(request.asking.deadline),
        started_(request.clock.now()) {}

  Attempt<report::ProbeDocument> run() {
    Sources sources;
    auto inventory = read_inventory(request_.files, sources, listener_);
    if (!inventory) return tl::unexpected(std::move(inventory.error()));
    inventory_ = std::move(*inventory);
    if (auto chosen = choose(); !chosen) return tl::unexpected<Failure>(std::move(chosen.error()));
    auto proposed = read_answers(request_.asking.zone_files, &inventory_, sources, listener_);
    if (!proposed) return tl::unexpected(std::move(proposed.error()));
    auto opened = open_panel(declared_by(inventory_), request_.asking, std::move(*proposed));
    if (!opened) return tl::unexpected<Failure>(std::move(opened.error()));
    if (opened->panel->vantages().empty())
      return give_up("the snapshot has no vantage", "", Failure::Kind::request);
    listener_.loaded();
    begin(opened->panel->vantages());
    if (auto asked = look_up(*opened->panel); !asked) return tl::unexpected(std::move(asked.error()));
    if (auto granted = ask_leave(); !granted) return tl::unexpected<Failure>(std::move(granted.error()));
    talk();
    for (auto& plan : plans_) document_.rows.push_back(std::move(plan.row));
    if (request_.collect) collect_messages(*request_.collect, document_.rows, listener_);
    document_.finished_at = request_.clock.now();
    if (auto kept = record_facts(request_.asking, *opened->panel, kept_, started_, document_.finished_at);
        !kept)
      return tl::unexpected<Failure>(std::move(kept.error()));
    return std::move(document_);
  }

 private:
  Result<void> choose() {
    if (inventory_.probes.empty())
      return fail("the inventory declares no recipient to try",
                  "under `probes`, such as: probes: [{recipient: rdnsgate@example.net}]");
    if (auto targets = choose_targets(); !targets) return targets;
    const auto hosts = chosen_hosts(inventory_, request_.hosts);
    if (!hosts) return tl::unexpected(hosts.error());
    for (const auto* address : *hosts) {
      if (resolve::is_local_address(address->ip)) {
        local_.push_back(address);
      } else {
        document_.elsewhere.push_back({inventory_.sender_of(*address).name, address->ip});
      }
    }
    if (local_.empty())
      return fail(fmt::format("this host has none of the {} addresses that mail leaves from", hosts->size()),
                  "run it on a declared host; behind address translation no declared address is local");
    std::size_t count = 0;
    for (const auto* address : local_) count += std::max<std::size_t>(1, helo_names(*address).size());
    count *= targets_.size();
    if (count > most_conversations)
      return fail(
          fmt::format("these are {} conversations, and one run has {} at most", count, most_conversations),
          "name some with --host and --target");
    return {};
  }

  Result<void> choose_targets() {
    std::vector<bool> wanted(inventory_.probes.size(), request_.targets.empty());
    for (const auto& text : request_.targets) {
      bool found = false;
      for (std::size_t i = 0; i < wanted.size(); ++i) {
        const auto& recipient = inventory_.probes[i].recipient;
        const auto name = dns::Name::from_host(text);
        if (recipient.text() != text && !(name && !name->is_root() && *name == recipient.domain)) continue;
        wanted[i] = found = true;
      }
      if (!found)
        return fail(
            fmt::format("--target: the inventory declares no recipient or domain \"{}\" under `probes`",
                        text),
            "mail is tried to declared recipients alone");
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (!wanted[i]) continue;
      const auto& probe = inventory_.probes[i];
      if (request_.deliver && !probe.from)
        return fail(fmt::format("a message to {} needs a sender", probe.recipient.text()),
                    "give the recipient a `from` under `probes`");
      targets_.push_back(&probe);
    }
    return {};
  }

  void begin(const std::vector<dns::VantageInfo>& vantages) {
    order_ = asking_order(vantages, nearest_vantage(vantages));
    document_.tool_version = version;
    document_.inventory = inventory_.path;
    document_.inventory_sha256 = inventory_.sha256;
    document_.started_at = started_;
    document_.port = request_.port;
    document_.delivers = request_.deliver;
    for (const auto one : order_) document_.vantages.push_back(vantages[one].name);
  }

  Attempt<void> look_up(dns::Panel& vantages) {
    FirstAnswerPanel panel(vantages, order_, kept_);
    const HostJudge judge(inventory_);
    std::vector<HostIdentity> hosts;
    std::vector<MailServers> servers;
    const auto read = [&](dns::FactDesk& desk) {
      hosts.assign(local_.size(), {});
      servers.assign(targets_.size(), {});
      for (std::size_t i = 0; i < local_.size(); ++i) {
        Signs unused;
        hosts[i] = judge.judge(*local_[i], desk, unused);
      }
      for (std::size_t i = 0; i < targets_.size(); ++i)
        servers[i] = find_mail_servers(desk, targets_[i]->recipient.domain);
    };
    if (!dns::collect(panel, 0, facts_, read, deadline_.left()))
      return give_up("the deadline passed before the mail servers were found",
                     "give it more time with --deadline", Failure::Kind::unknown);
    for (std::size_t target = 0; target < targets_.size(); ++target) {
      for (std::size_t i = 0; i < local_.size(); ++i) plan(target, i, hosts[i], servers[target]);
    }
    return {};
  }

  /// The conversations of one address with one receiver.
  void plan(std::size_t target, std::size_t i, const HostIdentity& host, const MailServers& servers) {
    const auto& probe = *targets_[target];
    PlannedProbe plan;
    plan.target = target;
    plan.receiver = static_cast<std::size_t>(
        std::find_if(targets_.begin(), targets_.end(),
                     [&](const auto* one) { return one->recipient.domain == probe.recipient.domain; }) -
        targets_.begin());
    plan.seen = {std::string(host.fcrdns.word), std::string(host.helo.word)};
    plan.row.sender = inventory_.sender_of(*local_[i]).name;
    plan.row.source = local_[i]->ip;
    plan.row.target = probe.recipient.domain.text();
    plan.row.recipient = probe.recipient.text();
    if (probe.from && !request_.null_sender) plan.row.mail_from = probe.from->text();
    plan.row.ptr = plan.seen.fcrdns;
    find_servers(servers, plan);
    const auto names = helo_names(*local_[i]);
    if (names.empty()) {
      plan.servers.clear();
      plan.row.status = ProbeStatus::unknown;
      plan.row.reason = "the inventory gives no HELO name";
      plans_.push_back(plan);
    }
    for (const auto& name : names) {
      auto one = plan;
      one.row.helo = name.text();
      if (!can_be_said(name)) {
        one.servers.clear();
        one.row.status = ProbeStatus::unknown;
        one.row.reason = "the HELO name is no host name, and is not said to anybody";
      }
      plans_.push_back(std::move(one));
    }
  }

  static void find_servers(const MailServers& servers, PlannedProbe& plan) {
    const bool v4 = plan.row.source.is_v4();
    std::string failure = servers.nobody;
    for (const auto& host : servers.hosts) {
      for (const auto& address : v4 ? host.v4 : host.v6) {
        if (plan.servers.size() < most_servers) plan.servers.push_back({host.name.text(), address});
      }
      if (failure.empty()) failure = v4 ? host.failure_v4 : host.failure_v6;
    }
    if (!plan.servers.empty()) return;
    plan.row.status = failure.empty() ? ProbeStatus::no_address : ProbeStatus::unknown;
    plan.row.reason = failure;
  }

  /// Of whoever can be talked to, whether that may be now. The time is the machine's, whatever --now says.
  Result<void> ask_leave() {
    std::vector<ConversationWish> wishes;
    std::vector<PlannedProbe*> wishing;
    for (auto& plan : plans_) {
      if (plan.servers.empty()) continue;
      wishes.push_back(
          {fmt::format("{} {} {}", plan.row.source.to_string(), plan.row.helo, plan.row.recipient), {}});
      wishing.push_back(&plan);
    }
    if (wishes.empty()) return {};
    if (auto taken = take_conversations(request_.state, machine_time(), request_.interval, wishes); !taken)
      return taken;
    for (std::size_t i = 0; i < wishes.size(); ++i) {
      wishing[i]->is_granted = !wishes[i].next;
      if (!wishes[i].next) continue;
      wishing[i]->row.status = ProbeStatus::too_early;
      wishing[i]->row.next = wishes[i].next;
    }
    return {};
  }

  /// A receiver at a time in each thread: it sees one connection of ours, and then the next.
  void talk() {
    std::vector<std::jthread> workers;
    const auto count = std::min(most_receivers_at_once, targets_.size());
    for (std::size_t i = 0; i < count; ++i) {
      workers.emplace_back([this] {
        for (auto target = next_.fetch_add(1); target < targets_.size(); target = next_.fetch_add(1)) {
          for (auto& plan : plans_) {
            if (plan.receiver == target && plan.is_granted) converse(plan);
          }
        }
      });
    }
    workers.clear();  // waits
  }

  void converse(PlannedProbe& plan) {
    auto& row = plan.row;
    row.asked_at = request_.clock.now();
    resolve::SmtpTrial trial;
    trial.source = row.source;
    trial.port = request_.port;
    trial.ehlo = row.helo;
    trial.mail_from = row.mail_from;
    trial.recipient = row.recipient;
    trial.tls = request_.tls;
    if (request_.deliver) {
      row.token = new_token();
      trial.message = compose({row.token, targets_[plan.target]->from->text(), row.recipient,
                               row.source.to_string(), row.helo, machine_time()});
    }
    for (const auto& server : plan.servers) {
      trial.timeout = std::min(request_.timeout, deadline_.left());
      trial.server = server.address;
      trial.names = {server.name};
      row.server = server.name;
      row.server_address = server.address;
      const auto result = resolve::try_mail(trial);
      keep(result, plan.seen, row);
      // The next one only where this one did not get to say anything (RFC 5321 §5.1).
      const bool is_silent = row.code == 0 && result.step <= resolve::SmtpTrialStep::greeting;
      if (!is_silent || deadline_.left().count() == 0) break;
    }
    if (row.status != ProbeStatus::accepted) row.token.clear();
    if (!row.token.empty()) row.delivered_at = std::chrono::steady_clock::now();
  }

  static void keep(const resolve::SmtpTrialResult& result, const SeenIdentity& seen, ProbeRow& row) {
    row.outcome = to_string(result.outcome);
    row.step = to_string(result.step);
    row.reason = result.reason;
    row.code = result.code;
    row.reply = fmt::format("{}", fmt::join(result.lines, " "));
    row.took = result.took;
    row.tls = to_string(result.tls);
    row.tls_reason = result.tls_reason;
    if (result.tls == resolve::SmtpTls::works) {
      row.protocol = result.certificate.protocol;
      row.certificate_names = result.certificate.names;
      row.not_after = result.certificate.not_after;
      row.covered = result.certificate.covered;
    }
    row.status = ProbeStatus::unknown;
    if (result.outcome != resolve::SmtpOutcome::answered && result.outcome != resolve::SmtpOutcome::refused)
      return;
    const auto judged = judge_reply(result.code, result.lines, seen);
    row.status = judged.status;
    row.pattern = judged.pattern;
    if (judged.of) row.of = to_string(*judged.of);
  }

  const ProbeRequest& request_;
  Listener& listener_;
  Deadline deadline_;
  Time started_;
  inventory::Inventory inventory_;
  std::vector<const Address*> local_;  // chosen, and of this host
  std::vector<const Probe*> targets_;  // chosen
  std::vector<PlannedProbe> plans_;    // by receiver, address and HELO name
  std::atomic<std::size_t> next_{0};   // of targets_
  std::vector<dns::VantageIndex> order_;
  dns::FactStore facts_, kept_;
  report::ProbeDocument document_;
};

}  // namespace

Attempt<report::ProbeDocument> probe_run(const ProbeRequest& request, Listener& listener) {
  return ProbeRun(request, listener).run();
}

}  // namespace rdnsgate::run
