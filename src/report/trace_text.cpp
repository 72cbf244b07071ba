// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>

#include "base/text/escape.h"
#include "report/trace.h"

namespace rdnsgate::report {
namespace {

using dns::AddressReport;
using dns::Exchange;
using dns::ReplyKind;

std::string time_text(const Exchange& exchange) { return fmt::format("{:.1f} ms", exchange.rtt_us / 1000.0); }

/// `UDP 0.4 ms`, `TCP: connection refused`.
std::string transport_text(std::string_view name, const Exchange& exchange) {
  if (exchange.replied()) return fmt::format("{} {}", name, time_text(exchange));
  return fmt::format("{}: {}", name, exchange.reply.reason.empty() ? "not asked" : exchange.reply.reason);
}

std::string edns_text(dns::Edns edns) {
  switch (edns) {
    case dns::Edns::unknown:
      return "";
    case dns::Edns::yes:
      return ", EDNS";
    case dns::Edns::no:
      return ", no EDNS";
    case dns::Edns::refused:
      return ", refuses EDNS";
    case dns::Edns::dropped:
      return ", no reply to EDNS";
  }
  return "";
}

std::string reply_text(const dns::AuthorityReply& reply) {
  switch (reply.kind) {
    case ReplyKind::none:
      return reply.reason;
    case ReplyKind::failed:
      return reply.reason.empty() ? std::string(dns::to_string(reply.failure)) : reply.reason;
    case ReplyKind::answer:
      return fmt::format("answer{}", reply.authoritative ? "" : " without AA");
    case ReplyKind::alias:
      return fmt::format("alias to {}", dns::rdata_text(dns::RrType::CNAME, reply.rrset->rdata.front()));
    case ReplyKind::nodata:
      return "no such record";
    case ReplyKind::nxdomain:
      return "no such name";
    case ReplyKind::referral:
      return fmt::format("refers to {}", reply.referral->zone.fqdn());
  }
  return "";
}

std::string source_text(const AddressReport& report) {
  if (report.from_hints) return "hints";
  if (report.from_glue && report.resolved) return "glue and zone";
  return report.from_glue ? "glue" : "resolved";
}

std::string dnssec_text(dns::DsMatch match, bool trusted) {
  switch (match) {
    case dns::DsMatch::unsigned_zone:
      return "no DS, no DNSKEY: unsigned";
    case dns::DsMatch::island:
      return trusted ? "DNSKEY without DS: trusted by a trust anchor"
                     : "DNSKEY without DS: taken for unsigned";
    case dns::DsMatch::matches:
      return "a DS fits a DNSKEY";
    case dns::DsMatch::no_key:
      return "DS without DNSKEY";
    case dns::DsMatch::mismatch:
      return "no DS fits a DNSKEY";
    case dns::DsMatch::unsupported:
      return "DS of a kind that cannot be compared here";
  }
  return "";
}

bool is_secure(const TraceDocument& document, std::size_t cut) {
  const auto& proof = document.verdict.proof;
  return proof && proof->cuts[cut].state == dns::Trust::State::secure;
}

class TraceWriter {
 public:
  explicit TraceWriter(bool color) : color_(color) {}

  /// `trusted`: a chain of trust reaches the zone.
  void cut(const dns::Cut& cut, const dns::CutVerdict& verdict, bool trusted,
           const std::vector<TraceFinding>& findings) {
    for (const auto& server : cut.servers) ns_record(cut, server);
    for (const auto& server : cut.servers) {
      for (const auto& report : server.addresses) address(server, report);
    }
    if (verdict.dnssec) comment(dnssec_text(*verdict.dnssec, trusted));
    for (const auto& complaint : verdict.complaints) complain(complaint);
    auto weight = verdict.weight();
    for (const auto& finding : findings) {
      weight = std::max(weight, weight_of(finding));
      comment(fmt::format(
          "{}: {}{} [{}]", finding.inconclusive ? "inconclusive" : to_string(finding.severity),
          escape_terminal(finding.message),
          finding.clears_at ? fmt::format("; transient until {}", format_time(*finding.clears_at)) : "",
          finding.rule));
    }
    if (weight == dns::Weight::note)
      comment(fmt::format("{}: {}", escape_terminal(cut.zone.fqdn()), paint("sound", "32")));
    out_ += "\n";
  }

  void record(const dns::RRset& set) {
    for (const auto& rdata : set.rdata)
      line(fmt::format("{:<32} {:>7} IN {} {}", set.owner.fqdn(), set.ttl, dns::to_string(set.type),
                       dns::rdata_text(set.type, rdata)));
  }

  void complain(const dns::Complaint& complaint) {
    const auto color = complaint.weight == dns::Weight::fault     ? "31"
                       : complaint.weight == dns::Weight::unknown ? "33"
                                                                  : "2";
    comment(fmt::format("{}: {} [{}]", paint(dns::to_string(complaint.weight), color),
                        escape_terminal(sentence(complaint)), dns::to_string(complaint.fault)));
  }

  void line(const std::string& text) { out_ += escape_terminal(text) + "\n"; }
  void blank() { out_ += "\n"; }
  std::string take() { return std::move(out_); }

 private:
  std::string paint(std::string_view text, std::string_view code) const {
    return color_ ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
  }
  /// `text` is harmless already.
  void comment(const std::string& text) { out_ += ";; " + text + "\n"; }

  /// Of the NS records: the parent's, or the zone's own where no referral shows it.
  static std::string ttl_text(const dns::Cut& cut, bool own) {
    for (const auto& view : cut.parents) {
      if (view.ns.reply.referral && !own) return std::to_string(view.ns.reply.referral->ttl);
    }
    for (const auto& server : cut.servers) {
      for (const auto& report : server.addresses) {
        if (report.ns.reply.rrset) return std::to_string(report.ns.reply.rrset->ttl);
      }
    }
    return {};
  }

  void ns_record(const dns::Cut& cut, const dns::NameServer& server) {
    const auto ttl = ttl_text(cut, server.at_child && !server.at_parent);
    const bool differ = !cut.is_root() && server.at_parent != server.at_child;
    line(fmt::format("{:<32} {:>7} IN NS {}{}", cut.zone.fqdn(), ttl, server.name.fqdn(),
                     !differ            ? ""
                     : server.at_parent ? "  ; at the parent only"
                                        : "  ; in the zone only"));
  }

  void address(const dns::NameServer& server, const AddressReport& report) {
    std::string text =
        fmt::format("{} {} ({}): {}, {}", server.name.fqdn(), report.address.to_string(), source_text(report),
                    transport_text("UDP", report.soa_udp), transport_text("TCP", report.soa_tcp));
    if (const auto serial = report.serial()) {
      text += fmt::format("{}, serial {}", edns_text(report.soa().edns), *serial);
    } else if (report.soa().replied()) {
      text += ", " + reply_text(report.soa().reply);
    }
    for (const auto& asked : report.questions) text += fmt::format("; {}", reply_text(asked.exchange.reply));
    comment(escape_terminal(text));
  }

  bool color_;
  std::string out_;
};

}  // namespace

std::string render_cut_text(const dns::Cut& cut, const dns::CutVerdict& verdict) {
  TraceWriter writer(false);
  writer.cut(cut, verdict, false, {});
  return writer.take();
}

std::string render_trace_text(const TraceDocument& document, bool color, int quiet) {
  if (quiet > 1) return {};
  TraceWriter writer(color);
  const auto& trace = document.trace;
  if (quiet == 0) {
    writer.line(fmt::format("; rdnsgate trace {} {}", trace.name.fqdn(), dns::to_string(trace.type)));
    writer.blank();
    for (std::size_t i = 0; i < trace.cuts.size(); ++i)
      writer.cut(trace.cuts[i], document.verdict.cuts[i], is_secure(document, i),
                 i < document.findings.size() ? document.findings[i] : std::vector<TraceFinding>());
    for (const auto& alias : trace.aliases) writer.record(alias);
    if (trace.answer) writer.record(*trace.answer);
    if (trace.answer || !trace.aliases.empty()) writer.blank();
    for (const auto& complaint : document.verdict.complaints) writer.complain(complaint);
  }
  writer.line(conclusion(document));
  return writer.take();
}

}  // namespace rdnsgate::report
