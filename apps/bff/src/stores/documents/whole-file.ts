import { open, readFile, rename } from 'node:fs/promises'

/** Who else uses the machine need not read what people look at. */
const MODE = 0o600

/** A text in a file that is written anew as a whole: it is the old one or the new one, whenever the process ends. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const next = `${path}.next`
  const file = await open(next, 'w', MODE)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(next, path)
}

/** Undefined: there is no such file. */
export async function readWhole(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return undefined
  })
}
