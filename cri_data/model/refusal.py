"""What is said to a person whose request cannot be carried out."""


class Refusal(Exception):
    """Nothing was done. Its text tells the person who asked why, and what to do."""
