import { strToU8, zipSync } from 'fflate'

/** Files by their names as one archive, below a folder of its own. */
export function zipPackage(folder: string, files: Readonly<Record<string, string>>): Blob {
  const entries = Object.entries(files).map(([name, text]) => [`${folder}/${name}`, strToU8(text)] as const)
  const zipped = zipSync(Object.fromEntries(entries), { level: 6 })
  // `zipSync` answers bytes of a buffer of its own, which its type does not say.
  return new Blob([zipped as Uint8Array<ArrayBuffer>], { type: 'application/zip' })
}
