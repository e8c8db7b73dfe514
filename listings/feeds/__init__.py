"""What other programs read: Atom feeds, calendars, linked data in pages, sitemaps. All of it starts from `public()`."""
