/** What of package.json the manifest of the package says again. */
export interface ExtensionManifest {
  readonly name: string;
  readonly publisher: string;
  readonly version: string;
  readonly displayName: string;
  readonly description: string;
  readonly categories: readonly string[];
  readonly keywords: readonly string[];
  readonly engines: { readonly vscode: string };
}

/** `extension.vsixmanifest`: the same as in package.json, for who reads packages without looking into them. */
export function vsixManifest(manifest: ExtensionManifest): string {
  const { name, publisher, version, engines } = manifest;
  const property = (id: string, value: string) =>
    `      <Property Id="Microsoft.VisualStudio.Code.${id}" Value="${
      escaped(value)
    }" />`;
  return `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011" xmlns:d="http://schemas.microsoft.com/developer/vsx-schema-design/2011">
  <Metadata>
    <Identity Language="en-US" Id="${name}" Version="${version}" Publisher="${publisher}" />
    <DisplayName>${escaped(manifest.displayName)}</DisplayName>
    <Description xml:space="preserve">${
    escaped(manifest.description)
  }</Description>
    <Tags>${escaped(manifest.keywords.join(","))}</Tags>
    <Categories>${escaped(manifest.categories.join(","))}</Categories>
    <GalleryFlags>Public</GalleryFlags>
    <Properties>
${property("Engine", engines.vscode)}
${property("ExtensionDependencies", "")}
${property("ExtensionPack", "")}
${property("ExtensionKind", "workspace")}
${property("ExecutesCode", "true")}
      <Property Id="Microsoft.VisualStudio.Services.GitHubFlavoredMarkdown" Value="true" />
    </Properties>
    <License>extension/LICENSE.txt</License>
  </Metadata>
  <Installation>
    <InstallationTarget Id="Microsoft.VisualStudio.Code" />
  </Installation>
  <Dependencies />
  <Assets>
    <Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true" />
    <Asset Type="Microsoft.VisualStudio.Services.Content.Details" Path="extension/readme.md" Addressable="true" />
    <Asset Type="Microsoft.VisualStudio.Services.Content.License" Path="extension/LICENSE.txt" Addressable="true" />
  </Assets>
</PackageManifest>
`;
}

const TYPES: Readonly<Record<string, string>> = {
  ".js": "application/javascript",
  ".json": "application/json",
  ".md": "text/markdown",
  ".txt": "text/plain",
  ".vsixmanifest": "text/xml",
};

/** `[Content_Types].xml`: every ending in the package, and what has none by its whole path. */
export function contentTypes(places: readonly string[]): string {
  const endings = new Set([".vsixmanifest", ...places.map(endingOf)]);
  const typeOf = (ending: string) =>
    TYPES[ending] ?? "application/octet-stream";
  const lines = [...endings].filter((each) => each !== "").sort()
    .map((each) =>
      `  <Default Extension="${each}" ContentType="${typeOf(each)}" />`
    );
  const named = places.filter((each) => endingOf(each) === "").map((each) =>
    `  <Override PartName="/extension/${
      escaped(each)
    }" ContentType="application/octet-stream" />`
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
${[...lines, ...named].join("\n")}
</Types>
`;
}

function endingOf(place: string): string {
  return /[^/](\.[^./]+)$/.exec(place)?.[1]?.toLowerCase() ?? "";
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
    .replaceAll('"', "&quot;");
}
