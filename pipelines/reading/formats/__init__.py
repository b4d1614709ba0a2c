"""One file per format; each names its `FORMATS`, and being here is all the registration it needs."""
