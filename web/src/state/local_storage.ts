/** Small things that a browser remembers between visits; where it may not, they last as long as the page. */

const memory = new Map<string, string>();

export function loadSetting(name: string): string | null {
  try {
    return localStorage.getItem(`observatory.${name}`);
  } catch {
    return memory.get(name) ?? null;
  }
}

export function saveSetting(name: string, value: string): void {
  memory.set(name, value);
  try {
    localStorage.setItem(`observatory.${name}`, value);
  } catch {
    return;
  }
}
