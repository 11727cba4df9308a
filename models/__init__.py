"""models: how the classifier is made – tokenizer, pretraining, fine-tuning, weighing, export; no part of run time."""
