import { globSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'

const compress = promisify(brotliCompress)

const TEXTS = '**/*.{js,json,css,svg,html}'
/** In one packet anyhow. */
const SMALL_BYTES = 1_024
/** Of the console, 11 takes over four times as long for 7 % less: 9.4 and 2.1 s of processor time, 1.88 and 2.01 MB. */
const QUALITY = 9

/**
 * Puts `x.js.br` beside `x.js`, which the server sends to who takes it: once at build, and not for each page. Brotli alone:
 * every browser that the console runs in takes it from HTTPS and localhost, and from elsewhere the console does not run.
 * @param folder all that is text in it and below, but for what is too small to gain by it
 */
export async function compressFiles(folder: string): Promise<void> {
  const params = { [constants.BROTLI_PARAM_QUALITY]: QUALITY }
  await Promise.all(
    globSync(TEXTS, { cwd: folder }).map(async (name) => {
      const file = `${folder}/${name}`
      const content = await readFile(file)
      if (content.length < SMALL_BYTES) return
      await writeFile(`${file}.br`, await compress(content, { params }))
    }),
  )
}
