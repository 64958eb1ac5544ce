export type { AsidePort } from "./aside.ts";
export { type Port, portTransport } from "./port_transport.ts";
export type { Soon } from "./ral.ts";
export { serve, type ServeOptions } from "./serve.ts";
export { type Bytes, streamTransport, type Transport } from "./transport.ts";
