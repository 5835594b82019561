"""Fuzzing: what strangers' bytes may not do, and two ways to look for bytes that do."""
