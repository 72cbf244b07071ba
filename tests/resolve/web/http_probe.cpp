// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors

// One request, as the program makes it, for http_test.py:
//
//   http_probe URL [method=POST] [body=TEXT] [header=NAME:VALUE]... [timeout=MS] [most=OCTETS] [redirects=N] [ca=FILE]
//              [give-up=MS]
//
// prints what came of it as JSON.
#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "resolve/web/http.h"

namespace {

using namespace rdnsgate;
using Kind = resolve::HttpFailure::Kind;

const char* name_of(Kind kind) {
  switch (kind) {
    case Kind::request:
      return "request";
    case Kind::unavailable:
      return "unavailable";
    case Kind::unresolved:
      return "unresolved";
    case Kind::refused:
      return "refused";
    case Kind::unreachable:
      return "unreachable";
    case Kind::timeout:
      return "timeout";
    case Kind::tls:
      return "tls";
    case Kind::too_large:
      return "too-large";
    case Kind::redirect:
      return "redirect";
    case Kind::malformed:
      return "malformed";
    case Kind::given_up:
      return "given-up";
  }
  return "?";
}

}  // namespace

int main(int argc, char** argv) {
  using Clock = std::chrono::steady_clock;
  resolve::HttpRequest request;
  const auto began = Clock::now();
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const auto equals = word.find('=');
    const auto key = word.substr(0, equals),
               value = equals == std::string::npos ? "" : word.substr(equals + 1);
    if (i == 1)
      request.url = word;
    else if (key == "method")
      request.method = value;
    else if (key == "body")
      request.body = value;
    else if (key == "header")
      request.headers.push_back({value.substr(0, value.find(':')), value.substr(value.find(':') + 1)});
    else if (key == "timeout")
      request.timeout = milliseconds(std::stoi(value));
    else if (key == "most")
      request.most = std::stoul(value);
    else if (key == "redirects")
      request.redirects = std::stoi(value);
    else if (key == "ca")
      request.ca_file = value;
    else if (key == "give-up")
      request.give_up = [=] { return Clock::now() - began > milliseconds(std::stoi(value)); };
  }
  const auto answer = resolve::ask_http(request);
  auto out = nlohmann::json::object();
  out["ms"] = std::chrono::duration_cast<milliseconds>(Clock::now() - began).count();
  out["origin"] = resolve::http_origin(request.url);
  if (answer) {
    out["status"] = answer->status;
    out["body"] = answer->body;
    out["type"] = answer->header("content-type");
    out["headers"] = answer->headers.size();
  } else {
    out["failure"] = name_of(answer.error().kind);
    out["message"] = answer.error().error.message;
    out["may_pass"] = answer.error().may_pass();
  }
  std::cout << out.dump() << '\n';
}
