CREATE TABLE runs (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  execution_id TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  ref TEXT NOT NULL,
  status TEXT NOT NULL,
  started_at TEXT NOT NULL,
  record TEXT NOT NULL,
  UNIQUE (execution_id, attempt)
) STRICT;
CREATE INDEX runs_by_ref ON runs (ref, seq);
CREATE INDEX runs_by_status ON runs (status, seq);
INSERT INTO runs VALUES (1, '1f0c52a0-0000-4000-8000-000000000001', 'E1', 1, 'demo/hello@1', 'success', '2026-01-31T12:00:00.000Z', '{"key":"1f0c52a0-0000-4000-8000-000000000001","execution_id":"E1","phase":"save","ref":"demo/hello@1","mode":"mock","adapter":"local","engine":"sandbox","command":["localctl","run","--ref","demo/hello@1"],"started_at":"2026-01-31T12:00:00.000Z","timings_ms":{"check":12,"attach":3,"start":80,"run":40,"collect":20,"save":2},"write_prefix":"/artifacts/outputs/demo_hello/{execution_id}/","registry_dir":"/registry/demo/hello/1","attachments":[],"events":[{"kind":"Event","content":{"phase":"running"}}],"tokens":12,"attempt":1,"pid":4711,"status":"success","ended_at":"2026-01-31T12:00:01.000Z","envelope":{"status":"success","execution_id":"E1","outputs":[{"path":"/artifacts/x","cid":"b3:0000000000000000000000000000000000000000000000000000000000000009","size_bytes":3,"mime":"a/b"}],"index_path":"/artifacts/execution/x/outputs.json","meta":{"env_fingerprint":"","image_digest":"","duration_ms":0}},"exit_code":0,"inputs":"b3:0000000000000000000000000000000000000000000000000000000000000001","registry_snapshot":"b3:0000000000000000000000000000000000000000000000000000000000000002","index":"b3:0000000000000000000000000000000000000000000000000000000000000003","timeout_s":30}');
INSERT INTO runs VALUES (2, '1f0c52a0-0000-4000-8000-000000000002', 'E1', 2, 'demo/hello@1', 'error', '2026-01-31T12:00:00.000Z', '{"key":"1f0c52a0-0000-4000-8000-000000000002","execution_id":"E1","phase":"attach","ref":"demo/hello@1","mode":"mock","adapter":"local","engine":"sandbox","command":["localctl","run","--ref","demo/hello@1"],"started_at":"2026-01-31T12:00:00.000Z","timings_ms":{"check":12},"write_prefix":"/artifacts/outputs/demo_hello/{execution_id}/","registry_dir":"/registry/demo/hello/1","attachments":[],"events":[],"tokens":0,"attempt":2,"pid":4712,"status":"error","ended_at":"2026-01-31T12:00:02.000Z","exit_code":1,"envelope":{"status":"error","execution_id":"E1","error":{"code":"ERR_PROVIDER","message":"It''s \"broken\""},"meta":{"env_fingerprint":""}}}');
PRAGMA application_id = 1953002105;
PRAGMA user_version = 1;
