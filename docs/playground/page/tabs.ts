/** Makes the buttons of a list of tabs show one panel at a time, with arrow keys as usual; answers what shows one. */
export function tabs(list: HTMLElement): (id: string) => void {
  const all = [...list.querySelectorAll<HTMLButtonElement>("[role=tab]")];
  const show = (id: string) => {
    for (const tab of all) {
      const chosen = tab.id === id;
      tab.ariaSelected = String(chosen);
      tab.tabIndex = chosen ? 0 : -1;
      const panel = tab.getAttribute("aria-controls") ?? "";
      document.getElementById(panel)?.toggleAttribute("hidden", !chosen);
    }
  };
  all.forEach((tab, at) => {
    tab.addEventListener("click", () => show(tab.id));
    tab.addEventListener("keydown", ({ key }) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[key] ?? 0;
      const next = all[(at + step + all.length) % all.length];
      if (step === 0 || next === undefined) return;
      show(next.id);
      next.focus();
    });
  });
  return show;
}
