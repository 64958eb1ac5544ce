/** A word that no other server has for itself: two of them may speak to one client. */
export function ownName(): string {
  return crypto.getRandomValues(new Uint32Array(2)).join("");
}
