import { gzipMember } from '../../../../shared/recording/gzip-member.ts'
import type { StoredRecording } from '../../protocol/record.ts'
import { LiveError } from '../live-error.ts'
import { type ReadTail, readTail } from './recording-tail.ts'

const ROOT = 'recordings'
const MEMBERS = '.jsonl.gz'
const TAIL = '.tail'
/** Held by whoever writes a recording, or has just handed it out, as long as its tab is there. */
const LOCK = 'thingdeck-recording-'

export const membersName = (id: string): string => `${id}${MEMBERS}`
export const tailName = (id: string): string => `${id}${TAIL}`

/** Where a person's recordings stand: the id itself stays out of the browser's storage. */
export async function directoryOf(owner: string): Promise<FileSystemDirectoryHandle> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(owner))
  const name = Array.from(new Uint8Array(digest, 0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')
  const all = await (await navigator.storage.getDirectory()).getDirectoryHandle(ROOT, { create: true })
  return await all.getDirectoryHandle(name, { create: true })
}

/**
 * Takes a recording for this tab, so that no other offers it as interrupted. Resolves once it is taken; it is given back
 * by the function that is answered, or with the end of the tab, however that comes.
 */
export async function takeRecording(id: string): Promise<() => void> {
  const taken = Promise.withResolvers<void>()
  const done = Promise.withResolvers<void>()
  navigator.locks
    .request(LOCK + id, () => {
      taken.resolve()
      return done.promise
    })
    .catch(taken.reject)
  await taken.promise
  return done.resolve
}

/** Whether this browser keeps files for a page like this: on `http` addresses other than localhost none does. */
export const canStore = (): boolean => navigator.storage?.getDirectory !== undefined && navigator.locks !== undefined

/** Recordings that were interrupted, oldest first. Those that were handed out, or hold nothing, are removed on the way. */
export async function interruptedRecordings(owner: string): Promise<readonly StoredRecording[]> {
  if (!canStore()) return []
  const directory = await directoryOf(owner)
  const { held = [] } = await navigator.locks.query()
  const inUse = new Set(held.map(({ name }) => name))
  const found: StoredRecording[] = []
  for await (const name of directory.keys()) {
    if (!name.endsWith(TAIL)) continue
    const id = name.slice(0, -TAIL.length)
    if (inUse.has(LOCK + id)) continue
    const recording = await describe(directory, id)
    if (recording === 'needless') await remove(directory, id)
    else found.push(recording)
  }
  return found.toSorted((one, other) => one.startedAtMs - other.startedAtMs)
}

async function describe(directory: FileSystemDirectoryHandle, id: string): Promise<StoredRecording | 'needless'> {
  const { members, tail, read } = await open(directory, id)
  if (read ? read.isEnded || read.messages + read.gaps === 0 : members.size === 0) return 'needless'
  const startedAtMs = Number.parseInt(id, 10)
  return {
    id,
    startedAtMs,
    sizeBytes: members.size + tail.size,
    ...(read && { messages: read.messages, gaps: read.gaps, endedAtMs: Math.max(read.lastAtMs, startedAtMs) }),
  }
}

interface Opened {
  readonly members: File
  readonly tail: File
  readonly read: ReadTail | undefined
}

async function open(directory: FileSystemDirectoryHandle, id: string): Promise<Opened> {
  const members = await (await directory.getFileHandle(membersName(id))).getFile()
  const tail = await (await directory.getFileHandle(tailName(id))).getFile()
  return { members, tail, read: readTail(await tail.text(), members.size) }
}

/** The recording as one file. It is read from where it stands, so it is to be removed only when nobody reads it. @throws {LiveError} `NO_RECORDING` */
export async function readStoredRecording(owner: string, id: string): Promise<Blob> {
  try {
    const { members, read } = await open(await directoryOf(owner), id)
    if (!read) return members
    const parts: BlobPart[] = [members.slice(0, read.afterBytes)]
    if (read.lines !== '') parts.push(await gzipMember([new TextEncoder().encode(read.lines)]))
    return new Blob(parts, { type: 'application/gzip' })
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== 'NotFoundError') throw error
    throw new LiveError('NO_RECORDING', 'It is not here any more: it was discarded, perhaps in another tab.')
  }
}

export async function removeStoredRecording(owner: string, id: string): Promise<void> {
  await remove(await directoryOf(owner), id)
}

async function remove(directory: FileSystemDirectoryHandle, id: string): Promise<void> {
  for (const name of [membersName(id), tailName(id)]) {
    await directory.removeEntry(name).catch((error: unknown) => {
      if (!(error instanceof DOMException) || error.name !== 'NotFoundError') throw error
    })
  }
}
