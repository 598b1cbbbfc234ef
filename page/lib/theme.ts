/** The page's theme: the system's, unless the page around says otherwise. */

export type Theme = "light" | "dark";

/** The reader's system. */
export const systemDark = window.matchMedia("(prefers-color-scheme: dark)");

/** Set the theme; returns whether it was another before. */
export function setTheme(theme: Theme): boolean {
  const { dataset } = document.documentElement;
  if (dataset.theme === theme) return false;
  dataset.theme = theme;
  return true;
}

/** Set the system's theme; returns whether it was another before. */
export function followSystemTheme(): boolean {
  return setTheme(systemDark.matches ? "dark" : "light");
}
