import { open, readFile, rename, rm } from 'node:fs/promises'

/** Who else uses the machine need not read what people look at. */
const MODE = 0o600

/** A text in a file that is written anew as a whole: it is the old one or the new one, whenever the process ends. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const next = `${path}.next`
  try {
    await writeDurably(next, text)
    await rename(next, path)
  } catch (error) {
    await rm(next, { force: true }).catch(() => {}) // half of a text would take room of a disk that has none
    throw error
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', MODE)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Undefined: there is no such file. */
export async function readWhole(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return undefined
  })
}
