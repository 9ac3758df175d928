from collections.abc import Callable
from typing import TypeVar, overload

_F = TypeVar("_F", bound=Callable[..., object])

@overload
def hookimpl(function: _F) -> _F: ...
@overload
def hookimpl(*, tryfirst: bool = ..., trylast: bool = ...) -> Callable[[_F], _F]: ...
