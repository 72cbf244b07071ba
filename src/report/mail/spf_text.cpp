// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include "base/text/escape.h"
#include "base/text/text.h"
#include "mailauth/spf/spf_outcome.h"
#include "report/mail/spf.h"

namespace rdnsgate::report {
namespace {

using mailauth::SpfRecordTrace;
using mailauth::SpfResult;
using mailauth::SpfStepTrace;
using State = SpfStepTrace::State;

constexpr std::size_t longest_shown = 500;  // octets of a foreign text

/// Foreign text on one line.
std::string on_one_line(std::string_view text) {
  return text.size() <= longest_shown ? escape_terminal(text)
                                      : escape_terminal(text.substr(0, longest_shown)) + "...";
}

/// `192.0.2.1 may not send for example.com`.
std::string first_line(const SpfDocument& document) {
  const auto ip = document.ip.to_string(), domain = on_one_line(document.domain);
  switch (document.result) {
    case SpfResult::pass:
      return fmt::format("{} may send for {}", ip, domain);
    case SpfResult::fail:
      return fmt::format("{} may not send for {}", ip, domain);
    case SpfResult::softfail:
      return fmt::format("{} probably may not send for {}", ip, domain);
    case SpfResult::neutral:
      return fmt::format("{} does not say whether {} may send", domain, ip);
    default:
      break;
  }
  // What is wrong with a record names it already.
  const auto problem = on_one_line(document.problem);
  if (domain.empty() || problem.starts_with(domain + ": ")) return problem;
  return fmt::format("{}: {}", domain, problem);
}

class SpfText {
 public:
  SpfText(const SpfDocument& document, bool color) : document_(document), color_(color) {}

  std::string write(bool brief) {
    const auto result = document_.result;
    out_ += painted(to_string(result), result) + ": " + first_line(document_) + "\n";
    if (brief) return std::move(out_);
    out_ += fmt::format("  identity     {}\n", identity());
    if (!document_.possible.is_certain() && !document_.possible.empty())
      out_ += fmt::format("  could be     {}\n", document_.possible.text());
    if (document_.explanation)
      out_ += fmt::format("  explanation  {}\n", on_one_line(*document_.explanation));
    if (!document_.explanation_problem.empty())
      out_ += fmt::format("  no explanation from {}: {}\n", on_one_line(document_.explanation_from),
                          on_one_line(document_.explanation_problem));
    if (!document_.problem.empty() && result <= SpfResult::neutral)
      out_ += fmt::format("  problem      {}\n", on_one_line(document_.problem));
    out_ +=
        fmt::format("  cost         {} of {}, {} of {}\n", counted(document_.lookups, "lookup", "lookups"),
                    mailauth::spf_most_lookups,
                    counted(document_.void_lookups, "void lookup", "void lookups"), mailauth::spf_most_voids);
    for (const auto& record : document_.records) {
      out_ += '\n';
      write(record, "");
    }
    return std::move(out_);
  }

 private:
  std::string identity() const {
    const auto helo = document_.helo.empty() ? std::string() : "HELO " + on_one_line(document_.helo);
    if (document_.of_helo) return helo;
    return fmt::format("MAIL FROM {}{}{}", on_one_line(document_.sender), helo.empty() ? "" : ", ", helo);
  }

  void write(const SpfRecordTrace& record, const std::string& indent) {
    out_ += fmt::format("{}{} TXT", indent, on_one_line(record.domain));
    if (record.found) out_ += fmt::format(" \"{}\"", on_one_line(record.text));
    if (!record.problem.empty()) out_ += ": " + on_one_line(record.problem);
    out_ += '\n';
    std::size_t left_out = 0;
    for (const auto& step : record.steps) {
      const bool idle = step.state == State::no_match && step.questions.empty() && step.records.empty();
      if ((idle || step.state == State::not_reached) && record.steps.size() > most_steps) {
        ++left_out;
      } else {
        write(step, indent + "  ");
      }
    }
    if (left_out > 0)
      out_ += fmt::format("{}  {} that did not match or were not reached\n", indent,
                          counted(left_out, "more term", "more terms"));
  }

  void write(const SpfStepTrace& step, const std::string& indent) {
    out_ += fmt::format("{}{}  {}", indent, on_one_line(step.term), state_of(step));
    if (step.lookups > 0) out_ += fmt::format("  [{}", counted(step.lookups, "lookup", "lookups"));
    if (step.voids > 0) out_ += fmt::format(", {} void", step.voids);
    if (step.lookups > 0) out_ += "]";
    out_ += '\n';
    for (const auto& one : step.questions)
      out_ += fmt::format("{}  {} {}: {}\n", indent, escape_terminal(one.name.text()),
                          dns::to_string(one.type), on_one_line(one.answer));
    for (const auto& record : step.records) write(record, indent + "  ");
  }

  std::string state_of(const SpfStepTrace& step) const {
    switch (step.state) {
      case State::match:
        return step.results.is_certain() ? "matches: " + painted(step.results.text(), certain(step.results))
                                         : "matches";
      case State::no_match:
        return "no match";
      case State::error:
        return painted(step.results.text(), certain(step.results));
      case State::unknown:
        return "not known";
      case State::not_reached:
        return "not reached";
    }
    return "";
  }

  static SpfResult certain(const mailauth::SpfResults& results) {
    for (const auto one : {SpfResult::pass, SpfResult::fail, SpfResult::softfail, SpfResult::neutral}) {
      if (results.is(one)) return one;
    }
    return SpfResult::permerror;
  }

  std::string painted(std::string_view text, SpfResult result) const {
    if (!color_) return std::string(text);
    const int code = result == SpfResult::pass                                   ? 32
                     : result == SpfResult::neutral || result == SpfResult::none ? 33
                                                                                 : 31;
    return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
  }

  static constexpr std::size_t most_steps = 40;  // of a record, that are shown whatever they came to
  const SpfDocument& document_;
  const bool color_;
  std::string out_;
};

}  // namespace

std::string render_spf_text(const SpfDocument& document, bool color, int quiet) {
  if (quiet > 1) return "";
  return SpfText(document, color).write(quiet == 1);
}

}  // namespace rdnsgate::report
