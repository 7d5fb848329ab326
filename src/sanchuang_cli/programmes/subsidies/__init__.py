"""Subsidies of former cadres, of members over 60 in hardship and of veterans: who is owed what, exactly, and why.

What a document says is worked out by domain.entitlement, what is paid by domain.payroll; this programme gives them its
words, its layouts and the columns that only its documents know.
"""

from sanchuang_cli.domain.payroll.paying import last_full_quarter, paying
from sanchuang_cli.domain.payroll.scheme import Scheme
from sanchuang_cli.programmes.subsidies.layouts import LAYOUTS
from sanchuang_cli.programmes.subsidies.policy import Subsidies

SCHEME = Scheme("subsidies", "生活补贴", "补贴", LAYOUTS)

PROGRAMME = paying(SCHEME, Subsidies, "党员和离任村干部名册", last_full_quarter)
