export { serve } from "./serve.ts";
export { streamTransport, type Transport } from "./transport.ts";
export type { Soon } from "./ral.ts";
