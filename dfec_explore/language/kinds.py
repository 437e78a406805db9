"""The kinds and forms of words as plain constants.

The parser compares them a thousand times a caption; looking a member up on its class each time took a third of it all.
"""

from dfec_explore.language.vocabulary import Form, Kind

OTHER = Kind.OTHER
SKIP = Kind.SKIP
DETERMINER = Kind.DETERMINER
PREPOSITION = Kind.PREPOSITION
ADJECTIVE = Kind.ADJECTIVE
PART = Kind.PART
CUE = Kind.CUE
DIRECTION = Kind.DIRECTION
INTENSITY = Kind.INTENSITY
NEGATION = Kind.NEGATION
STOP = Kind.STOP
UNREAL = Kind.UNREAL
CHANGE = Kind.CHANGE
CONJUNCTION = Kind.CONJUNCTION
BREAK = Kind.BREAK
COMMA = Kind.COMMA
SUBJECT = Kind.SUBJECT
REFERENCE = Kind.REFERENCE
ONE = Kind.ONE
HEAD_NOUN = Kind.HEAD_NOUN
SENTENCE = Kind.SENTENCE
APPEARANCE = Kind.APPEARANCE
ANNOUNCEMENT = Kind.ANNOUNCEMENT
UNIT = Kind.UNIT
COLON = Kind.COLON

BASE_FORM = int(Form.BASE)
THIRD_FORM = int(Form.THIRD)
ING_FORM = int(Form.ING)
PAST_FORM = int(Form.PAST)
NOUN_FORM = int(Form.NOUN)
ADJECTIVE_FORM = int(Form.ADJECTIVE)
SHY_FORM = int(Form.SHY)
