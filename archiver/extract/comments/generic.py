from archiver.extract.comments.platform import Platform


def find(tree):
    return None


GENERIC = Platform(name="generic", evidence=(), comment="")
