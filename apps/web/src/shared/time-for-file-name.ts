/** `2026-11-22T06-45-00Z`: no colons, which some file systems refuse. */
export const timeForFileName = (atMs: number): string =>
  `${new Date(atMs).toISOString().slice(0, 19).replaceAll(':', '-')}Z`
