// place: cli/example.ts
let count = 0;
export const seen = new Map<string, number>();

export function visit(name: string): void {
  seen.set(name, ++count);
}
