rich: object | None
