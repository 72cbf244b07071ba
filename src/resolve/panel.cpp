// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "resolve/adapters/authoritative.h"
#include "resolve/adapters/direct_client.h"
#include "resolve/adapters/explained.h"
#include "resolve/adapters/unbound.h"
#include "resolve/adapters/zone_files.h"
#include "resolve/net/file_limit.h"
#include "resolve/net/loop.h"
#include "resolve/net/tls.h"
#include "resolve/root_servers.h"

namespace rdnsgate::resolve {
namespace {

// Each server of an estate's zones takes a few.
constexpr std::size_t sockets_of_many_servers = 4096;

/// How many a vantage cannot do without; it asks more at once where there are more.
std::size_t files_of(dns::VantageKind kind) {
  switch (kind) {
    case dns::VantageKind::recursive:
    case dns::VantageKind::authoritative:
      return 48;
    case dns::VantageKind::forward:
      return 20;  // most_sockets of the direct client, and connections
    case dns::VantageKind::zonefiles:
    case dns::VantageKind::replay:
      break;
  }
  return 0;
}

class NetworkPanel : public dns::Panel {
 public:
  explicit NetworkPanel(std::unique_ptr<Loop> loop) : loop_(std::move(loop)) {}

  Result<void> add(const VantageConfig& config, const PanelOptions& options) {
    auto adapter = make_adapter(config, options);
    if (!adapter)
      return fail(fmt::format("vantage {}: {}", config.name, adapter.error().message), adapter.error().hint);
    adapters_.push_back(std::move(*adapter));
    infos_.push_back({config.name, config.kind,
                      config.operator_name.empty() ? config.name : config.operator_name, config.internal});
    return {};
  }

  const std::vector<dns::VantageInfo>& vantages() const override { return infos_; }
  void set_sink(dns::FactSink sink) override { sink_ = std::move(sink); }
  std::size_t room(dns::VantageIndex vantage) const override { return adapters_.at(vantage)->room(); }
  void ask(const dns::Question& question) override { adapters_.at(question.vantage)->ask(question); }

  std::size_t run_once(milliseconds max_wait) override {
    delivered_ = 0;
    const auto deadline = Clock::now() + max_wait;
    bool last = false;
    while (true) {
      for (const auto& adapter : adapters_) adapter->flush();
      if (delivered_ > 0 || last) return delivered_;
      loop_->serve(deadline);
      last = Clock::now() >= deadline;
    }
  }

  std::vector<dns::ServerTimes> server_times() const override {
    std::vector<dns::ServerTimes> all;
    for (std::size_t i = 0; i < adapters_.size(); ++i) {
      for (auto& one : adapters_[i]->server_times()) {
        one.vantage = static_cast<dns::VantageIndex>(i);
        all.push_back(std::move(one));
      }
    }
    return all;
  }

 private:
  Result<std::unique_ptr<Adapter>> make_adapter(const VantageConfig& config, const PanelOptions& options) {
    Deliver deliver = [this](dns::Fact&& fact) {
      ++delivered_;
      if (sink_) sink_(std::move(fact));
    };
    switch (config.kind) {
      case dns::VantageKind::recursive:
        return make_explained_recursive(config, options, std::move(deliver));
      case dns::VantageKind::zonefiles:
        return make_zone_files(config.zone_files, options, std::move(deliver));
      case dns::VantageKind::forward:
        return make_forward(config, options, std::move(deliver));
      case dns::VantageKind::authoritative:
        return make_authoritative(config, options, std::move(deliver));
      case dns::VantageKind::replay:
        return fail("a snapshot is no vantage of its own: it holds the answers of those that were recorded",
                    "name it with --replay, or use kind: zonefiles to judge without the network");
    }
    return fail("an unknown kind of vantage");
  }

  Result<std::unique_ptr<Adapter>> make_forward(const VantageConfig& config, PanelOptions options,
                                                Deliver deliver) {
    ServerOptions server{config.questions_per_second.value_or(polite_rate(config.address)), config.mix_case};
    if (!config.tls_name.empty()) {
      auto tls = Tls::make(config.tls_name, config.tls_ca);
      if (!tls) return tl::unexpected(tls.error());
      server.tls = std::move(*tls);
      // One connection carries all: what is asked of it at once must be answered in the time of one question.
      constexpr std::size_t bearable = 64;
      options.in_flight = std::min(options.in_flight, bearable);
    }
    return std::make_unique<DirectClient>(*loop_, Endpoint(config.address, config.port), server, options,
                                          std::move(deliver));
  }

  /// Where libunbound only says that no answer came, the holders of the zone are asked why.
  Result<std::unique_ptr<Adapter>> make_explained_recursive(const VantageConfig& config,
                                                            const PanelOptions& options, Deliver deliver) {
    const auto make = [&loop = *loop_, files = RootFiles{config.root_hints, config.trust_anchor},
                       options](Deliver to) { return make_recursive(loop, files, options, std::move(to)); };
    auto root = load_root_servers(hints_of(config));
    if (!root)
      return make(std::move(deliver));  // libunbound has the public root's built in, and complains of others
    return Explained::make(*loop_, AuthoritativeOptions{.root = std::move(*root), .zones = {}}, options,
                           std::move(deliver), make);
  }

  static std::string hints_of(const VantageConfig& config) {
    return config.root_hints.empty() ? std::string(system_root_hints) : config.root_hints;
  }

  Result<std::unique_ptr<Adapter>> make_authoritative(const VantageConfig& config,
                                                      const PanelOptions& options, Deliver deliver) {
    auto root = load_root_servers(hints_of(config));
    if (!root) return tl::unexpected(root.error());
    auto anchors = load_trust_anchors(config.trust_anchor);
    if (!anchors) return tl::unexpected(anchors.error());
    raise_file_limit(sockets_of_many_servers);
    return std::make_unique<Authoritative>(
        *loop_,
        AuthoritativeOptions{std::move(*root), config.zones, std::move(*anchors), config.port,
                             config.questions_per_second, config.mix_case},
        options, std::move(deliver));
  }

  std::unique_ptr<Loop> loop_;  // outlives the adapters, which hold events of it
  std::vector<std::unique_ptr<Adapter>> adapters_;
  std::vector<dns::VantageInfo> infos_;
  dns::FactSink sink_;
  std::size_t delivered_ = 0;
};

}  // namespace

Result<std::unique_ptr<dns::Panel>> make_panel(std::span<const VantageConfig> configs,
                                               const PanelOptions& options) {
  std::size_t needed = 16;  // of the loop, and of what reads files meanwhile
  for (const auto& config : configs) needed += files_of(config.kind);
  if (auto there = need_files(needed); !there) return tl::unexpected(there.error());
  auto loop = Loop::make();
  if (!loop) return tl::unexpected(loop.error());
  (*loop)->set_packets(options.packets);
  auto panel = std::make_unique<NetworkPanel>(std::move(*loop));
  for (const auto& config : configs) {
    if (auto added = panel->add(config, options); !added) return tl::unexpected(added.error());
  }
  return panel;
}

}  // namespace rdnsgate::resolve
