"""The application: wires fingerprints, pipelines, sources and the command line together."""
