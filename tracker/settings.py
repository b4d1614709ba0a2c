"""Scrapy's settings, safe by default; also those of `scrapy crawl` and of scrapyd."""

BOT_NAME = "republication-tracker"
SPIDER_MODULES = ["tracker.spiders"]
USER_AGENT = "republication-tracker"

# Nothing listens, nothing is kept on disk, nothing of the surroundings is taken over.
REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False
HTTPCACHE_ENABLED = False
HTTPPROXY_ENABLED = False
COOKIES_ENABLED = False
REFERRER_POLICY = "no-referrer"
EXTENSIONS = {
    "scrapy.extensions.telnet.TelnetConsole": None,
    "scrapy.extensions.remote_control.RemoteControl": None,
    "scrapy.extensions.feedexport.FeedExporter": None,
    "scrapy.extensions.spiderstate.SpiderState": None,
    "scrapy.extensions.memdebug.MemoryDebugger": None,
    "scrapy.extensions.logstats.LogStats": None,
}

# Only the web, only verified, only so much.
DOWNLOAD_HANDLERS = {"file": None, "data": None, "ftp": None, "s3": None}
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_TLS_MIN_VERSION = "TLSv1.2"
DOWNLOAD_MAXSIZE = 32 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_TIMEOUT = 90
DOWNLOAD_FAIL_ON_DATALOSS = False  # a body that was cut short is inspected, and marked
DNS_TIMEOUT = 20
TWISTED_DNS_RESOLVER = "tracker.crawling.resolver.GuardedResolver"

# Polite. The spider sets delay, jitter and concurrency of its source; PolitenessMiddleware keeps them.
ROBOTSTXT_OBEY = True
DOWNLOAD_DELAY = 1
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_REQUESTS = 16
CONCURRENT_ITEMS = 4  # a page gives one item; Scrapy makes so many tasks for every page
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"  # lists name the newest first
REDIRECT_MAX_TIMES = 8
METAREFRESH_ENABLED = False
RETRY_TIMES = 1
RETRY_HTTP_CODES = [408, 502, 503, 504, 522, 524]
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"
HTTPERROR_ALLOW_ALL = True  # every status is a fact about a copy

DOWNLOADER_MIDDLEWARES = {
    "tracker.crawling.middlewares.GuardMiddleware": 10,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "tracker.crawling.middlewares.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "tracker.crawling.middlewares.RetryMiddleware": 550,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "tracker.crawling.middlewares.RedirectMiddleware": 600,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,
    "tracker.crawling.middlewares.PolitenessMiddleware": 890,
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
}
ITEM_PIPELINES = {
    "pipelines.scrapy.InspectPipeline": 100,
    "pipelines.scrapy.StorePipeline": 200,
}

# Logs carry no text from outside but URLs.
LOG_LEVEL = "WARNING"
LOG_INSTALL_ROOT_HANDLER = False  # LogFormatter installs the one that leaves text from outside out
LOG_FORMATTER = "tracker.crawling.logs.LogFormatter"
LOG_VERSIONS: list[str] = []
STATS_DUMP = False
WARN_ON_GENERATOR_RETURN_VALUE = False
