// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/scanning/sarif_rule.h"

#include <fmt/format.h>

#include "base/ascii.h"
#include "report/machine.h"

namespace rdnsgate::report {
namespace {

constexpr std::size_t description_limit = 1024;  // of GitHub's code scanning

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

/// A page links to its neighbours, which are nowhere near the viewer: of a link the text stays.
std::string without_links(std::string_view markdown) {
  std::string out;
  for (std::size_t at = 0; at < markdown.size();) {
    const std::size_t middle = markdown[at] == '[' ? markdown.find(']', at) : std::string_view::npos;
    const bool is_link = middle != std::string_view::npos && markdown.substr(middle).starts_with("](");
    const std::size_t end = is_link ? markdown.find(')', middle) : std::string_view::npos;
    if (end != std::string_view::npos) {
      out += markdown.substr(at + 1, middle - at - 1);
      at = end + 1;
    } else {
      out += markdown[at++];
    }
  }
  return out;
}

/// The paragraph under the title.
std::string_view first_paragraph(std::string_view page) {
  const std::size_t title = page.find("\n\n");
  if (title == std::string_view::npos) return {};
  page.remove_prefix(title + 2);
  return page.substr(0, page.find("\n\n"));
}

std::string as_sentence(std::string_view text) {
  std::string out(text);
  if (!out.empty() && out.front() >= 'a' && out.front() <= 'z')
    out.front() = static_cast<char>(out.front() - 'a' + 'A');
  if (!out.ends_with('.')) out += '.';
  return out;
}

/// `PtrMissing` for `ptr-missing`.
std::string friendly_name(std::string_view id) {
  std::string name;
  bool begins = true;
  for (const char c : id) {
    if (c != '-') name += begins ? to_upper(c) : c;
    begins = c == '-';
  }
  return name;
}

Json descriptor(std::string_view id, std::string_view summary, std::string_view description,
                std::string_view help) {
  const auto text = [](std::string_view value) {
    return Json{{"text", sarif_text(value, description_limit)}};
  };
  return {{"id", id},
          {"name", friendly_name(id)},
          {"shortDescription", text(summary)},
          {"fullDescription", text(description)},
          {"help", text(help)}};
}

std::string_view id_of(SarifNotification kind) {
  return kind == SarifNotification::question_unanswered ? "question-unanswered"
         : kind == SarifNotification::results_truncated ? "results-truncated"
                                                        : "gate-weakened";
}

void add_weight(Json& json, std::string_view family, Severity severity) {
  json["defaultConfiguration"] = {{"level", sarif_level(severity)}};
  json["properties"] = {{"tags", {"dns", "mail", family}},
                        {"precision", "high"},
                        {"problem.severity", severity == Severity::error     ? "error"
                                             : severity == Severity::warning ? "warning"
                                                                             : "recommendation"}};
}

}  // namespace

std::string_view sarif_level(Severity severity) {
  if (severity == Severity::error) return "error";
  return severity == Severity::warning ? "warning" : "note";
}

std::string sarif_text(std::string_view text, std::size_t limit) {
  std::string out = clipped(text, limit);
  replace_all(out, "{", "{{");
  replace_all(out, "}", "}}");
  replace_all(out, "](", "] (");
  return out;
}

Json sarif_rule(const Document::Rule& rule) {
  const std::string summary = as_sentence(rule.summary);
  const std::string first = without_links(first_paragraph(rule.page));
  Json json = descriptor(
      rule.id, summary, first.empty() ? summary : first,
      fmt::format("`rdnsgate explain {}` shows what it proves, why it matters and how to fix it.", rule.id));
  // No message takes arguments from it, so that braces stay what they are: viewers show them as they come.
  if (!rule.page.empty()) json["help"]["markdown"] = without_links(rule.page);
  if (!rule.page_url.empty()) json["helpUri"] = rule.page_url;
  add_weight(json, rule.id.substr(0, rule.id.find('-')), rule.severity);
  return json;
}

Json sarif_reading_problem(std::string_view id) {
  Json json = descriptor(id, "A file cannot be used as it is, and nothing was judged.",
                         "A file that the run needs, the inventory or a zone, cannot be used as it is. "
                         "Nothing was judged.",
                         "The message says what is wrong with it; `rdnsgate lint` shows the line.");
  add_weight(json, "inventory", Severity::error);
  return json;
}

Json sarif_notifications() {
  return Json::array(
      {descriptor(
           id_of(SarifNotification::question_unanswered), "Something could not be determined.",
           "A question that the judgement needs got no definite answer. That is no statement about the "
           "records themselves.",
           "Run it again where the servers that are named can be reached."),
       descriptor(
           id_of(SarifNotification::results_truncated), "There are more results than a run may have.",
           "There are more results than code scanning takes of one run; those that weigh least are left "
           "out.",
           "The formats json and text hold all of them."),
       descriptor(
           id_of(SarifNotification::gate_weakened), "The change lets the gate find less.",
           "The inventory or the configuration lets pass what it did not let pass before: a severity, a waiver, a "
           "vantage, what fails the run.",
           "Somebody who may decide that has to look at it: the gate that judges a change cannot.")});
}

Json sarif_reference(SarifNotification kind) {
  return {{"id", id_of(kind)}, {"index", static_cast<unsigned>(kind)}};
}

}  // namespace rdnsgate::report
