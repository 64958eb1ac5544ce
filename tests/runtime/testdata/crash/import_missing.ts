import { gone } from "./gone.ts";

export const handle = gone;
