"""A category tree reviewed: what is said of it, looked at, proposed, frozen and compared.

Reviewers speak and propose (``domain.decisions.REVIEWERS_ACTS``); the tree changes only by its
builder's acts.
"""
