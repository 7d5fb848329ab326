"""Reads a TOML file of the county into a model, and reports all its errors at once in Chinese. Unknown keys are errors."""

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from sanchuang_cli.finding import UserError, reason
from sanchuang_cli.policy_errors import complaints, syntax_complaint

M = TypeVar("M", bound=BaseModel)


def loaded(path: Path, model: type[M], what: str, missing: str) -> M:
    """The file as `model`. what: its Chinese name. missing: what to do where there is no file. Raises UserError."""
    try:
        text = path.read_text("utf-8-sig")
        data = tomllib.loads(text)
    except FileNotFoundError:
        raise UserError(f"没有{what} {path}。{missing}") from None
    except OSError as trouble:
        raise UserError(f"{what} {path} 打不开：{reason(trouble)}。") from None
    except UnicodeDecodeError:
        raise UserError(f"{what} {path} 不是 UTF-8 文本。请用“另存为”选 UTF-8 编码再存一次。") from None
    except tomllib.TOMLDecodeError as trouble:
        raise UserError(f"{what} {path} 不合 TOML 格式，{syntax_complaint(str(trouble), text)}") from None
    try:
        return model.model_validate(data)
    except ValidationError as invalid:
        wrong = list(complaints(model, data, invalid))
        raise UserError(
            "\n  ".join([f"{what} {path} 有 {len(wrong)} 处错误，什么都没有运行：", *wrong])
        ) from None
