"""One HTTP request, made safely: interface, address guard, table of causes, aiohttp in one file."""
