/** What lies around a document: settings and the entry it belongs to. The third door of registry; touches nothing by itself. */
export * from "./nearest_entry.ts";
export * from "./settings.ts";
