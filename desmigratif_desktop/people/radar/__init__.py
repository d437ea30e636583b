"""The duplicate radar: who in the register may be the person being typed; it never blocks.

Names are compared by how they sound in Indonesia, numbers and dates by the slips of a pen,
and every hit says its reasons in words.
"""
