// PacketWalker: see docs/architecture.md.
