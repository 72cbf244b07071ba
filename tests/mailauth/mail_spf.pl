#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
#
# Evaluates with Mail::SPF (Debian's libmail-spf-perl) what spf_oracle_test.py asks: lines of JSON on standard input, each
# {"sets": {"owner type": [values]}, "failing": ["owner type"], "asks": [[ip, sender, helo]]}; for each a line with the
# [result, explanation] of every ask. Its resolver is a table.
use strict;
use warnings;
use JSON::PP;
use Mail::SPF;
use Net::DNS;

package Table;
sub new { my ($class, $world) = @_; return bless {world => $world}, $class }
sub errorstring { return $_[0]{error} || '' }
sub send {
    my ($self, $name, $type) = @_;
    my $key = lc($name =~ s/\.$//r) . " $type";
    if (grep { $_ eq $key } @{$self->{world}{failing}}) {
        $self->{error} = 'query timed out';
        return undef;
    }
    my $packet = Net::DNS::Packet->new($name, $type);
    $packet->header->qr(1);
    my $values = $self->{world}{sets}{$key};
    $packet->header->rcode($values ? 'NOERROR' : 'NXDOMAIN');
    for my $value (@{$values || []}) {
        my %data = $type eq 'TXT' ? (txtdata => [$value]) : $type eq 'MX' ? (preference => 10, exchange => $value)
            : $type eq 'PTR' ? (ptrdname => $value) : (address => $value);
        $packet->push(answer => Net::DNS::RR->new(name => $name, type => $type, class => 'IN', ttl => 60, %data));
    }
    return $packet;
}

package main;
my $json = JSON::PP->new->ascii;
while (my $line = <STDIN>) {
    my $world = $json->decode($line);
    my $server = Mail::SPF::Server->new(dns_resolver => Table->new($world), max_void_dns_lookups => 2,
                                        default_authority_explanation => 'DEFAULT');
    my @results;
    for my $ask (@{$world->{asks}}) {
        my ($ip, $sender, $helo) = @$ask;
        my $result = eval {
            $server->process(Mail::SPF::Request->new(versions => [1], scope => 'mfrom', identity => $sender,
                                                     ip_address => $ip, helo_identity => $helo));
        };
        push @results, defined $result
            ? [$result->code, $result->can('authority_explanation') ? '' . $result->authority_explanation : undef]
            : ["died: $@", undef];
    }
    print $json->encode(\@results), "\n";
}
