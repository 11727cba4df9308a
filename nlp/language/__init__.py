"""nlp.language: language of a paragraph; tokens, sentences, lemmas, features for ru and kk behind one interface."""
