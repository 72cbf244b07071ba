// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/timestamp.h"
#include "lsp/workspace.h"

namespace rdnsgate::lsp {

/// The protocol (LSP 3.17 over JSON-RPC 2.0) without its stream: messages in, messages out. Whatever comes in
/// is answered as the specification says, and ends nothing but by `exit`.
class Server {
 public:
  /// `today` is what waivers are counted from.
  Server(Analyse analyse, std::function<Time()> today)
      : workspace_(std::move(analyse)), today_(std::move(today)) {}

  /// One message, as it came.
  void handle(std::string_view message);
  /// Something in the stream that was no message: said to the client as a parse error.
  void refuse(const std::string& why);
  /// To be called when no further message waits: judges what has changed. A reader who types fast is not
  /// judged letter by letter.
  void settle();
  /// What is to be sent, in order.
  std::vector<std::string> take() { return std::exchange(out_, {}); }

  bool exited() const { return exited_; }
  /// 0 where `shutdown` came before the end, else 1, as the specification wants it.
  int exit_code() const { return shut_down_ ? 0 : 1; }

 private:
  void request(const std::string& method, const nlohmann::json& params, const nlohmann::json& id);
  void notification(const std::string& method, const nlohmann::json& params);
  nlohmann::json initialize(const nlohmann::json& params);
  nlohmann::json hover(const nlohmann::json& params) const;
  nlohmann::json completion(const nlohmann::json& params) const;
  nlohmann::json code_actions(const nlohmann::json& params);
  nlohmann::json formatting(const nlohmann::json& params) const;
  void send(const nlohmann::json& message);
  void send_error(const nlohmann::json& id, int code, std::string message);

  Workspace workspace_;
  std::function<Time()> today_;
  std::vector<std::string> out_;
  bool initialized_ = false, shut_down_ = false, exited_ = false;
  bool changed_ = false;
};

}  // namespace rdnsgate::lsp
