"""Measures of Kazakh morphology: a baseline stripper, the treebank, types of acts marked by readers, speed."""
