class Database:
    path: str | None

class Datasette:
    databases: dict[str, Database]
