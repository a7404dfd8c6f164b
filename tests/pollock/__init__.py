"""The pollutions of the Pollock benchmark, on a table of our own, and their score.

Vitagliano et al., Pollock: A Data Loading Benchmark, VLDB 2023.
"""
