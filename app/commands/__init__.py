"""The commands of `observatory`. A command that needs the stores uses those of a running Observatory, or starts its own."""
