"""The command line: what each command takes. `monitor/cli.py` lists them."""
