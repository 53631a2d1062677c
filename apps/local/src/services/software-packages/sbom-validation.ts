import { fromBufferPromise, type ZipFile } from 'yauzl'
import type { ValidatedFile } from './sbom-table.ts'

/** Our own bounds: AWS does not say from which size on a file is `FILE_SIZE_LIMIT_EXCEEDED`. */
export const MOST_ARCHIVE_BYTES = 10 * 1024 * 1024
const MOST_FILE_BYTES = 10 * 1024 * 1024
const MOST_FILES = 100

type Validated = Omit<ValidatedFile, 'seq'>

/**
 * Whether the files of a software bill of materials are what they have to be: JSON of SPDX or CycloneDX. Several of them
 * are in a .zip archive; one may be there by itself.
 * @param name of the file, without its path
 */
export async function validateSbom(name: string, bytes: Uint8Array): Promise<readonly Validated[]> {
  const isArchive = bytes[0] === 0x50 && bytes[1] === 0x4b // PK
  return isArchive ? validateArchive(name, bytes) : [validateFile(name, bytes)]
}

async function validateArchive(name: string, bytes: Uint8Array): Promise<readonly Validated[]> {
  try {
    const zip = await fromBufferPromise(Buffer.from(bytes), { strictFileNames: true })
    try {
      return await validateEntries(name, zip)
    } finally {
      zip.close()
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return [incompatible(name, `The archive cannot be read: ${why}`)]
  }
}

async function validateEntries(name: string, zip: ZipFile): Promise<readonly Validated[]> {
  const files: Validated[] = []
  let bytes = 0
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('/')) continue
    if (files.length === MOST_FILES) return [...files, tooLarge(name, `The archive has more than ${MOST_FILES} files`)]
    bytes += entry.uncompressedSize
    if (bytes > MOST_FILE_BYTES) {
      return [...files, tooLarge(entry.fileName, `The files have more than ${MOST_FILE_BYTES} bytes together`)]
    }
    const chunks: Buffer[] = []
    // No more come than the entry says: the library holds it to that.
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk)
    files.push(validateFile(entry.fileName, Buffer.concat(chunks)))
  }
  return files.length === 0 ? [incompatible(name, 'The archive has no file')] : files
}

function validateFile(fileName: string, bytes: Uint8Array): Validated {
  const document = jsonObjectOf(bytes)
  if (!document) return incompatible(fileName, 'The file is no JSON object')
  const wrong = problemOf(document)
  if (wrong !== undefined) return incompatible(fileName, wrong)
  return { fileName, validationResult: 'SUCCEEDED', errorCode: undefined, errorMessage: undefined }
}

/**
 * Why it is of neither format; undefined where it is of one.
 * @see SPDX 2.3, clause 6, and SPDX 3.0, "Serialization"; CycloneDX 1.6 JSON reference
 */
function problemOf(document: Readonly<Record<string, unknown>>): string | undefined {
  const { spdxVersion, bomFormat, specVersion } = document
  const isSpdx3 = JSON.stringify(document['@context'] ?? '').includes('spdx.org/rdf/3.')
  if (isSpdx3) return Array.isArray(document['@graph']) ? undefined : 'SPDX: @graph has to be an array'
  if (spdxVersion !== undefined) {
    if (typeof spdxVersion !== 'string' || !/^SPDX-2\.[23]$/.test(spdxVersion)) {
      return `SPDX: spdxVersion is ${JSON.stringify(spdxVersion)}; it has to be SPDX-2.2 or SPDX-2.3`
    }
    const needed = ['SPDXID', 'name', 'dataLicense', 'documentNamespace'] as const
    const missing = needed.filter((member) => typeof document[member] !== 'string')
    if (missing.length > 0) return `SPDX: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing`
    return isObject(document.creationInfo) ? undefined : 'SPDX: creationInfo is missing'
  }
  if (bomFormat === 'CycloneDX') {
    return typeof specVersion === 'string' && /^1\.[2-7]$/.test(specVersion)
      ? undefined
      : `CycloneDX: specVersion is ${JSON.stringify(specVersion)}; it has to be 1.2 to 1.7`
  }
  return 'The file is neither SPDX (spdxVersion) nor CycloneDX (bomFormat) in JSON'
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function jsonObjectOf(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return isObject(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}

const failed = (errorCode: 'INCOMPATIBLE_FORMAT' | 'FILE_SIZE_LIMIT_EXCEEDED') => (fileName: string, why: string) =>
  ({ fileName, validationResult: 'FAILED', errorCode, errorMessage: why }) as const satisfies Validated

/** What is not of a format that AWS takes. */
export const incompatible = failed('INCOMPATIBLE_FORMAT')
export const tooLarge = failed('FILE_SIZE_LIMIT_EXCEEDED')
