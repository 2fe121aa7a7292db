"""Meeting the web: what goes over the wire, to which addresses, how often, and what is allowed.

    request → fingerprint, robots, pace, backoff, conditional   is it asked, now, and how
      → handler → dial (addresses, connect_to, tls) → tap       the bytes both ways
        → framing → body, spool → exchanges → recorder          kept, before anybody reads them
      → decoding → redirects, refresh → spider

What could not be had is a fact by `failures`, what was not asked one by `refusals`; `origin` tells
how a request came about.
"""
