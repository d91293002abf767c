"""The words of the field as frozen values; standard library only, imports nothing above errors."""
