// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors

// What an editor sends: the stream is taken apart, and each message is handled by a server that is told
// to begin. Whatever comes, it is answered in JSON and leaves nothing behind.
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string_view>

#include "lsp/framing.h"
#include "lsp/server.h"
#include "require.h"

namespace {

/// The loader has a target of its own, and would read the disk.
void judge_nothing(const std::string& path, const rdnsgate::inventory::OpenTexts& open,
                   rdnsgate::lsp::Analysis& into) {
  const auto text = open.find(path);
  const auto file = into.sources.add(path, text == open.end() ? std::string() : text->second);
  into.problems.push_back({rdnsgate::Severity::error, "inventory-syntax", path, {}, {file, 1, 7}});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rdnsgate;
  const std::string_view stream(reinterpret_cast<const char*>(data), size);
  lsp::Server server(judge_nothing, [] { return rdnsgate::Time{}; });
  server.handle(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{}})");
  lsp::Framing framing;
  // In two pieces, so that every state meets the end of what is there.
  for (const auto piece : {stream.substr(0, size / 2), stream.substr(size / 2)}) {
    framing.feed(piece);
    while (auto frame = framing.next()) {
      fuzz::require(frame->error.empty() || frame->content.empty());
      if (frame->error.empty()) {
        server.handle(frame->content);
      } else {
        server.refuse(frame->error);
      }
    }
    server.settle();
  }
  fuzz::require(framing.kept() <= size);
  for (const auto& message : server.take()) fuzz::require(nlohmann::json::accept(message));
  return 0;
}
