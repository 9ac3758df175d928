"""What the generic finder is known not to read: by markup and field, with the reason.

Strict: what is mended must be taken off this list.
"""

KNOWN: dict[str, dict[str, str]] = {
    "nyt": {"texts": "a day without a year is no date, and generated classes tell no name"},
    "nucleus": {"texts": "head, text and foot are siblings, and the head's class is one word"},
    "devto": {"ids": "the anchor of random letters and digits comes after an id with the number"},
    "django_comments_xtd": {"texts": "one comment alone whose permalink is a redirect is taken for another article's"},
    "xoops": {"texts": "nothing is named after comments but an anchor; three rows a comment, two with a date"},
    "phpwebsite": {"texts": "the subject line in the text stays"},
    "mediawiki_talk": {"texts": "name and date stand in a signature at the end of running text"},
    "metafilter": {"texts": "one comment alone, named as the whole thread, is not believed"},
    "fark": {"texts": "the text beside the table of name and date is joined only where it repeats"},
    "question2answer": {
        "texts": "answers have one letter in their class, comments on them another: only answers are found"
    },
    "flarum": {"texts": "nothing but names and texts in plain articles"},
    "gitlab_issue": {"texts": "comments are called notes"},
    "comments_by_hours": {"parents": "the depth stands in the width of a spacer image"},
    "ucoz": {"texts": "nothing is named after comments but a line that counts them"},
    "fc2": {"authors": "the name is bare text between date and password mark"},
    "facebook": {"texts": "what the author does for a living stands under the name, in classes without words"},
    "openweb": {"texts": "the name stands in a button"},
}

LOUD: dict[str, str] = {}
