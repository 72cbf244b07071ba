// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/lab/interface.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>

#include <cstring>

#include "resolve/lab/netlink.h"

namespace rdnsgate::resolve {
namespace {

constexpr int loopback = 1;  // the first interface of any network
constexpr std::uint16_t wants_answer = NLM_F_REQUEST | NLM_F_ACK;
constexpr std::string_view table_name = "rdnsgate", chain_name = "input";

std::string_view octets_of_address(const IpAddress& address) {
  return {reinterpret_cast<const char*>(address.data()), address.size()};
}

/// A message about tables of filters (linux/netfilter/nf_tables.h).
NetlinkMessage about_tables(int what, std::uint8_t family, std::uint16_t flags) {
  nfgenmsg head{};
  head.nfgen_family = family;
  head.version = NFNETLINK_V0;
  return {static_cast<std::uint16_t>((NFNL_SUBSYS_NFTABLES << 8) | what), flags, octets_of(head)};
}

NetlinkMessage batch(std::uint16_t what) {
  nfgenmsg head{};
  head.version = NFNETLINK_V0;
  head.res_id = htons(NFNL_SUBSYS_NFTABLES);
  return {what, NLM_F_REQUEST, octets_of(head)};
}

/// A rule is a list of expressions: each has a name, and what it works on.
template <typename Fill>
void add_expression(NetlinkMessage& rule, std::string_view name, const Fill& fill) {
  const auto element = rule.open(NFTA_LIST_ELEM | NLA_F_NESTED);
  rule.put_text(NFTA_EXPR_NAME, name);
  const auto data = rule.open(NFTA_EXPR_DATA | NLA_F_NESTED);
  fill();
  rule.close(data);
  rule.close(element);
}

/// What the register holds has to be these octets.
void compare(NetlinkMessage& rule, std::string_view octets) {
  add_expression(rule, "cmp", [&] {
    rule.put_number(NFTA_CMP_SREG, NFT_REG_1);
    rule.put_number(NFTA_CMP_OP, NFT_CMP_EQ);
    const auto data = rule.open(NFTA_CMP_DATA | NLA_F_NESTED);
    rule.put(NFTA_DATA_VALUE, octets);
    rule.close(data);
  });
}

void load_payload(NetlinkMessage& rule, std::uint32_t base, std::uint32_t offset, std::uint32_t length) {
  add_expression(rule, "payload", [&] {
    rule.put_number(NFTA_PAYLOAD_DREG, NFT_REG_1);
    rule.put_number(NFTA_PAYLOAD_BASE, base);
    rule.put_number(NFTA_PAYLOAD_OFFSET, offset);
    rule.put_number(NFTA_PAYLOAD_LEN, length);
  });
}

void drop(NetlinkMessage& rule) {
  add_expression(rule, "immediate", [&] {
    rule.put_number(NFTA_IMMEDIATE_DREG, NFT_REG_VERDICT);
    const auto data = rule.open(NFTA_IMMEDIATE_DATA | NLA_F_NESTED);
    const auto verdict = rule.open(NFTA_DATA_VERDICT | NLA_F_NESTED);
    rule.put_number(NFTA_VERDICT_CODE, NF_DROP);
    rule.close(verdict);
    rule.close(data);
  });
}

NetlinkMessage new_table(std::uint8_t family) {
  auto table = about_tables(NFT_MSG_NEWTABLE, family, wants_answer | NLM_F_CREATE);
  table.put_text(NFTA_TABLE_NAME, table_name);
  return table;
}

/// Of what comes in.
NetlinkMessage new_chain(std::uint8_t family) {
  auto chain = about_tables(NFT_MSG_NEWCHAIN, family, wants_answer | NLM_F_CREATE);
  chain.put_text(NFTA_CHAIN_TABLE, table_name);
  chain.put_text(NFTA_CHAIN_NAME, chain_name);
  const auto hook = chain.open(NFTA_CHAIN_HOOK | NLA_F_NESTED);
  chain.put_number(NFTA_HOOK_HOOKNUM, NF_INET_LOCAL_IN);
  chain.put_number(NFTA_HOOK_PRIORITY, 0);
  chain.close(hook);
  chain.put_text(NFTA_CHAIN_TYPE, "filter");
  return chain;
}

/// As `ip daddr ADDRESS tcp dport 53 drop` of nft(8).
NetlinkMessage new_rule(std::uint8_t family, const IpAddress& address) {
  constexpr std::uint32_t destination_v4 = 16, destination_v6 = 24, destination_port = 2;
  auto rule = about_tables(NFT_MSG_NEWRULE, family, wants_answer | NLM_F_CREATE | NLM_F_APPEND);
  rule.put_text(NFTA_RULE_TABLE, table_name);
  rule.put_text(NFTA_RULE_CHAIN, chain_name);
  const auto all = rule.open(NFTA_RULE_EXPRESSIONS | NLA_F_NESTED);
  add_expression(rule, "meta", [&] {
    rule.put_number(NFTA_META_KEY, NFT_META_L4PROTO);
    rule.put_number(NFTA_META_DREG, NFT_REG_1);
  });
  const std::uint8_t tcp = IPPROTO_TCP;
  compare(rule, octets_of(tcp));
  const auto octets = octets_of_address(address);
  load_payload(rule, NFT_PAYLOAD_NETWORK_HEADER, address.is_v4() ? destination_v4 : destination_v6,
               static_cast<std::uint32_t>(octets.size()));
  compare(rule, octets);
  const std::uint16_t port = htons(53);
  load_payload(rule, NFT_PAYLOAD_TRANSPORT_HEADER, destination_port, sizeof port);
  compare(rule, octets_of(port));
  drop(rule);
  rule.close(all);
  return rule;
}

}  // namespace

Result<void> raise_loopback() {
  ifinfomsg head{};
  head.ifi_family = AF_UNSPEC;
  head.ifi_index = loopback;
  head.ifi_flags = head.ifi_change = IFF_UP;
  const int error = ask_kernel(NETLINK_ROUTE, {{RTM_NEWLINK, wants_answer, octets_of(head)}}, 1);
  if (error != 0)
    return fail(fmt::format("the loopback interface cannot be used here: {}", std::strerror(error)));
  return {};
}

Result<void> add_address(const IpAddress& address) {
  ifaddrmsg head{};
  head.ifa_family = address.is_v4() ? AF_INET : AF_INET6;
  head.ifa_prefixlen = address.is_v4() ? 32 : 128;
  head.ifa_flags = IFA_F_NODAD;  // nobody else can have it
  head.ifa_index = loopback;
  NetlinkMessage message(RTM_NEWADDR, wants_answer | NLM_F_CREATE | NLM_F_REPLACE, octets_of(head));
  message.put(IFA_LOCAL, octets_of_address(address));
  message.put(IFA_ADDRESS, octets_of_address(address));
  const int error = ask_kernel(NETLINK_ROUTE, {message}, 1);
  if (error != 0)
    return fail(
        fmt::format("{} can be no server's address here: {}", address.to_string(), std::strerror(error)));
  return {};
}

Result<void> drop_tcp_to(const IpAddress& address) {
  const std::uint8_t family = address.is_v4() ? NFPROTO_IPV4 : NFPROTO_IPV6;
  const int error = ask_kernel(NETLINK_NETFILTER,
                               {batch(NFNL_MSG_BATCH_BEGIN), new_table(family), new_chain(family),
                                new_rule(family, address), batch(NFNL_MSG_BATCH_END)},
                               3);
  if (error != 0)
    return fail(fmt::format("this kernel has no firewall that can drop TCP: {}", std::strerror(error)),
                "it needs nf_tables (modprobe nf_tables)");
  return {};
}

}  // namespace rdnsgate::resolve
