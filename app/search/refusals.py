"""What officers' words, rules and redirects are refused for."""

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


class NoQueryError(DomainError):
    """A query without a word."""

    code = "search_no_query"
    status = 422


class QueryTakenError(DomainError):
    """A query that leads somewhere already."""

    code = "search_query_taken"
    status = 422


class BadPathError(DomainError):
    """No page of this site, or the search itself."""

    code = "search_bad_path"
    status = 422


class RuleTakenError(DomainError):
    """A product that the query has a rule for already, or more rules than a page."""

    code = "search_rule_taken"
    status = 422


class TooManyKeptError(DomainError):
    """More of one kind than every process can be asked to read."""

    code = "search_too_many"
    status = 422
