"""Headers of every answer of both APIs and both web apps."""

SAFE_HEADERS = {
    # Whoever opens an answer as a page sees no page: nothing loads, nobody frames it.
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
}
