const NEXT: Readonly<Record<string, string>> = {
  auto: "light",
  light: "dark",
  dark: "auto",
};

/** Lets a button go through the themes: as the system says, light, dark. */
export function themeButton(press: HTMLButtonElement): void {
  const { dataset } = document.documentElement;
  press.addEventListener("click", () => {
    dataset["theme"] = NEXT[dataset["theme"] ?? "auto"] ?? "auto";
    press.textContent = `Theme: ${dataset["theme"]}`;
  });
}
