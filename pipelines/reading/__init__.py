"""Bytes in, text with structure out, read in limited worker processes that hold no key and no fingerprints."""
