/** The processor side: serves one handler over WebSocket and HTTP, every run in a Worker of its own. */
export {
  SERVER_ENV,
  SERVER_MODULE,
  serverPermissions,
} from "./server_permissions.ts";
export type { PermissionConfig, ServerAccess } from "./server_permissions.ts";
