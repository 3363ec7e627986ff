"""The sheets and columns of the ledger as data (contract.md, "The ledger")."""

from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

from bot.domain.importing import SHEET_NAMES, SheetKey


class Kind(Enum):
    """What a column holds: decides how its cells are read (`fields`)."""

    ID = auto()
    TEXT = auto()
    DATE = auto()
    LAST_DATE = auto()
    """A date on which something ends: 9999-12-31 and its like are usual."""
    TIME = auto()
    AMOUNT = auto()
    DOLLARS = auto()
    SHARE = auto()
    RATE = auto()
    HOURS = auto()
    COUNT = auto()
    GRADE = auto()
    GRADES = auto()
    EDUCATION = auto()
    TITLE = auto()
    EXAM = auto()
    BREACH = auto()
    STATUS = auto()
    ROLES = auto()
    EMAIL = auto()


class Need(Enum):
    """Whether a column must be there, and what an empty cell means."""

    KEY = auto()
    """Required; empty is an error."""
    VALUE = auto()
    """Required; empty is an error."""
    AMOUNT = auto()
    """Required; empty is nought, counted in a warning."""
    OPTIONAL = auto()
    """May be absent; empty is None."""
    ALL = auto()
    """May be absent; empty is the whole (a share of 100 %)."""


@dataclass(frozen=True, slots=True)
class Column:
    """`key` is the English header, `name` the Chinese one."""

    key: str
    name: str
    kind: Kind = Kind.TEXT
    need: Need = Need.OPTIONAL

    @property
    def required(self) -> bool:
        """A file without this column is refused."""
        return self.need in (Need.KEY, Need.VALUE, Need.AMOUNT)


@dataclass(frozen=True)
class Sheet:
    """A sheet, and the columns whose values together are its key."""

    key: SheetKey
    name: str
    columns: tuple[Column, ...]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """English keys of the key columns."""
        return tuple(column.key for column in self.columns if column.need is Need.KEY)

    @cached_property
    def required(self) -> tuple[Column, ...]:
        """Columns that must be there."""
        return tuple(column for column in self.columns if column.required)

    @cached_property
    def by_header(self) -> dict[str, Column]:
        """By the Chinese header and by the English one, lower case."""
        return {name.lower(): column for column in self.columns for name in (column.name, column.key)}


_MANAGERS = (
    Column("id", "工号", Kind.ID, Need.KEY),
    Column("name", "姓名", Kind.TEXT, Need.VALUE),
    Column("unit", "单位"),
    Column("grade", "岗位等级", Kind.GRADE),
    Column("grade_since", "等级起始日", Kind.DATE),
    Column("marketing_since", "连续营销起始日", Kind.DATE),
    Column("probation_since", "见习起始日", Kind.DATE),
    Column("education", "学历", Kind.EDUCATION),
    Column("title", "专业技术资格", Kind.TITLE),
    Column("exam", "模拟银行考试", Kind.EXAM),
    Column("breach", "违规记录", Kind.BREACH),
    Column("report_date", "专题报告日期", Kind.DATE),
    Column("roles", "角色", Kind.ROLES),
    Column("supervisor", "主管工号", Kind.ID),
    Column("email", "邮箱", Kind.EMAIL),
    Column("status", "状态", Kind.STATUS),
)
_FIGURES = (
    Column("as_of", "截止日", Kind.DATE, Need.KEY),
    Column("client", "客户号", Kind.ID, Need.KEY),
    Column("client_name", "客户名称"),
    Column("deposit_avg", "日均存款", Kind.AMOUNT, Need.AMOUNT),
    Column("agreement_avg", "其中协议存款", Kind.AMOUNT, Need.AMOUNT),
    Column("loan_avg", "日均贷款", Kind.AMOUNT, Need.AMOUNT),
    Column("settlement_usd", "国际结算额", Kind.DOLLARS, Need.AMOUNT),
    Column("loan_normal", "正常类贷款", Kind.AMOUNT, Need.AMOUNT),
    Column("loan_special", "关注类贷款", Kind.AMOUNT, Need.AMOUNT),
    Column("loan_substandard", "次级类贷款", Kind.AMOUNT, Need.AMOUNT),
    Column("loan_doubtful", "可疑类贷款", Kind.AMOUNT, Need.AMOUNT),
    Column("loan_loss", "损失类贷款", Kind.AMOUNT, Need.AMOUNT),
    Column("overdue_interest", "欠息", Kind.AMOUNT, Need.AMOUNT),
    Column("advances", "垫款", Kind.AMOUNT, Need.AMOUNT),
    Column("deposit_balance", "时点存款余额", Kind.AMOUNT),
)
_ATTRIBUTION = (
    Column("client", "客户号", Kind.ID, Need.KEY),
    Column("manager", "工号", Kind.ID, Need.KEY),
    Column("share", "占比", Kind.SHARE, Need.ALL),
    Column("from", "起始日", Kind.DATE, Need.KEY),
    Column("to", "截止日", Kind.LAST_DATE),
)
_RATES = (
    Column("as_of", "截止日", Kind.DATE, Need.KEY),
    Column("usd_cny", "美元兑人民币", Kind.RATE, Need.VALUE),
)
_SESSIONS = (
    Column("id", "编号", Kind.ID, Need.KEY),
    Column("topic", "主题", Kind.TEXT, Need.VALUE),
    Column("category", "类别"),
    Column("grades", "适用等级", Kind.GRADES),
    Column("date", "日期", Kind.DATE, Need.VALUE),
    Column("start", "开始", Kind.TIME),
    Column("end", "结束", Kind.TIME),
    Column("place", "地点"),
    Column("trainer", "讲师"),
    Column("seats", "名额", Kind.COUNT),
    Column("hours", "学时", Kind.HOURS),
)
_ATTENDANCE = (
    Column("session", "编号", Kind.ID, Need.KEY),
    Column("manager", "工号", Kind.ID, Need.KEY),
    Column("hours", "学时", Kind.HOURS, Need.VALUE),
    Column("result", "成绩"),
)

SHEETS = (
    Sheet(SheetKey.MANAGERS, SHEET_NAMES[SheetKey.MANAGERS], _MANAGERS),
    Sheet(SheetKey.FIGURES, SHEET_NAMES[SheetKey.FIGURES], _FIGURES),
    Sheet(SheetKey.ATTRIBUTION, SHEET_NAMES[SheetKey.ATTRIBUTION], _ATTRIBUTION),
    Sheet(SheetKey.RATES, SHEET_NAMES[SheetKey.RATES], _RATES),
    Sheet(SheetKey.SESSIONS, SHEET_NAMES[SheetKey.SESSIONS], _SESSIONS),
    Sheet(SheetKey.ATTENDANCE, SHEET_NAMES[SheetKey.ATTENDANCE], _ATTENDANCE),
)
BY_NAME = {name: sheet for sheet in SHEETS for name in (sheet.name, sheet.key.value)}
"""A sheet or CSV file bears its Chinese name or its key."""
