// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/records/dkim_key_material.h"

#include <fmt/format.h>

#include "base/ascii.h"
#include "base/text/text.h"
#include "mailauth/records/base64.h"

namespace rdnsgate::mailauth {
namespace {

constexpr std::string_view key_format = "RFC 6376 §3.6.1";
constexpr std::string_view key_sizes = "RFC 8301 §3.2";
constexpr std::string_view ed25519_key = "RFC 8463 §4.2";

using KeyForm = DkimPublicKey::Form;

/// The character that begins there, for a message.
std::string character_at(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) ++end;
  return std::string(text.substr(at, end - at));
}

/// What is left of PEM without its lines of dashes.
std::string without_armour(std::string_view text) {
  std::string kept;
  for (std::size_t from = 0; from < text.size();) {
    const auto dashes = std::min(text.find("-----", from), text.size());
    kept += text.substr(from, dashes - from);
    const auto closing = dashes < text.size() ? text.find("-----", dashes + 5) : text.size();
    from = closing == std::string_view::npos || closing >= text.size() ? text.size() : closing + 5;
  }
  return kept;
}

std::string in_bits(unsigned bits) { return counted(bits, "bit", "bits"); }

}  // namespace

void KeyJudge::judge(std::optional<DkimPublicKey>& decoded) {
  if (judge_armour()) return;
  const auto base64 = decode_base64(p_.value);
  const bool whole = judge_base64(base64);
  auto key = decode_public_key(base64.octets);
  // Even where its notation is broken, a private key that everybody can read is the news.
  if (key.form == KeyForm::private_key) return say_private(key.what);
  if (!whole) return;
  decoded = key;
  judge_form(key);
}

bool KeyJudge::judge_armour() {
  const auto begin = p_.value.find("-----");
  if (begin == std::string::npos) return false;
  const auto key = decode_public_key(decode_base64(without_armour(p_.value)).octets);
  if (key.form == KeyForm::private_key || p_.value.find("PRIVATE KEY") != std::string::npos) {
    say_private("PEM");
  } else {
    reasons_.error("pem-armour", key_format,
                   {0, p_.value_offset + begin, std::min<std::size_t>(p_.value.size() - begin, 26)},
                   "p= holds the lines of a PEM file with the key",
                   "leave out the lines -----BEGIN ...----- and -----END ...-----");
  }
  return true;
}

void KeyJudge::say_private(const std::string& what) {
  reasons_.error(
      "private-key", key_format, p_.value_place(),
      fmt::format("this is the private key ({}): whoever reads it can sign as this domain", what),
      "make a new pair of keys with a new selector, and publish its public key; this one is burnt");
}

bool KeyJudge::judge_base64(const Base64& base64) {
  const Place here{0, p_.value_offset + base64.at, 1};
  switch (base64.fault) {
    case Base64::Fault::none:
      return true;
    case Base64::Fault::character: {
      const char c = p_.value[base64.at];
      const auto shown = character_at(p_.value, base64.at);
      std::string hint = "the key has letters, digits, \"+\", \"/\", and \"=\" at its end";
      if (c == '-' || c == '_')
        hint = "this is the alphabet for URLs: write \"+\" for \"-\", and \"/\" for \"_\"";
      if (c == '.' && p_.value.find("...") != std::string::npos)
        hint = "this key was cut for showing: publish all of it";
      reasons_.error("base64-character", key_format, {0, here.offset, shown.size()},
                     fmt::format("\"{}\" is no character of base64", shown), std::move(hint));
      return false;
    }
    case Base64::Fault::padding:
      reasons_.error("base64-padding", key_format, here, "the padding of the base64 is missing at its end",
                     "the key ends with \"=\" or \"==\", unless it was cut off");
      return false;
    case Base64::Fault::excess:
      reasons_.error("base64-padding", key_format, here, "\"=\" stands where the base64 does not end",
                     "\"=\" fills the last four characters up, and nothing may follow it");
      return false;
    case Base64::Fault::length:
      reasons_.error("base64-length", key_format, here, "the base64 has a character too many or too few",
                     "was the key cut off, or joined from two parts?");
      return false;
  }
  return false;
}

void KeyJudge::judge_form(const DkimPublicKey& key) {
  const Place all = p_.value_place();
  const auto& error = [&](std::string_view id, std::string_view source, std::string message,
                          std::string hint = {}) {
    reasons_.error(id, source, all, std::move(message), std::move(hint));
  };
  const auto misfit = [&](std::string message, std::string hint) {
    error("key-misfit", key_format, std::move(message), std::move(hint));
  };
  const bool wants_rsa = type_ == KeyType::rsa || type_ == KeyType::unsaid;
  if (key.trailing > 0 && key.form != KeyForm::unknown)
    error("trailing-octets", key_format,
          fmt::format("{} behind the key", counted(key.trailing, "octet stands", "octets stand")),
          "was something appended to it?");
  switch (key.form) {
    case KeyForm::rsa:
    case KeyForm::rsa_bare:
      if (type_ == KeyType::ed25519) return misfit("k=ed25519, and the key is an RSA key", "write k=rsa");
      if (key.form == KeyForm::rsa_bare)
        reasons_.warn("bare-rsa", "RFC 6376 §3.6.1 (erratum 3017)", all,
                      "the key is an RSAPublicKey (PKCS#1) alone: many verifiers only read it within SubjectPublicKeyInfo",
                      "publish what \"openssl rsa -pubout\" writes");
      return judge_rsa(key);
    case KeyForm::ed25519:
      if (wants_rsa)
        return misfit("the key is no RSA key: its 32 octets look like one of Ed25519",
                      type_ == KeyType::rsa ? "write k=ed25519"
                                            : "add k=ed25519: without k=, the key is taken for RSA");
      if (key.weak_point)
        error("weak-key", ed25519_key,
              "this Ed25519 key is a point of low order: anybody can make signatures for it");
      else if (key.no_point)
        error("key-damaged", "RFC 8032 §5.1.3",
              "these 32 octets are no point of Ed25519's curve: no signature verifies with them",
              "publish the key anew, from the file that the signer uses");
      return;
    case KeyForm::ed25519_wrapped:
      if (wants_rsa)
        return misfit("the key is no RSA key but one of Ed25519",
                      "write k=ed25519, and the 32 octets of the key alone");
      return error("wrapped-ed25519", ed25519_key, "the Ed25519 key is wrapped as SubjectPublicKeyInfo",
                   "publish the last 32 of these octets alone");
    case KeyForm::other_algorithm:
      return misfit(fmt::format("the key is of type {}, for which DKIM has no signature", key.what),
                    "use an RSA or an Ed25519 key");
    case KeyForm::certificate:
      return error("certificate", key_format, "this is a certificate (X.509), and no bare public key",
                   "publish what \"openssl x509 -pubkey -noout\" writes, without its first and last line");
    case KeyForm::request:
      return error("certificate-request", key_format, "this is a certificate request, and no bare public key",
                   "publish what \"openssl req -pubkey -noout\" writes, without its first and last line");
    case KeyForm::ssh:
      return error("ssh-key", key_format, "this is a key in the format of OpenSSH",
                   "publish what \"ssh-keygen -e -m PKCS8\" writes, without its first and last line");
    case KeyForm::armour:
      return error("pem-armour", key_format, "this is a whole PEM file, encoded once more",
                   "publish what stands between its first and its last line");
    case KeyForm::truncated:
      return error(
          "truncated", key_format,
          fmt::format("the key is cut off: {} of its {} octets are there", key.size, key.announced),
          "an interface that takes 255 characters cuts it: split the text into strings of up to 255");
    case KeyForm::private_key:
      return say_private(key.what);
    case KeyForm::unknown:
      if (type_ == KeyType::unknown) return;
      if (type_ == KeyType::ed25519)
        return error("key-octets", ed25519_key,
                     fmt::format("an Ed25519 key has 32 octets, and this has {}", key.size));
      return error("key-octets", key_format,
                   key.what.empty() ? fmt::format("these {} octets are no RSA key", key.size)
                                    : fmt::format("this is no RSA key: {}", key.what),
                   "publish what \"openssl rsa -pubout\" writes, without its first and last line");
  }
}

void KeyJudge::judge_rsa(const DkimPublicKey& key) {
  const Place all = p_.value_place();
  if (key.negative) {
    reasons_.error("key-damaged", key_format, all,
                   "a number of the key is negative: a zero octet is missing before it");
    return;
  }
  if (key.bits < 1024) {
    reasons_.error("key-weak", key_sizes, all,
                   fmt::format("the RSA key has {}: verifiers do not accept signatures with less than 1,024",
                               in_bits(key.bits)),
                   "make a key of 2,048 bits");
  } else if (key.bits < 2048) {
    reasons_.warn("key-weak", key_sizes, all,
                  fmt::format("the RSA key has {}; 2,048 are recommended", in_bits(key.bits)),
                  "make a key of 2,048 bits");
  } else if (key.bits > 16384) {
    reasons_.error(
        "key-too-big", key_sizes, all,
        fmt::format("the RSA key has {}: OpenSSL verifies nothing above 16,384", in_bits(key.bits)));
  } else if (key.bits > 4096) {
    reasons_.warn(
        "key-too-big", key_sizes, all,
        fmt::format("the RSA key has {}: verifiers need not support more than 4,096", in_bits(key.bits)));
  }
  if (key.divisor != 0)
    reasons_.error(
        "key-damaged", "RFC 8017 §3.1", all,
        fmt::format(
            "{} divides the modulus, so that it is not the product of two large primes: the key is damaged",
            key.divisor),
        "publish the key anew, from the file that the signer uses");
  judge_exponent(key);
}

void KeyJudge::judge_exponent(const DkimPublicKey& key) {
  const Place all = p_.value_place();
  constexpr std::string_view rsa_keys = "RFC 8017 §3.1";
  if (!key.exponent_odd || key.exponent_bits < 2 || !key.exponent_below_modulus) {
    const auto value = key.exponent_bits <= 64 ? fmt::format("{}", key.exponent)
                                               : fmt::format("a number of {} bits", key.exponent_bits);
    reasons_.error("key-exponent", rsa_keys, all,
                   fmt::format("the exponent of the key is {}, which no RSA key can have", value),
                   "publish the key anew, from the file that the signer uses");
  } else if (key.exponent_bits > 64) {
    reasons_.error("key-exponent", rsa_keys, all,
                   fmt::format("the exponent of the key has {} bits: most verifiers take no more than 64",
                               key.exponent_bits),
                   "make a key with the usual exponent, 65537");
  } else if (key.exponent_bits > 31) {
    reasons_.warn("key-exponent", rsa_keys, all,
                  fmt::format("the exponent of the key has {} bits: some verifiers take no more than 31",
                              key.exponent_bits),
                  "make a key with the usual exponent, 65537");
  } else if (key.exponent < 65537) {
    reasons_.warn("key-exponent", rsa_keys, all,
                  fmt::format("the exponent of the key is {}; 65537 is usual", key.exponent));
  }
}

}  // namespace rdnsgate::mailauth
