// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/records/dkim_public_key.h"

#include <fmt/format.h>
#include <openssl/asn1.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <memory>

namespace rdnsgate::mailauth {
namespace {

using Form = DkimPublicKey::Form;

struct Free {
  void operator()(ASN1_SEQUENCE_ANY* sequence) const { sk_ASN1_TYPE_pop_free(sequence, ASN1_TYPE_free); }
  void operator()(BIGNUM* number) const { BN_free(number); }
  void operator()(BN_CTX* context) const { BN_CTX_free(context); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(X509_REQ* request) const { X509_REQ_free(request); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
template <typename T>
using Owned = std::unique_ptr<T, Free>;

const unsigned char* octets_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

/// The errors that OpenSSL keeps for a thread are nobody else's business.
struct KeepNoErrors {
  ~KeepNoErrors() { ERR_clear_error(); }
};

/// The elements of a SEQUENCE, each as it came.
class Sequence {
 public:
  explicit Sequence(std::string_view der) {
    if (der.empty() || der.size() > 1u << 20) return;
    const auto* at = octets_of(der);
    items_.reset(d2i_ASN1_SEQUENCE_ANY(nullptr, &at, static_cast<long>(der.size())));
    if (items_ && at != octets_of(der) + der.size()) items_.reset();
  }
  explicit operator bool() const { return items_ != nullptr; }
  int size() const { return items_ ? sk_ASN1_TYPE_num(items_.get()) : 0; }
  int type(int index) const { return index < size() ? item(index)->type : -1; }
  bool is(std::initializer_list<int> types) const {
    int index = 0;
    return static_cast<int>(types.size()) <= size() &&
           std::all_of(types.begin(), types.end(), [&](int one) { return type(index++) == one; });
  }
  const ASN1_INTEGER* integer(int index) const { return item(index)->value.integer; }
  const ASN1_OBJECT* object(int index) const { return item(index)->value.object; }
  /// The content of a string; of a SEQUENCE its DER.
  std::string_view octets(int index) const {
    const auto* text = item(index)->value.asn1_string;
    return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
            static_cast<std::size_t>(ASN1_STRING_length(text))};
  }

 private:
  const ASN1_TYPE* item(int index) const { return sk_ASN1_TYPE_value(items_.get(), index); }
  Owned<ASN1_SEQUENCE_ANY> items_;
};

/// The octets of the outermost DER element by its own length; 0 where that cannot be read.
std::size_t announced_size(std::string_view der) {
  if (der.size() < 2 || der[0] != 0x30) return 0;
  const auto first = static_cast<unsigned char>(der[1]);
  if (first < 0x80) return 2u + first;
  const std::size_t count = first & 0x7Fu;
  if (count == 0 || count > 4 || der.size() < 2 + count) return 0;
  std::size_t length = 0;
  for (std::size_t i = 0; i < count; ++i) length = length << 8 | static_cast<unsigned char>(der[2 + i]);
  return 2 + count + length;
}

std::string name_of(const ASN1_OBJECT* object) {
  std::array<char, 80> text{};
  OBJ_obj2txt(text.data(), static_cast<int>(text.size()), object, 0);
  return text.data();
}

/// A product of two large primes has no small divisor: one that has is damaged, or was never made right.
unsigned small_divisor(const BIGNUM* modulus) {
  static const auto primes = [] {
    std::array<unsigned, 303> all{};  // those below 2000
    std::size_t count = 0;
    for (unsigned n = 2; n < 2000; ++n) {
      if (std::all_of(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count),
                      [&](unsigned p) { return n % p != 0; }))
        all[count++] = n;
    }
    return all;
  }();
  for (const unsigned prime : primes) {
    if (BN_mod_word(modulus, prime) == 0) return prime;
  }
  return 0;
}

bool take_rsa(const Sequence& numbers, int at, DkimPublicKey& key) {
  const Owned<BIGNUM> n(ASN1_INTEGER_to_BN(numbers.integer(at), nullptr)),
      e(ASN1_INTEGER_to_BN(numbers.integer(at + 1), nullptr));
  if (!n || !e) return false;
  key.bits = static_cast<unsigned>(BN_num_bits(n.get()));
  key.exponent_bits = static_cast<unsigned>(BN_num_bits(e.get()));
  if (key.exponent_bits <= 64) key.exponent = key.exponent_bits == 0 ? 0 : BN_get_word(e.get());
  key.negative = BN_is_negative(n.get()) != 0 || BN_is_negative(e.get()) != 0;
  key.exponent_odd = BN_is_odd(e.get()) != 0;
  key.exponent_below_modulus = BN_cmp(e.get(), n.get()) < 0;
  key.divisor = BN_num_bits(n.get()) > 22 ? small_divisor(n.get()) : 0;
  return true;
}

DkimPublicKey& unknown(DkimPublicKey& key, std::string what) {
  key.form = Form::unknown;
  key.what = std::move(what);
  return key;
}

/// SubjectPublicKeyInfo: an algorithm and the key as a BIT STRING.
void take_info(const Sequence& info, std::string_view der, DkimPublicKey& key) {
  const Sequence algorithm(info.octets(0));
  if (!algorithm.is({V_ASN1_OBJECT})) {
    unknown(key, "its algorithm cannot be read");
    return;
  }
  const int id = OBJ_obj2nid(algorithm.object(0));
  const auto inner = info.octets(1);
  if (id == NID_ED25519) {
    key.form = Form::ed25519_wrapped;
    return;
  }
  if (id != NID_rsaEncryption) {
    key.form = Form::other_algorithm;
    key.what = name_of(algorithm.object(0));
    return;
  }
  const Sequence numbers(inner);
  if (numbers.size() != 2 || !numbers.is({V_ASN1_INTEGER, V_ASN1_INTEGER}) || !take_rsa(numbers, 0, key)) {
    unknown(key, "it names RSA, and the numbers of the key cannot be read");
    return;
  }
  key.form = Form::rsa;
  const auto* at = octets_of(der);
  const Owned<EVP_PKEY> whole(d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size())));
  if (!whole && key.bits > 0 && !key.negative) unknown(key, "OpenSSL does not accept it as an RSA key");
}

bool take_private(const Sequence& top, DkimPublicKey& key) {
  constexpr int number = V_ASN1_INTEGER;
  const char* what = nullptr;
  if (top.is({number, number, number, number, number, number, number, number, number}))
    what = "RSA, PKCS#1";
  else if (top.is({number, V_ASN1_SEQUENCE, V_ASN1_OCTET_STRING}))
    what = "PKCS#8";
  else if (top.is({V_ASN1_SEQUENCE, V_ASN1_OCTET_STRING}))
    what = "PKCS#8, encrypted";
  else if (top.is({number, V_ASN1_OCTET_STRING}))
    what = "EC";
  else if (top.size() == 6 && top.is({number, number, number, number, number, number}))
    what = "DSA";
  if (what == nullptr) return false;
  key.form = Form::private_key;
  key.what = what;
  return true;
}

void take_der(std::string_view der, DkimPublicKey& key) {
  const Sequence top(der);
  if (!top) {
    unknown(key, "its DER is damaged");
    return;
  }
  if (take_private(top, key)) return;
  if (top.size() == 2 && top.is({V_ASN1_SEQUENCE, V_ASN1_BIT_STRING})) return take_info(top, der, key);
  if (top.size() == 2 && top.is({V_ASN1_INTEGER, V_ASN1_INTEGER})) {
    key.form = Form::rsa_bare;
    if (!take_rsa(top, 0, key)) unknown(key, "the numbers of the key cannot be read");
    return;
  }
  const auto* at = octets_of(der);
  if (const Owned<X509> certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size()))); certificate) {
    key.form = Form::certificate;
    return;
  }
  at = octets_of(der);
  if (const Owned<X509_REQ> request(d2i_X509_REQ(nullptr, &at, static_cast<long>(der.size()))); request) {
    key.form = Form::request;
    return;
  }
  unknown(key, "it is DER, and no key");
}

/// The points of order 1, 2, 4 and 8, by which anything verifies; the sign bit does not matter.
bool is_weak_point(std::string_view octets) {
  static constexpr std::array<std::string_view, 2> order_8{
      std::string_view(
          "\xc7\x17\x6a\x70\x3d\x4d\xd8\x4f\xba\x3c\x0b\x76\x0d\x10\x67\x0f\x2a\x20\x53\xfa\x2c\x39\xcc\xc6"
          "\x4e\xc7\xfd\x77\x92\xac\x03\x7a",
          32),
      std::string_view(
          "\x26\xe8\x95\x8f\xc2\xb2\x27\xb0\x45\xc3\xf4\x89\xf2\xef\x98\xf0\xd5\xdf\xac\x05\xd3\xc6\x33\x39"
          "\xb1\x38\x02\x88\x6d\x53\xfc\x05",
          32)};
  std::string y(octets);
  y[31] = static_cast<char>(y[31] & 0x7F);
  if (y == order_8[0] || y == order_8[1]) return true;
  const std::string_view middle(y.data() + 1, 30);
  const auto low = static_cast<unsigned char>(y[0]);
  // 0 and 1; the prime 2^255 - 19 less one, itself, and one more.
  if (low <= 1 && y[31] == 0) return middle.find_first_not_of('\0') == std::string_view::npos;
  return low >= 0xEC && low <= 0xEE && y[31] == 0x7F &&
         middle.find_first_not_of('\xFF') == std::string_view::npos;
}

/// Half of all texts of 32 octets are the y of no point (RFC 8032 §5.1.3): x² = (y² - 1) / (d y² + 1) is a square where
/// the product of the two is one. The highest bit is the sign of x. True too where OpenSSL has no memory.
bool may_be_point(std::string_view octets) {
  std::string y_octets(octets);
  y_octets[31] = static_cast<char>(y_octets[31] & 0x7F);
  const Owned<BN_CTX> context(BN_CTX_new());
  const Owned<BIGNUM> y(BN_lebin2bn(octets_of(y_octets), 32, nullptr)), square(BN_new()), u(BN_new()), v(BN_new());
  BIGNUM *prime_read = nullptr, *d_read = nullptr;
  BN_hex2bn(&prime_read, "7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFED");
  BN_hex2bn(&d_read, "52036CEE2B6FFE738CC740797779E89800700A4D4141D8AB75EB4DCA135978A3");
  const Owned<BIGNUM> prime(prime_read), d(d_read);
  if (!context || !y || !square || !u || !v || !prime || !d) return true;
  if (BN_cmp(y.get(), prime.get()) >= 0) return false;
  const bool done = BN_mod_sqr(square.get(), y.get(), prime.get(), context.get()) == 1 &&
                    BN_mod_sub(u.get(), square.get(), BN_value_one(), prime.get(), context.get()) == 1 &&
                    BN_mod_mul(v.get(), d.get(), square.get(), prime.get(), context.get()) == 1 &&
                    BN_mod_add(v.get(), v.get(), BN_value_one(), prime.get(), context.get()) == 1 &&
                    BN_mod_mul(u.get(), u.get(), v.get(), prime.get(), context.get()) == 1;
  return !done || BN_kronecker(u.get(), prime.get(), context.get()) != -1;
}

/// As libsodium and Go keep a private key: the seed, and the public key that belongs to it.
bool is_ed25519_pair(std::string_view octets) {
  const Owned<EVP_PKEY> key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, octets_of(octets), 32));
  std::array<unsigned char, 32> made{};
  std::size_t size = made.size();
  return key && EVP_PKEY_get_raw_public_key(key.get(), made.data(), &size) == 1 &&
         std::equal(made.begin(), made.end(), octets_of(octets) + 32);
}

}  // namespace

DkimPublicKey decode_public_key(const std::string& octets) {
  const KeepNoErrors none;
  using namespace std::string_view_literals;
  DkimPublicKey key;
  key.size = octets.size();
  const std::string_view all = octets;
  if (all.find("-----BEGIN"sv) != std::string_view::npos) {
    key.form = all.find("PRIVATE KEY"sv) != std::string_view::npos ? Form::private_key : Form::armour;
    key.what = "PEM";
    return key;
  }
  if (all.starts_with("openssh-key-v1"sv)) {
    key.form = Form::private_key;
    key.what = "OpenSSH";
    return key;
  }
  if (all.starts_with("\0\0\0\x07ssh-"sv) || all.starts_with("\0\0\0\x0bssh-"sv)) {
    key.form = Form::ssh;
    return key;
  }
  const auto announced = announced_size(all);
  if (announced != 0 && announced <= all.size()) {
    take_der(all.substr(0, announced), key);
    key.announced = announced;
    if (key.form != Form::unknown || all.size() != 32) {
      key.trailing = all.size() - announced;
      return key;
    }
  }
  if (all.size() == 32) {
    key.form = Form::ed25519;
    key.what.clear();
    key.weak_point = is_weak_point(all);
    key.no_point = !may_be_point(all);
    return key;
  }
  if (all.size() == 64 && is_ed25519_pair(all)) {
    key.form = Form::private_key;
    key.what = "Ed25519";
    return key;
  }
  if (announced > all.size() && all.size() >= 2) {
    key.form = Form::truncated;
    key.announced = announced;
  }
  return key;
}

}  // namespace rdnsgate::mailauth
