"""Floor 2: village, post, officers, households and persons, the nouns every feature points at."""
