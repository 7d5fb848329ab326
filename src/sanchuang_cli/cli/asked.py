"""Declares all options and arguments of the commands, each once, as a field of Asked; nothing is read or written here.

A command names the fields that it takes. Its help and what its function receives follow from those fields.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import MISSING, dataclass, field, fields
from inspect import Parameter, Signature
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer
from typer.models import ArgumentInfo, OptionInfo

from sanchuang_cli.cli.ledger_option import ledger_option
from sanchuang_cli.ledger.address import LedgerPlace
from sanchuang_cli.programmes import PROGRAMMES, Ability, ListedProgramme

Text = str | None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What was typed on the command line, unchanged."""

    programme: Annotated[str, typer.Argument(metavar="程序", help="如 subsidies。")] = ""
    old: Annotated[
        str,
        typer.Argument(metavar="原文件", help="自带政策的名称或 .toml 文件；后面加 @2021-07-01 是其中一版。"),
    ] = ""
    new: Annotated[str, typer.Argument(metavar="新文件", help="同上，与原文件比。")] = ""
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="[程序] 谁 名册...",
            help="谁：姓名、党组织名称、行号或身份证号末四位；加上乡镇、村，用空格隔开并加引号。程序不写时，看名册是哪一种。",
            show_default=False,
        ),
    ] = field(default_factory=list)
    everything: Annotated[
        bool, typer.Option("--all", help="逐条全部列出；不写只列结果、算式和不成立的条款。")
    ] = False
    books: Annotated[
        list[str],
        typer.Argument(metavar="名册...", help="名册文件、文件夹或通配符，可以给多个。", show_default=False),
    ] = field(default_factory=list)
    roster: Annotated[
        Text, typer.Option("--as", help="按哪种名册读，如 members（党员）、orgs（党组织）。")
    ] = None
    blank: Annotated[Text, typer.Option("--roster", help="哪一种名册，如 任职经历；不写是程序的主名册。")] = (
        None
    )
    whole_set: Annotated[
        Path | None,
        typer.Option(
            "--all",
            metavar="文件夹",
            help="整套：各项工作的每种名册一份，附一页填报说明；按当前文件夹的任务文件，没有就写全部程序的。",
        ),
    ] = None
    purpose: Annotated[
        Text, typer.Option("--for", help="按哪个程序查，如 subsidies：待核实的行和原因与那次运行相同。")
    ] = None
    recipient: Annotated[
        Text,
        typer.Option(
            "--for", help="hospital：只把体检发现写成一个加密文件交体检机构，密码用 --password-file 给出。"
        ),
    ] = None
    period: Annotated[Text, typer.Option("--period", help="期间：2026、2026H1、2026Q2 或 2026-04。")] = None
    on: Annotated[Text, typer.Option("--on", help="按哪一天判断年龄、空缺等，写成 2026-06-30。")] = None
    policy: Annotated[
        Text, typer.Option("--policy", help="政策文件（.toml）或自带政策的名称，见 policy list。")
    ] = None
    previous: Annotated[Text, typer.Option("--previous", help="上一期本程序写出的工作簿。")] = None
    results: Annotated[
        list[str],
        typer.Option(
            "--result",
            metavar="工作簿",
            help="所用的另一个程序的结果；要求审批过的，用 --ledger 或 SANCHUANG_LEDGER 的台账核对。可重复。",
        ),
    ] = field(default_factory=list)
    approvals: Annotated[LedgerPlace | None, ledger_option("台账：核对 --result 的结果审批过没有。")] = None
    counties: Annotated[
        bool,
        typer.Option("--counties", help="给出的文件夹下面每个县一个文件夹：一县一行，再合计；供市、省用。"),
    ] = False
    also: Annotated[
        list[str],
        typer.Option(
            "--also",
            metavar="政策",
            help="另按哪一份规定看看会列入谁（自带政策的名称或 .toml 文件），另写一页，不改本县的结果；可重复。",
        ),
    ] = field(default_factory=list)
    out: Annotated[Path | None, typer.Option("--out", help="结果写到哪个文件（.xlsx）。")] = None
    json: Annotated[bool, typer.Option("--json", help="结果另以 JSON 写到标准输出。")] = False
    unmask: Annotated[
        list[str], typer.Option("--unmask", help="JSON 和屏幕上不遮盖的栏目，如 身份证号；可重复。")
    ] = field(default_factory=list)
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="屏幕上不显示摘要。")] = False
    strict: Annotated[bool, typer.Option("--strict", help="有任何警告或待核实记录就不写出，退出码 2。")] = (
        False
    )
    profile: Annotated[
        Path | None,
        typer.Option("--profile", help="县的设置（county.toml）；不写就用当前文件夹里的（任务用它旁边的）。"),
    ] = None
    columns: Annotated[
        Path | None,
        typer.Option("--columns", help="写明哪一列是哪个栏目、哪个文件是哪种名册的文件（.toml）。"),
    ] = None
    password_file: Annotated[
        Path | None,
        typer.Option(
            "--password-file",
            help="存有工作簿密码的文本文件，每行一个；用 --encrypt 时第一行也是结果的密码。",
            envvar="SANCHUANG_PASSWORD_FILE",
        ),
    ] = None
    encrypt: Annotated[
        bool,
        typer.Option(
            "--encrypt",
            help="给结果工作簿加密码：取自 --password-file、环境变量 SANCHUANG_PASSWORD，或当场输入。",
        ),
    ] = False
    html: Annotated[
        Path | None, typer.Option("--html", help="另写一份网页（.html），不联网也能看、能打印。")
    ] = None
    notice: Annotated[
        Path | None,
        typer.Option("--notice", help="公示写到哪个文件夹（.docx 和 .xlsx），不含证件号、账号、电话。"),
    ] = None
    notice_from: Annotated[
        Text, typer.Option("--notice-from", help="公示从哪一天张贴，写成 2026-06-30；不写则留空手填。")
    ] = None
    draft: Annotated[
        bool,
        typer.Option("--draft", help="公示只作样张：每页印“样张”。用自带的样本政策时，公示只能这样写。"),
    ] = False
    calendar: Annotated[
        Path | None, typer.Option("--ics", help="另写一份日历文件（.ics），可导入电脑和手机的日历。")
    ] = None
    reason: Annotated[
        str, typer.Option("--reason", help="公示或网页用 --unmask 公布栏目的理由，记入来源页。")
    ] = ""
    bank: Annotated[Path | None, typer.Option("--bank", help="银行代发文件和核对单写到哪个文件夹。")] = None
    bank_format: Annotated[
        Text,
        typer.Option(
            "--bank-format",
            help="银行代发文件的格式：generic，或写明格式的文件（.toml）；不写用县的设置里的，没有就用 generic。",
        ),
    ] = None
    forms: Annotated[
        Path | None,
        typer.Option(
            "--forms", help="申请（审批）表和其他要签批的文书写到哪个文件夹：每人一页，每个乡镇一个 .docx。"
        ),
    ] = None
    receipts: Annotated[
        Path | None,
        typer.Option("--receipts", help="发放清册（领款人签字、按手印）写到哪个文件夹，每个乡镇一个 .xlsx。"),
    ] = None
    request: Annotated[
        Path | None, typer.Option("--request", help="给财政部门的资金申请报告（.docx）写到哪个文件夹。")
    ] = None
    who: Annotated[
        list[str],
        typer.Option(
            "--who",
            help="审批表、清册写谁：all 是发放的每一个人；或姓名、行号、身份证号末四位，可重复。"
            "不写时，审批表写本期新增的和只差审批的，清册写没有有效账号的。",
        ),
    ] = field(default_factory=list)
    details: Annotated[
        bool,
        typer.Option(
            "--details", help="明细页也写出，全部栏目都打印；不写只写要签、要看的，来源页说明省了什么。"
        ),
    ] = False
    screen: Annotated[
        list[str],
        typer.Option("--screen", help="核查名单（死亡、录用等），名单上的人待核实；可重复。"),
    ] = field(default_factory=list)
    without: Annotated[
        list[str],
        typer.Option(
            "--without", metavar="姓名", help="假定这个帮扶人离任：只测算变动，不作正式结果；可重复。"
        ),
    ] = field(default_factory=list)
    by: Annotated[str, typer.Option("--by", help="township：每个乡镇另写一张表。")] = ""
    ledger: Annotated[
        LedgerPlace | None, ledger_option("台账：与已发的比较，列出本期、补发、追缴；只看不记。")
    ] = None
    return_to: Annotated[
        Path | None,
        typer.Option(
            "--return",
            metavar="文件夹",
            help="把有问题的名册标好颜色和批注，写到这个文件夹，供退回修改；另给各乡镇一份函，列出待核实的。",
        ),
    ] = None
    save_columns: Annotated[
        Path | None,
        typer.Option("--save-columns", help="把认出的列与栏目的对应写成文件，改好后用 --columns 指定。"),
    ] = None
    maker: Annotated[Text, typer.Option("--by", help="经办人姓名；不写用登录名。")] = None
    note: Annotated[str, typer.Option("--note", help="说明，记入台账。")] = ""
    number: Annotated[int, typer.Argument(metavar="批次", help="批次号，见 batch list。")] = 0
    result: Annotated[
        Path | None,
        typer.Argument(metavar="结果", help="本程序写出的结果工作簿（.xlsx）。", show_default=False),
    ] = None
    check: Annotated[
        Path | None, typer.Option("--check", help="签过字的工作簿：逐格与提请时的副本比较，只看值。")
    ] = None
    signature: Annotated[Path | None, typer.Option("--signature", help="batch sign 签过名的审批单。")] = None
    objections: Annotated[
        Path | None,
        typer.Option("--objections", help="填好的异议登记表：公示期里收到什么意见、怎样答复的。"),
    ] = None
    key: Annotated[Path | None, typer.Option("--key", help="审批人自己的私钥文件，当场签名。")] = None

    @property
    def unmasked(self) -> frozenset[str]:
        """The columns of --unmask: their names or their Chinese headings."""
        return frozenset(self.unmask)

    @property
    def folders(self) -> tuple[tuple[str, Path], ...]:
        """Each option that names a folder to write to, with the folder."""
        names = ("notice", "bank", "forms", "receipts", "request")
        given = ((f"--{name}", getattr(self, name)) for name in names)
        return tuple((option, folder) for option, folder in given if folder)


ApproverOption = Annotated[
    Text, typer.Option("--by", help="审批人姓名，须是提请人以外的人；登记了审批人的，要写登记的姓名。")
]
"""How `maker` is declared for commands that approve: the name is the approver's there."""

_HINTS = get_type_hints(Asked, include_extras=True)
_FIELDS = {declared.name: declared for declared in fields(Asked)}
_READING = ("columns", "profile", "password_file")
"""Options about reading workbooks. All commands that read workbooks take them."""

RUN = (
    "books", "period", "on", "policy", "also", "previous", "results", "out", "json", "unmask", "quiet", "strict", *_READING, "encrypt",
    "html", "notice", "notice_from", "draft", "reason", "bank", "bank_format", "forms", "receipts", "request", "who", "screen", "without", "by", "details", "ledger", "recipient",
)  # fmt: skip
"""The fields of a programme's own command. `usable` takes out those that the programme cannot use."""
RUN_OVER_RESULTS = (
    "books", "on", "policy", "approvals", "counties", "out", "json", "unmask", "quiet", "profile", "password_file", "encrypt", "html", "calendar", "details"
)  # fmt: skip
"""The fields of a command over results."""
NOTICE_SAYS: Mapping[str, Any] = {
    "notice_from": Annotated[
        Text, typer.Option("--from", help="从哪一天张贴，写成 2026-06-30；不写则留空手填。")
    ],
    "notice": Annotated[Path | None, typer.Option("--out", help="写到哪个文件夹；不写是“公示”。")],
    "approvals": Annotated[LedgerPlace | None, ledger_option("台账：写明这份结果提请、审批、发放到哪一步。")],
}
"""How options of `notice` are declared that runs call otherwise."""
PERSON = (
    "words", "on", "policy", "out", "json", "unmask", "reason", "quiet", "profile", "password_file", "encrypt", "ledger"
)  # fmt: skip
"""The fields of `person`."""
PERSON_SAYS: Mapping[str, Any] = {
    "words": Annotated[
        list[str],
        typer.Argument(
            metavar="谁 文件夹...",
            help="谁：身份证号、其末四位，或只有一个人叫的姓名；再写放名册和结果的文件夹。",
        ),
    ],
    "ledger": Annotated[LedgerPlace | None, ledger_option("台账：记下谁、什么时候查过。")],
}
"""How options of `person` are declared that other commands understand otherwise."""
OVER_RESULTS_SAYS: Mapping[str, Any] = {
    "books": Annotated[
        list[str],
        typer.Argument(
            metavar="结果...", help="放结果的文件夹（连同下面的文件夹）或结果工作簿，可以给多个。"
        ),
    ],
    "approvals": Annotated[
        LedgerPlace | None,
        ledger_option("台账：只把审批过的计入，其余列为待签；不写就不核对审批。"),
    ],
}
"""How fields are declared for commands over results."""
EXPLAIN = (
    "words", "everything", "period", "on", "policy", "previous", "results", "approvals", "screen", "json", *_READING
)  # fmt: skip
DIFF = (
    "programme", "old", "new", "books", "period", "on", "previous", "results", "approvals", "screen", "out", "json", "unmask", "reason", "quiet", *_READING
)  # fmt: skip
CHECK_POLICY = (
    "programme", "policy", "books", "on", "period", "previous", "results", "approvals", "screen", *_READING
)  # fmt: skip
INSPECT = ("books", "roster", "policy", "json", *_READING, "save_columns")
CHECK = (
    "books", "purpose", "period", "on", "screen", "previous", "results", "approvals", "roster", "return_to", "policy", "json", *_READING
)  # fmt: skip
MERGE = ("books", "roster", "out", "policy", *_READING)
PROPOSE = (
    "programme", "books", "ledger", "period", "on", "policy", "results", "screen", "details", "out", *_READING, "maker", "note"
)  # fmt: skip
APPROVE = ("number", "ledger", "maker", "note", "check", "signature", "key", "password_file")
NOTICE = (
    "result", "notice_from", "notice", "draft", "objections", "approvals", "profile", "password_file"
)  # fmt: skip
PROPOSE_RESULT = ("result", "ledger", "maker", "note")
PAPER_OF_RESULT = ("result", "ledger", "out")
APPROVE_RESULT = ("result", "ledger", "maker", "note", "signature", "key", "password_file")
TEMPLATE = ("programme", "blank", "policy", "out", "whole_set", "profile")

NEEDED_FOR: Mapping[str, Set[Ability]] = {
    "previous": {"previous"},
    "screen": {"screen"},
    "notice": {"notice"},
    "notice_from": {"notice"},
    "draft": {"notice"},
    "bank": {"pays"},
    "bank_format": {"pays"},
    "forms": {"pays", "forms"},
    "receipts": {"pays"},
    "request": {"pays"},
    "who": {"pays", "forms"},
    "ledger": {"pays", "joins"},
    "results": {"joins", "announces"},
    "approvals": {"joins", "approved"},
    "recipient": {"hospital"},
    "without": {"helpers"},
    "also": {"also"},
    "calendar": {"calendar"},
    "counties": {"approved"},
}
"""Fields that only some programmes use, with the abilities (ListedProgramme.can) of which a programme must have one."""


def usable(names: Sequence[str], programmes: Iterable[ListedProgramme] = PROGRAMMES) -> list[str]:
    """The fields that at least one of the programmes can use, in the order given."""
    able = {ability for entry in programmes for ability in entry.can}
    return [name for name in names if name not in NEEDED_FOR or NEEDED_FOR[name] & able]


def option_of(name: str) -> str:
    """The option of a field as it is typed, such as --on; "" where the field is an argument."""
    mark = _mark(name)
    return str(mark.default) if isinstance(mark, OptionInfo) else ""


def asking(
    perform: Callable[[Asked], int],
    names: Sequence[str],
    required: Sequence[str] = (),
    said: Mapping[str, Any] | None = None,
    optional: Sequence[str] = (),
) -> Callable[..., None]:
    """The function from which typer makes a command. It takes the fields `names` and ends with the exit code of `perform`.

    required: the options that must be given. optional: the arguments that may be left out; all others must be given.
    said: other declarations for some of the fields.
    """
    hints = {name: (said or {}).get(name, _HINTS[name]) for name in names}

    def run(**given: Any) -> None:
        raise typer.Exit(
            perform(Asked(**{name: value for name, value in given.items() if value is not None}))
        )

    def parameter(name: str) -> Parameter:
        needed = name in required or (isinstance(_mark(name), ArgumentInfo) and name not in optional)
        default = Parameter.empty if needed else _default(name)
        return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=hints[name])

    run.__signature__ = Signature([parameter(name) for name in names])  # type: ignore[attr-defined]
    run.__annotations__ = hints
    return run


def _mark(name: str) -> OptionInfo | ArgumentInfo:
    mark: OptionInfo | ArgumentInfo = _HINTS[name].__metadata__[0]
    return mark


def _default(name: str) -> Any:
    default = _FIELDS[name].default
    return None if default is MISSING else default
