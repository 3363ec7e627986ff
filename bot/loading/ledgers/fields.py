"""Which reader reads the cells of a column. A reader takes a cell that is not empty, and gives its value or BadCell."""

from collections.abc import Callable, Mapping

from bot.loading.ledgers import amounts, dates, texts, words
from bot.loading.ledgers.raw import Raw, Warn
from bot.loading.ledgers.schema import Kind
from bot.loading.ledgers.units import Unit

Reader = Callable[[Raw, Warn], object]


def reader_for(kind: Kind, unit: Unit, grades: Mapping[str, str], epoch_1904: bool) -> Reader:
    """The reader of a column of that kind."""
    makers: dict[Kind, Callable[[], Reader]] = {
        Kind.AMOUNT: lambda: lambda cell, _: amounts.amount(cell, unit),
        Kind.DOLLARS: lambda: lambda cell, _: amounts.amount(cell, unit),
        Kind.DATE: lambda: lambda cell, _: dates.day(cell, epoch_1904),
        Kind.LAST_DATE: lambda: lambda cell, _: dates.day(cell, epoch_1904, last=True),
        Kind.GRADE: lambda: _one(words.of_grades(grades)),
        Kind.GRADES: lambda: _several(words.of_grade_lists(grades)),
    }
    return makers[kind]() if kind in makers else _READERS[kind]


def _one(vocabulary: words.Vocabulary[words.T]) -> Reader:
    return lambda cell, _: vocabulary.one(cell)


def _several(vocabulary: words.Vocabulary[words.T]) -> Reader:
    return lambda cell, _: vocabulary.several(cell)


_READERS: dict[Kind, Reader] = {
    Kind.ID: texts.identifier,
    Kind.TEXT: texts.text,
    Kind.EMAIL: lambda cell, _: texts.email(cell),
    Kind.TIME: lambda cell, _: dates.time_of_day(cell),
    Kind.SHARE: amounts.share,
    Kind.RATE: amounts.rate,
    Kind.HOURS: lambda cell, _: amounts.hours(cell),
    Kind.COUNT: lambda cell, _: amounts.count(cell),
    Kind.EDUCATION: _one(words.of_enum(words.EDUCATIONS)),
    Kind.TITLE: _one(words.of_enum(words.TITLES)),
    Kind.EXAM: _one(words.of_enum(words.EXAMS)),
    Kind.BREACH: _one(words.Vocabulary(words.BREACHES, words.BREACHES_IN_ENGLISH)),
    Kind.STATUS: _one(words.Vocabulary(words.STATUSES, words.STATUSES_IN_ENGLISH)),
    Kind.ROLES: _several(words.of_enum(words.ROLES)),
}
