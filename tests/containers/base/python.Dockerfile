# FastAPI, uvicorn and websockets are Debian's: no index of packages is needed.
FROM docker.io/theory-tests/base
ENV LANG=C.UTF-8 PYTHONDONTWRITEBYTECODE=1
CMD ["python3"]
