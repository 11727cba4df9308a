"""Who asks: passwords, sessions of browsers, tokens, and what a route demands of whoever asks."""
