"""One more language needs a catalogue and nothing else; a made-up one shows what does not come from one."""
