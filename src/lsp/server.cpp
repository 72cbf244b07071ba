// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "lsp/server.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/read_json.h"
#include "base/text/escape.h"
#include "base/version.h"
#include "inventory/files/paths.h"
#include "lsp/actions.h"
#include "lsp/completion.h"
#include "lsp/hover.h"
#include "lsp/uri.h"

namespace rdnsgate::lsp {
namespace {

// Error codes of JSON-RPC 2.0 §5.1 and of LSP 3.17.
constexpr int parse_error = -32700, invalid_request = -32600, method_not_found = -32601,
              invalid_params = -32602, internal_error = -32603, server_not_initialized = -32002;

constexpr std::size_t longest_shown = 100;  // of what a client sent

int severity_number(Severity severity) {
  switch (severity) {
    case Severity::error:
      return 1;
    case Severity::warning:
      return 2;
    case Severity::info:
    case Severity::off:
      break;
  }
  return 3;
}

nlohmann::json to_json(const Position& position) {
  return {{"line", position.line}, {"character", position.character}};
}

nlohmann::json range(const Position& begin, const Position& end) {
  return {{"start", to_json(begin)}, {"end", to_json(end)}};
}

/// Foreign text keeps its lines and loses what could mislead a reader.
std::string harmless(std::string_view text) {
  std::string out;
  while (true) {
    const auto end = text.find('\n');
    out += escape_terminal(text.substr(0, end));
    if (end == std::string_view::npos) return out;
    out += '\n';
    text.remove_prefix(end + 1);
  }
}

nlohmann::json to_json(const std::vector<Mark>& marks) {
  nlohmann::json diagnostics = nlohmann::json::array();
  for (const auto& mark : marks) {
    diagnostics.push_back({{"range", range(mark.begin, mark.end)},
                           {"severity", severity_number(mark.severity)},
                           {"code", mark.code},
                           {"source", "rdnsgate"},
                           {"message", harmless(mark.message)}});
  }
  return diagnostics;
}

nlohmann::json to_json(const std::vector<Edit>& edits) {
  nlohmann::json list = nlohmann::json::array();
  for (const auto& edit : edits)
    list.push_back({{"range", range(edit.begin, edit.end)}, {"newText", edit.text}});
  return list;
}

nlohmann::json to_json(const Publication& publication) {
  nlohmann::json params{{"uri", publication.uri}, {"diagnostics", to_json(publication.marks)}};
  if (publication.version) params["version"] = *publication.version;
  return params;
}

const std::string& text_at(const nlohmann::json& params, const char* key) {
  return params.at(key).get_ref<const std::string&>();
}

std::optional<std::int64_t> version_of(const nlohmann::json& document) {
  const auto found = document.find("version");
  if (found == document.end() || !found->is_number_integer()) return std::nullopt;
  return found->get<std::int64_t>();
}

const std::string& uri_of(const nlohmann::json& params) { return text_at(params.at("textDocument"), "uri"); }

Position read_position(const nlohmann::json& position) {
  const auto number = [](const nlohmann::json& value) {
    if (!value.is_number_unsigned()) throw std::invalid_argument("a position is no number from 0");
    return value.get<std::size_t>();
  };
  return {number(position.at("line")), number(position.at("character"))};
}

Position position_of(const nlohmann::json& params) { return read_position(params.at("position")); }

/// Whether the client wants actions of this kind: those it names stand for all below them, `source` for
/// `source.fixAll`. It wants all where it names none.
bool wants(const nlohmann::json& context, std::string_view kind) {
  const auto only = context.find("only");
  if (only == context.end() || !only->is_array()) return true;
  return std::any_of(only->begin(), only->end(), [&](const nlohmann::json& wanted) {
    if (!wanted.is_string()) return false;
    const std::string_view name = wanted.get_ref<const std::string&>();
    return name.empty() || kind == name || (kind.starts_with(name) && kind[name.size()] == '.');
  });
}

std::set<std::string> folders_of(const nlohmann::json& params) {
  std::set<std::string> folders;
  const auto add = [&](const nlohmann::json& object, const char* key) {
    const auto uri = object.is_object() ? object.find(key) : object.end();
    if (!object.is_object() || uri == object.end() || !uri->is_string()) return;
    if (const auto path = path_of_uri(uri->get<std::string>())) folders.insert(inventory::real_path(*path));
  };
  add(params, "rootUri");
  if (const auto list = params.find("workspaceFolders"); list != params.end() && list->is_array()) {
    for (const auto& folder : *list) add(folder, "uri");
  }
  return folders;
}

bool is_id(const nlohmann::json& id) { return id.is_string() || id.is_number_integer(); }

}  // namespace

void Server::send(const nlohmann::json& message) {
  out_.push_back(message.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

void Server::send_error(const nlohmann::json& id, int code, std::string message) {
  send({{"jsonrpc", "2.0"}, {"id", id}, {"error", {{"code", code}, {"message", std::move(message)}}}});
}

void Server::refuse(const std::string& why) { send_error(nullptr, parse_error, why); }

void Server::handle(std::string_view text) {
  const auto read = read_json(text);
  if (!read)
    return refuse(fmt::format("the message, at octet {}: {}", read.error().at, read.error().message));
  const auto& message = *read;
  if (!message.is_object()) return send_error(nullptr, invalid_request, "the message is no JSON object");
  const auto id = message.find("id");
  const auto method = message.find("method");
  const bool has_id = id != message.end();
  if (method == message.end() && has_id && (message.contains("result") || message.contains("error")))
    return;  // a response; nothing was asked of the client
  const nlohmann::json known_id = has_id && is_id(*id) ? *id : nlohmann::json();
  if (method == message.end() || !method->is_string() || (has_id && !is_id(*id)))
    return send_error(known_id, invalid_request,
                      "a request has a method, and an id that is a text or an integer");
  const auto params = message.find("params");
  const nlohmann::json given = params == message.end() ? nlohmann::json() : *params;
  try {
    if (has_id) {
      request(method->get<std::string>(), given, known_id);
    } else {
      notification(method->get<std::string>(), given);
    }
  } catch (const nlohmann::json::exception&) {
    if (has_id) send_error(known_id, invalid_params, "the parameters are not those of the method");
  } catch (const std::invalid_argument& wrong) {
    if (has_id) send_error(known_id, invalid_params, wrong.what());
  } catch (const std::exception& bug) {
    if (has_id) send_error(known_id, internal_error, bug.what());
  }
}

void Server::request(const std::string& method, const nlohmann::json& params, const nlohmann::json& id) {
  nlohmann::json result;
  if (shut_down_) return send_error(id, invalid_request, "the server has been shut down");
  if (method == "initialize") {
    if (initialized_) return send_error(id, invalid_request, "the server is initialized already");
    result = initialize(params);
  } else if (!initialized_) {
    return send_error(id, server_not_initialized, "the server is not initialized yet");
  } else if (method == "shutdown") {
    shut_down_ = true;
  } else if (method == "textDocument/hover") {
    result = hover(params);
  } else if (method == "textDocument/completion") {
    result = completion(params);
  } else if (method == "textDocument/codeAction") {
    result = code_actions(params);
  } else if (method == "textDocument/formatting") {
    result = formatting(params);
  } else {
    return send_error(id, method_not_found,
                      fmt::format("there is no method \"{}\"", harmless(method.substr(0, longest_shown))));
  }
  send({{"jsonrpc", "2.0"}, {"id", id}, {"result", std::move(result)}});
}

void Server::notification(const std::string& method, const nlohmann::json& params) {
  if (method == "exit") {
    exited_ = true;
    return;
  }
  if (!initialized_ || shut_down_) return;
  if (method == "textDocument/didOpen") {
    const auto& document = params.at("textDocument");
    workspace_.open(text_at(document, "uri"), version_of(document), text_at(document, "text"));
  } else if (method == "textDocument/didChange") {
    const auto& changes = params.at("contentChanges");
    if (changes.empty()) return;
    workspace_.change(uri_of(params), version_of(params.at("textDocument")), text_at(changes.back(), "text"));
  } else if (method == "textDocument/didClose") {
    workspace_.close(uri_of(params));
  } else if (method != "textDocument/didSave" && method != "workspace/didChangeWatchedFiles") {
    return;  // `initialized`, cancellations, and what later versions have
  }
  changed_ = true;
}

nlohmann::json Server::initialize(const nlohmann::json& params) {
  if (!params.is_object()) throw std::invalid_argument("initialize wants an object");
  workspace_.set_folders(folders_of(params));
  initialized_ = true;
  constexpr int full_text = 1;
  return {{"capabilities",
           {{"positionEncoding", "utf-16"},
            {"textDocumentSync",
             {{"openClose", true}, {"change", full_text}, {"save", {{"includeText", false}}}}},
            {"hoverProvider", true},
            {"codeActionProvider", {{"codeActionKinds", {"quickfix", "source.fixAll.rdnsgate"}}}},
            {"documentFormattingProvider", true},
            {"completionProvider", {{"triggerCharacters", {":", " ", "-", "[", ",", "."}}}}}},
          {"serverInfo", {{"name", "rdnsgate"}, {"version", version}}}};
}

nlohmann::json Server::hover(const nlohmann::json& params) const {
  const auto at = position_of(params);
  const auto* document = workspace_.find(uri_of(params));
  if (document == nullptr) return nullptr;
  const auto found = hover_at(*document, at);
  if (!found) return nullptr;
  return {{"contents", {{"kind", "markdown"}, {"value", found->markdown}}},
          {"range", range(found->begin, found->end)}};
}

nlohmann::json Server::completion(const nlohmann::json& params) const {
  const auto at = position_of(params);
  const auto* document = workspace_.find(uri_of(params));
  nlohmann::json items = nlohmann::json::array();
  if (document == nullptr) return items;
  for (const auto& proposal : complete_at(*document, at, workspace_.names_for(*document))) {
    nlohmann::json item{{"label", proposal.label},
                        {"kind", static_cast<int>(proposal.kind)},
                        {"textEdit", {{"range", range(proposal.begin, at)}, {"newText", proposal.text}}}};
    if (!proposal.detail.empty()) item["detail"] = proposal.detail;
    if (!proposal.markdown.empty())
      item["documentation"] = {{"kind", "markdown"}, {"value", proposal.markdown}};
    items.push_back(std::move(item));
  }
  return items;
}

nlohmann::json Server::code_actions(const nlohmann::json& params) {
  const auto begin = read_position(params.at("range").at("start"));
  const auto end = read_position(params.at("range").at("end"));
  const auto& context = params.at("context");
  settle();  // what is offered is about the text as it is
  const auto* document = workspace_.find(uri_of(params));
  nlohmann::json list = nlohmann::json::array();
  if (document == nullptr) return list;
  for (const auto& action : actions_for(*document, begin, end, today_())) {
    if (!wants(context, action.kind)) continue;
    nlohmann::json item{{"title", harmless(action.title)},
                        {"kind", action.kind},
                        {"edit", {{"changes", {{document->uri, to_json(action.edits)}}}}}};
    if (action.preferred) item["isPreferred"] = true;
    if (!action.mends.empty()) item["diagnostics"] = to_json(action.mends);
    list.push_back(std::move(item));
  }
  return list;
}

nlohmann::json Server::formatting(const nlohmann::json& params) const {
  const auto* document = workspace_.find(uri_of(params));
  return document == nullptr ? nlohmann::json(nullptr) : to_json(layout_of(*document));
}

void Server::settle() {
  if (!std::exchange(changed_, false)) return;
  for (const auto& publication : workspace_.refresh())
    send({{"jsonrpc", "2.0"},
          {"method", "textDocument/publishDiagnostics"},
          {"params", to_json(publication)}});
}

}  // namespace rdnsgate::lsp
