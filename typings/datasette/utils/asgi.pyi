class Request:
    @property
    def url_vars(self) -> dict[str, str]: ...

class Response:
    @classmethod
    def text(cls, body: str, status: int = ...) -> Response: ...
