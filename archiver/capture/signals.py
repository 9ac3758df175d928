"""Scrapy signals of our own."""

exchange_ended = object()
"""Sent by the download handler for each recorded exchange, before Scrapy sees the response.

Arguments: ``exchange`` (warc.exchange.Exchange), ``request`` (scrapy.Request)."""

recording_failed = object()
"""Sent where an exchange could not be recorded. Arguments: ``error`` (warc.errors.CannotStore)."""
