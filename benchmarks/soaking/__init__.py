"""Parts of the soak: random work through the real channel, servers that die, and the verdict."""
