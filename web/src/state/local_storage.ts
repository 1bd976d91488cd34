/** Settings in the browser's local storage. Where it is blocked, they last as long as the page. */

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
