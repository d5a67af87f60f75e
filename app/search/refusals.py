"""What groups of words for one thing are refused for."""

from app.foundation.errors import DomainError


class TooFewWordsError(DomainError):
    """One word alone has no synonym."""

    code = "search_too_few_words"
    status = 422


class WordTakenError(DomainError):
    """A word that another group holds already."""

    code = "search_word_taken"
    status = 422


class TooManyWordsError(DomainError):
    """More words for one thing than a group holds."""

    code = "search_too_many_words"
    status = 422


class LongWordError(DomainError):
    """A word that nobody would type as one."""

    code = "search_long_word"
    status = 422
