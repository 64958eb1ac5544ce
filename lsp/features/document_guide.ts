import {
  type Entry,
  type JsonObject,
  type Path,
  property,
  type Tree,
} from "../../schemas/mod.ts";
import {
  DOCUMENT_SCHEMAS,
  type FlatSchema,
  type GuideKey,
  type SchemaGuide,
  schemaGuide,
} from "../../schemas/checker.ts";
import type { HostRegistry } from "../host.ts";
import type { View } from "../view.ts";

/** What the schemas of a document say about a place in it. */
export interface Guided {
  readonly guide: SchemaGuide;
  readonly readings: readonly FlatSchema[];
}

/** Answers for the places of one document, whose text may be another one than the view's: a finished one. */
export interface DocumentGuide {
  /** The processor's, of an inputs document. */
  readonly entry?: Entry;
  value(path: Path): Guided;
  /** The keys of the object at a path. */
  keys(path: Path): Guided & { readonly keys: readonly GuideKey[] };
}

export function documentGuide(
  view: View,
  tree: Tree,
  registry: Pick<HostRegistry, "entry">,
): DocumentGuide {
  if (view.kind === "inputs") return inputsGuide(view, tree, registry);
  const guide = schemaGuide(DOCUMENT_SCHEMAS[view.kind]);
  if (view.kind === "config") return guideOf((path) => ({ guide, path, tree }));
  const schema = schemaGuide(DOCUMENT_SCHEMAS.draft07);
  return guideOf((path, inside) =>
    path[0] === "inputs" && (inside || path.length > 1)
      ? { guide: schema, path: path.slice(1), tree: below(tree, "inputs") }
      : { guide, path, tree }
  );
}

/** Where to ask about a path. */
interface Site {
  readonly guide: SchemaGuide;
  readonly path: Path;
  readonly tree: Pick<Tree, "root">;
}

/** `inside` asks about the keys of the object at the path. */
type SiteOf = (path: Path, inside: boolean) => Site;

function guideOf(siteOf: SiteOf): DocumentGuide {
  const ask = (path: Path, inside: boolean): Guided => {
    const { guide, path: at, tree } = siteOf(path, inside);
    return { guide, readings: guide.at(at, tree.root) };
  };
  return {
    value: (path) => ask(path, false),
    keys(path) {
      const asked = ask(path, true);
      return { ...asked, keys: asked.guide.keys(asked.readings) };
    },
  };
}

function below({ root }: Tree, key: string): Pick<Tree, "root"> {
  const value = property(root, key)?.value;
  return value === undefined ? {} : { root: value };
}

function inputsGuide(
  view: View & { readonly kind: "inputs" },
  tree: Tree,
  registry: Pick<HostRegistry, "entry">,
): DocumentGuide {
  const entry = entryOf(view, tree, registry);
  const guide = schemaGuide(entry?.inputs ?? NOTHING, DOCUMENT_SCHEMAS.inputs);
  const old = isOld(tree);
  const found = guideOf((path) => {
    const [first] = path;
    if (!old || first === undefined || ENVELOPE.has(`${first}`)) {
      return { guide, path, tree };
    }
    return { guide, path: ["params", ...path], tree: wrapped(tree) };
  });
  return { ...found, ...(entry === undefined ? {} : { entry }) };
}

const NOTHING: JsonObject = {};

function entryOf(
  { checked, association }: View & { readonly kind: "inputs" },
  { root }: Tree,
  registry: Pick<HostRegistry, "entry">,
): Entry | undefined {
  const said = property(root, "$processor")?.value;
  const ref = said?.kind === "scalar" && typeof said.value === "string"
    ? said.value
    : association.ref;
  return (ref === undefined ? undefined : registry.entry(ref)) ??
    association.entry ?? checked.document?.entry;
}

const ENVELOPE: ReadonlySet<string> = new Set(
  Object.keys(DOCUMENT_SCHEMAS.inputs["properties"] ?? {}),
);

/** The parameters of old documents stand at the top. */
function isOld({ root }: Tree): boolean {
  return property(root, "schema") === undefined &&
    property(root, "params") === undefined;
}

function wrapped({ root }: Tree): Pick<Tree, "root"> {
  if (root === undefined) return {};
  const { span } = root;
  const params = { key: "params", keySpan: span, value: root };
  return { root: { kind: "object", span, properties: [params] } };
}
