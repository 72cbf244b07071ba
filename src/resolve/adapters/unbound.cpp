// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/adapters/unbound.h"

#include <fmt/format.h>
#include <unbound-event.h>
#include <unbound.h>
#include <unistd.h>

#include <deque>
#include <iterator>
#include <list>
#include <vector>

#include "dns/wire/message.h"
#include "resolve/net/file_limit.h"
#include "resolve/net/pace.h"
#include "resolve/net/temp_dir.h"

namespace rdnsgate::resolve {
namespace {

constexpr std::string_view system_hints = "/usr/share/dns/root.hints",
                           system_anchor = "/usr/share/dns/root.key";

struct ContextDelete {
  void operator()(ub_ctx* context) const { ub_ctx_delete(context); }
};
using Context = std::unique_ptr<ub_ctx, ContextDelete>;

// The local zones that libunbound answers itself are opened (RFC 1918, documentation,
// test): an estate may well live there. localhost stays, and serves to start the context (see start()).
constexpr std::string_view common_options = R"(server:
  verbosity: 0
  unblock-lan-zones: yes
  local-zone: "test." nodefault
  local-zone: "invalid." nodefault
  local-zone: "onion." nodefault
  local-zone: "home.arpa." nodefault
  local-zone: "127.in-addr.arpa." nodefault
  local-zone: "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa." nodefault
  cache-max-ttl: 2147483647
  cache-max-negative-ttl: 2147483647
  msg-cache-size: 4m
  rrset-cache-size: 8m
  qname-minimisation: no
  udp-connect: no
  prefetch: no
  serve-expired: no
)";

// A silent server costs 17 s at the defaults, and then makes every later question fail at once; like this,
// about 5 s. infra-cache-max-rtt is also where libunbound takes a server for dead, by its estimate of the
// round-trip time, which begins at three times the first one it measures: with a limit of 500 ms, all that is
// further away than 150 ms is dead after one answer, and so is everything once this process has not run for
// half a second. The second try is what the validator asks again with before it calls an answer bogus;
// without it, a missing key or signature is only a failure.
constexpr std::string_view recursive_options = R"(  module-config: "validator iterator"
  outbound-msg-retry: 2
  infra-cache-max-rtt: 2000
  unknown-server-time-limit: 376
  infra-keep-probing: yes
)";

Result<void> check(int status, std::string_view what) {
  if (status == 0) return {};
  return fail(fmt::format("{}: {}", what, ub_strerror(status)));
}

Result<void> readable(const std::string& path, std::string_view what, bool from_user) {
  if (access(path.c_str(), R_OK) == 0) return {};
  return fail(fmt::format("the {} {} cannot be read", what, path),
              from_user ? "" : "install the package dns-root-data, or name a file of your own");
}

/// A context on the loop, configured from text.
Result<Context> make_context(Loop& loop, const TempDir& dir, std::string_view configuration) {
  Context context(ub_ctx_create_event(loop.base()));
  if (!context) return fail("libunbound cannot be set up", "is there memory, are too many files open?");
  if (auto quiet = check(ub_ctx_debugout(context.get(), nullptr), "libunbound"); !quiet)
    return tl::unexpected(quiet.error());
  auto path = dir.write("unbound.conf", configuration);
  if (!path) return tl::unexpected(path.error());
  auto read = check(ub_ctx_config(context.get(), path->c_str()), "libunbound refuses its configuration");
  if (!read) return tl::unexpected(read.error());
  return context;
}

/// libunbound reads hints, anchors and zone files at the first question. One that it answers from itself
/// makes it do that now, so that what is wrong with them is known before anything is asked.
Result<void> start(ub_ctx* context, std::string_view what) {
  const auto ignore = [](void*, int, void*, int, int, char*, int) {};
  return check(ub_resolve_event(context, "localhost.", 1, 1, nullptr, ignore, nullptr), what);
}

class UnboundAdapter : public Adapter {
 public:
  UnboundAdapter(Loop& loop, Context context, const PanelOptions& options, Deliver deliver)
      : context_(std::move(context)),
        limit_(options.in_flight),
        pace_(options.in_flight),
        time_(options.question_timeout),
        deliver_(std::move(deliver)),
        timer_(loop, [this] { expire(); }) {}

  ~UnboundAdapter() override {
    closing_ = true;  // deleting the context calls back for what is still open
    context_.reset();
  }

  std::size_t room() const override {
    const std::size_t busy = asked_.size() + queue_.size();
    return busy < limit_ ? limit_ - busy : 0;
  }
  void ask(dns::Question question) override { queue_.push_back(std::move(question)); }

  void flush() override {
    while (!queue_.empty() && asked_.size() < pace_.size()) {
      dns::Question question = std::move(queue_.front());
      queue_.pop_front();
      begin(std::move(question));
    }
  }

 private:
  struct Asked {
    UnboundAdapter* adapter;
    dns::Question question;
    Clock::time_point begun;
    Time asked_at;
    bool over = false;  ///< its fact is delivered, and libunbound still works on it
    std::list<Asked>::iterator place;
  };

  void begin(dns::Question&& question) {
    const auto begun = Clock::now();
    if (asked_.empty()) timer_.set(begun + time_);
    auto& asked = asked_.emplace_back(Asked{this, std::move(question), begun, now()});
    asked.place = std::prev(asked_.end());
    const auto name = asked.question.name.fqdn();
    // The answer may come before this returns; after an error none comes.
    const int status = ub_resolve_event(context_.get(), name.c_str(), static_cast<int>(asked.question.type),
                                        1, &asked, called_back, nullptr);
    if (status == 0) return;
    dns::Fact fact;
    fact.reason = ub_strerror(status);
    returned(asked, std::move(fact));
  }

  static void called_back(void* data, int rcode, void* packet, int size, int security, char* why_bogus, int) {
    auto& asked = *static_cast<Asked*>(data);
    auto& self = *asked.adapter;
    if (self.closing_) return;
    std::string_view message;
    if (packet != nullptr && size > 0)
      message = {static_cast<const char*>(packet), static_cast<std::size_t>(size)};
    self.returned(asked, self.read(asked.question, rcode, message, security, why_bogus));
  }

  dns::Fact read(const dns::Question& question, int rcode, std::string_view message, int security,
                 const char* why_bogus) const {
    dns::Fact fact;
    if (message.empty() || rcode == 2) {
      fact.rcode = static_cast<std::uint8_t>(rcode);
      fact.reason = "no answer: libunbound does not say whether servers were silent, refused or failed";
    } else {
      fact = dns::read_response(message, question);
    }
    fact.authoritative = false;
    if (security == 1) {
      fact.outcome = dns::Outcome::bogus;
      fact.security = dns::Security::bogus;
      fact.reason = why_bogus != nullptr ? why_bogus : "validation failed";
    } else if (dns::is_definite(fact.outcome)) {
      fact.security = security == 2 ? dns::Security::secure : dns::Security::insecure;
    }
    return fact;
  }

  void returned(Asked& asked, dns::Fact&& fact) {
    const bool late = asked.over;
    if (!late) complete(asked, fact);
    asked_.erase(asked.place);
    if (pace_.answered()) pace_.end_round(Clock::now(), thread_time());
    if (!late) deliver_(std::move(fact));
  }

  void complete(const Asked& asked, dns::Fact& fact) const {
    fact.rtt_us = microseconds_between(asked.begun, Clock::now());
    fact.question = asked.question;
    fact.asked_at = asked.asked_at;
  }

  /// Ends what has taken too long. libunbound works on, and the question keeps its place until it is done.
  void expire() {
    const auto oldest = Clock::now() - time_;
    std::vector<dns::Fact> ended;
    auto at = asked_.begin();
    for (; at != asked_.end() && (at->over || at->begun <= oldest); ++at) {
      if (at->over) continue;
      at->over = true;
      complete(*at, ended.emplace_back());
      ended.back().reason = fmt::format("no answer within {} ms", time_.count());
    }
    if (!asked_.empty()) timer_.set(at == asked_.end() ? Clock::now() + time_ : at->begun + time_);
    for (auto& fact : ended) deliver_(std::move(fact));
  }

  static Time now() { return std::chrono::floor<seconds>(std::chrono::system_clock::now()); }

  Context context_;
  std::size_t limit_;
  Pace pace_;
  milliseconds time_;
  Deliver deliver_;
  Timer timer_;
  std::deque<dns::Question> queue_;
  std::list<Asked> asked_;  // in the order of asking; what libunbound still works on
  bool closing_ = false;
};

}  // namespace

Result<std::unique_ptr<Adapter>> make_recursive(Loop& loop, const RootFiles& files,
                                                const PanelOptions& options, Deliver deliver) {
  const bool own_root = !files.hints.empty();
  const std::string hints(own_root ? files.hints : system_hints);
  const std::string anchor(files.trust_anchor.empty() ? system_anchor : files.trust_anchor);
  // The public root's anchor would make every answer of a private root bogus.
  const bool validates = !own_root || !files.trust_anchor.empty();
  for (auto checked :
       {readable(hints, "root hints", own_root),
        validates ? readable(anchor, "trust anchor", !files.trust_anchor.empty()) : Result<void>()}) {
    if (!checked) return tl::unexpected(checked.error());
  }
  auto dir = TempDir::make();
  if (!dir) return tl::unexpected(dir.error());
  PanelOptions bounded = options;
  bounded.in_flight = raise_file_limit(options.in_flight);  // each takes a socket while it is open
  auto configuration = std::string(common_options) + std::string(recursive_options);
  configuration += fmt::format("  outgoing-range: {}\n  num-queries-per-thread: {}\n", bounded.in_flight,
                               bounded.in_flight);
  if (own_root) configuration += "  do-not-query-localhost: no\n";
  auto context = make_context(loop, *dir, configuration);
  if (!context) return tl::unexpected(context.error());
  for (auto done : {
           check(ub_ctx_set_option(context->get(), "root-hints:", hints.c_str()), "root hints"),
           validates ? check(ub_ctx_add_ta_file(context->get(), anchor.c_str()), "trust anchor")
                     : Result<void>(),
       }) {
    if (!done) return tl::unexpected(done.error());
  }
  if (auto started = start(context->get(), fmt::format("root hints {} or trust anchor {}", hints, anchor));
      !started)
    return tl::unexpected(started.error());
  return std::make_unique<UnboundAdapter>(loop, std::move(*context), bounded, std::move(deliver));
}

std::string unbound_version() { return ub_version(); }

}  // namespace rdnsgate::resolve
