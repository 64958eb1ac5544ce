# What the public image has that others build on: its user, its folders, its entry point.
FROM docker.io/theory-tests/base
RUN useradd --uid 1993 --user-group deno && mkdir /deno-dir/ && chown deno:deno /deno-dir/
ENV DENO_DIR=/deno-dir/ DENO_INSTALL_ROOT=/usr/local
ENTRYPOINT ["/usr/bin/tini", "--", "/usr/bin/deno"]
CMD ["eval", "console.log('Welcome to Deno!')"]
