class diff_match_patch:  # noqa: N801 - its name
    Diff_Timeout: float
    def diff_main(
        self, text1: str, text2: str, checklines: bool = True, deadline: float | None = None
    ) -> list[tuple[int, str]]: ...
    def diff_bisect(self, text1: str, text2: str, deadline: float) -> list[tuple[int, str]]: ...
    def diff_cleanupSemantic(self, diffs: list[tuple[int, str]]) -> None: ...  # noqa: N802 - its name
