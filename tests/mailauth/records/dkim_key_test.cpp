// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/records/dkim_key.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <chrono>

#include "mailauth/dkim_keys.h"
#include "mailauth/records/base64.h"

using namespace rdnsgate;
using namespace rdnsgate::mailauth;

namespace {

constexpr auto ok = Severity::info, warning = Severity::warning, error = Severity::error;

std::string head(const std::string& text, std::size_t size) { return text.substr(0, size); }
std::string rsa(const std::string& key = keys::rsa_2048) { return "v=DKIM1; k=rsa; p=" + key; }
std::string ed(const std::string& key = keys::ed25519) { return "v=DKIM1; k=ed25519; p=" + key; }
const std::string good = keys::rsa_2048;

/// The text with one more in the middle of the key.
std::string with(const std::string& inside) { return rsa(head(good, 100) + inside + good.substr(100)); }

struct Row {
  std::string what;
  Severity worst;  ///< `ok`: at most a note
  std::string id;  ///< of a reason that is there; empty: none is asked for
  std::vector<std::string> texts;
};

std::vector<Row> sound() {
  return {
      {"Google", ok, "", {"v=DKIM1; k=rsa; p=" + good}},
      {"Google Workspace, 1024 bits",
       warning,
       "key-weak",
       {"v=DKIM1; k=rsa; p=" + std::string(keys::rsa_1024)}},
      {"Microsoft 365", ok, "", {"v=DKIM1; k=rsa; p=" + good + ";"}},
      {"Microsoft 365, older",
       warning,
       "key-weak",
       {"v=DKIM1; k=rsa; p=" + std::string(keys::rsa_1024) + "; n=1024,1450287318,1"}},
      {"Amazon SES", ok, "no-version", {"p=" + good}},
      {"Amazon SES, 1024 bits", warning, "key-weak", {"p=" + std::string(keys::rsa_1024)}},
      {"SendGrid", ok, "", {"k=rsa; t=s; p=" + good}},
      {"Mailchimp", ok, "", {"v=DKIM1; k=rsa; p=" + good + ";"}},
      {"Mandrill", warning, "key-weak", {"v=DKIM1; k=rsa; p=" + std::string(keys::rsa_1024) + ";"}},
      {"Mailgun", warning, "key-weak", {"k=rsa; p=" + std::string(keys::rsa_1280)}},
      {"Proton", ok, "", {"v=DKIM1; k=rsa; p=" + good + ";"}},
      {"Fastmail", ok, "", {"v=DKIM1; k=rsa; p=" + good}},
      {"Postmark", warning, "key-weak", {"k=rsa;p=" + std::string(keys::rsa_1024)}},
      {"Zoho", ok, "", {"v=DKIM1; k=rsa; p=" + good}},
      {"Yandex", ok, "", {"v=DKIM1; k=rsa; t=s; p=" + good}},
      {"iCloud", ok, "", {"v=DKIM1; k=rsa; p=" + good + "; "}},
      {"OpenDKIM", ok, "", {"v=DKIM1; h=sha256; k=rsa; p=" + good}},
      {"rspamd, dual", ok, "", {"v=DKIM1; k=ed25519; p=" + std::string(keys::ed25519)}},
      {"RFC 8463, appendix A.2, ed25519",
       ok,
       "",
       {"v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="}},
      {"RFC 8463, appendix A.2, rsa",
       warning,
       "key-weak",
       {"v=DKIM1; k=rsa; "
        "p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/"
        "J16JYi0Qvx/"
        "byYzCNb3W91y3FutACDfzwQ/BC/e/"
        "8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB"}},
      {"no blanks", ok, "", {"v=DKIM1;k=rsa;p=" + good}},
      {"blanks around everything", ok, "", {" v = DKIM1 ;  k = rsa ; p = " + good + " ; "}},
      {"tabs", ok, "", {"v=DKIM1;\tk=rsa;\tp=" + good}},
      {"blanks inside of the key", ok, "", {with(" ")}},
      {"a folding inside of the key", ok, "", {with("\r\n ")}},
      {"blanks before the padding", ok, "", {ed(head(keys::ed25519, 43) + " =")}},
      {"3072 bits", ok, "", {rsa(keys::rsa_3072)}},
      {"4096 bits", ok, "", {rsa(keys::rsa_4096)}},
      {"another order", ok, "", {"v=DKIM1; p=" + good + "; k=rsa"}},
      {"s=email", ok, "", {"v=DKIM1; k=rsa; s=email; p=" + good}},
      {"s=*", ok, "", {"v=DKIM1; k=rsa; s=*; p=" + good}},
      {"s=tlsrpt and email", ok, "", {"v=DKIM1; k=rsa; s=tlsrpt:email; p=" + good}},
      {"h=sha256", ok, "", {"v=DKIM1; h=sha256; p=" + good}},
      {"h= with an unknown one as well", ok, "", {"v=DKIM1; h=sha256:sha512; p=" + good}},
      {"h= with blanks", ok, "", {"v=DKIM1; h=sha512 : sha256; p=" + good}},
      {"t=s", ok, "strict", {"v=DKIM1; t=s; p=" + good}},
      {"a note", ok, "", {"v=DKIM1; n=rotated=20in=202027; p=" + good}},
      {"a note with quotes", ok, "", {"v=DKIM1; n=\"ours\"; p=" + good}},
      {"a note that looks like a tag", ok, "", {"v=DKIM1; n=see p=x; p=" + good}},
      {"no k=", ok, "", {"v=DKIM1; p=" + good}},
  };
}

std::vector<Row> doubtful() {
  return {
      {"revoked", warning, "revoked", {"v=DKIM1; p="}},
      {"revoked, with k=", warning, "revoked", {"v=DKIM1; k=rsa; p=;"}},
      {"revoked, alone", warning, "revoked", {"p="}},
      {"testing", warning, "testing", {"v=DKIM1; t=y; p=" + good}},
      {"testing and strict", warning, "testing", {"v=DKIM1; t=y:s; p=" + good}},
      {"testing, with blanks", warning, "testing", {"v=DKIM1; t= s : y ; p=" + good}},
      {"an unknown flag", warning, "unknown-flag", {"v=DKIM1; t=x; p=" + good}},
      {"an empty t=", warning, "unknown-flag", {"v=DKIM1; t=; p=" + good}},
      {"sha1 and sha256", warning, "sha1", {"v=DKIM1; h=sha1:sha256; p=" + good}},
      {"g=*", warning, "granularity", {"v=DKIM1; g=*; p=" + good}},
      {"g= with a name", warning, "granularity", {"v=DKIM1; g=news; p=" + good}},
      {"g= empty", warning, "granularity", {"v=DKIM1; g=; p=" + good}},
      {"an unknown tag", warning, "unknown-tag", {"v=DKIM1; q=dns/txt; p=" + good}},
      {"K= in capitals", warning, "tag-case", {"v=DKIM1; K=rsa; p=" + good}},
      {"V= in capitals", warning, "tag-case", {"V=DKIM1; p=" + good}},
      {"PKCS#1", warning, "bare-rsa", {rsa(keys::rsa_2048_bare)}},
      {"exponent 3", warning, "key-exponent", {rsa(keys::rsa_2048_e3)}},
      {"an umlaut in a note", warning, "not-ascii", {"v=DKIM1; n=f\xc3\xbcr uns; p=" + good}},
      {"a long note", warning, "long-record", {"v=DKIM1; n=" + std::string(5000, 'a') + "; p=" + good}},
  };
}

std::vector<Row> broken() {
  std::vector<Row> rows{
      {"nothing", error, "no-record", {}},
      {"empty", error, "empty-record", {""}},
      {"blanks alone", error, "empty-record", {" \t "}},
      {"a semicolon alone", error, "no-key", {";"}},
      {"v= alone", error, "no-key", {"v=DKIM1"}},
      {"no p=", error, "no-key", {"v=DKIM1; k=rsa"}},
      {"P= in capitals", error, "no-key", {"v=DKIM1; k=rsa; P=" + good}},
      {"prose", error, "tag-without-value", {"hello world"}},
      {"a key alone", error, "no-key", {good}},
      {"SPF", error, "other-record", {"v=spf1 include:_spf.example.com -all"}},
      {"SPF in capitals", error, "other-record", {"V=SPF1 -all"}},
      {"DMARC", error, "other-record", {"v=DMARC1; p=reject"}},
      {"TLS reporting", error, "other-record", {"v=TLSRPTv1; rua=mailto:tls@example.com"}},
      {"BIMI", error, "other-record", {"v=BIMI1; l=https://example.com/a.svg"}},
      {"MTA-STS", error, "other-record", {"v=STSv1; id=20270101"}},
      {"a token of somebody", error, "no-key", {"google-site-verification=abcdef"}},
      {"v=dkim1", error, "version", {"v=dkim1; k=rsa; p=" + good}},
      {"v=DKIM2", error, "version", {"v=DKIM2; k=rsa; p=" + good}},
      {"v=DKIM", error, "version", {"v=DKIM; k=rsa; p=" + good}},
      {"v=DKIM 1", error, "version", {"v=DKIM 1; k=rsa; p=" + good}},
      {"v=1", error, "version", {"v=1; k=rsa; p=" + good}},
      {"v= empty", error, "version", {"v=; k=rsa; p=" + good}},
      {"v= second", error, "version-not-first", {"k=rsa; v=DKIM1; p=" + good}},
      {"v= last", error, "version-not-first", {"k=rsa; p=" + good + "; v=DKIM1"}},
      {"k=dsa", error, "key-type", {"v=DKIM1; k=dsa; p=" + good}},
      {"k=RSA", error, "key-type", {"v=DKIM1; k=RSA; p=" + good}},
      {"k=Ed25519", error, "key-type", {"v=DKIM1; k=Ed25519; p=" + std::string(keys::ed25519)}},
      {"k=rsa-sha256", error, "key-type", {"v=DKIM1; k=rsa-sha256; p=" + good}},
      {"k=rsa2048", error, "key-type", {"v=DKIM1; k=rsa2048; p=" + good}},
      {"k= empty", error, "key-type", {"v=DKIM1; k=; p=" + good}},
      {"k=ed25519 with RSA", error, "key-misfit", {ed(good)}},
      {"k=rsa with Ed25519", error, "key-misfit", {rsa(keys::ed25519)}},
      {"no k= with Ed25519", error, "key-misfit", {"v=DKIM1; p=" + std::string(keys::ed25519)}},
      {"h=sha1", error, "no-sha256", {"v=DKIM1; h=sha1; p=" + good}},
      {"h=sha512", error, "no-sha256", {"v=DKIM1; h=sha512; p=" + good}},
      {"h=SHA256", error, "no-sha256", {"v=DKIM1; h=SHA256; p=" + good}},
      {"h=sha-256", error, "no-sha256", {"v=DKIM1; h=sha-256; p=" + good}},
      {"h= empty", error, "no-sha256", {"v=DKIM1; h=; p=" + good}},
      {"h= with commas", error, "no-sha256", {"v=DKIM1; h=sha1,sha256; p=" + good}},
      {"s=tlsrpt", error, "service-type", {"v=DKIM1; s=tlsrpt; p=" + good}},
      {"s= empty", error, "service-type", {"v=DKIM1; s=; p=" + good}},
      {"s=mail", error, "service-type", {"v=DKIM1; s=mail; p=" + good}},
      {"a selector in s=", error, "service-type", {"v=DKIM1; s=selector1; p=" + good}},
      {"p= twice", error, "duplicate-tag", {rsa() + "; p=" + good}},
      {"p= twice, once empty", error, "duplicate-tag", {"v=DKIM1; p=; p=" + good}},
      {"k= twice", error, "duplicate-tag", {"v=DKIM1; k=rsa; k=rsa; p=" + good}},
      {"v= twice", error, "duplicate-tag", {"v=DKIM1; v=DKIM1; p=" + good}},
      {"an unknown tag twice", error, "duplicate-tag", {"v=DKIM1; x=1; x=2; p=" + good}},
      {"two records", error, "several-records", {rsa(), ed()}},
      {"the same twice", error, "several-records", {rsa(), rsa()}},
      {"a key and SPF", error, "several-records", {rsa(), "v=spf1 -all"}},
      {"512 bits", error, "key-weak", {rsa(keys::rsa_512)}},
      {"768 bits", error, "key-weak", {rsa(keys::rsa_768)}},
      {"a private key, PKCS#1", error, "private-key", {rsa(keys::rsa_2048_pkcs1_private)}},
      {"a private key, PKCS#8", error, "private-key", {rsa(keys::rsa_1024_pkcs8_private)}},
      {"a private key, encrypted", error, "private-key", {rsa(keys::rsa_1024_pkcs8_encrypted)}},
      {"a private key, in two parts",
       error,
       "private-key",
       {rsa(head(keys::rsa_1024_pkcs8_private, 255) + "\" \"" +
            std::string(keys::rsa_1024_pkcs8_private).substr(255))}},
      {"a private key of Ed25519", error, "private-key", {ed(keys::ed25519_private)}},
      {"a private key of Ed25519, both halves", error, "private-key", {ed(keys::ed25519_pair)}},
      {"a private EC key", error, "private-key", {rsa(keys::ec_private)}},
      {"a private DSA key", error, "private-key", {rsa(keys::dsa_private)}},
      {"a private key without k=",
       error,
       "private-key",
       {"v=DKIM1; p=" + std::string(keys::rsa_2048_pkcs1_private)}},
      {"a private key with its armour",
       error,
       "private-key",
       {rsa("-----BEGIN RSA PRIVATE KEY-----" + std::string(keys::rsa_2048_pkcs1_private) +
            "-----END RSA PRIVATE KEY-----")}},
      {"a private key in the armour of a public one",
       error,
       "private-key",
       {rsa("-----BEGIN PUBLIC KEY-----" + std::string(keys::rsa_1024_pkcs8_private) +
            "-----END PUBLIC KEY-----")}},
      {"PEM", error, "pem-armour", {rsa("-----BEGIN PUBLIC KEY-----" + good + "-----END PUBLIC KEY-----")}},
      {"PEM, its first line", error, "pem-armour", {rsa("-----BEGIN PUBLIC KEY----- " + good)}},
      {"PEM, its last line", error, "pem-armour", {rsa(good + "-----END PUBLIC KEY-----")}},
      {"PEM in base64", error, "pem-armour", {rsa(keys::pem_again)}},
      {"a certificate", error, "certificate", {rsa(keys::certificate)}},
      {"a certificate request", error, "certificate-request", {rsa(keys::request)}},
      {"an OpenSSH key", error, "ssh-key", {rsa(keys::ssh)}},
      {"an EC key", error, "key-misfit", {rsa(keys::ec_public)}},
      {"an RSA-PSS key", error, "key-misfit", {rsa(keys::rsa_pss)}},
      {"Ed25519 wrapped", error, "wrapped-ed25519", {ed(keys::ed25519_wrapped)}},
      {"Ed25519 wrapped, k=rsa", error, "key-misfit", {rsa(keys::ed25519_wrapped)}},
      {"Ed25519 of zeros", error, "weak-key", {ed("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")}},
      {"Ed25519, the neutral point", error, "weak-key", {ed("AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")}},
      {"Ed25519, no point of the curve", error, "key-damaged", {ed("AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")}},
      {"Ed25519, no number below the prime", error, "key-damaged", {ed("//////////////////////////////////////////8=")}},
      {"Ed25519, a character of it changed", error, "key-damaged", {ed("21qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")}},
      {"Ed25519, the other sign", ok, "", {ed("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHUZo=")}},
      {"Ed25519, 31 octets", error, "key-octets", {ed("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHUQ==")}},
      {"Ed25519, 33 octets", error, "key-octets", {ed("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURoA")}},
      {"Ed25519 without padding", error, "base64-padding", {ed(head(keys::ed25519, 43))}},
      {"Ed25519 in hexadecimal",
       error,
       "key-octets",
       {ed("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")}},
      {"a dash in it", error, "base64-character", {with("-")}},
      {"an underscore in it", error, "base64-character", {with("_")}},
      {"cut for showing", error, "base64-character", {rsa("MIIBIjANBgkq...IDAQAB")}},
      {"a comma behind it", error, "base64-character", {rsa(good + ",")}},
      {"a full stop behind it", error, "base64-character", {rsa(good + ".")}},
      {"angle brackets", error, "base64-character", {rsa("<" + good + ">")}},
      {"a placeholder", error, "base64-character", {rsa("<public key>")}},
      {"a character too many", error, "base64-length", {rsa(good + "A")}},
      {"a character too few", error, "base64-padding", {rsa(head(good, 391))}},
      {"padding too much", error, "base64-padding", {rsa(good + "=")}},
      {"padding too much, twice", error, "base64-padding", {rsa(good + "==")}},
      {"padding in the middle", error, "base64-padding", {with("=")}},
      {"two keys", error, "", {rsa(good + good)}},
      {"two keys with padding", error, "base64-padding", {rsa(std::string(keys::ed25519) + keys::ed25519)}},
      {"cut at 255", error, "truncated", {rsa(head(good, 236))}},
      {"its end is missing", error, "truncated", {rsa(head(good, 388))}},
      {"its beginning is missing", error, "key-octets", {rsa(good.substr(4))}},
      {"a word", error, "", {rsa("test")}},
      {"a short word", error, "", {rsa("abcdefgh")}},
      {"something behind it", error, "trailing-octets", {rsa(good + "AAAA")}},
      {"its text is garbage", error, "no-key", {"%PDF-1.4"}},
      {"quotes around everything", error, "quotes", {"\"" + rsa() + "\""}},
      {"quotes at the joint", error, "quotes", {with("\" \"")}},
      {"quotes around the key", error, "quotes", {"v=DKIM1; p=\"" + good + "\""}},
      {"quotes around a word", error, "quotes", {"v=\"DKIM1\"; p=" + good}},
      {"a quote at the end", error, "quotes", {rsa() + "\""}},
      {"apostrophes around everything", error, "quotes", {"'" + rsa() + "'"}},
      {"typographic quotes", error, "curly-quotes", {"\xe2\x80\x9c" + rsa() + "\xe2\x80\x9d"}},
      {"backslashes before semicolons", error, "backslash", {"v=DKIM1\\; k=rsa\\; p=" + good}},
      {"one backslash", error, "backslash", {"v=DKIM1; k=rsa\\; p=" + good}},
      {"a backslash at the end", error, "backslash", {rsa() + "\\"}},
      {"backslash n", error, "backslash", {with("\\n")}},
      {"a zero-width space", error, "zero-width", {with("\xe2\x80\x8b")}},
      {"a byte order mark", error, "zero-width", {"\xef\xbb\xbf" + rsa()}},
      {"a word joiner at the end", error, "zero-width", {rsa() + "\xe2\x81\xa0"}},
      {"a soft hyphen", error, "zero-width", {with("\xc2\xad")}},
      {"a no-break space", error, "no-break-space", {"v=DKIM1;\xc2\xa0k=rsa; p=" + good}},
      {"a no-break space in the key", error, "no-break-space", {with("\xc2\xa0")}},
      {"a narrow no-break space", error, "no-break-space", {"v=DKIM1;\xe2\x80\xafk=rsa; p=" + good}},
      {"a no-break space of Latin-1", error, "not-utf8", {"v=DKIM1;\xa0k=rsa; p=" + good}},
      {"a Cyrillic letter", error, "not-ascii", {"v=DKIM1; k=rsa; \xd1\x80=" + good}},
      {"a full-width equals sign", error, "not-ascii", {"v=DKIM1; k=rsa; p\xef\xbc\x9d" + good}},
      {"a dash of typography", error, "not-ascii", {with("\xe2\x80\x93")}},
      {"NUL", error, "control-character", {with(std::string(1, '\0'))}},
      {"a line break", error, "control-character", {with("\n")}},
      {"DEL", error, "control-character", {rsa() + "\x7f"}},
      {"no semicolons", error, "missing-semicolon", {"v=DKIM1 k=rsa p=" + good}},
      {"no first semicolon", error, "missing-semicolon", {"v=DKIM1 k=rsa; p=" + good}},
      {"no semicolon before p=", error, "missing-semicolon", {"v=DKIM1; k=rsa p=" + good}},
      {"no semicolon behind the key", error, "missing-semicolon", {rsa() + " t=s"}},
      {"commas for semicolons", error, "missing-semicolon", {"v=DKIM1, k=rsa, p=" + good}},
      {"colons for semicolons", error, "missing-semicolon", {"v=DKIM1: k=rsa: p=" + good}},
      {"colons for equals signs", error, "tag-without-value", {"v:DKIM1; k:rsa; p:" + good}},
      {"an empty tag", error, "empty-tag", {"v=DKIM1;; k=rsa; p=" + good}},
      {"two semicolons at the end", error, "empty-tag", {rsa() + ";;"}},
      {"a semicolon first", error, "empty-tag", {"; " + rsa()}},
      {"no name", error, "tag-name", {"v=DKIM1; =x; p=" + good}},
      {"a name with a dash", error, "tag-name", {"v=DKIM1; x-a=x; p=" + good}},
      {"p without its sign", error, "tag-without-value", {"v=DKIM1; k=rsa; " + good}},
      {"a line of a zone file", error, "quotes", {"mail._domainkey IN TXT \"" + rsa() + "\""}},
      {"a signature",
       error,
       "signature",
       {"v=1; a=rsa-sha256; d=example.com; s=mail; h=from; bh=abc=; b=abc="}},
      {"HTML", error, "", {"v=DKIM1&#59; k=rsa&#59; p=" + good}},
      {"an error page", error, "", {"<html><body>404</body></html>"}},
      {"64 KiB of key", error, "too-long", {rsa(std::string(65536, 'A'))}},
      {"64 KiB of semicolons", error, "too-long", {std::string(65536, ';')}},
      {"64 KiB of quotes", error, "too-long", {std::string(65536, '"')}},
  };
  // One of those that a small prime divides, as six of seven are.
  auto damaged = good;
  for (std::size_t at = 200; decode_public_key(decode_base64(damaged).octets).divisor == 0; ++at) {
    damaged = good;
    damaged[at] = damaged[at] == 'A' ? 'B' : 'A';
  }
  rows.push_back({"a character typed wrong", error, "key-damaged", {rsa(damaged)}});
  return rows;
}

void check(const Row& row) {
  CAPTURE(row.what);
  const auto judged = judge_dkim(row.texts);
  const auto worst = std::max(judged.reasons.worst(), ok);
  std::string said;
  for (const auto& one : judged.reasons.all())
    said += fmt::format("{} {}: {}\n", to_string(one.severity), one.id, one.message);
  CAPTURE(said);
  CHECK(to_string(worst) == to_string(row.worst));
  if (!row.id.empty()) CHECK(judged.reasons.has(row.id));
  CHECK(judged.reasons.all().size() < 60);
  for (const auto& one : judged.reasons.all()) {
    CHECK_FALSE(one.source.empty());
    if (row.texts.empty()) continue;
    REQUIRE(one.at.record < row.texts.size());
    CHECK(one.at.offset + one.at.length <= row.texts[one.at.record].size());
  }
}

// DER by hand, for keys that OpenSSL does not make.
std::string der(char tag, const std::string& content) {
  std::string length;
  if (content.size() < 0x80) {
    length = static_cast<char>(content.size());
  } else {
    for (auto left = content.size(); left > 0; left >>= 8)
      length.insert(length.begin(), static_cast<char>(left & 0xFF));
    length.insert(length.begin(), static_cast<char>(0x80 | length.size()));
  }
  return tag + length + content;
}
std::string positive(std::string octets) {
  if (octets.empty() || (octets[0] & 0x80) != 0) octets.insert(octets.begin(), '\0');
  return der(0x02, octets);
}
/// A modulus of that many bits without a small divisor, as far as that is possible.
std::string modulus(unsigned bits) {
  std::string octets((bits + 7) / 8, '\0');
  octets[0] = static_cast<char>(1u << ((bits - 1) % 8));
  octets.back() = static_cast<char>(octets.back() | 1);
  return octets;
}
std::string octets_of_spki(const std::string& n, const std::string& e) {
  const std::string rsa_algorithm =
      der(0x30, std::string("\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00", 13));
  return der(0x30, rsa_algorithm + der(0x03, std::string(1, '\0') + der(0x30, n + e)));
}
const std::string usual = std::string("\x01\x00\x01", 3);

}  // namespace

TEST_CASE("sound key records") {
  for (const auto& row : sound()) check(row);
}

TEST_CASE("key records that work, and could be better") {
  for (const auto& row : doubtful()) check(row);
}

TEST_CASE("broken key records") {
  for (const auto& row : broken()) check(row);
  CHECK(sound().size() + doubtful().size() + broken().size() > 150);
}

TEST_CASE("a record in each shape, cut anywhere, is broken") {
  for (const auto& whole : {rsa(), ed(), rsa(keys::rsa_1024)}) {
    for (std::size_t size = 0; size < whole.size(); ++size) {
      const auto worst = judge_dkim({whole.substr(0, size)}).reasons.worst();
      CAPTURE(size);
      CHECK(worst >= (whole.substr(0, size).ends_with("p=") ? warning : error));
    }
  }
}

TEST_CASE("any octet of a key that is another one is noticed, or leaves a key that OpenSSL reads") {
  unsigned sound_ones = 0;
  for (std::size_t at = 0; at < good.size(); ++at) {
    auto text = good;
    text[at] = text[at] == 'x' ? 'y' : 'x';
    const auto judged = judge_dkim({rsa(text)});
    if (judged.reasons.worst() < warning) ++sound_ones;
  }
  CHECK(sound_ones < good.size() / 5);  // one of seven odd numbers has no small divisor
}

TEST_CASE("keys of 1 to 16,384 bits and beyond are read at once") {
  const auto begun = std::chrono::steady_clock::now();
  for (unsigned bits = 1; bits <= 16'500;
       bits += bits < 40 || (bits > 1000 && bits < 1040) || bits > 16'370 ? 1 : 61) {
    const auto key = decode_public_key(octets_of_spki(positive(modulus(bits)), positive(usual)));
    CAPTURE(bits);
    CHECK(key.form == DkimPublicKey::Form::rsa);
    CHECK(key.bits == bits);
    CHECK(key.exponent == 65537);
  }
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(30));
}

TEST_CASE("the numbers of an RSA key") {
  const auto read = [](const std::string& n, const std::string& e) {
    return decode_public_key(octets_of_spki(n, e));
  };
  const auto n = modulus(2048);
  CHECK(read(positive(n), positive(std::string("\x01", 1))).exponent == 1);
  CHECK_FALSE(read(positive(n), positive(std::string("\x01\x00\x00", 3))).exponent_odd);
  CHECK_FALSE(read(positive(n), positive(std::string(300, '\x7f'))).exponent_below_modulus);
  CHECK(read(positive(n), positive(std::string(20, '\x7f'))).exponent_bits == 159);
  CHECK(read(der(0x02, n), positive(usual)).negative);
  auto even = n;
  even.back() = 0;
  CHECK(read(positive(even), positive(usual)).divisor == 2);
}

TEST_CASE("base64, where it is wrong") {
  using Fault = Base64::Fault;
  const auto fault = [](std::string_view text) { return decode_base64(text).fault; };
  CHECK(decode_base64("aGFsbG8=").octets == "hallo");
  CHECK(decode_base64(" aG Fs\tbG8 = ").octets == "hallo");
  CHECK(decode_base64("aGFsbG8hIQ==").octets == "hallo!!");
  CHECK(fault("aGFsbG8=") == Fault::none);
  CHECK(fault("aGFsbG8") == Fault::padding);
  CHECK(fault("aGFsbG8==") == Fault::excess);
  CHECK(fault("aGFsbG8hIQ=") == Fault::padding);
  CHECK(fault("aGFsb") == Fault::length);
  CHECK(fault("aGFs=bG8=") == Fault::excess);
  CHECK(fault("====") == Fault::excess);
  CHECK(decode_base64("aGF*bG8=").at == 3);
}

TEST_CASE("tags have their places") {
  const auto judged = judge_dkim({" v = DKIM1 ; p = " + good});
  const auto& tags = judged.records[0].tags.tags;
  REQUIRE(tags.size() == 2);
  CHECK(tags[0].offset == 1);
  CHECK(tags[0].length == 9);
  CHECK(tags[0].value_offset == 5);
  CHECK(tags[0].value == "DKIM1");
  CHECK(tags[1].offset == 13);
  CHECK(tags[1].value_offset == 17);
  CHECK(tags[1].value_length == good.size());
}
