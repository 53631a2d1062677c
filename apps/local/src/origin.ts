/**
 * An origin as browsers write it: `https://console.example.com/x` → `https://console.example.com`. Those of extensions
 * and of desktop programs (`chrome-extension://ID`, `file://`) stay as they are.
 * @returns undefined for what is no origin
 */
export function parseOrigin(text: string): string | undefined {
  if (/^https?:/i.test(text)) return URL.parse(text)?.origin
  return /^[a-z][a-z0-9+.-]*:\/\/[^/\s,]*$/.test(text) ? text : undefined
}
