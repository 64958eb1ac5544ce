// place: cli/example.ts
export function three(a: number, b: number, c: number): number {
  return a + b + c;
}

export const four = (a: number, b: number, c: number, d: number): number =>
  a + b + c + d;
