// FugueCommands: see docs/architecture.md.
