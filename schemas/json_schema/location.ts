/** The steps of a location as the library writes it: a JSON Pointer in a URI fragment. */
export function locationSteps(location: string): readonly string[] {
  return location.split("/").slice(1).map((step) =>
    decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~")
  );
}
