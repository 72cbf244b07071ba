// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/document/plan_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "base/read_json.h"
#include "base/text/json_writer.h"
#include "plan/document/simulation_json.h"

namespace rdnsgate::plan {
namespace {

using Form = JsonWriter::Form;

/// What is written of a plan. What hangs on the times of SOA records is no part of the work, nor is how long a roll-back
/// takes or what SPF is checked for: ids are older than all of them.
enum class Part { all, work };

using RdataTexts = std::vector<std::string>;

RdataTexts rdata_texts(RrType type, const MaybeVersion& version) {
  RdataTexts texts;
  if (!version) return texts;
  texts.reserve(version->rdata.size());
  for (const auto& record : version->rdata) texts.push_back(dns::rdata_text(type, record));
  return texts;
}

void write(JsonWriter& out, const MaybeVersion& version, const RdataTexts& texts) {
  if (!version) return out.null();
  out.object([&] {
    out("ttl", version->ttl);
    out("rdata").array([&] {
      for (const auto& text : texts) out.value(text);
    });
  });
}

void write(JsonWriter& out, RrType type, const MaybeVersion& version) {
  write(out, version, rdata_texts(type, version));
}

/// What a step, its check and its way back say in the same words.
struct StepTexts {
  std::string zone, owner;
  RdataTexts before, after;
};

StepTexts texts_of(const Step& step) {
  return {step.zone.text(), step.owner.text(), rdata_texts(step.type, step.before),
          rdata_texts(step.type, step.after)};
}

void write(JsonWriter& out, const Step& step, const std::string& zone, const std::string& owner,
           const RdataTexts& before, const RdataTexts& after) {
  out.object([&] {
    out("zone", zone);
    out("managed_by", inventory::to_string(step.managed_by));
    out("owner", owner);
    out("type", dns::to_string(step.type));
    write(out("before"), step.before, before);
    write(out("after"), step.after, after);
    if (!step.contact.empty()) out("contact", step.contact);
    if (!step.by_hand.empty()) out("by_hand", step.by_hand);
    if (step.wildcard) write(out("wildcard"), step.type, step.wildcard);
  });
}

void write(JsonWriter& out, const std::vector<std::string>& texts) {
  out.array([&] {
    for (const auto& text : texts) out.value(text);
  });
}

void write(JsonWriter& out, const std::vector<IpAddress>& addresses) {
  out.array([&] {
    for (const auto& ip : addresses) out.value(ip.to_string());
  });
}

void write(JsonWriter& out, const Manual& manual) {
  out.object([&] {
    out("sender", manual.sender);
    out("do", manual.text);
    out("action", to_string(manual.action));
    write(out("addresses"), manual.addresses);
    if (manual.helo.is_root())
      out("helo").null();
    else
      out("helo", manual.helo.text());
    if (!manual.starts.empty()) write(out("starts"), manual.starts);
    if (!manual.stops.empty()) write(out("stops"), manual.stops);
  });
}

void write(JsonWriter& out, const Check& check, const std::string& zone, const std::string& owner,
           const RdataTexts& expect) {
  out.object([&] {
    out("zone", zone);
    out("owner", owner);
    out("type", dns::to_string(check.type));
    write(out("expect"), check.expect, expect);
  });
}

void write(JsonWriter& out, const Check& check) {
  write(out, check, check.zone.text(), check.owner.text(), rdata_texts(check.type, check.expect));
}

bool is_of(const Check& check, const Step& step) {
  return check.type == step.type && check.owner == step.owner && check.zone == step.zone &&
         check.expect == step.after;
}

bool is_back_of(const Step& back, const Step& step) {
  return back.type == step.type && back.owner == step.owner && back.zone == step.zone &&
         back.before == step.after && back.after == step.before;
}

/// The records of a phase: steps, then checks and what is rolled back, each of which is about the step in its place as a
/// rule.
class Records {
 public:
  explicit Records(const Phase& phase) : phase_(phase) {
    texts_.reserve(phase.steps.size());
    for (const auto& step : phase.steps) texts_.push_back(texts_of(step));
  }

  void write_steps(JsonWriter& out) const {
    for (std::size_t i = 0; i < texts_.size(); ++i) {
      const auto& texts = texts_[i];
      write(out, phase_.steps[i], texts.zone, texts.owner, texts.before, texts.after);
    }
  }

  void write_checks(JsonWriter& out) const {
    for (std::size_t i = 0; i < phase_.verify.size(); ++i) {
      const auto& check = phase_.verify[i];
      if (i < texts_.size() && is_of(check, phase_.steps[i]))
        write(out, check, texts_[i].zone, texts_[i].owner, texts_[i].after);
      else
        write(out, check);
    }
  }

  void write_rollback(JsonWriter& out) const {
    for (std::size_t i = 0; i < phase_.rollback.size(); ++i) {
      const auto& step = phase_.rollback[i];
      if (i < texts_.size() && is_back_of(step, phase_.steps[i])) {
        write(out, step, texts_[i].zone, texts_[i].owner, texts_[i].after, texts_[i].before);
      } else {
        const auto texts = texts_of(step);
        write(out, step, texts.zone, texts.owner, texts.before, texts.after);
      }
    }
  }

 private:
  const Phase& phase_;
  std::vector<StepTexts> texts_;
};

void write(JsonWriter& out, const Term& term) {
  out.object([&] {
    out("name", term.name);
    out("seconds", term.value.count());
    out("origin", term.origin);
  });
}

void write(JsonWriter& out, const SpfPass& pass) {
  out.object([&] {
    out("domain", pass.domain.text());
    write(out("addresses"), pass.addresses);
  });
}

void write(JsonWriter& out, const LeftOut& one) {
  out.object([&] {
    out("kind", to_string(one.kind));
    out("id", one.id);
    if (!one.sender.empty()) out("sender", one.sender);
    out("reason", one.reason);
    if (one.adds) out("adds", true);
  });
}

void write(JsonWriter& out, const SpfOpen& one) {
  out.object([&] {
    out("domain", one.domain.text());
    out("address", one.ip.to_string());
    if (!one.sender.empty()) out("sender", one.sender);
    out("state", to_string(one.state));
    if (!one.record.empty()) out("record", one.record);
    if (!one.term.empty()) out("term", one.term);
    out("reason", one.reason);
  });
}

template <typename T>
void write_list(JsonWriter& out, const std::vector<T>& items) {
  out.array([&] {
    for (const auto& item : items) write(out, item);
  });
}

void write(JsonWriter& out, const Phase& phase, Part part) {
  const auto number_or_null = [&](std::string_view name, auto number) {
    if (phase.wave == 0)
      out(name).null();
    else
      out(name, number);
  };
  const Records records(phase);
  out.object([&] {
    out("id", phase.id);
    number_or_null("wave", phase.wave);
    number_or_null("waves", phase.waves);
    out("starts_after_s", phase.starts_after.count());
    out("steps").array([&] { records.write_steps(out); });
    write_list(out("manual"), phase.manual);
    out("verify").array([&] { records.write_checks(out); });
    out("wait").object([&] {
      out("seconds", phase.wait.total.count());
      write_list(out("terms"), phase.wait.terms);
      if (phase.wait.late && part == Part::all) write(out("late"), *phase.wait.late);
    });
    out("rollback").array([&] {
      records.write_rollback(out);
      for (const auto& manual : phase.rollback_manual) write(out, manual);
    });
    if (part == Part::work) return;
    const auto& back = phase.rollback_wait;
    if (!back.terms.empty()) {
      out("rollback_wait").object([&] {
        out("seconds", back.total.count());
        write_list(out("terms"), back.terms);
      });
    }
    if (!phase.spf.empty()) write_list(out("spf"), phase.spf);
    if (phase.worst_after > phase.starts_after) out("worst_after_s", phase.worst_after.count());
  });
}

void write_totals(JsonWriter& out, const Plan& plan, Part part) {
  out.object([&] {
    out("seconds", plan.total.count());
    out("cheap_return_until_s", plan.cheap_return_until.count());
    out("changes", plan.changes);
    if (plan.worst_total > plan.total && part == Part::all) out("worst_s", plan.worst_total.count());
    if (plan.exposure > seconds(0)) out("exposure_s", plan.exposure.count());
  });
}

void write_base(JsonWriter& out, const Plan& plan) {
  if (plan.base_sha256.empty()) return out.null();
  out.object([&] { out("sha256", plan.base_sha256); });
}

void write(JsonWriter& out, const nlohmann::ordered_json& json) {
  if (json.is_object()) {
    out.object([&] {
      for (const auto& [name, member] : json.items()) write(out(name), member);
    });
  } else if (json.is_array()) {
    out.array([&] {
      for (const auto& item : json) write(out, item);
    });
  } else if (json.is_string()) {
    out.value(json.get_ref<const std::string&>());
  } else {
    out.literal(json.dump());
  }
}

/// A member of the document, and how its value is written.
struct Member {
  std::string_view name;
  std::function<void(JsonWriter&)> write;
};

std::vector<Member> members_of(const Plan& plan, std::span<const Simulation> simulations, Time start) {
  std::vector<Member> members{{"schema", [](JsonWriter& out) { out.value("rdnsgate/plan/1"); }},
                              {"id", [&](JsonWriter& out) { out.value(plan.id); }},
                              {"inventory",
                               [&](JsonWriter& out) {
                                 out.object([&] {
                                   out("path", plan.inventory_path);
                                   out("sha256", plan.inventory_sha256);
                                 });
                               }},
                              {"base", [&](JsonWriter& out) { write_base(out, plan); }},
                              {"facts",
                               [&](JsonWriter& out) {
                                 out.object([&] {
                                   out("sha256", plan.facts_sha256);
                                   out("taken_at", format_time(plan.facts_taken_at));
                                 });
                               }},
                              {"phases",
                               [&](JsonWriter& out) {
                                 out.array([&] {
                                   for (const auto& phase : plan.phases) write(out, phase, Part::all);
                                 });
                               }},
                              {"totals", [&](JsonWriter& out) { write_totals(out, plan, Part::all); }},
                              {"notes", [&](JsonWriter& out) { write(out, plan.notes); }},
                              {"windows", [&](JsonWriter& out) {
                                 out.array([&] {
                                   for (const auto& window : plan.windows) out.value(window.text());
                                 });
                               }}};
  if (!plan.left_out.empty())
    members.push_back({"left_out", [&](JsonWriter& out) { write_list(out, plan.left_out); }});
  if (!plan.spf_open.empty())
    members.push_back({"spf_open", [&](JsonWriter& out) { write_list(out, plan.spf_open); }});
  if (!plan.owners.empty()) {
    members.push_back({"owners", [&](JsonWriter& out) {
                         out.object([&] {
                           for (const auto& [zone, owner] : plan.owners) out(zone.text(), owner);
                         });
                       }});
  }
  if (!simulations.empty()) {
    members.push_back({"simulation", [json = simulation_json(plan, simulations, start)](JsonWriter& out) {
                         write(out, json);
                       }});
  }
  return members;
}

/// Of what these come to, sorted and without white space. A phase can have as many steps as there are addresses: their
/// text is there once, and not for the whole plan.
std::string checksum_of(std::vector<Member> members, const Plan& plan) {
  std::sort(members.begin(), members.end(), [](const Member& a, const Member& b) { return a.name < b.name; });
  Sha256 hash;
  std::string text;
  const auto flush = [&] {
    hash.add(text);
    text.clear();
  };
  for (const auto& member : members) {
    text += fmt::format("{}\"{}\":", &member == members.data() ? "{" : ",", member.name);
    JsonWriter out(text, Form::canonical);
    if (member.name == "phases") {
      text += '[';
      for (const auto& phase : plan.phases) {
        if (&phase != plan.phases.data()) text += ',';
        JsonWriter of_phase(text, Form::canonical);
        write(of_phase, phase, Part::all);
        flush();
      }
      text += ']';
    } else {
      member.write(out);
    }
    flush();
  }
  hash.add("}");
  return hash.hex();
}

}  // namespace

std::string content_hash(const Plan& plan) {
  Sha256 hash;
  std::string text;
  JsonWriter out(text, Form::dense, [&](std::string_view piece) { hash.add(piece); });
  out.object([&] {
    out("inventory", plan.inventory_sha256);
    write_base(out("base"), plan);
    out("phases").array([&] {
      for (const auto& phase : plan.phases) write(out, phase, Part::work);
    });
    write_totals(out("totals"), plan, Part::work);
  });
  hash.add(text);
  return hash.hex();
}

std::string checksum_of(std::string_view document) {
  auto json = read_json(document);
  if (!json || !json->is_object()) return {};
  json->erase("checksum");
  return sha256_hex(json->dump(-1, ' ', true, nlohmann::json::error_handler_t::replace));
}

std::string emit_json(const Plan& plan) { return emit_json(plan, {}, {}); }

std::string emit_json(const Plan& plan, std::span<const Simulation> simulations, Time start) {
  std::string text;
  emit_json(plan, simulations, start, [&](std::string_view piece) { text += piece; });
  return text;
}

void emit_json(const Plan& plan, std::span<const Simulation> simulations, Time start, const JsonSink& sink) {
  auto members = members_of(plan, simulations, start);
  const auto checksum = checksum_of(members, plan);
  std::string text;
  JsonWriter out(text, Form::laid_out, sink);
  out.object([&] {
    for (const auto& member : members) member.write(out(member.name));
    out("checksum", checksum);
  });
  sink(text + "\n");
}

}  // namespace rdnsgate::plan
