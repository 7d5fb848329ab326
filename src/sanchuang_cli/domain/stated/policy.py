"""Declares what a document on reports says: which works stand together, and which of their figures leaders see first."""

from pydantic import Field as Setting

from sanchuang_cli.domain.sections import Section, section_of
from sanchuang_cli.policy import Citation, Policy, Rule


class LeadersSection(Section, title="报告的一类"):
    """Works that stand on one page. headlines: their figures that stand on 首页; where a work has none of them, all."""

    headlines: tuple[str, ...] = Setting(
        description="首页和分乡镇页只列哪几个数，写结果里的项目名；一项工作一个也没有的，全列"
    )


class Shown(Rule, title="列什么"):
    """What leaders see: the sections in their order, and which findings say that a cap was exceeded."""

    decides = False

    clause: Citation
    sections: tuple[LeadersSection, ...] = Setting(description="各类，按印出来的先后；没有列的工作归“其他”")
    caps: tuple[str, ...] = Setting(description="算作超过限额的疑点，写代码圆点后面的部分，如 over-quota")

    def section(self, programme: str) -> LeadersSection:
        """The section of a work."""
        return section_of(self.sections, programme) or LeadersSection(
            name="其他", programmes=(), headlines=()
        )

    def place(self, programme: str) -> int:
        """Where a work stands among all that the sections name."""
        named = [name for section in self.sections for name in section.programmes]
        return named.index(programme) if programme in named else len(named)


class ReportPolicy(Policy, title="工作报告（一版）"):
    """What a document on reports says."""

    shown: Shown = Setting(description="列什么")
