"""nlp.classifier: the trained model at run time – provision → a score for every factor, with the words it rests on.

Needs no torch: the network is an ONNX file, the tokenizer a SentencePiece model; both are data (``models/weights``).
"""
