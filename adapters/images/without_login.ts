import { type Redact, redactor } from "../../schemas/mod.ts";
import type { RegistryAuth } from "./image_engine.ts";

/** Hides a login in what an engine says, for registries may say what they were shown. */
export function withoutLogin(auth: RegistryAuth | undefined): Redact {
  if (auth === undefined) return (text) => text;
  return redactor([
    "password" in auth ? auth.password : auth.identitytoken,
  ]);
}
