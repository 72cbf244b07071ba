// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>

#include "base/text/diagnostic.h"
#include "base/text/escape.h"
#include "base/text/text.h"
#include "report/mail/record_document.h"

namespace rdnsgate::report {
namespace {

using mailauth::DkimPublicKey;

class RecordWriter {
 public:
  RecordWriter(const RecordDocument& document, bool color, int quiet)
      : document_(document), color_(color), quiet_(quiet) {
    std::string all;
    for (const auto& text : document.texts()) {
      starts_.push_back(all.size());
      // A line break in a record would make its columns those of another one.
      auto line = text;
      std::replace(line.begin(), line.end(), '\n', ' ');
      all += line + "\n";
    }
    file_ = sources_.add(document.source, std::move(all));
  }

  std::string write() {
    for (const auto& reason : document_.reasons.all()) {
      if (quiet_ > 0 && reason.severity < Severity::warning) continue;
      auto text = render(
          {reason.severity, std::string(reason.id), reason.message, reason.hint, span(reason.at)}, sources_);
      if (quiet_ > 0) text = text.substr(0, text.find('\n') + 1);
      if (quiet_ == 0) text += fmt::format("    see: {}\n", reason.source);
      out_ += text;
    }
    for (const auto& one : document_.unknown) line("could not be determined: " + one);
    if (quiet_ > 0) return std::move(out_);
    for (const auto& key : document_.keys) describe(key);
    if (document_.discovery) describe(*document_.discovery);
    verdict();
    return std::move(out_);
  }

 private:
  void line(const std::string& text) { out_ += escape_terminal(text) + "\n"; }

  Span span(const mailauth::Place& place) const {
    const auto start = place.record < starts_.size() ? starts_[place.record] : 0;
    return {file_, static_cast<std::uint32_t>(start + place.offset),
            static_cast<std::uint32_t>(start + place.offset + place.length)};
  }

  void describe(const mailauth::DkimRecord& record) {
    if (!record.key) return;
    const auto& key = *record.key;
    if (key.is_rsa()) line(fmt::format("key: RSA, {}", counted(key.bits, "bit", "bits")));
    if (key.form == DkimPublicKey::Form::ed25519) line("key: Ed25519");
  }

  void describe(const mailauth::DmarcDiscovery& found) {
    const auto* stop = found.applying();
    if (stop != nullptr)
      line(fmt::format("record: {}, policy {}", stop->owner.text(),
                       found.policy ? to_string(*found.policy) : "unknown"));
    line(fmt::format(
        "organisational domain: {} by the tree walk (RFC 9989), {} by the Public Suffix List (RFC 7489)",
        found.walk.organisational ? found.walk.organisational->text() : "unknown",
        found.organisational.text()));
    for (const auto& one : found.consents) {
      if (one.given) line(fmt::format("reports to {}: allowed by {}", one.host.text(), one.owner.text()));
    }
  }

  void verdict() {
    const auto result = document_.result();
    const auto count = [&](Severity severity) {
      return static_cast<std::size_t>(
          std::count_if(document_.reasons.all().begin(), document_.reasons.all().end(),
                        [&](const auto& one) { return one.severity == severity; }));
    };
    const std::string_view colour = result == "ok" ? "32" : result == "error" ? "31" : "33";
    const auto shown = color_ ? fmt::format("\x1b[{}m{}\x1b[0m", colour, result) : std::string(result);
    const auto errors = count(Severity::error), warnings = count(Severity::warning);
    out_ += fmt::format("{}: {}", escape_terminal(document_.source), shown);
    if (errors + warnings > 0)
      out_ += fmt::format(" ({}, {})", counted(errors, "error", "errors"),
                          counted(warnings, "warning", "warnings"));
    out_ += "\n";
  }

  const RecordDocument& document_;
  bool color_;
  int quiet_;
  Sources sources_;
  FileId file_{};
  std::vector<std::size_t> starts_;
  std::string out_;
};

}  // namespace

std::vector<std::string> RecordDocument::texts() const {
  std::vector<std::string> all;
  for (const auto& one : keys) all.push_back(one.text);
  for (const auto& one : records) all.push_back(one.text);
  return all;
}

std::string_view RecordDocument::result() const {
  const auto worst = reasons.worst();
  if (worst == Severity::error) return "error";
  if (record_unknown) return "unknown";
  return worst == Severity::warning ? "warn" : "ok";
}

std::string render_record_text(const RecordDocument& document, bool color, int quiet) {
  return quiet > 1 ? std::string() : RecordWriter(document, color, quiet).write();
}

}  // namespace rdnsgate::report
