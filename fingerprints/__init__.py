"""Tables and text in, keyed fingerprints and matches out. Pure: no Scrapy, no store, no network, no clock."""
