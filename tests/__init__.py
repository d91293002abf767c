"""The tests: a package, for a dependency of ours installs one of the same name, which must not stand before it."""
