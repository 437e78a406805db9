"""Progress, section by section: what is judged so far, plans, the error rate, agreement and disagreements."""
