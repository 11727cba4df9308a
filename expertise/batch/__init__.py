"""Many drafts at once: a list of them in, a folder of results out; begun again it does only what is not done."""
