"""Floor 2: the nouns every feature points at: village, post, officer, household, person.

A village office keeps its residents by family card (KK). A person here is somebody the
post may one day serve; most are known only to the village until a service for them
starts, and only then does the district see them.
"""
