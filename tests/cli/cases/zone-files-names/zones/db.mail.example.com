$TTL 1d
@ IN SOA ns1.hoster.example. noc.hoster.example. 1 4h 1h 2w 1h
@ IN NS ns1.hoster.example.
mx1 IN A 192.0.2.10
