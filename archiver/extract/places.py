"""Where pages state things of their article: names of ``<meta>``, and selectors, the better ones first.

Knows the markup of themes, schema.org and Dublin Core; must not know how a statement is read.
"""

NOT_THE_ARTICLES = "aside, nav, .widget, [class*=related], #sidebar, .sidebar"
HEADLINES = "[itemprop=headline], [property=headline], [property='schema:headline'], h1.entry-title, .entry-title"
# Links made for the purpose first: trafilatura takes the dots out of names, and takes long to look for them.
AUTHOR_LINKS = "a[rel~=author], [itemprop=author] [itemprop=name], [property=author] [property=name]"
BYLINES = (
    "[itemprop=author], [property='schema:author']",
    ".author-title, .author .fn, .byline .author, .entry-author-name, .author-name, .post-author, .byline",
)
AUTHOR_WORDS = (
    "[class*=uthor], [id*=uthor], [itemprop*=uthor], [class*=yline], [id*=yline], [class*=writer], [class*=utor]"
    ", [class*=journalist], [data-component*=yline], address"
)
TAG_LINKS = "a[href*='/tag']"
PUBLISHED = (
    "time.published[datetime], time.entry-date[datetime], [itemprop=datePublished], [property=datePublished]"
    ", [property='schema:datePublished'], [property='schema:dateCreated'], time[pubdate][datetime]"
)
ANY_TIME = "article time[datetime], .entry-meta time[datetime], .post-meta time[datetime], header time[datetime]"
DATES = ".entry-date, .post-date, .published, .date, .posted-on, .article-date, .post-meta, .entry-meta, [class*=date]"
MODIFIED = (
    "time.updated:not(.published)[datetime], [itemprop=dateModified], [property=dateModified]"
    ", [property='schema:dateModified']"
)
SECTIONS = "[itemprop=articleSection], [property=articleSection]"
IMAGES = "link[rel=image_src][href]"

META_TITLES = ("og:title", "twitter:title", "headline", "dc.title", "dcterms.title", "parsely-title", "sailthru.title")
META_AUTHORS = (
    *("author", "article:author", "article:author_name", "authors", "byl", "dc.creator", "dcterms.creator"),
    *("parsely-author", "sailthru.author", "og:article:author", "citation_author", "cxenseparse:author"),
)
META_PUBLISHED = (
    *("article:published_time", "og:published_time", "og:article:published_time", "article:published", "datepublished"),
    *(
        "date",
        "pubdate",
        "pub_date",
        "publishdate",
        "publish-date",
        "publish_date",
        "published_time",
        "originalpublicationdate",
    ),
    *("parsely-pub-date", "sailthru.date", "dc.date", "dc.date.issued", "dc.date.created", "dcterms.created"),
    *(
        "dcterms.issued",
        "dcterms.date",
        "cxenseparse:recs:publishtime",
        "citation_publication_date",
        "article.published",
    ),
)
META_MODIFIED = (
    *("article:modified_time", "og:updated_time", "article:modified", "datemodified", "lastmod", "last-modified"),
    *("dc.date.modified", "dcterms.modified", "article.updated", "revised"),
)
META_SITES = ("og:site_name", "application-name", "dc.publisher", "publisher")
META_SECTIONS = ("article:section", "section", "parsely-section", "sailthru.section", "cxenseparse:category")
META_TAGS = ("article:tag", "parsely-tags", "sailthru.tags", "news_keywords", "keywords")
META_DESCRIPTIONS = ("og:description", "description", "twitter:description", "dc.description")
META_IMAGES = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src", "thumbnail")
