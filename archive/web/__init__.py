"""The rules of the web's standards: addresses, HTTP messages, the codings of their bodies. Pure."""
