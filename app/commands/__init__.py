"""The commands of `observatory`. One that needs the stores uses those of a run that is going on, or starts its own."""
