import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import type { Plugin } from 'vite'

const compress = promisify(brotliCompress)

const IS_TEXT = /\.(?:js|css|svg|html)$/
/** In one packet anyhow. */
const SMALL_BYTES = 1_024
/** Of the console, 11 takes over four times as long for 7 % less: 9.4 and 2.1 s of processor time, 1.88 and 2.01 MB. */
const QUALITY = 9

/**
 * Puts `x.js.br` beside `x.js`, which the server sends to who takes it: once at build, and not for each page. Brotli alone:
 * every browser that the console runs in takes it from HTTPS and localhost, and from elsewhere the console does not run.
 */
export function compressedFiles(): Plugin {
  return {
    name: 'compressed-files',
    apply: 'build',
    async writeBundle({ dir = '.' }, bundle) {
      for (const [name, file] of Object.entries(bundle)) {
        if (!IS_TEXT.test(name)) continue
        const content = Buffer.from(file.type === 'chunk' ? file.code : file.source)
        if (content.length < SMALL_BYTES) continue
        const params = { [constants.BROTLI_PARAM_QUALITY]: QUALITY }
        await writeFile(join(dir, `${name}.br`), await compress(content, { params }))
      }
    },
  }
}
