"""Amendments as operations (DESIGN 2, methodology 5.3): recognised in both languages, word for word, or not at all.

``reading`` recognises frames and instructions in the words of one unit (data: ``amendments.{ru,kk}.yaml``), ``collect``
reads them in the frames of the tree.
"""
