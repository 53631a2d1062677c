import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { AwsError } from '@thingdeck/aws-api'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { invalidParameter } from './lambda-errors.ts'

/** "Deployment package (.zip file archive) size": 250 MB, unzipped. @see AWS Lambda developer guide, "Lambda quotas" */
const MAX_UNPACKED_BYTES = 262_144_000
const MAX_FILES = 50_000
/** Of all paths together, so that few long ones do not make millions of folders. */
const MAX_PATH_PARTS = 10 * MAX_FILES

/**
 * Unpacks a .zip file into a folder, and nothing beside it. Names that lead elsewhere, and files that are larger than
 * they say, are refused by the library.
 * @throws {AwsError} InvalidParameterValueException
 */
export async function unpack(zipPath: string, folder: string): Promise<void> {
  try {
    const zip = await openPromise(zipPath, { strictFileNames: true })
    try {
      let bytes = 0
      let files = 0
      let parts = 0
      for await (const entry of zip.eachEntry()) {
        bytes += entry.uncompressedSize
        files += 1
        parts += entry.fileName.split('/').length
        if (bytes > MAX_UNPACKED_BYTES) {
          throw invalidParameter(`Unzipped size must be smaller than ${MAX_UNPACKED_BYTES} bytes`)
        }
        if (files > MAX_FILES) throw invalidParameter(`The .zip file has more than ${MAX_FILES} files`)
        if (parts > MAX_PATH_PARTS) throw invalidParameter('The .zip file has too many folders within folders')
        await unpackEntry(zip, entry, folder)
      }
    } finally {
      zip.close()
    }
  } catch (error) {
    if (error instanceof AwsError || isOfThisMachine(error)) throw error
    const why = error instanceof Error ? ` (${error.message.replaceAll(join(folder, '/'), '')})` : ''
    throw invalidParameter(`Could not unzip uploaded file. Please check your file, then try to upload again.${why}`)
  }
}

async function unpackEntry(zip: ZipFile, entry: Entry, folder: string): Promise<void> {
  const path = join(folder, entry.fileName)
  if (entry.fileName.endsWith('/')) {
    await mkdir(path, { recursive: true })
    return
  }
  await mkdir(dirname(path), { recursive: true })
  // Where the file was made on Unix it says who may execute it.
  const isExecutable = ((entry.externalFileAttributes >>> 16) & 0o111) !== 0
  await pipeline(
    await zip.openReadStreamPromise(entry),
    createWriteStream(path, { mode: isExecutable ? 0o755 : 0o644 }),
  )
}

/** What is wrong with names in the file: one is too long, or two are of a file and a folder of the same name. */
const OF_NAMES: ReadonlySet<unknown> = new Set(['EEXIST', 'EISDIR', 'ENAMETOOLONG', 'ENOTDIR'])

/** A disk that is full, say, is not the caller's fault. */
const isOfThisMachine = (error: unknown): boolean =>
  error instanceof Error && 'syscall' in error && !('code' in error && OF_NAMES.has(error.code))
