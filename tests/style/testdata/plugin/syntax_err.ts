// place: cli/example.ts
export enum Colour {
  Red,
}

export default function paint(colour: Colour): Colour {
  return colour;
}
