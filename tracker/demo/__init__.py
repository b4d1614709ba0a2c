"""One made-up incident, played on real servers on this machine."""
