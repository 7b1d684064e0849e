"""One module a page, in the order of the method. Each shows, asks and hands over."""
