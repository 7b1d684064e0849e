"""A draft of the method chapter, told from the decision log: every number with its source there."""
