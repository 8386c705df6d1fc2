"""Reports to claims. The only room that knows the parser: tense, speech and syntax choose how a value is read here.

Import `understanding.read` where claims are read: it loads the parser's library, which takes a second or two.
"""
